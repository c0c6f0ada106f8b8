// Questions to the key table: which row is this key, is that value good for it, what was probably meant.
#pragma once

#include "base/result.hpp"
#include "config/config.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::config {

using Path = std::vector<std::string>;

// What a file can hold for one key, before the table has its say.
enum class Shape : unsigned char { text, integer, number, flag, list, other };

struct Value {
  Shape shape = Shape::text;
  std::vector<std::string> texts;
};

class Schema {
 public:
  explicit Schema(std::span<const Key> extra) : extra_(extra) {}
  const Key* find(const Path& path) const; // null: unknown
  // A key as one text, its last segment with the dots that belong to it: "values.status.e.g. open".
  Path path_of(std::string_view key) const;
  bool is_table_list(const Path& path) const; // rows "path.#.…" exist
  // The nearest key, or empty.
  std::string suggestion(const Path& path) const;
  template <class F> void each(F f) const {
    for (const Key& key : keys()) f(key);
    for (const Key& key : extra_) f(key);
  }

 private:
  std::span<const Key> extra_;
};

// The values in their one form ("true", "42", list entries), or why they are refused.
Result<std::vector<std::string>> check_value(const Key& key, const Value& value);
// The same for a value typed on a command line or in a variable: flags may be 1, yes, on.
Result<std::vector<std::string>> check_text(const Key& key, const std::vector<std::string>& typed);

Path path_of(std::string_view key);
bool is_name(std::string_view segment); // what may stand for '*'
std::string_view type_name(Type type);  // "duration such as 4h", for messages and manual

} // namespace helpdesk::config
