// A cell out of a JSON row.
#pragma once

#include "json/json.hpp"

#include <string>
#include <string_view>

namespace helpdesk::backend::table {

// name: a key of the row's top level, or a pointer ("/requester/name"). Numbers with their exact digits,
// lists joined by commas, null and what is not there empty.
std::string json_cell(const json::Value& row, std::string_view name);

} // namespace helpdesk::backend::table
