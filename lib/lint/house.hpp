// HD100: what the user's own house forbids or asks for. Inside lib/lint only.
#pragma once

#include "lint/lint.hpp"
#include "lint/reading.hpp"

namespace helpdesk::lint {

void check_house(const Reading& reading, const Input& input, const Settings& settings,
                 std::vector<Finding>& findings);

} // namespace helpdesk::lint
