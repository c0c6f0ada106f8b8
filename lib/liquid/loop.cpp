#include "liquid/loop.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::liquid {

namespace {

constexpr std::array<std::string_view, 9> k_forloop = {"first", "index",  "index0",  "last",      "length",
                                                       "name",  "rindex", "rindex0", "parentloop"};
constexpr std::array<std::string_view, 12> k_tablerowloop = {"col",    "col0",   "col_first", "col_last",
                                                             "first",  "index",  "index0",    "last",
                                                             "length", "rindex", "rindex0",   "row"};

template <std::size_t N> bool one_of(const std::array<std::string_view, N>& names, std::string_view key) {
  return std::find(names.begin(), names.end(), key) != names.end();
}

} // namespace

std::int64_t saturating_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return a < 0 ? INT64_MIN : INT64_MAX;
  return sum;
}

Items::Items(const Value& collection, std::int64_t from, std::optional<std::int64_t> to)
    : collection_(whole(collection)) {
  if (collection_.is_string()) {
    size_ = collection_.as_string().empty() ? 0 : 1;
    return;
  }
  from_ = std::max<std::int64_t>(from, 0);
  const auto end = std::min(collection_.count(), to.value_or(INT64_MAX));
  size_ = end > from_ ? end - from_ : 0;
}

Value Items::at(std::int64_t i) const {
  switch (collection_.kind()) {
  case Kind::array: return collection_.as_array()[static_cast<std::size_t>(from_ + i)];
  case Kind::range: return Value(saturating_add(collection_.as_range().first, from_ + i));
  case Kind::hash: {
    const auto& entry = collection_.as_hash()[static_cast<std::size_t>(from_ + i)];
    return Value::array({entry.key, entry.value});
  }
  default: return collection_;
  }
}

bool ForLoop::has(std::string_view key) const { return one_of(k_forloop, key); }

Value ForLoop::get(std::string_view key) const {
  if (key == "index") return Value(index_ + 1);
  if (key == "index0") return Value(index_);
  if (key == "first") return Value(index_ == 0);
  if (key == "last") return Value(index_ == length_ - 1);
  if (key == "length") return Value(length_);
  if (key == "rindex") return Value(length_ - index_);
  if (key == "rindex0") return Value(length_ - index_ - 1);
  if (key == "parentloop") return parent_;
  if (key == "name") return Value(name_);
  return {};
}

void TableRowLoop::advance() {
  ++index_;
  if (column_ == columns_) {
    column_ = 1;
    ++row_;
  } else {
    ++column_;
  }
}

bool TableRowLoop::has(std::string_view key) const { return one_of(k_tablerowloop, key); }

Value TableRowLoop::get(std::string_view key) const {
  if (key == "col") return Value(column_);
  if (key == "col0") return Value(column_ - 1);
  if (key == "col_first") return Value(column_ == 1);
  if (key == "col_last") return Value(column_ == columns_);
  if (key == "row") return Value(row_);
  if (key == "index") return Value(index_ + 1);
  if (key == "index0") return Value(index_);
  if (key == "first") return Value(index_ == 0);
  if (key == "last") return Value(index_ == length_ - 1);
  if (key == "length") return Value(length_);
  if (key == "rindex") return Value(length_ - index_);
  if (key == "rindex0") return Value(length_ - index_ - 1);
  return {};
}

} // namespace helpdesk::liquid
