#include "reply/front_matter.hpp"

#include "base/text.hpp"
#include "config/toml_file.hpp"
#include "model/enums.hpp"
#include "reply/template_context.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using config::Item;
using config::Shape;

constexpr std::string_view k_keys[] = {"title",     "owner", "tags",   "channel",     "required", "optional",
                                       "languages", "mode",  "source", "source_hash", "samples"};

struct Reader {
  std::string_view name;
  FrontMatter front;

  template <class... Args> Failure wrong(int line, fmt::format_string<Args...> text, Args&&... args) const {
    return usage_error(fmt::format("{}:{}: {}", name, line, fmt::format(text, std::forward<Args>(args)...)));
  }

  Result<std::string> text(const Item& item) const {
    if (item.value.shape != Shape::text)
      return wrong(item.key.line, "{}: expected a text between quotes", item.path.front());
    return item.value.texts.front();
  }

  // A list, or one text for a list of one.
  Result<std::vector<std::string>> list(const Item& item) const {
    if (item.value.shape != Shape::text && item.value.shape != Shape::list)
      return wrong(item.key.line, "{}: expected a list such as [\"a\", \"b\"]", item.path.front());
    return item.value.texts;
  }

  Result<std::vector<std::string>> fields(const Item& item) const {
    std::vector<std::string> names = TRY(list(item));
    for (const std::string& field : names) {
      if (!is_field_name(field))
        return wrong(item.key.line, "{}: \"{}\" is no name of a field: letters, digits, _ and dots",
                     item.path.front(), field);
      if (is_context_root(field))
        return wrong(item.key.line,
                     "{}: {} is filled in by helpdesk; name another field, or one in it ({}.…)",
                     item.path.front(), field, field);
    }
    return names;
  }

  Result<json::Value> value(const Item& item) const {
    switch (item.value.shape) {
    case Shape::text: return json::Value(item.value.texts.front());
    case Shape::flag: return json::Value(item.value.texts.front() == "true");
    case Shape::integer: {
      const std::string& digits = item.value.texts.front();
      std::int64_t n = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), n);
      return json::Value(n);
    }
    case Shape::list: {
      json::Value items = json::Value::array();
      for (const std::string& text : item.value.texts) items.push(text);
      return items;
    }
    default: return wrong(item.key.line, "write this value as a text between quotes");
    }
  }

  static std::string dotted(const config::Path& path, std::size_t from) {
    std::string name;
    for (std::size_t i = from; i < path.size(); ++i) name += (i > from ? "." : "") + path[i];
    return name;
  }

  TemplateSample& sample(const std::string& sample_name, int line) {
    for (TemplateSample& sample : front.samples)
      if (sample.name == sample_name) return sample;
    front.samples.push_back({sample_name, line, {}});
    return front.samples.back();
  }

  Result<void> read(const Item& item) {
    const std::string& key = item.path.front();
    if (key == "samples") {
      if (item.path.size() > 30) return wrong(item.key.line, "a name of so many parts is no field");
      if (item.path.size() < 3) return wrong(item.key.line, "a sample is a table of its own: [samples.NAME]");
      json::Value read = TRY(value(item));
      sample(item.path[1], item.key.line).values.emplace_back(dotted(item.path, 2), std::move(read));
      return {};
    }
    if (std::find(std::begin(k_keys), std::end(k_keys), key) == std::end(k_keys)) {
      std::string_view near = nearest(key, {std::begin(k_keys), std::end(k_keys)});
      return wrong(item.key.line, "unknown key \"{}\"{}", key,
                   near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near));
    }
    if (item.path.size() > 1) return wrong(item.key.line, "{} is no table", key);
    if (key == "title")
      front.title = TRY(text(item));
    else if (key == "owner")
      front.owner = TRY(text(item));
    else if (key == "source")
      front.source = TRY(text(item));
    else if (key == "source_hash")
      front.source_hash = TRY(text(item));
    else if (key == "tags")
      front.tags = TRY(list(item));
    else if (key == "languages")
      front.languages = TRY(list(item));
    else if (key == "required")
      front.required = TRY(fields(item));
    else if (key == "optional")
      front.optional = TRY(fields(item));
    else if (key == "mode")
      return mode(item);
    else
      return channel(item);
    return {};
  }

  Result<void> mode(const Item& item) {
    std::string word = TRY(text(item));
    if (word != "lax" && word != "strict")
      return wrong(item.key.line, "mode: \"{}\" is neither strict nor lax", word);
    front.lax = word == "lax";
    return {};
  }

  Result<void> channel(const Item& item) {
    front.channels = TRY(list(item));
    for (const std::string& one : front.channels)
      if (!model::parse<model::Channel>(one)) return wrong(item.key.line, "channel: there is no \"{}\"", one);
    return {};
  }
};

} // namespace

bool is_field_name(std::string_view text) {
  if (text.empty() || text.size() > 100) return false;
  for (std::string_view word : split(text, '.')) {
    if (word.empty() || (word.front() >= '0' && word.front() <= '9')) return false;
    for (char c : word)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'))
        return false;
  }
  return true;
}

Result<FrontMatter> parse_front_matter(std::string_view text, std::string_view name, int first_line) {
  // The parser counts lines from the first one that it is given.
  std::string padded(static_cast<std::size_t>(std::max(0, first_line - 1)), '\n');
  padded += text;
  config::TomlFile file = TRY(config::parse_toml(padded, name));
  Reader reader{name, {}};
  for (const config::Header& header : file.headers) {
    if (header.path.front() != "samples") continue; // said where its first key stands
    if (header.path.size() == 2) reader.sample(header.path[1], header.begin.line);
  }
  for (const Item& item : file.items) TRY(reader.read(item));
  for (const config::TableList& list : file.lists) {
    if (list.path.size() < 3 || list.path.front() != "samples")
      return reader.wrong(list.line, "{} is no list of tables", list.path.front());
    json::Value rows = json::Value::array();
    for (const config::TableList::Row& row : list.rows) {
      json::Value object = json::Value::object();
      for (const Item& item : row.items) {
        json::Value value = TRY(reader.value(item));
        set_at(object, Reader::dotted(item.path, 0), std::move(value));
      }
      rows.push(std::move(object));
    }
    reader.sample(list.path[1], list.line).values.emplace_back(Reader::dotted(list.path, 2), std::move(rows));
  }
  return std::move(reader.front);
}

} // namespace helpdesk::reply
