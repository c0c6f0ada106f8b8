// What the three shells' completions have in common.
#pragma once

#include "cli/globals.hpp"
#include "cli/table.hpp"

namespace helpdesk::cli {

// How a value is completed: nothing (a switch), "text" (no candidates), "file", "directory", "words a b c",
// or "kind account" for what helpdesk complete answers.
std::string completion_of(CommandTable commands, ValueKind kind, std::string_view choices);
std::vector<const Command*> visible(CommandTable commands); // those that run
// Words that may follow command words: {"", {list, show, store …}}, {"store", {info, verify …}}.
std::vector<std::pair<std::string, std::vector<std::string>>> next_words(CommandTable commands);
std::string summary_of_word(CommandTable commands, const std::string& words); // of a command or of a group
// Global flags that mean something for the command.
std::vector<const Flag*> flags_of(const Command& command);
std::string shell_quoted(std::string_view text); // POSIX single quotes

} // namespace helpdesk::cli
