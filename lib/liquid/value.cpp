#include "liquid/value_data.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

namespace helpdesk::liquid {

Text* Text::make(std::size_t size) {
  void* memory = std::malloc(sizeof(Text) + size);
  if (!memory) throw std::bad_alloc();
  return new (memory) Text;
}

void Text::operator delete(void* memory) { std::free(memory); }

Value::Value(Counted* counted, Kind kind, std::uint32_t size) noexcept
    : pointer_(counted), size_(size), kind_(kind), counted_(true) {
  ++counted->references_;
}

Value::Value(std::string_view text) : text_(""), size_(0), kind_(Kind::string) {
  if (text.empty()) return;
  if (text.size() > 0xFFFFFFFFU) text = text.substr(0, 0xFFFFFFFFU);
  auto* data = Text::make(text.size());
  std::memcpy(data->bytes(), text.data(), text.size());
  *this = Value(data, Kind::string, static_cast<std::uint32_t>(text.size()));
}

Value Value::borrowed(std::string_view text) noexcept {
  Value value;
  value.text_ = text.empty() ? "" : text.data();
  value.size_ = static_cast<std::uint32_t>(text.size());
  value.kind_ = Kind::string;
  return value;
}

Value Value::array(std::vector<Value> items) {
  auto* data = new Array;
  data->items = std::move(items);
  return Value(data, Kind::array);
}

Value Value::hash(std::vector<std::pair<std::string, Value>> entries) {
  auto* data = new Hash;
  Value value(data, Kind::hash);
  data->reserve(entries.size());
  for (auto& [key, item] : entries) data->set(Value(std::string_view(key)), std::move(item));
  return value;
}

Value Value::range(std::int64_t first, std::int64_t last) {
  auto* data = new Range;
  data->first = first;
  data->last = last;
  return Value(data, Kind::range);
}

Value Value::object(std::unique_ptr<Object> object) {
  if (!object) return {};
  return Value(object.release(), Kind::object);
}

Value::Value(const Value& other) noexcept
    : integer_(other.integer_), size_(other.size_), kind_(other.kind_), counted_(other.counted_) {
  if (counted_) ++pointer_->references_;
}

Value::Value(Value&& other) noexcept
    : integer_(other.integer_), size_(other.size_), kind_(other.kind_), counted_(other.counted_) {
  other.counted_ = false;
  other.kind_ = Kind::nil;
}

Value& Value::operator=(const Value& other) noexcept {
  if (other.counted_) ++other.pointer_->references_;
  if (counted_) release();
  integer_ = other.integer_;
  size_ = other.size_;
  kind_ = other.kind_;
  counted_ = other.counted_;
  return *this;
}

Value& Value::operator=(Value&& other) noexcept {
  if (this == &other) return *this;
  if (counted_) release();
  integer_ = other.integer_;
  size_ = other.size_;
  kind_ = other.kind_;
  counted_ = other.counted_;
  other.counted_ = false;
  other.kind_ = Kind::nil;
  return *this;
}

void Value::release() noexcept {
  if (--pointer_->references_ != 0) return;
  if (kind_ == Kind::string)
    delete static_cast<Text*>(pointer_); // has no children
  else
    dispose(pointer_);
}

std::string_view Value::as_string() const {
  return {counted_ ? static_cast<const Text*>(pointer_)->bytes() : text_, size_};
}

const std::vector<Value>& Value::as_array() const { return static_cast<const Array*>(pointer_)->items; }
const std::vector<Entry>& Value::as_hash() const { return static_cast<const Hash*>(pointer_)->entries(); }
const Object& Value::as_object() const { return *static_cast<const Object*>(pointer_); }

std::pair<std::int64_t, std::int64_t> Value::as_range() const {
  const auto* range = static_cast<const Range*>(pointer_);
  return {range->first, range->last};
}

void Value::push_back(Value item) { static_cast<Array*>(pointer_)->items.push_back(std::move(item)); }
void Value::set(std::string_view key, Value value) {
  static_cast<Hash*>(pointer_)->set(Value(key), std::move(value));
}

const Value* Value::find(std::string_view key) const {
  return kind_ == Kind::hash ? static_cast<const Hash*>(pointer_)->find(key) : nullptr;
}

std::int64_t Value::count() const {
  switch (kind_) {
  case Kind::array: return static_cast<std::int64_t>(as_array().size());
  case Kind::hash: return static_cast<std::int64_t>(as_hash().size());
  case Kind::range: {
    const auto [first, last] = as_range();
    if (last < first) return 0;
    const auto n = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first) + 1;
    return n == 0 || n > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(n);
  }
  default: return 0;
  }
}

} // namespace helpdesk::liquid
