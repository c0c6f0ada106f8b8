// Changing one key of a file by hand's rules: the bytes around it stay.
#include "base/file.hpp"
#include "base/text.hpp"
#include "config/config.hpp"
#include "config/layers.hpp"
#include "config/toml_file.hpp"
#include "config/trusted_file.hpp"

#include <algorithm>

namespace helpdesk::config {
namespace {

// Byte offset of a place; columns count code points.
std::size_t offset_of(std::string_view text, Place place) {
  std::size_t pos = 0;
  for (int line = 1; line < place.line; ++line) {
    std::size_t end = text.find('\n', pos);
    if (end == std::string_view::npos) return text.size();
    pos = end + 1;
  }
  for (int column = 1; column < place.column && pos < text.size(); ++column) next_code_point(text, pos);
  return pos;
}

std::size_t end_of_line(std::string_view text, std::size_t pos) {
  std::size_t end = text.find('\n', pos);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t start_of_line(std::string_view text, std::size_t pos) {
  std::size_t before = pos == 0 ? std::string_view::npos : text.rfind('\n', pos - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

bool starts_with(const Path& path, const Path& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

std::string bare_or_quoted(const std::string& segment) {
  bool bare = !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return bare ? segment : quote_toml(segment);
}

std::string dotted(const Path& path, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < path.size(); ++i) text += (i == from ? "" : ".") + bare_or_quoted(path[i]);
  return text;
}

class Edit {
 public:
  Edit(std::string text, TomlFile parsed) : text_(std::move(text)), parsed_(std::move(parsed)) {}

  std::string set(const Path& path, const std::string& value) {
    if (const Item* item = find(path)) {
      std::size_t begin = offset_of(text_, item->begin);
      return text_.replace(begin, offset_of(text_, item->end) - begin, value);
    }
    // The longest table that is written in the file takes the new key.
    const Header* home = nullptr;
    for (const Header& header : parsed_.headers)
      if ((header.is_inline || header.has_brackets) && starts_with(path, header.path) &&
          path.size() > header.path.size() && (!home || header.path.size() > home->path.size()))
        home = &header;
    if (!home) return append_table(path, value);
    std::string line = dotted(path, home->path.size()) + " = " + value;
    if (home->is_inline) return insert_inline(*home, line);
    std::size_t pos = end_of_table(*home);
    if (pos > 0 && text_[pos - 1] != '\n') line.insert(0, "\n");
    return text_.insert(pos, line + "\n");
  }

  Result<std::string> remove(const Path& path) {
    const Item* item = find(path);
    if (!item) return usage_error("\"" + join(path, ".") + "\" is not set there");
    for (const Header& header : parsed_.headers)
      if (header.is_inline && starts_with(path, header.path)) return remove_inline(header, *item);
    std::size_t begin = start_of_line(text_, offset_of(text_, item->key));
    return text_.erase(begin, end_of_line(text_, offset_of(text_, item->end)) - begin);
  }

 private:
  const Item* find(const Path& path) const {
    for (const Item& item : parsed_.items)
      if (item.path == path) return &item;
    return nullptr;
  }

  // Behind the last key that stands under [header] itself, else behind the header's line.
  std::size_t end_of_table(const Header& header) const {
    std::size_t begin = offset_of(text_, header.begin);
    std::size_t next = text_.size(); // the next [header], of tables and of lists of tables
    auto bound = [&](Place place) {
      std::size_t pos = start_of_line(text_, offset_of(text_, place));
      if (pos > begin) next = std::min(next, pos);
    };
    for (const Header& other : parsed_.headers)
      if (other.has_brackets) bound(other.begin);
    for (const TableList& list : parsed_.lists)
      for (const TableList::Row& row : list.rows) bound({row.line, 1});
    std::size_t pos = end_of_line(text_, begin);
    for (const Item& item : parsed_.items) {
      std::size_t end = offset_of(text_, item.end);
      if (end > begin && end <= next && starts_with(item.path, header.path))
        pos = std::max(pos, end_of_line(text_, end));
    }
    // An inline table may end later than its last item.
    for (const Header& other : parsed_.headers)
      if (other.is_inline && starts_with(other.path, header.path)) {
        std::size_t end = offset_of(text_, other.end);
        if (end > begin && end <= next) pos = std::max(pos, end_of_line(text_, end));
      }
    return pos;
  }

  std::string append_table(const Path& path, const std::string& value) {
    std::string block;
    if (!text_.empty()) block = text_.back() == '\n' ? "\n" : "\n\n";
    // queries.open stands in [queries], accounts.shop.send.via in [accounts.shop].
    std::size_t depth = std::min<std::size_t>(2, path.size() - 1);
    Path table(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth));
    block += "[" + dotted(table, 0) + "]\n" + dotted(path, depth) + " = " + value + "\n";
    return text_ + block;
  }

  std::string insert_inline(const Header& header, const std::string& entry) {
    std::size_t close = offset_of(text_, header.end) - 1; // the brace
    std::size_t open = offset_of(text_, header.begin);
    bool empty = trim(std::string_view(text_).substr(open + 1, close - open - 1)).empty();
    std::size_t pos = open + 1;
    if (!empty) {
      pos = close;
      while (pos > open && (text_[pos - 1] == ' ' || text_[pos - 1] == '\t')) --pos;
    }
    return text_.insert(pos, empty ? " " + entry + " " : ", " + entry);
  }

  // Inline tables are short: the remaining entries are written anew from their own source text.
  std::string remove_inline(const Header& header, const Item& gone) {
    std::vector<std::string> entries;
    for (const Item& item : parsed_.items) {
      if (!starts_with(item.path, header.path) || item.path == gone.path) continue;
      std::size_t begin = offset_of(text_, item.begin);
      entries.push_back(dotted(item.path, header.path.size()) + " = " +
                        text_.substr(begin, offset_of(text_, item.end) - begin));
    }
    std::string table = entries.empty() ? "{}" : "{ " + join(entries, ", ") + " }";
    std::size_t begin = offset_of(text_, header.begin);
    return text_.replace(begin, offset_of(text_, header.end) - begin, table);
  }

  std::string text_;
  TomlFile parsed_;
};

Result<void> write_checked(const std::string& file, const std::string& text, const Schema& schema) {
  Result<LayerContent> content = check_layer(text, file, Layer::user, schema);
  if (!content)
    return usage_error("nothing was written, the file would not load: " + content.error().message);
  std::size_t slash = file.find_last_of('/');
  if (slash != std::string::npos && slash > 0) TRY(make_private_directories(file.substr(0, slash)));
  return write_file_atomically(file, text, 0600);
}

} // namespace

Result<const Key*> find_key(std::string_view key, std::span<const Key> extra) {
  Schema schema(extra);
  Path path = schema.path_of(key);
  if (const Key* row = schema.find(path)) return row;
  std::string near = schema.suggestion(path);
  return usage_error(
      "unknown key \"" + std::string(key) + "\"" +
      (near.empty() ? ": helpdesk help config lists the keys" : " (did you mean \"" + near + "\"?)"));
}

Result<void> set_in_file(const std::string& file, std::string_view key,
                         std::optional<std::vector<std::string>> values, std::span<const Key> extra) {
  Schema schema(extra);
  Path path = schema.path_of(key);
  const Key* row = TRY(find_key(key, extra));
  std::string text = TRY(read_trusted(file, Trust::program)).value_or("");
  TomlFile parsed = TRY(parse_toml(text, shown_path(file)));
  Edit edit(text, std::move(parsed));
  if (!values) {
    Result<std::string> without = edit.remove(path);
    if (!without) return in_context(shown_path(file), without.error());
    return write_checked(file, *without, schema);
  }
  Result<std::vector<std::string>> checked = check_text(*row, *values);
  if (!checked) return in_context(key, checked.error());
  return write_checked(file, edit.set(path, to_toml(*row, *checked)), schema);
}

Result<std::string> table_text(const std::string& table, const std::vector<Setting>& settings,
                               std::span<const Key> extra) {
  Path path = path_of(table);
  for (const std::string& segment : path)
    if (!is_name(segment))
      return usage_error("\"" + segment + "\" is no name: letters, digits, - and _ only");
  std::string text = "[" + dotted(path, 0) + "]\n";
  for (const Setting& setting : settings) {
    const Key* row = TRY(find_key(table + "." + setting.key, extra));
    Result<std::vector<std::string>> checked = check_text(*row, setting.values);
    if (!checked) return in_context(table + "." + setting.key, checked.error());
    Path whole = Schema(extra).path_of(table + "." + setting.key);
    text += dotted(whole, path.size()) + " = " + to_toml(*row, *checked) + "\n";
  }
  return text;
}

Result<void> append_to_file(const std::string& file, std::string_view toml, std::span<const Key> extra) {
  std::string text = TRY(read_trusted(file, Trust::program)).value_or("");
  if (!text.empty() && text.back() != '\n') text += '\n';
  if (!text.empty()) text += '\n';
  text += toml;
  if (text.back() != '\n') text += '\n';
  return write_checked(file, text, Schema(extra));
}

} // namespace helpdesk::config
