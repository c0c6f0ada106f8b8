#include "app/reply_states.hpp"

#include "app/approving.hpp"
#include "reply/queue.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

Result<std::optional<ReplyState>> of_draft(App& app, store::Reader& store, const reply::ApprovalRules& rules,
                                           const reply::Draft& draft) {
  ReplyState state;
  state.ticket = draft.ticket;
  state.draft = draft.id;
  state.changed = draft.changed;
  // A draft that cannot be a mail yet (no recipient, a placeholder) awaits approval all the same.
  auto approval = approval_state(app, store, rules, draft);
  // Approved after it was put back: somebody has decided.
  bool approved = approval && approval->standing == ApprovalStanding::approved;
  if (!draft.put_back.empty() && !approved) {
    state.state = "put_back";
    state.words = fmt::format("put back: {}", draft.put_back);
    if (approval && approval->awaits()) state.words += "; " + approval_words(app, *approval);
  } else if (!approval) {
    state.state = "unapproved";
    state.words = "awaits approval; " + approval.error().message;
  } else if (approval->standing == ApprovalStanding::not_needed) {
    return std::optional<ReplyState>();
  } else {
    state.state = approval->awaits() ? "unapproved" : "approved";
    state.words = approval_words(app, *approval);
  }
  return std::optional<ReplyState>(std::move(state));
}

ReplyState of_item(App& app, const reply::QueueItem& item) {
  ReplyState state;
  state.ticket = item.ticket;
  state.draft = item.draft;
  state.item = item.id;
  state.state = item.state;
  state.leaves = item.leaves;
  state.changed = item.changed;
  if (item.leaves) {
    state.words = fmt::format("{} {}", item.state == "held" ? "held until" : "scheduled for",
                              format_minute(*item.leaves, app.zone()));
  } else {
    state.words = item.last_error.empty() || item.state == "sending" || item.state == "accepted"
                      ? item.state
                      : fmt::format("{}: {}", item.state, item.last_error);
  }
  return state;
}

} // namespace

bool needs_decision(const ReplyState& state) {
  return state.state == "unapproved" || state.state == "put_back" || state.state == "failed" ||
         state.state == "unknown" || (state.state == "held" && !state.leaves);
}

Result<std::vector<ReplyState>> reply_states(App& app, store::Reader& store, std::string_view ticket_key) {
  std::vector<ReplyState> states;
  reply::ApprovalRules rules = TRY(approval_rules(app));
  for (const reply::Draft& draft : TRY(reply::open_drafts(store, ticket_key)))
    if (rules.any() || !draft.put_back.empty())
      if (auto state = TRY(of_draft(app, store, rules, draft))) states.push_back(std::move(*state));
  for (const reply::QueueItem& item : TRY(reply::queue_items(store, false)))
    if (!item.draft.empty() && (ticket_key.empty() || item.ticket == ticket_key))
      states.push_back(of_item(app, item));
  std::stable_partition(states.begin(), states.end(), &needs_decision);
  return states;
}

std::map<std::string, ReplyState> by_ticket(const std::vector<ReplyState>& states) {
  std::map<std::string, ReplyState> found;
  for (const ReplyState& state : states)
    if (!state.ticket.empty()) found.emplace(state.ticket, state);
  return found;
}

} // namespace helpdesk::app
