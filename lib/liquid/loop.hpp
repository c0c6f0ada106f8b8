// What loops share: the items they go through without copying them, and the objects that count for the
// template.
#pragma once

#include "liquid/context.hpp"

#include <optional>

namespace helpdesk::liquid {

std::int64_t saturating_add(std::int64_t a, std::int64_t b);

// Items [from, to) of a collection: of an array, a hash (pairs), a range (never expanded), a text (itself,
// unless empty).
class Items {
 public:
  Items(const Value& collection, std::int64_t from, std::optional<std::int64_t> to);
  std::int64_t size() const { return size_; }
  Value at(std::int64_t i) const;

 private:
  Value collection_;
  std::int64_t from_ = 0, size_ = 0;
};

// {{ forloop }}
class ForLoop final : public Object {
 public:
  ForLoop(std::string name, std::int64_t length, Value parent)
      : name_(std::move(name)), length_(length), parent_(std::move(parent)) {}
  void advance() { ++index_; }
  Value get(std::string_view key) const override;
  bool has(std::string_view key) const override;
  std::string text() const override { return "Liquid::ForloopDrop"; }

 private:
  std::string name_;
  std::int64_t index_ = 0, length_;
  Value parent_;
};

// {{ tablerowloop }}
class TableRowLoop final : public Object {
 public:
  TableRowLoop(std::int64_t length, std::int64_t columns) : length_(length), columns_(columns) {}
  void advance();
  std::int64_t column() const { return column_; }
  std::int64_t row() const { return row_; }
  bool last_column() const { return column_ == columns_; }
  Value get(std::string_view key) const override;
  bool has(std::string_view key) const override;
  std::string text() const override { return "Liquid::TablerowloopDrop"; }

 private:
  std::int64_t index_ = 0, length_, columns_, column_ = 1, row_ = 1;
};

} // namespace helpdesk::liquid
