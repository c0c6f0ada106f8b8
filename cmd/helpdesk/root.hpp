// Every command of the program: one row each, in root.cpp.
#pragma once

#include "cli/command.hpp"

#include <span>

namespace helpdesk {

std::span<const cli::Command* const> commands();

} // namespace helpdesk
