// Finding the command in the arguments, before its flags are known.
#pragma once

#include "cli/table.hpp"

namespace helpdesk::cli {

struct Words {
  const Command* command = nullptr; // null: none, or only a group was named
  std::string group;                // set when a group was named without a command of it
  std::vector<std::string> rest;    // the arguments without the command's words
};

Result<Words> find_words(CommandTable commands, const std::vector<std::string>& args);

} // namespace helpdesk::cli
