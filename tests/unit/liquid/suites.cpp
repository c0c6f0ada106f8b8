// Runs the public acceptance suites when they are at hand: HELPDESK_SHARED, or ../shared beside the source.
#include "liquid/template.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex.h> // of POSIX: the standard one costs seconds to compile

namespace helpdesk::liquid {
namespace {

using Json = nlohmann::ordered_json;

std::string shared_folder() {
  if (const char* set = std::getenv("HELPDESK_SHARED")) return set;
  return std::string(HELPDESK_SOURCE_DIR) + "/../shared";
}

std::optional<Json> load(const std::string& name) {
  std::ifstream in(shared_folder() + "/liquid/" + name);
  if (!in) return std::nullopt;
  return Json::parse(in);
}

// pattern: an extended regular expression in which \d is a digit.
bool matches(const std::string& text, std::string pattern) {
  for (auto at = pattern.find("\\d"); at != std::string::npos; at = pattern.find("\\d", at))
    pattern.replace(at, 2, "[0-9]");
  regex_t compiled;
  if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
  const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found;
}

Value value_of(const Json& json) {
  switch (json.type()) {
  case Json::value_t::boolean: return Value(json.get<bool>());
  case Json::value_t::number_integer: return Value(json.get<std::int64_t>());
  case Json::value_t::number_unsigned: {
    const auto n = json.get<std::uint64_t>();
    return Value(n > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(n));
  }
  case Json::value_t::number_float: {
    const auto n = json.get<double>();
    // JSON integers beyond 64 bits: the nearest integer that a Value can hold.
    if (n <= -9.2e18 && n == static_cast<double>(static_cast<long double>(n))) return Value(INT64_MIN);
    return Value(n);
  }
  case Json::value_t::string: return Value(json.get<std::string>());
  case Json::value_t::array: {
    std::vector<Value> items;
    for (const auto& item : json) items.push_back(value_of(item));
    return Value::array(std::move(items));
  }
  case Json::value_t::object: {
    auto hash = Value::hash();
    for (const auto& [key, item] : json.items()) hash.set(key, value_of(item));
    return hash;
  }
  default: return {};
  }
}

std::string lower_of(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

PartialSource partials_of(const Json& test) {
  std::map<std::string, std::string> texts;
  if (test.contains("templates"))
    for (const auto& [name, text] : test["templates"].items()) texts[name] = text.get<std::string>();
  return [texts = std::move(texts)](std::string_view name) -> std::optional<std::string> {
    // The suite's file system knows no case.
    for (const auto& [key, text] : texts)
      if (lower_of(key) == lower_of(std::string(name)) ||
          lower_of(key) == lower_of(std::string(name)) + ".liquid")
        return text;
    return std::nullopt;
  };
}

Value data_of(const Json& test) { return test.contains("data") ? value_of(test["data"]) : Value::hash(); }

bool has_tag(const Json& test, const char* key, const char* tag) {
  if (!test.contains(key)) return false;
  for (const auto& one : test[key])
    if (one == tag) return true;
  return false;
}

// What went wrong with a test, empty when nothing did.
std::string run_golden(const Json& test) {
  ParseOptions options;
  options.mode = has_tag(test, "tags", "strict2")  ? Mode::strict2
                 : has_tag(test, "tags", "strict") ? Mode::strict
                                                   : Mode::lax;
  RenderOptions render;
  render.partials = partials_of(test);
  const auto parsed = Template::parse_or_problem(test["template"].get<std::string>(), options);
  std::string got;
  bool failed = !parsed;
  if (parsed) {
    auto rendered = parsed->render(data_of(test), render);
    failed = !rendered.errors.empty();
    got = failed ? rendered.errors[0].text : rendered.text;
  } else {
    got = parsed.error().text;
  }
  if (test.value("invalid", false)) return failed ? "" : "must fail, printed: " + got;
  if (failed) return "failed: " + got;
  if (test.contains("results")) {
    for (const auto& result : test["results"])
      if (got == result.get<std::string>()) return "";
    return "printed: " + got;
  }
  return got == test["result"].get<std::string>()
             ? ""
             : "printed: " + got + "\n   wanted: " + test["result"].get<std::string>();
}

std::string check_patterns(const Json& patterns, const std::string& text) {
  for (const auto& pattern : patterns)
    if (lower_of(text).find(lower_of(pattern.get<std::string>())) == std::string::npos)
      return "wanted " + pattern.get<std::string>() + " in: " + text;
  return "";
}

std::string run_spec_in(const Json& test, Mode mode) {
  ParseOptions options;
  options.mode = mode;
  RenderOptions render;
  render.partials = partials_of(test);
  render.now = instant_of_seconds(1704067318); // 2024-01-01 00:01:58 UTC, the suite's clock
  render.globals = data_of(test);              // the suite's data are visible in partials
  render.blank_body_errors = has_tag(test, "features", "strict2_blank_body_errors");
  const bool inline_errors = test.value("render_errors", false);
  render.on_error = inline_errors ? OnError::inline_ : OnError::stop;
  if (test.contains("resource_limits")) {
    const auto& limits = test["resource_limits"];
    render.limits.render_score = limits.value("render_score_limit", 0U);
    render.limits.cumulative_render_score = limits.value("cumulative_render_score_limit", 0U);
  }
  const auto errors = test.value("errors", Json::object());
  const auto parsed = Template::parse_or_problem(test["template"].get<std::string>(), options);
  const auto position = [&](const Problem& problem) -> std::string {
    const auto line = "line " + std::to_string(errors.value("line", 0));
    if (!errors.contains("line") || problem.text.find(line) != std::string::npos) return "";
    return "wanted " + line + " in " + problem.text;
  };
  if (!parsed) {
    const auto text = "Liquid::SyntaxError: " + parsed.error().text;
    if (errors.contains("parse_error")) {
      auto wrong = check_patterns(errors["parse_error"], text);
      return wrong.empty() ? position(parsed.error()) : wrong;
    }
    if (inline_errors && errors.contains("output")) return check_patterns(errors["output"], text);
    return "does not parse: " + text;
  }
  if (errors.contains("parse_error")) return "must not parse";
  const auto rendered = parsed->render(Value::hash(), render);
  if (errors.contains("render_error")) {
    if (rendered.errors.empty()) return "must fail, printed: " + rendered.text;
    auto wrong = check_patterns(errors["render_error"], rendered.errors[0].text);
    return wrong.empty() ? position(rendered.errors[0]) : wrong;
  }
  if (errors.contains("output")) return check_patterns(errors["output"], rendered.text);
  if (!inline_errors && !rendered.errors.empty()) return "failed: " + rendered.errors[0].text;
  if (test.contains("expected_pattern")) {
    auto pattern = test["expected_pattern"].get<std::string>();
    auto text = rendered.text;
    if (pattern.starts_with("(?m)")) {
      pattern.erase(0, 4);
      for (auto& c : text)
        if (c == '\n') c = ' ';
    }
    return matches(text, pattern) ? "" : "printed: " + rendered.text;
  }
  const auto wanted = test["expected"].get<std::string>();
  return rendered.text == wanted ? "" : "printed: " + rendered.text + "\n   wanted: " + wanted;
}

std::string run_spec(const Json& test) {
  static const std::map<std::string, Mode> k_modes = {
      {"lax", Mode::lax}, {"warn", Mode::warn}, {"strict", Mode::strict}, {"strict2", Mode::strict2}};
  // The first mode that a test lists is the one it is for; strict2 where it lists none.
  auto mode = Mode::strict2;
  if (test.contains("error_modes") && !test["error_modes"].empty() &&
      !has_tag(test, "error_modes", "strict2"))
    mode = k_modes.at(test["error_modes"][0].get<std::string>());
  return run_spec_in(test, mode);
}

// What is missed on purpose, and why. Anything else that fails is a defect.
const std::map<std::string, std::string> k_known = {
    {"security_var_name_no_interpolation",
     "a lone \"}\" ends the output in the reference, too: it is not terminated"},
};

void report(const std::string& file, const Json& test, const std::string& wrong) {
  std::cout << "MISS " << file << ": " << test["name"].get<std::string>() << "\n   "
            << test["template"].dump() << "\n   " << wrong << "\n";
}

TEST(LiquidSuites, Golden) {
  const auto suite = load("golden_liquid.json");
  if (!suite) GTEST_SKIP() << "golden_liquid.json is not at hand";
  int passed = 0, all = 0;
  for (const auto& test : (*suite)["tests"]) {
    ++all;
    const auto wrong = run_golden(test);
    if (wrong.empty())
      ++passed;
    else
      report("golden", test, wrong);
  }
  std::cout << "golden_liquid: " << passed << " of " << all << "\n";
  EXPECT_EQ(passed, 1054);
}

TEST(LiquidSuites, Specification) {
  int passed = 0, all = 0, unknown = 0;
  for (const char* file : {"spec_basics.json", "spec_liquid_ruby.json", "spec_liquid_ruby_lax.json",
                           "spec_parser_errors.json", "spec_partials.json"}) {
    const auto suite = load(file);
    if (!suite) GTEST_SKIP() << file << " is not at hand";
    int here = 0;
    for (const auto& test : *suite) {
      ++all;
      const auto wrong = run_spec(test);
      if (wrong.empty())
        ++here;
      else if (const auto known = k_known.find(test["name"].get<std::string>()); known != k_known.end())
        std::cout << "KNOWN MISS " << known->first << ": " << known->second << "\n";
      else
        report(file, test, wrong), ++unknown;
    }
    std::cout << file << ": " << here << " of " << suite->size() << "\n";
    passed += here;
  }
  std::cout << "liquid-spec: " << passed << " of " << all << "\n";
  EXPECT_GE(passed, 4574);
  EXPECT_EQ(unknown, 0);
}

} // namespace
} // namespace helpdesk::liquid
