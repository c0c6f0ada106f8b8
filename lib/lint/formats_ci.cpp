// The forms that CI systems read.
#include "base/text.hpp"
#include "lint/formats.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

std::string_view level_of(Severity severity) { // of SARIF
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

std::string message_of(const Finding& finding) {
  std::string text = finding.message;
  if (!finding.suggestion.empty()) text += "; " + finding.suggestion;
  return text;
}

struct Place {
  std::string file;
  int line = 1, column = 1;
  bool in_template = false;
};

Place place_of(const Linted& one, const Finding& finding) {
  if (!finding.template_name.empty())
    return {finding.template_name, static_cast<int>(finding.template_line),
            static_cast<int>(finding.template_column), true};
  return {one.name, finding.line, finding.column, false};
}

// GitHub takes these for the end of a property or of the message.
std::string github_escaped(std::string_view text, bool property) {
  std::string out = replace_all(replace_all(replace_all(text, "%", "%25"), "\r", "%0D"), "\n", "%0A");
  if (property) out = replace_all(replace_all(out, ":", "%3A"), ",", "%2C");
  return out;
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t at = pos;
    char32_t c = next_code_point(text, pos);
    bool allowed =
        c == '\t' || c == '\n' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !(c >= 0x7F && c < 0xA0));
    if (!allowed)
      out += "\xEF\xBF\xBD";
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += text.substr(at, pos - at);
  }
  return out;
}

std::vector<CiFinding> ci_findings(std::span<const Linted> all) {
  std::vector<CiFinding> findings;
  for (const Linted& one : all)
    for (const Finding& finding : one.report.findings) {
      Place place = place_of(one, finding);
      findings.push_back({finding.rule, finding.severity, message_of(finding), place.file,
                          std::max(1, place.line), std::max(1, place.column),
                          place.in_template ? 0 : finding.end_line,
                          place.in_template ? 0 : finding.end_column, finding.fingerprint});
    }
  return findings;
}

// What must not stand in an address is written as %XX.
std::string uri_of(std::string_view path) {
  std::string out;
  for (char c : path) {
    auto u = static_cast<unsigned char>(c);
    bool plain = (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') ||
                 std::string_view("/-._~").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", u);
  }
  return out;
}

} // namespace

std::string sarif_log(std::string_view tool, std::span<const CiRule> rules,
                      std::span<const CiFinding> findings) {
  auto text_object = [](std::string_view text) { return json::Value::object({{"text", text}}); };
  json::Value rule_list = json::Value::array();
  for (const CiRule& rule : rules) {
    json::Value one = json::Value::object({{"id", rule.id}});
    if (!rule.name.empty()) one.set("name", rule.name);
    one.set("shortDescription", text_object(rule.intent));
    if (!rule.reason.empty()) one.set("fullDescription", text_object(rule.reason));
    one.set("defaultConfiguration", json::Value::object({{"level", level_of(rule.severity)}}));
    rule_list.push(std::move(one));
  }
  json::Value results = json::Value::array();
  for (const CiFinding& finding : findings) {
    json::Value physical =
        json::Value::object({{"artifactLocation", json::Value::object({{"uri", uri_of(finding.file)}})}});
    if (finding.line > 0) {
      json::Value region = json::Value::object({{"startLine", finding.line}});
      if (finding.column > 0) region.set("startColumn", finding.column);
      if (finding.end_line > 0) region.set("endLine", finding.end_line);
      if (finding.end_column > 0) region.set("endColumn", finding.end_column);
      physical.set("region", std::move(region));
    }
    json::Value locations = json::Value::array();
    locations.push(json::Value::object({{"physicalLocation", physical}}));
    std::string fingerprint =
        finding.fingerprint.empty()
            ? sha256_hex(finding.rule + "\n" + finding.file + "\n" + finding.message).substr(0, 16)
            : finding.fingerprint;
    results.push(json::Value::object(
        {{"ruleId", finding.rule},
         {"level", level_of(finding.severity)},
         {"message", text_object(finding.message)},
         {"locations", locations},
         {"partialFingerprints", json::Value::object({{"ruleAndSentence/v1", fingerprint}})}}));
  }
  json::Value driver = json::Value::object({{"name", tool}, {"rules", rule_list}});
  json::Value runs = json::Value::array();
  runs.push(json::Value::object({{"tool", json::Value::object({{"driver", driver}})},
                                 {"columnKind", "unicodeCodePoints"},
                                 {"results", results}}));
  json::Value log = json::Value::object(
      {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", runs}});
  return json::dump(log, 2) + "\n";
}

std::string github_lines(std::span<const CiFinding> findings) {
  std::string out;
  for (const CiFinding& finding : findings) {
    std::string_view command = finding.severity == Severity::suggestion ? "notice" : text(finding.severity);
    out += fmt::format("::{} file={}", command, github_escaped(finding.file, true));
    if (finding.line > 0) out += fmt::format(",line={}", finding.line);
    if (finding.column > 0) out += fmt::format(",col={}", finding.column);
    out += fmt::format(",title={}::{}\n", github_escaped(finding.rule, true),
                       github_escaped(finding.message, false));
  }
  return out;
}

std::string as_sarif(std::span<const Linted> all) {
  std::vector<CiRule> list;
  for (const RuleInfo& rule : rules())
    list.push_back({rule.id, rule.name, rule.intent, rule.reason, rule.severity});
  return sarif_log("helpdesk lint", list, ci_findings(all));
}

std::string as_github(std::span<const Linted> all) { return github_lines(ci_findings(all)); }

std::string as_junit(std::span<const Linted> all, Severity least) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"helpdesk lint\">\n";
  for (const Linted& one : all) {
    std::string cases;
    int tests = 0, failures = 0, skips = 0;
    for (const RuleInfo& rule : rules()) {
      std::string body;
      bool fails = false;
      for (const Finding& finding : one.report.findings) {
        if (finding.rule != rule.id || finding.severity < least) continue;
        fails = true;
        Place place = place_of(one, finding);
        body += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                            text(finding.severity), xml_escaped(finding.message),
                            xml_escaped(fmt::format("{}:{}:{}: {}", place.file, place.line, place.column,
                                                    message_of(finding))));
      }
      auto skipped = std::find_if(one.report.skipped.begin(), one.report.skipped.end(),
                                  [&](const Skipped& s) { return s.rule == rule.id; });
      if (!fails && skipped != one.report.skipped.end()) {
        ++skips;
        body += fmt::format("      <skipped message=\"{}\"/>\n", xml_escaped(skipped->why));
      }
      ++tests;
      failures += fails;
      cases += fmt::format("    <testcase classname=\"{}\" name=\"{} {}\">\n{}    </testcase>\n",
                           xml_escaped(one.name), rule.id, rule.name, body);
    }
    out += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n{}  </testsuite>\n",
        xml_escaped(one.name), tests, failures, skips, cases);
  }
  return out + "</testsuites>\n";
}

} // namespace helpdesk::lint
