#include "liquid/characters.hpp"
#include "liquid/context.hpp"
#include "liquid/number_text.hpp"

#include <cmath>
#include <cstring>

namespace helpdesk::liquid {

namespace {

bool is_number(const Value& v) { return v.kind() == Kind::integer || v.kind() == Kind::number; }

double as_double(const Value& v) {
  return v.kind() == Kind::integer ? static_cast<double>(v.as_integer()) : v.as_number();
}

bool equal_within(const Value& a, const Value& b, int depth) {
  if (a.kind() == Kind::object || b.kind() == Kind::object) {
    if (a.kind() == b.kind() && &a.as_object() == &b.as_object()) return true;
    const auto left = whole(a), right = whole(b);
    if (depth == 0 || (a.kind() == Kind::object && left.is_nil()) ||
        (b.kind() == Kind::object && right.is_nil()))
      return a.kind() == b.kind() && a.as_object().same_as(b.as_object());
    return equal_within(left, right, depth - 1);
  }
  if (is_number(a) && is_number(b)) {
    if (a.kind() == b.kind() && a.kind() == Kind::integer) return a.as_integer() == b.as_integer();
    return as_double(a) == as_double(b);
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
  case Kind::nil: return true;
  case Kind::boolean: return a.as_bool() == b.as_bool();
  case Kind::string: return a.as_string() == b.as_string();
  case Kind::range: return a.as_range() == b.as_range();
  case Kind::array: {
    const auto &left = a.as_array(), &right = b.as_array();
    if (left.size() != right.size() || depth == 0) return false;
    for (std::size_t i = 0; i < left.size(); ++i)
      if (!equal_within(left[i], right[i], depth - 1)) return false;
    return true;
  }
  case Kind::hash: {
    if (a.count() != b.count() || depth == 0) return false;
    for (const auto& entry : a.as_hash()) {
      const auto* other = b.find(entry.key.as_string());
      if (!other || !equal_within(entry.value, *other, depth - 1)) return false;
    }
    return true;
  }
  default: return false;
  }
}

const char* class_name(const Value& v) {
  switch (v.kind()) {
  case Kind::integer: return "Integer";
  case Kind::number: return "Float";
  default: return "String";
  }
}

// Ruby names a number that it cannot compare with by its value, anything else by its class.
[[noreturn]] void incomparable(const Value& left, const Value& right) {
  std::string text = "comparison of ";
  text += class_name(left);
  text += " with ";
  if (is_number(right))
    append_inspect(text, right);
  else
    text += class_name(right);
  argument_error(text + " failed");
}

bool contains(const Value& left, const Value& right) {
  if (!left.truthy() || !right.truthy()) return false;
  switch (left.kind()) {
  case Kind::string: {
    const auto haystack = left.as_string();
    std::string text;
    if (!right.is_string()) append_text(text, right);
    const auto needle = right.is_string() ? right.as_string() : std::string_view(text);
    return needle.empty() ||
           memmem(haystack.data(), haystack.size(), needle.data(), needle.size()) != nullptr;
  }
  case Kind::array:
    for (const auto& item : left.as_array())
      if (equal(item, right)) return true;
    return false;
  case Kind::hash: return right.is_string() && left.find(right.as_string()) != nullptr;
  case Kind::range: {
    const auto [first, last] = left.as_range();
    return is_number(right) && as_double(right) >= static_cast<double>(first) &&
           as_double(right) <= static_cast<double>(last);
  }
  default: return false;
  }
}

} // namespace

Value whole(const Value& value) { return value.kind() == Kind::object ? value.as_object().whole() : value; }

bool equal(const Value& a, const Value& b) { return equal_within(a, b, 200); }

std::optional<int> compare(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) {
    if (a.kind() == Kind::integer && b.kind() == Kind::integer)
      return a.as_integer() < b.as_integer() ? -1 : a.as_integer() > b.as_integer();
    const double x = as_double(a), y = as_double(b);
    if (std::isnan(x) || std::isnan(y)) return std::nullopt;
    return x < y ? -1 : x > y;
  }
  if (a.is_string() && b.is_string()) return a.as_string().compare(b.as_string());
  if (a.kind() == Kind::array && b.kind() == Kind::array) {
    const auto &left = a.as_array(), &right = b.as_array();
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
      const auto order = compare(left[i], right[i]);
      if (!order || *order != 0) return order;
    }
    return left.size() < right.size() ? -1 : left.size() > right.size();
  }
  if (equal(a, b)) return 0;
  return std::nullopt;
}

bool holds(Compare comparison, const Value& a, const Value& b, std::string_view operation) {
  if (comparison == Compare::equal) return equal(a, b);
  if (comparison == Compare::unequal) return !equal(a, b);
  if (comparison == Compare::unknown) argument_error("Unknown operator " + std::string(operation));
  const auto left = whole(a), right = whole(b);
  if (comparison == Compare::contains) return contains(left, right);
  const auto ordered = [](const Value& v) { return is_number(v) || v.is_string(); };
  if (!ordered(left) || !ordered(right)) return false;
  if (left.is_string() != right.is_string()) incomparable(left, right);
  const auto order = compare(left, right);
  if (!order) return false;
  switch (comparison) {
  case Compare::less: return *order < 0;
  case Compare::greater: return *order > 0;
  case Compare::less_equal: return *order <= 0;
  case Compare::greater_equal: return *order >= 0;
  default: return false;
  }
}

bool is_empty(const Value& value) {
  switch (value.kind()) {
  case Kind::string: return value.as_string().empty();
  case Kind::array:
  case Kind::hash: return value.count() == 0;
  case Kind::object: return is_empty(whole(value));
  default: return false;
  }
}

bool is_blank_value(const Value& value) {
  switch (value.kind()) {
  case Kind::nil: return true;
  case Kind::boolean: return !value.as_bool();
  case Kind::string: return is_blank(value.as_string());
  case Kind::object: return is_blank_value(whole(value));
  default: return is_empty(value);
  }
}

std::int64_t to_integer(const Value& value) {
  if (value.kind() == Kind::integer) return value.as_integer();
  std::int64_t integer = 0;
  const auto stand_in = whole(value);
  if (stand_in.kind() == Kind::integer) return stand_in.as_integer();
  if (stand_in.is_string() && whole_integer(stand_in.as_string(), integer)) return integer;
  argument_error("invalid integer");
}

std::int64_t whole_part(double number) {
  if (std::isnan(number)) return 0;
  if (number >= 9.2233720368547758e18) return INT64_MAX;
  if (number <= -9.2233720368547758e18) return INT64_MIN;
  return static_cast<std::int64_t>(number);
}

std::int64_t range_bound(const Value& value) {
  if (value.is_nil()) return 0;
  if (value.is_string()) return leading_integer(value.as_string());
  return to_integer(value);
}

} // namespace helpdesk::liquid
