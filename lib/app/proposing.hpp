// Templates proposed for a ticket, and what its customer asks: between the commands and lib/reply, lib/lint.
#pragma once

#include "app/app.hpp"
#include "reply/proposals.hpp"

#include <string>
#include <vector>

namespace helpdesk::app {

// language: of the reply; empty: the ticket's.
Result<std::vector<reply::Proposal>> proposals(App& app, store::Reader& store, const model::Ticket& ticket,
                                               const std::string& language);
// Shows them on the terminal and asks which one: its name; empty for none, also when nothing was proposed.
Result<std::string> ask_for_template(App& app, const std::vector<reply::Proposal>& proposed);
// The questions and requests of the customer that wait, for the checklist in the editor.
Result<std::vector<std::string>> asked_in(App& app, store::Reader& store, const model::Ticket& ticket);

} // namespace helpdesk::app
