// A ticket of an event log to its timeline, as derive_ticket does it where messages have no text and nothing
// was decided here: no rules, no journal. Pure.
#pragma once

#include "backend/event_log.hpp"
#include "sync/policy.hpp"

namespace helpdesk::sync {

// Whether the policy leaves it at that.
bool is_plain_log(const Policy& policy);

// Fills ticket.head: entries in order, what the walk through them makes of the status. account: its term.
void derive_logged(backend::LoggedTicket& ticket, const Policy& policy, model::Term account);

} // namespace helpdesk::sync
