// Mappings that come with the program: settings as data, below those of the user.
#pragma once

#include "base/result.hpp"

#include <span>
#include <string_view>
#include <utility>

namespace helpdesk::backend::table {

struct ReadyMapping {
  std::string_view name, summary;
  // Settings of an account (see table.cpp); lists joined by '\n'.
  std::span<const std::pair<std::string_view, std::string_view>> settings;
};

std::span<const ReadyMapping> ready_mappings();
// Usage error with a suggestion.
Result<const ReadyMapping*> find_ready(std::string_view name);

} // namespace helpdesk::backend::table
