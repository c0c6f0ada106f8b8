#pragma once

#include "liquid/context.hpp"
#include "liquid/date.hpp"

namespace helpdesk::liquid {

// What a template calls a date: "now", "today", seconds since 1970 (a number or digits), or a written date.
std::optional<Date> date_of(const Value& value, Run& run);

} // namespace helpdesk::liquid
