// --jq: a filter over JSON output by libjq, which is loaded only when it is asked for.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace helpdesk::cli {

// Every result on a line of its own; strings without quotes, the rest as compact JSON. Usage error when the
// expression is wrong or the library is missing; failed when the filter fails on this input.
Result<std::string> run_jq(std::string_view json, std::string_view expression);

} // namespace helpdesk::cli
