// Help for people, from the table. Plain text; headings are painted when color is on.
#pragma once

#include "cli/table.hpp"

#include <string>

namespace helpdesk::cli {

struct HelpStyle {
  int width = 80;
  bool color = false;
};

std::string overview(CommandTable commands, const HelpStyle& style); // by job
std::string group_help(CommandTable commands, std::string_view group, const HelpStyle& style);
std::string command_help(const Command& command, const HelpStyle& style);

// What a flag takes, as it stands in help and manual: "--since WHEN", "-n, --limit N".
std::string flag_synopsis(const Flag& flag);
// Its help with the choices: "which ones (auto, always or never)".
std::string flag_help(const Flag& flag);

} // namespace helpdesk::cli
