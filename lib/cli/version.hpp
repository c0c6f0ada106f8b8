#pragma once

#include <string_view>

namespace helpdesk::cli {

constexpr std::string_view k_version = "0.1.0"; // that of CMakeLists.txt; a test compares them

} // namespace helpdesk::cli
