#include "app/help.hpp"

#include "cli/help.hpp"

#include <algorithm>

namespace helpdesk::app {

std::string help_for(App& app, const cli::Command* command, std::string_view group) {
  cli::HelpStyle style{std::clamp(app.terminal().columns(), 40, 100), app.terminal().color()};
  if (command) return cli::command_help(*command, style);
  if (!group.empty()) return cli::group_help(app.commands(), group, style);
  return cli::overview(app.commands(), style);
}

} // namespace helpdesk::app
