// Editing a text in the user's editor.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::terminal {

// See Terminal::edit.
Result<std::optional<std::string>> run_editor(std::string_view initial, std::string_view file_name);

} // namespace helpdesk::terminal
