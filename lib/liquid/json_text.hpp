#pragma once

#include "liquid/context.hpp"

namespace helpdesk::liquid {

// A value as JSON; what is not UTF-8 becomes U+FFFD, what is not a number null.
void append_json(std::string& out, const Value& value, Run& run);

} // namespace helpdesk::liquid
