// Lookups in the command table.
#pragma once

#include "cli/command.hpp"

namespace helpdesk::cli {

using CommandTable = std::span<const Command* const>;

const Command* find_command(CommandTable commands, std::string_view name);
bool is_group(CommandTable commands, std::string_view word); // "account": there is "account list"
// Commands of a group in the table's order, without the group's own row.
std::vector<const Command*> members(CommandTable commands, std::string_view group);
// Top-level words in the table's order, hidden ones left out.
std::vector<std::string_view> top_words(CommandTable commands);
// A command without a job is for programs: in no help, no manual, no completion.
inline bool is_hidden(const Command& command) { return command.job.empty(); }

const Flag* find_flag(std::span<const Flag> flags, std::string_view name);
std::string did_you_mean(std::string_view word,
                         const std::vector<std::string_view>& candidates); // " (did you mean …?)" or ""

// "helpdesk list [FLAG…] [QUERY…]"
std::string usage_line(const Command& command);

} // namespace helpdesk::cli
