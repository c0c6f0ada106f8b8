// Paging: feeds a text to a program that owns the terminal.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace helpdesk::terminal {

// $HELPDESK_PAGER, $PAGER or "less -FRX"; empty when paging was switched off ("" or "cat").
std::string pager_command();
// False when the pager could not be started: the caller prints itself. Quitting the pager early is success.
Result<bool> run_pager(std::string_view command, std::string_view text);
// More screen lines than rows, with long lines folded at columns.
bool longer_than(std::string_view text, int rows, int columns);

} // namespace helpdesk::terminal
