// The one JSON shape that OAuth speaks: an object of plain members. Internal to lib/net, which may not use
// lib/json.
#pragma once

#include "base/result.hpp"

#include <map>
#include <string>
#include <string_view>

namespace helpdesk::net {

// Strings decoded to UTF-8; numbers, true and false as their text; null left out; nested values as their raw
// text.
Result<std::map<std::string, std::string, std::less<>>> parse_flat_json(std::string_view text);
std::string json_string(std::string_view text); // quoted

} // namespace helpdesk::net
