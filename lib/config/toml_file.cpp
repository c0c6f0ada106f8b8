#include "config/toml_file.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <exception>

// Version 3.3 of the library asserts what some malformed keys violate: such a file is an error like any
// other, no crash.
namespace helpdesk::config {
struct ParserGaveUp : std::exception {};
} // namespace helpdesk::config
#define TOML_ASSERT(...) ((__VA_ARGS__) ? void() : throw ::helpdesk::config::ParserGaveUp())
#define TOML_ASSERT_ASSUME(...) TOML_ASSERT(__VA_ARGS__)
#define TOML_EXCEPTIONS 0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored                                                                               \
    "-Wterminate" // assertions in its noexcept functions ended the process before, too
#include <toml++/toml.h>
#pragma GCC diagnostic pop

namespace helpdesk::config {
namespace {

Place place(const toml::source_position& position) {
  return {static_cast<int>(position.line), static_cast<int>(position.column)};
}

bool before(const Place& a, const Place& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

std::string scalar_text(const toml::node& node, Shape& shape) {
  if (const auto* text = node.as_string()) {
    shape = Shape::text;
    return text->get();
  }
  if (const auto* number = node.as_integer()) {
    shape = Shape::integer;
    return std::to_string(number->get());
  }
  if (const auto* flag = node.as_boolean()) {
    shape = Shape::flag;
    return flag->get() ? "true" : "false";
  }
  shape = node.is_floating_point() ? Shape::number : Shape::other;
  return {};
}

Value value_of(const toml::node& node) {
  Value value;
  if (const auto* array = node.as_array()) {
    value.shape = Shape::list;
    for (const toml::node& element : *array) {
      Shape shape = Shape::other;
      value.texts.push_back(scalar_text(element, shape));
      if (shape != Shape::text) value.shape = Shape::other;
    }
    return value;
  }
  value.texts.push_back(scalar_text(node, value.shape));
  return value;
}

bool is_list_of_tables(const toml::node& node) {
  const auto* array = node.as_array();
  if (!array || array->empty()) return false;
  return std::all_of(array->begin(), array->end(),
                     [](const toml::node& element) { return element.is_table(); });
}

void flatten(const toml::table& table, Path& path, TomlFile& file, std::vector<Item>& items) {
  for (const auto& [key, node] : table) {
    path.emplace_back(key.str());
    if (const auto* child = node.as_table()) {
      file.headers.push_back(
          {path, place(child->source().begin), place(child->source().end), child->is_inline(), false});
      flatten(*child, path, file, items);
    } else if (is_list_of_tables(node)) {
      TableList list{path, static_cast<int>(node.source().begin.line), {}};
      for (const toml::node& element : *node.as_array()) {
        TableList::Row row{static_cast<int>(element.source().begin.line), {}};
        Path inside;
        TomlFile ignored; // tables inside a row have no header that set could use
        flatten(*element.as_table(), inside, ignored, row.items);
        list.rows.push_back(std::move(row));
      }
      file.lists.push_back(std::move(list));
    } else {
      items.push_back({path, value_of(node), place(key.source().begin), place(node.source().begin),
                       place(node.source().end)});
    }
    path.pop_back();
  }
}

// The library writes sentences; ours begin small and end without a stop.
std::string in_our_form(std::string_view description) {
  std::string text(description);
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
  return text;
}

} // namespace

Result<TomlFile> parse_toml(std::string_view text, std::string_view name) try {
  toml::parse_result parsed = toml::parse(text);
  if (!parsed)
    return usage_error(std::string(name) + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
                       in_our_form(parsed.error().description()));
  TomlFile file;
  Path path;
  flatten(parsed.table(), path, file, file.items);
  std::sort(file.items.begin(), file.items.end(),
            [](const Item& a, const Item& b) { return before(a.begin, b.begin); });
  std::vector<std::string_view> lines = split(text, '\n');
  for (Header& header : file.headers) {
    std::size_t index = static_cast<std::size_t>(header.begin.line) - 1;
    header.has_brackets = !header.is_inline && index < lines.size() &&
                          trim_left(lines[index]).starts_with('[') &&
                          // [a.b] makes a as well, at the same place: only the longest is written there
                          std::none_of(
                              file.headers.begin(), file.headers.end(),
                              [&](const Header& other) {
                                return other.begin.line == header.begin.line &&
                                       other.path.size() > header.path.size() && !other.is_inline;
                              });
  }
  return file;
} catch (const ParserGaveUp&) {
  return usage_error(std::string(name) +
                     ": a key is malformed: quote it, or write letters, digits, - and _ only");
}

std::string quote_toml(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    switch (c) {
    case '"': quoted += "\\\""; break;
    case '\\': quoted += "\\\\"; break;
    case '\n': quoted += "\\n"; break;
    case '\t': quoted += "\\t"; break;
    case '\r': quoted += "\\r"; break;
    default:
      if (byte < 0x20 || byte == 0x7f) {
        quoted += "\\u00" + hex(std::string_view(&c, 1));
      } else {
        quoted += c;
      }
    }
  }
  return quoted + "\"";
}

std::string to_toml(const Key& key, const std::vector<std::string>& values) {
  switch (key.type) {
  case Type::integer:
  case Type::flag: return values.front();
  case Type::list:
  case Type::command: {
    std::vector<std::string> parts;
    for (const std::string& value : values) parts.push_back(quote_toml(value));
    return "[" + join(parts, ", ") + "]";
  }
  default: return quote_toml(values.front());
  }
}

} // namespace helpdesk::config
