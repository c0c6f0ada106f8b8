#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/filter_items.hpp"
#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"

#include <cstring>
#include <string>
#include <unordered_set>

namespace helpdesk::liquid {

namespace {

void flatten(Context& context, const Value& input, std::vector<Value>& items, int depth) {
  for (const auto& item : input.as_array()) {
    context.run.step();
    if (item.kind() == Kind::array && depth > 0)
      flatten(context, item, items, depth - 1);
    else
      items.push_back(item);
  }
}

[[noreturn]] void cannot_select(const Value& property) {
  argument_error("cannot select the property '" + property.to_string() + "'");
}

Value part_of_text(std::string_view text, const Value& property) {
  if (property.is_string()) {
    const auto part = property.as_string();
    return memmem(text.data(), text.size(), part.data(), part.size()) || part.empty() ? property : Value();
  }
  if (property.kind() != Kind::integer) cannot_select(property);
  const auto size = static_cast<std::int64_t>(count_characters(text));
  const auto index = property.as_integer() < 0 ? property.as_integer() + size : property.as_integer();
  if (index < 0 || index >= size) return {};
  const auto begin = code_point_offset(text, 0, index);
  return Value(text.substr(begin, code_point_offset(text, begin, 1) - begin));
}

} // namespace

std::vector<Value> items_of(Context& context, const Value& input) {
  std::vector<Value> items;
  switch (input.kind()) {
  case Kind::nil: break;
  case Kind::array:
    items.reserve(input.as_array().size());
    flatten(context, input, items, 200);
    break;
  case Kind::range: {
    const auto [first, last] = input.as_range();
    for (std::int64_t i = 0, n = input.count(); i < n; ++i) {
      context.run.step();
      items.emplace_back(first + i);
    }
    break;
  }
  default: items.push_back(input);
  }
  return items;
}

Value array_of(Context& context, std::vector<Value> items) {
  context.run.charge(items.size() * sizeof(Value) + 32);
  return Value::array(std::move(items));
}

Value property_of(const Value& item, const Value& property, bool& indexable) {
  indexable = true;
  switch (item.kind()) {
  case Kind::hash: {
    const auto* value = property.is_string() ? item.find(property.as_string()) : nullptr;
    return value ? *value : Value();
  }
  case Kind::object:
    if (property.is_string() && item.as_object().has(property.as_string()))
      return item.as_object().get(property.as_string());
    if (const auto stand_in = whole(item); stand_in.kind() != Kind::object && !stand_in.is_nil())
      return property_of(stand_in, property, indexable);
    return {};
  case Kind::string:
    indexable = !property.is_nil();
    return indexable ? part_of_text(item.as_string(), property) : Value();
  case Kind::integer:
    if (property.kind() != Kind::integer) cannot_select(property);
    return Value(property.as_integer() < 0 || property.as_integer() > 62
                     ? 0
                     : (item.as_integer() >> property.as_integer()) & 1);
  case Kind::array: {
    if (property.kind() != Kind::integer) cannot_select(property);
    const auto size = item.count();
    const auto index = property.as_integer() < 0 ? property.as_integer() + size : property.as_integer();
    return index >= 0 && index < size ? item.as_array()[static_cast<std::size_t>(index)] : Value();
  }
  default: indexable = false; return {};
  }
}

namespace filters {

Value size(const FilterInput& call) {
  switch (call.input.kind()) {
  case Kind::string: return Value(static_cast<std::int64_t>(count_characters(call.input.as_string())));
  case Kind::integer: return Value(8);
  default: return Value(call.input.count());
  }
}

Value first(const FilterInput& call) {
  const auto& input = call.input;
  switch (input.kind()) {
  case Kind::array: return input.as_array().empty() ? Value() : input.as_array().front();
  case Kind::range: return Value(input.as_range().first);
  case Kind::hash:
    if (input.as_hash().empty()) return {};
    return Value::array({input.as_hash().front().key, input.as_hash().front().value});
  case Kind::string: return Value(input.as_string().substr(0, code_point_offset(input.as_string(), 0, 1)));
  default: return {};
  }
}

Value last(const FilterInput& call) {
  const auto& input = call.input;
  switch (input.kind()) {
  case Kind::array: return input.as_array().empty() ? Value() : input.as_array().back();
  case Kind::range: return Value(input.as_range().second);
  case Kind::string: {
    const auto text = input.as_string();
    auto begin = text.empty() ? 0 : text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return Value(text.substr(begin));
  }
  default: return {};
  }
}

Value join(const FilterInput& call) {
  const TextOf glue(call.has(0) ? call.argument(0) : Value::borrowed(" "));
  std::string out;
  bool first = true;
  for (const auto& item : items_of(call.context, call.input)) {
    if (!first) out += glue.view;
    first = false;
    append_text(out, item);
    call.context.run.check_made(out.size());
  }
  return made(call, out);
}

Value reverse(const FilterInput& call) {
  auto items = items_of(call.context, call.input);
  return array_of(call.context, {items.rbegin(), items.rend()});
}

Value concat(const FilterInput& call) {
  if (call.argument(0).kind() != Kind::array) argument_error("concat filter requires an array argument");
  auto items = items_of(call.context, call.input);
  const auto& more = call.argument(0).as_array();
  call.context.run.step(more.size());
  items.insert(items.end(), more.begin(), more.end());
  return array_of(call.context, std::move(items));
}

Value map(const FilterInput& call) {
  std::vector<Value> mapped;
  for (const auto& item : items_of(call.context, call.input)) {
    bool indexable = true;
    mapped.push_back(property_of(item, call.argument(0), indexable));
  }
  return array_of(call.context, std::move(mapped));
}

Value compact(const FilterInput& call) {
  std::vector<Value> kept;
  const bool by_property = call.has(0) && !call.argument(0).is_nil();
  for (const auto& item : items_of(call.context, call.input)) {
    bool indexable = true;
    const auto value = by_property ? property_of(item, call.argument(0), indexable) : item;
    if (!indexable) return {};
    if (!value.is_nil()) kept.push_back(item);
  }
  return array_of(call.context, std::move(kept));
}

Value uniq(const FilterInput& call) {
  std::vector<Value> kept;
  std::unordered_set<std::string> seen; // the written form tells 1 from 1.0 and from "1", as Ruby's eql? does
  const bool by_property = call.has(0) && !call.argument(0).is_nil();
  for (const auto& item : items_of(call.context, call.input)) {
    bool indexable = true;
    const auto value = by_property ? property_of(item, call.argument(0), indexable) : item;
    if (!indexable) return {};
    std::string key;
    append_inspect(key, value);
    call.context.run.charge(key.size());
    if (seen.insert(std::move(key)).second) kept.push_back(item);
  }
  return array_of(call.context, std::move(kept));
}

Value slice(const FilterInput& call) {
  auto offset = to_integer(call.argument(0));
  const auto length = call.has(1) && !call.argument(1).is_nil() ? to_integer(call.argument(1)) : 1;
  const bool array = call.input.kind() == Kind::array;
  const TextOf text(array ? Value() : call.input);
  const auto size = array ? call.input.count() : static_cast<std::int64_t>(count_characters(text.view));
  if (offset < 0) offset = offset < -size ? size + 1 : offset + size;
  const auto taken = offset > size || length < 0 ? 0 : std::min(length, size - offset);
  if (array) {
    if (taken == 0) return Value::array();
    const auto begin = call.input.as_array().begin() + offset;
    return array_of(call.context, {begin, begin + taken});
  }
  if (taken == 0) return Value::borrowed("");
  const auto begin = code_point_offset(text.view, 0, offset);
  return made(call, text.view.substr(begin, code_point_offset(text.view, begin, taken) - begin));
}

} // namespace filters

std::size_t code_point_offset(std::string_view text, std::size_t from, std::int64_t n) {
  for (; n > 0 && from < text.size(); --n) do
      ++from;
    while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U);
  return std::min(from, text.size());
}

} // namespace helpdesk::liquid
