// Findings that the user knows and wants: none of the ways leaves a word in the reply. Inside lib/lint only.
#pragma once

#include "lint/lint.hpp"

namespace helpdesk::lint {

// Drops what is suppressed by the template's comments, by [[lint.suppress]], by the baseline and by --allow;
// adds HD000 for each of them that dropped nothing although it was meant for this reply.
void suppress(const Input& input, const Settings& settings, Report& report);

} // namespace helpdesk::lint
