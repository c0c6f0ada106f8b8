// JSON values of our own: what the journal, settings, backends and machine output are made of. Key order is
// kept.
#pragma once

#include "base/result.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace helpdesk::json {

class Value;
using Array = std::vector<Value>;

// An integer that int64 cannot hold, as its digits: ids of some systems do not fit and must come out as they
// went in.
struct BigNumber {
  std::string digits;
  bool operator==(const BigNumber&) const = default;
};

// An object: members in the order in which they came; a key set again keeps its place and takes the new
// value.
class Object {
 public:
  struct Member;
  Object();
  Object(const Object&);
  Object(Object&&) noexcept;
  Object& operator=(const Object&);
  Object& operator=(Object&&) noexcept;
  ~Object();
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  Value& operator[](std::string_view key); // inserts null when absent
  bool erase(std::string_view key);
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  const Member* begin() const;
  const Member* end() const;
  bool operator==(const Object& other) const; // the order of members does not count
  // For building large objects without a search for each key: append all, then drop what is doubled.
  void append(std::string key, Value value);
  void drop_doubled_keys();

 private:
  std::vector<Member> members_;
};

// Reading never fails: what is absent or of another type is null, empty, or the default given.
class Value {
 public:
  enum class Type : unsigned char { null, boolean, integer, real, big_number, string, array, object };

  Value() = default;
  Value(std::nullptr_t) {}
  Value(std::same_as<bool> auto b) : data_(b) {}
  template <class T>
    requires(std::integral<T> && !std::same_as<T, bool>)
  Value(T n) {
    if (std::in_range<std::int64_t>(n))
      data_ = static_cast<std::int64_t>(n);
    else
      data_ = BigNumber{std::to_string(n)};
  }
  Value(double d) : data_(d) {}
  Value(std::string s) : data_(std::move(s)) {}
  Value(std::string_view s) : data_(std::string(s)) {}
  Value(const char* s) : data_(std::string(s)) {}
  Value(Array a) : data_(std::move(a)) {}
  Value(Object o) : data_(std::move(o)) {}
  Value(BigNumber n) : data_(std::move(n)) {}
  template <class T> Value(const std::optional<T>& o) : Value() {
    if (o) *this = Value(*o);
  }
  static Value array() { return Value(Array{}); }
  static Value object() { return Value(Object{}); }
  // object({{"id", "17"}, {"open", true}})
  static Value object(std::initializer_list<std::pair<std::string_view, Value>> members);

  Type type() const { return static_cast<Type>(data_.index()); }
  bool is_null() const { return type() == Type::null; }
  bool is_string() const { return type() == Type::string; }
  bool is_array() const { return type() == Type::array; }
  bool is_object() const { return type() == Type::object; }
  bool is_integer() const { return type() == Type::integer; }
  bool is_bool() const { return type() == Type::boolean; }
  bool is_number() const {
    return type() == Type::integer || type() == Type::real || type() == Type::big_number;
  }

  bool as_bool(bool otherwise = false) const;
  std::int64_t as_int(std::int64_t otherwise = 0) const; // a real only when it is whole and fits
  double as_double(double otherwise = 0) const;
  const std::string& as_string() const; // empty when it is no string
  // Strings as they are, numbers as their exact digits, else empty: ids are strings to us, numbers to some
  // systems.
  std::string id_text() const;
  const Array& items() const;    // empty when it is no array: for (const Value& v : value["tags"].items())
  const Object& members() const; // empty when it is no object: for (const auto& [key, v] : value.members())
  std::size_t size() const;      // of an array or object, else 0

  const Value& operator[](std::string_view key) const; // null when absent
  const Value& operator[](std::size_t index) const;    // null when out of range
  bool has(std::string_view key) const;
  // RFC 6901: "/requester/emails/0"; "" is the value itself. Nullptr when there is nothing.
  const Value* at_pointer(std::string_view pointer) const;

  // Building. set makes an object of whatever was no object, push an array; both return *this for chaining.
  Value& set(std::string_view key, Value value);
  Value& push(Value value);
  bool erase(std::string_view key);
  Array* mutable_items();
  Object* mutable_members();

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, BigNumber, std::string, Array, Object> data_;
};

struct Object::Member {
  std::string key;
  Value value;
  bool operator==(const Member&) const = default;
};

// One JSON text, UTF-8, at most 200 levels deep. The last of doubled keys wins. Failure (failed) names line,
// column and byte offset.
Result<Value> parse(std::string_view text);
// Compact on one line, or with indent spaces a level. Invalid UTF-8 in strings becomes U+FFFD; NaN and
// infinity become null. Code points that end a line in JavaScript and control characters are escaped; the
// rest is written as it is.
std::string dump(const Value& value, int indent = -1);
void dump_to(std::string& out, const Value& value, int indent = -1);
// One string as a JSON literal, with its quotes.
void quote_to(std::string& out, std::string_view text);

} // namespace helpdesk::json
