// Tickets as rows: the columns that list and contact show share.
#pragma once

#include "app/reply_states.hpp"
#include "app/target_marks.hpp"
#include "cli/command.hpp"
#include "model/values.hpp"
#include "render/document.hpp"

#include <optional>
#include <vector>

namespace helpdesk::app {

inline constexpr cli::FieldDoc k_ticket_fields[] = {
    {"number", "the ticket's number in this store"},
    {"waiting_seconds", "how long the customer has waited; null when nobody waits"},
    {"target",
     "past or near when an answer target (a promise of [sla.NAME], or [reply] target) is or nearly is"},
    {"requester", "who asks"},
    {"requester_address", "their address"},
    {"subject", "what it is about"},
    {"status", "new, open, pending, hold, solved or closed"},
    {"needs_reply", "yes, no or unsure"},
    {"reason", "why it does or does not need a reply"},
    {"priority", "none, low, normal, high or urgent"},
    {"assignee", "who works on it"},
    {"tags", "tags"},
    {"channel", "how the customer wrote"},
    {"account", "account it came through"},
    {"queue", "queue"},
    {"language", "the customer's language"},
    {"messages", "number of public messages"},
    {"created", "first message"},
    {"updated", "last change"},
    {"waiting_since", "oldest message that waits for an answer"},
    {"snoozed_until", "when it wakes"},
    {"key", "the key that is the same in every store"},
    {"reply",
     "what becomes of our reply: unapproved, approved, put_back (somebody wrote before it left), held, "
     "scheduled, queued, failed or unknown; empty when there is none on its way"},
};

// with_reason: the reason is shown to people too (list --noise); with_reply: what becomes of our replies.
std::vector<render::Column> ticket_columns(bool with_reason, bool with_reply = false);
render::Row ticket_row(const model::Ticket& ticket, Instant now, TargetMark target, bool with_reason,
                       const ReplyState* reply = nullptr);

} // namespace helpdesk::app
