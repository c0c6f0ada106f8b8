// The one table of filters, and how one is called.
#pragma once

#include "liquid/syntax.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace helpdesk::liquid {

class Context;

struct FilterInput {
  Context& context;
  const Value& input;
  std::span<const Value> arguments;
  std::span<const std::pair<std::string_view, Value>> named;

  bool has(std::size_t i) const { return i < arguments.size(); }
  // The i-th argument, nil when it is not given.
  const Value& argument(std::size_t i) const;
  const Value* find_named(std::string_view name) const;
};

using Filter = Value (*)(const FilterInput& call);

struct FilterEntry {
  std::string_view name;
  Filter run;
  unsigned char least; // arguments beside the input
  unsigned char most;
};

// nullptr when there is none. helpdesk: whether the desk's own filters are known, too.
const FilterEntry* find_filter(std::string_view name, bool helpdesk);
Value apply_filter(Context& context, const FilterCall& call, const Value& input);
std::vector<std::string_view> filter_names(bool helpdesk);

} // namespace helpdesk::liquid
