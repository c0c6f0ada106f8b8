// A cheap look at the structure before GMime builds a tree of it: GMime has no limits of its own.
#pragma once

#include "mime/mail.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace helpdesk::mime {

using Deadline = std::chrono::steady_clock::time_point;

// head: the content headers of the mail. Empty when it is within the limits, else which cap it trips: "part
// cap of 10000 reached".
std::string scan_structure(std::string_view head, std::string_view body, const Limits& limits,
                           Deadline deadline);

} // namespace helpdesk::mime
