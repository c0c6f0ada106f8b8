// What helpdesk-templates(7) and "help templates" say.
#pragma once

#include "cli/metric_guide.hpp"

#include <span>

namespace helpdesk::cli {

std::span<const GuideChapter> template_guide();
// The chapter of the names is checked against what templates really see.
inline constexpr std::string_view k_names_heading = "NAMES";

} // namespace helpdesk::cli
