// What becomes of our replies: the drafts that await approval or were put back, and what is in the queue. For
// list, show and queue list.
#pragma once

#include "app/app.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

struct ReplyState {
  std::string ticket; // key; empty for the first mail of a conversation
  std::string draft, item;
  // "unapproved", "approved", "put_back", or the queue item's: "held", "scheduled", "queued", "failed" …
  std::string state;
  std::string words;             // for people: "awaits approval (tag:refund)", "held until 2026-01-05 10:10"
  std::optional<Instant> leaves; // held, scheduled
  Instant changed{};
};

// Of one ticket when its key is given, else of all; a plain draft that needs no approval is no state. Those
// that need somebody's decision come first.
Result<std::vector<ReplyState>> reply_states(App& app, store::Reader& store,
                                             std::string_view ticket_key = "");
// Must somebody decide? unapproved, put_back, failed, unknown, held without a time.
bool needs_decision(const ReplyState& state);
// The first of each ticket.
std::map<std::string, ReplyState> by_ticket(const std::vector<ReplyState>& states);

} // namespace helpdesk::app
