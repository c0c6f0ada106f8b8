// What the commands that show numbers share: the desk with its warnings, and the period that was asked for.
#pragma once

#include "app/app.hpp"
#include "cli/command.hpp"
#include "report/desk.hpp"

#include <optional>

namespace helpdesk::app {

// Reads --account. Warns of accounts that went quiet, and of those with no known outgoing mail: there every
// ticket looks unanswered.
Result<report::Desk> open_desk(App& app, const cli::Invocation& call);
// The instant of a flag, nothing when it was not given.
Result<std::optional<Instant>> instant_of(App& app, const cli::Invocation& call, std::string_view flag);

} // namespace helpdesk::app
