// The command line against the command table.
#pragma once

#include "cli/globals.hpp"
#include "cli/table.hpp"

namespace helpdesk::cli {

enum class Action : unsigned char { run, help, version };

struct Parsed {
  Action action = Action::run;
  const Command* command = nullptr; // null with help: of the whole program, or of group
  std::string group;
  Invocation invocation; // the command's own flags and arguments
  Invocation globals;    // flags of global_flags()
};

// args without the program's name. Usage errors name the word and the nearest one that exists.
Result<Parsed> parse(CommandTable commands, const std::vector<std::string>& args);

} // namespace helpdesk::cli
