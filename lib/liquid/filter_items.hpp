// What the array filters share: the items of whatever they are given, and a member of an item.
#pragma once

#include "liquid/context.hpp"
#include "liquid/filter_table.hpp"

#include <vector>

namespace helpdesk::liquid {

// Arrays are flattened, a range is expanded, nil has none, and anything else is the one item of itself.
std::vector<Value> items_of(Context& context, const Value& input);
Value array_of(Context& context, std::vector<Value> items);

// item[property]. indexable is false where the language has no such thing (nil, true, 1.5); throws where it
// refuses (an integer by a name).
Value property_of(const Value& item, const Value& property, bool& indexable);

} // namespace helpdesk::liquid
