// Help as the terminal at hand shows it.
#pragma once

#include "app/app.hpp"

namespace helpdesk::app {

// command null and group empty: the overview.
std::string help_for(App& app, const cli::Command* command, std::string_view group);

} // namespace helpdesk::app
