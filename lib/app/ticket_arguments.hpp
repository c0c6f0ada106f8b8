// Ticket ids of a command: from its arguments, or with "-" from the first TAB field of each line of standard
// input.
#pragma once

#include "app/app.hpp"

#include <string>
#include <vector>

namespace helpdesk::app {

// All or nothing: an id that does not exist fails before anything is changed. Doubled ids count once.
Result<std::vector<model::Ticket>> tickets_named(App& app, const std::vector<std::string>& ids);
// The text of a note or message: --body-file FILE or "-", else the argument, else the editor on a terminal.
Result<std::string> text_given(App& app, const std::string& argument,
                               const std::optional<std::string>& body_file, std::string_view what);
// "1 message", "2 messages", "3 people".
std::string counted(std::size_t n, std::string_view one, std::string_view many = {});

} // namespace helpdesk::app
