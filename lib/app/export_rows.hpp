// Messages and turns as rows, for export.
#pragma once

#include "cli/command.hpp"
#include "metrics/history.hpp"
#include "metrics/imports.hpp"
#include "model/values.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <cstddef>
#include <vector>

namespace helpdesk::app {

// Of all three kinds of export: those of tickets are those of list.
inline constexpr cli::FieldDoc k_export_fields[] = {
    {"number", "the ticket's number in this store"},
    {"waiting_seconds", "tickets: how long the customer has waited; null when nobody waits"},
    {"target", "tickets: past or near when the answer target is or nearly is"},
    {"requester", "tickets: who asks"},
    {"requester_address", "tickets: their address"},
    {"subject", "what it is about"},
    {"status", "tickets: new, open, pending, hold, solved or closed"},
    {"needs_reply", "tickets, messages: yes, no or unsure"},
    {"reason", "tickets, messages: why it does or does not need a reply"},
    {"priority", "tickets: none, low, normal, high or urgent"},
    {"assignee", "tickets: who works on it"},
    {"tags", "tickets: tags"},
    {"channel", "how the customer wrote"},
    {"account", "account it came through"},
    {"queue", "tickets: queue"},
    {"language", "tickets, messages: language"},
    {"messages", "tickets: number of public messages"},
    {"created", "tickets: first message"},
    {"updated", "tickets: last change"},
    {"waiting_since", "tickets: oldest message that waits for an answer"},
    {"snoozed_until", "tickets: when it wakes"},
    {"key", "key that is the same in every store"},
    {"ticket_key", "messages: key of their ticket"},
    {"time", "messages: when it was received or sent"},
    {"direction", "messages: in, out or internal"},
    {"visibility", "messages: public or private"},
    {"author", "messages: who wrote it"},
    {"author_address", "messages: their address"},
    {"role", "messages: customer, agent, admin, bot, system or unknown"},
    {"automation", "messages: what wrote it when it was no person"},
    {"delivery", "messages: ok, bounced or unknown"},
    {"message_id", "messages: Message-ID of the mail"},
    {"attachments", "messages: how many files are attached"},
    {"text", "messages: what it says, without quotes and signature"},
    {"turn", "turns: number of the turn within its ticket"},
    {"cycle", "turns: number of the cycle within its ticket"},
    {"start", "turns: oldest unanswered question"},
    {"end", "turns: when it was answered or closed; null: open"},
    {"how", "turns: answered_human, answered_ai, closed_unanswered or open"},
    {"waited_seconds", "turns: how long the customer waited, in seconds of calendar time"},
    {"agent", "turns: who answered"},
    {"left_out", "turns: why statistics leave the ticket out; null when they count it"},
};

std::vector<render::Column> message_columns(bool with_text);
render::Row message_row(const model::Ticket& ticket, const model::Message& message, bool with_text);
std::vector<render::Column> turn_columns();
render::Row turn_row(const report::Desk& desk, const metrics::ImportSeconds& imports,
                     const model::Timeline& timeline, const metrics::History& history, std::size_t turn);

} // namespace helpdesk::app
