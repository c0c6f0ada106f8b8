// Checks of single values at parse time, so that a typo is found before anything is opened.
#pragma once

#include "cli/command.hpp"

namespace helpdesk::cli {

// where: "--since" or "ID", for the message.
Result<void> check_value(std::string_view where, ValueKind kind, std::string_view choices,
                         const std::string& value);

// choices: "a|b|c".
bool is_choice(std::string_view value, std::string_view choices);

} // namespace helpdesk::cli
