// A TOML file as a flat list of keys with their places. The only door to the TOML library.
#pragma once

#include "base/result.hpp"
#include "config/schema.hpp"

namespace helpdesk::config {

struct Place { // 1-based; columns count code points
  int line = 0, column = 0;
};

struct Item {
  Path path;
  Value value;
  Place key, begin, end; // end is behind the last character of the value
};

struct Header { // [a.b], an inline table or a dotted prefix
  Path path;
  Place begin, end;
  bool is_inline = false;
  bool has_brackets = false; // [a.b] stands in the file
};

struct TableList {
  Path path;
  int line = 0;
  struct Row {
    int line = 0;
    std::vector<Item> items;
  };
  std::vector<Row> rows;
};

struct TomlFile {
  std::vector<Item> items; // in file order
  std::vector<Header> headers;
  std::vector<TableList> lists;
};

// Usage error "name:line: …" for what is not TOML.
Result<TomlFile> parse_toml(std::string_view text, std::string_view name);

// A value as TOML source.
std::string to_toml(const Key& key, const std::vector<std::string>& values);
std::string quote_toml(std::string_view text);

} // namespace helpdesk::config
