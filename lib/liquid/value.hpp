// The values that templates read. Copying is cheap (a reference count); a Value is immutable once it is
// shared, and it belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::liquid {

enum class Kind : unsigned char { nil, boolean, integer, number, string, array, hash, range, object };

// What several Values may hold together. Not for use outside: derive from Object instead.
class Counted {
 public:
  Counted() = default;
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  virtual ~Counted() = default;

 private:
  friend class Value;
  mutable std::uint32_t references_ = 0;
};

class Object;
struct Entry;

class Value {
 public:
  Value() noexcept : integer_(0) {}
  Value(bool b) noexcept : integer_(b), kind_(Kind::boolean) {}
  Value(int i) noexcept : integer_(i), kind_(Kind::integer) {}
  Value(std::int64_t i) noexcept : integer_(i), kind_(Kind::integer) {}
  Value(double d) noexcept : number_(d), kind_(Kind::number) {}
  Value(std::string_view text); // copies; must be UTF-8 (other bytes are kept as they are)
  Value(const char* text) : Value(std::string_view(text)) {}
  Value(const std::string& text) : Value(std::string_view(text)) {}
  template <class T> Value(const T*) = delete;

  // Does not copy: text must outlive every Value made from this one.
  static Value borrowed(std::string_view text) noexcept;
  static Value array(std::vector<Value> items = {});
  // Keeps the order in which keys come; a key that comes twice keeps its first place and its last value.
  static Value hash(std::vector<std::pair<std::string, Value>> entries = {});
  // first..last, both included; empty when last < first. Never expanded until something needs the items.
  static Value range(std::int64_t first, std::int64_t last);
  static Value object(std::unique_ptr<Object> object);

  Value(const Value& other) noexcept;
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other) noexcept;
  Value& operator=(Value&& other) noexcept;
  ~Value() {
    if (counted_) release();
  }

  Kind kind() const { return kind_; }
  bool is_nil() const { return kind_ == Kind::nil; }
  bool is_string() const { return kind_ == Kind::string; }
  bool truthy() const { return kind_ > Kind::boolean || (kind_ == Kind::boolean && integer_ != 0); }

  // Each may be called only on its kind.
  bool as_bool() const { return integer_ != 0; }
  std::int64_t as_integer() const { return integer_; }
  double as_number() const { return number_; }
  std::string_view as_string() const;
  const std::vector<Value>& as_array() const;
  const std::vector<Entry>& as_hash() const;
  std::pair<std::int64_t, std::int64_t> as_range() const;
  const Object& as_object() const;

  // Building: allowed only while this is the one Value that holds the array or hash.
  void push_back(Value item);
  void set(std::string_view key, Value value);
  // The value of a key of a hash, or nullptr; of anything else nullptr.
  const Value* find(std::string_view key) const;
  // Items of an array or range, entries of a hash; 0 otherwise.
  std::int64_t count() const;

  // As {{ value }} prints it: nil is nothing, arrays are their items one after the other.
  std::string text() const;
  // The same, as filters see it: arrays and hashes in the form ["a", 1] and {"a"=>1}.
  std::string to_string() const;

 private:
  explicit Value(Counted* counted, Kind kind, std::uint32_t size = 0) noexcept;
  void release() noexcept;

  union {
    std::int64_t integer_;
    double number_;
    const char* text_;
    Counted* pointer_;
  };
  std::uint32_t size_ = 0;
  Kind kind_ = Kind::nil;
  bool counted_ = false;
};

struct Entry {
  Value key; // a string
  Value value;
};

// A value that is computed when a template asks for it: a ticket whose comments are read from the store only
// then.
class Object : public Counted {
 public:
  // The member, or nil. Called once for each time the template names it: keep what is dear.
  virtual Value get(std::string_view key) const = 0;
  virtual bool has(std::string_view key) const = 0;
  // What stands for the whole object where a template prints, compares or loops over it: a string, a hash, an
  // array or nil.
  virtual Value whole() const { return {}; }
  // How it prints: as what it stands for, unless that is nothing or prints_itself says otherwise.
  virtual std::string text() const { return whole().text(); }
  virtual bool prints_itself() const { return false; }
  // Of two objects that stand for nothing: whether they are one.
  virtual bool same_as(const Object& other) const { return this == &other; }
};

} // namespace helpdesk::liquid
