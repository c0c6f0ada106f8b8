#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace helpdesk::json {

Object::Object() = default;
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

std::size_t Object::size() const { return members_.size(); }
const Object::Member* Object::begin() const { return members_.data(); }
const Object::Member* Object::end() const { return members_.data() + members_.size(); }

const Value* Object::find(std::string_view key) const {
  for (const Member& m : members_)
    if (m.key == key) return &m.value;
  return nullptr;
}

Value* Object::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

Value& Object::operator[](std::string_view key) {
  if (Value* found = find(key)) return *found;
  return members_.emplace_back(Member{std::string(key), Value()}).value;
}

void Object::append(std::string key, Value value) { members_.push_back({std::move(key), std::move(value)}); }

void Object::drop_doubled_keys() {
  if (members_.size() < 2) return;
  std::vector<std::size_t> order(members_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [this](std::size_t a, std::size_t b) { return members_[a].key < members_[b].key; });
  std::vector<bool> dead(members_.size());
  bool any = false;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t last = i;
    while (last + 1 < order.size() && members_[order[last + 1]].key == members_[order[i]].key)
      dead[order[++last]] = any = true;
    if (last > i) members_[order[i]].value = std::move(members_[order[last]].value);
    i = last + 1;
  }
  if (!any) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members_.size(); ++i)
    if (!dead[i]) {
      if (kept != i) members_[kept] = std::move(members_[i]);
      ++kept;
    }
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(kept), members_.end());
}

bool Object::erase(std::string_view key) {
  return std::erase_if(members_, [key](const Member& m) { return m.key == key; }) > 0;
}

bool Object::operator==(const Object& other) const {
  if (size() != other.size()) return false;
  return std::all_of(begin(), end(), [&other](const Member& m) {
    const Value* theirs = other.find(m.key);
    return theirs && *theirs == m.value;
  });
}

Value Value::object(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Object object;
  for (const auto& [key, value] : members) object[key] = value;
  return Value(std::move(object));
}

bool Value::as_bool(bool otherwise) const {
  const bool* b = std::get_if<bool>(&data_);
  return b ? *b : otherwise;
}

std::int64_t Value::as_int(std::int64_t otherwise) const {
  if (const auto* n = std::get_if<std::int64_t>(&data_)) return *n;
  if (const auto* d = std::get_if<double>(&data_))
    if (*d >= -9223372036854775808.0 && *d < 9223372036854775808.0 && std::trunc(*d) == *d)
      return static_cast<std::int64_t>(*d);
  return otherwise;
}

double Value::as_double(double otherwise) const {
  if (const auto* d = std::get_if<double>(&data_)) return *d;
  if (const auto* n = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*n);
  if (const auto* b = std::get_if<BigNumber>(&data_)) {
    double d = otherwise;
    std::from_chars(b->digits.data(), b->digits.data() + b->digits.size(), d);
    return d;
  }
  return otherwise;
}

const std::string& Value::as_string() const {
  static const std::string k_empty;
  const auto* s = std::get_if<std::string>(&data_);
  return s ? *s : k_empty;
}

std::string Value::id_text() const {
  switch (type()) {
  case Type::string: return as_string();
  case Type::integer:
  case Type::real: return dump(*this);
  case Type::big_number: return std::get<BigNumber>(data_).digits;
  default: return {};
  }
}

const Array& Value::items() const {
  static const Array k_empty;
  const auto* a = std::get_if<Array>(&data_);
  return a ? *a : k_empty;
}

const Object& Value::members() const {
  static const Object k_empty;
  const auto* o = std::get_if<Object>(&data_);
  return o ? *o : k_empty;
}

Array* Value::mutable_items() { return std::get_if<Array>(&data_); }
Object* Value::mutable_members() { return std::get_if<Object>(&data_); }
std::size_t Value::size() const { return is_array() ? items().size() : members().size(); }

namespace {
const Value k_null;
} // namespace

const Value& Value::operator[](std::string_view key) const {
  const Value* found = members().find(key);
  return found ? *found : k_null;
}

const Value& Value::operator[](std::size_t index) const {
  const Array& a = items();
  return index < a.size() ? a[index] : k_null;
}

bool Value::has(std::string_view key) const { return members().find(key) != nullptr; }

const Value* Value::at_pointer(std::string_view pointer) const {
  if (pointer.empty()) return this;
  if (pointer[0] != '/') return nullptr;
  const Value* at = this;
  for (std::string_view raw : split(pointer.substr(1), '/')) {
    std::string token = replace_all(replace_all(raw, "~1", "/"), "~0", "~");
    if (at->is_object()) {
      at = at->members().find(token);
      if (!at) return nullptr;
      continue;
    }
    std::size_t index = 0;
    auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    bool leading_zero = token.size() > 1 && token[0] == '0';
    if (error != std::errc() || end != token.data() + token.size() || leading_zero ||
        index >= at->items().size())
      return nullptr;
    at = &at->items()[index];
  }
  return at;
}

Value& Value::set(std::string_view key, Value value) {
  if (!is_object()) data_ = Object{};
  std::get<Object>(data_)[key] = std::move(value);
  return *this;
}

Value& Value::push(Value value) {
  if (!is_array()) data_ = Array{};
  std::get<Array>(data_).push_back(std::move(value));
  return *this;
}

bool Value::erase(std::string_view key) {
  Object* o = mutable_members();
  return o && o->erase(key);
}

} // namespace helpdesk::json
