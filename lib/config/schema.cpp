#include "config/schema.hpp"

#include "base/text.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <charconv>

namespace helpdesk::config {
namespace {

bool segment_matches(std::string_view pattern, std::string_view segment) {
  if (pattern == "*") return is_name(segment);
  return pattern == segment;
}

bool matches(const std::vector<std::string_view>& pattern, const Path& path, std::size_t count) {
  if (pattern.size() < count) return false;
  if (count == pattern.size() && count > 0 && pattern.back() == "?")
    return !path[count - 1].empty() && matches(pattern, path, count - 1);
  for (std::size_t i = 0; i < count; ++i)
    if (!segment_matches(pattern[i], path[i])) return false;
  return true;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

Failure wrong(const Key& key, std::string_view found) {
  std::string_view article = key.type == Type::flag ? "" : "a ";
  return usage_error("expected " + std::string(article) + std::string(type_name(key.type)) + ", found " +
                     std::string(found));
}

Result<std::string> check_one(const Key& key, const std::string& text) {
  switch (key.type) {
  case Type::integer: {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return wrong(key, quoted(text));
    return text;
  }
  case Type::duration: {
    Result<Duration> duration = parse_duration(text);
    if (!duration) return Failure(std::move(duration).error());
    return text;
  }
  case Type::size: return std::to_string(TRY(parse_size(text)));
  case Type::choice: {
    std::vector<std::string_view> choices = split(key.choices, '|');
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
    std::string_view near = nearest(text, choices);
    std::string hint = near.empty() ? "" : " (did you mean " + quoted(near) + "?)";
    return usage_error(quoted(text) + " is not one of " + replace_all(key.choices, "|", ", ") + hint);
  }
  case Type::flag:
    if (text == "true" || text == "false") return text;
    return wrong(key, quoted(text));
  case Type::text:
  case Type::list:
  case Type::zone:
  case Type::path:
  case Type::command:
  case Type::query:
  case Type::tables: break;
  }
  if (text.find('\0') != std::string::npos) return usage_error("a NUL byte cannot stand in a value");
  return text;
}

bool takes_list(Type type) { return type == Type::list || type == Type::command; }

std::string_view shape_name(Shape shape) {
  switch (shape) {
  case Shape::text: return "a text";
  case Shape::integer: return "an integer";
  case Shape::number: return "a number";
  case Shape::flag: return "true or false";
  case Shape::list: return "a list";
  case Shape::other: break;
  }
  return "a table or a date";
}

bool fits(Type type, Shape shape) {
  switch (type) {
  case Type::flag: return shape == Shape::flag;
  case Type::integer: return shape == Shape::integer;
  case Type::size: return shape == Shape::integer || shape == Shape::text;
  case Type::list: return shape == Shape::list || shape == Shape::text;
  case Type::command: return shape == Shape::list;
  case Type::text: return shape == Shape::text || shape == Shape::integer; // user = 1234
  case Type::tables: return false;
  default: return shape == Shape::text;
  }
}

} // namespace

Path path_of(std::string_view key) {
  Path path;
  for (std::string_view segment : split(key, '.')) path.emplace_back(segment);
  return path;
}

bool is_name(std::string_view segment) {
  if (segment.empty() || segment.size() > 64 || !is_valid_utf8(segment) || segment.front() == '-')
    return false;
  for (std::size_t pos = 0; pos < segment.size();) {
    char32_t c = next_code_point(segment, pos);
    if (!is_letter(c) && !is_digit(c) && c != '_' && c != '-') return false;
  }
  return true;
}

std::string_view type_name(Type type) {
  switch (type) {
  case Type::text: return "text";
  case Type::list: return "list of texts";
  case Type::flag: return "true or false";
  case Type::integer: return "whole number";
  case Type::duration: return "duration such as \"4h\"";
  case Type::size: return "size such as \"10MB\"";
  case Type::zone: return "time zone such as \"Europe/Oslo\"";
  case Type::path: return "path";
  case Type::command: return "list of program and arguments";
  case Type::choice: return "word";
  case Type::query: return "query";
  case Type::tables: return "list of tables";
  }
  return "value";
}

const Key* Schema::find(const Path& path) const {
  const Key* found = nullptr;
  each([&](const Key& key) {
    if (found) return;
    std::vector<std::string_view> pattern = split(key.name, '.');
    if (pattern.size() == path.size() && matches(pattern, path, path.size())) found = &key;
  });
  return found;
}

Path Schema::path_of(std::string_view key) const {
  Path path = config::path_of(key);
  if (find(path)) return path;
  Path whole = path;
  each([&](const Key& row) {
    std::vector<std::string_view> pattern = split(row.name, '.');
    if (pattern.back() != "?" || pattern.size() >= path.size() || !matches(pattern, path, pattern.size() - 1))
      return;
    whole.assign(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(pattern.size()) - 1);
    whole.push_back(
        join(Path(path.begin() + static_cast<std::ptrdiff_t>(pattern.size()) - 1, path.end()), "."));
  });
  return whole;
}

bool Schema::is_table_list(const Path& path) const {
  bool found = false;
  each([&](const Key& key) {
    std::vector<std::string_view> pattern = split(key.name, '.');
    found = found || (pattern.size() > path.size() && pattern[path.size()] == "#" &&
                      matches(pattern, path, path.size()));
  });
  return found;
}

std::string Schema::suggestion(const Path& path) const {
  // The first segment that fits no row decides; what stands before it is kept.
  for (std::size_t good = path.size(); good-- > 0;) {
    std::vector<std::string_view> candidates;
    bool prefix_known = good == 0;
    each([&](const Key& key) {
      std::vector<std::string_view> pattern = split(key.name, '.');
      if (pattern.size() <= good || !matches(pattern, path, good)) return;
      prefix_known = true;
      if (pattern[good] != "*" && pattern[good] != "#" && pattern[good] != "?")
        candidates.push_back(pattern[good]);
    });
    if (!prefix_known) continue;
    std::string_view near = nearest(path[good], candidates);
    if (near.empty()) return {};
    Path meant = path;
    meant[good] = std::string(near);
    // A row below a list of tables is written without its '#'.
    meant.erase(std::remove(meant.begin(), meant.end(), "#"), meant.end());
    return join(meant, ".");
  }
  return {};
}

Result<std::vector<std::string>> check_value(const Key& key, const Value& value) {
  if (!fits(key.type, value.shape)) return wrong(key, shape_name(value.shape));
  if (key.type == Type::command && (value.texts.empty() || value.texts.front().empty()))
    return usage_error("expected a program and its arguments, found an empty list");
  std::vector<std::string> checked;
  for (const std::string& text : value.texts) checked.push_back(TRY(check_one(key, text)));
  return checked;
}

Result<std::vector<std::string>> check_text(const Key& key, const std::vector<std::string>& typed) {
  if (typed.empty() && key.type != Type::list) return usage_error("a value is missing");
  if (typed.size() > 1 && !takes_list(key.type))
    return usage_error("takes one value, " + std::to_string(typed.size()) + " were given");
  Value value;
  value.texts = typed;
  switch (key.type) {
  case Type::list:
  case Type::command: value.shape = Shape::list; break;
  case Type::integer: value.shape = Shape::integer; break;
  case Type::flag: {
    value.shape = Shape::flag;
    std::string word = ascii_lower(typed.front());
    if (word == "1" || word == "yes" || word == "on") word = "true";
    if (word == "0" || word == "no" || word == "off") word = "false";
    value.texts = {word};
    break;
  }
  case Type::tables: return usage_error("is a list of tables: write it into the file");
  default: break;
  }
  return check_value(key, value);
}

Result<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit =
      ascii_lower(trim(std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end))));
  struct Unit {
    std::string_view name;
    std::uint64_t bytes;
  };
  constexpr Unit k_units[] = {{"", 1},
                              {"b", 1},
                              {"kb", 1000},
                              {"mb", 1'000'000},
                              {"gb", 1'000'000'000},
                              {"kib", 1 << 10},
                              {"mib", 1 << 20},
                              {"gib", 1 << 30},
                              {"k", 1000},
                              {"m", 1'000'000},
                              {"g", 1'000'000'000},
                              {"tb", 1'000'000'000'000},
                              {"tib", 1ULL << 40}};
  for (const Unit& known : k_units) {
    std::uint64_t bytes = 0;
    if (error == std::errc() && known.name == unit && !__builtin_mul_overflow(number, known.bytes, &bytes))
      return bytes;
  }
  return usage_error("\"" + std::string(text) + "\" is not a size: write 500kB, 10MB or 2GB");
}

} // namespace helpdesk::config
