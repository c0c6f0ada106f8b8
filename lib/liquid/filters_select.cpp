// where, reject, has, find, find_index: items by a property and its value.
#include "liquid/filter_items.hpp"
#include "liquid/filters.hpp"

namespace helpdesk::liquid::filters {

namespace {

// Calls each(item, index, matches) until it returns false. false when an item has no properties at all: then
// the filter gives nil.
template <class Each> bool select(const FilterInput& call, const std::vector<Value>& items, Each each) {
  const auto& target = call.argument(1);
  for (std::size_t i = 0; i < items.size(); ++i) {
    bool indexable = true;
    const auto value = property_of(items[i], call.argument(0), indexable);
    if (!indexable) return false;
    const bool matches = target.is_nil() ? value.truthy() : equal(value, target);
    if (!each(items[i], static_cast<std::int64_t>(i), matches)) break;
  }
  return true;
}

Value filtered(const FilterInput& call, bool wanted) {
  const auto items = items_of(call.context, call.input);
  std::vector<Value> kept;
  const bool whole = select(call, items, [&](const Value& item, std::int64_t, bool matches) {
    if (matches == wanted) kept.push_back(item);
    return true;
  });
  return whole ? array_of(call.context, std::move(kept)) : Value();
}

template <class Found> Value first_match(const FilterInput& call, Value otherwise, Found found) {
  const auto items = items_of(call.context, call.input);
  const bool whole = select(call, items, [&](const Value& item, std::int64_t index, bool matches) {
    if (matches) otherwise = found(item, index);
    return !matches;
  });
  return whole ? otherwise : Value();
}

} // namespace

Value where(const FilterInput& call) { return filtered(call, true); }
Value reject(const FilterInput& call) { return filtered(call, false); }

Value has(const FilterInput& call) {
  return first_match(call, Value(false), [](const Value&, std::int64_t) { return Value(true); });
}
Value find(const FilterInput& call) {
  return first_match(call, Value(), [](const Value& item, std::int64_t) { return item; });
}
Value find_index(const FilterInput& call) {
  return first_match(call, Value(), [](const Value&, std::int64_t index) { return Value(index); });
}

} // namespace helpdesk::liquid::filters
