#include "base/text.hpp"
#include "liquid/filter_items.hpp"
#include "liquid/filters.hpp"

#include <algorithm>

namespace helpdesk::liquid::filters {

namespace {

int order(const Value& a, const Value& b) {
  if (const auto result = compare(a, b)) return *result;
  if (a.is_nil()) return 1;
  if (b.is_nil()) return -1;
  argument_error("cannot sort values of incompatible types");
}

struct Keyed {
  Value key, item;
};

// The items with what they are sorted by; false when one has no properties.
bool keyed_items(const FilterInput& call, std::vector<Keyed>& result) {
  const bool by_property = call.has(0) && !call.argument(0).is_nil();
  auto items = items_of(call.context, call.input);
  result.reserve(items.size());
  for (auto& item : items) {
    bool indexable = true;
    auto key = by_property ? property_of(item, call.argument(0), indexable) : item;
    if (!indexable) return false;
    result.push_back({std::move(key), std::move(item)});
  }
  return true;
}

Value sorted_items(const FilterInput& call, std::vector<Keyed>& keyed) {
  std::vector<Value> items;
  items.reserve(keyed.size());
  for (auto& [key, item] : keyed) items.push_back(std::move(item));
  return array_of(call.context, std::move(items));
}

} // namespace

Value sort(const FilterInput& call) {
  std::vector<Keyed> keyed;
  if (!keyed_items(call, keyed)) return {};
  std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
    call.context.run.step_bytes(64);
    return order(a.key, b.key) < 0;
  });
  return sorted_items(call, keyed);
}

Value sort_natural(const FilterInput& call) {
  std::vector<Keyed> keyed;
  if (!keyed_items(call, keyed)) return {};
  for (auto& [key, item] : keyed)
    if (!key.is_nil()) key = Value(ascii_lower(key.to_string()));
  std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
    call.context.run.step_bytes(64);
    return order(a.key, b.key) < 0;
  });
  return sorted_items(call, keyed);
}

} // namespace helpdesk::liquid::filters
