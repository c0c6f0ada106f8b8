#include "sync/log_timeline.hpp"

#include <algorithm>

namespace helpdesk::sync {
namespace {

using model::Direction;
using model::Status;
using model::TimelineEntry;

TimelineEntry local_event(Instant time, model::EventKind kind, model::Source source) {
  TimelineEntry e;
  e.entry = model::EntryKind::event;
  e.time = time;
  e.kind = kind;
  e.source = source;
  e.local = true;
  return e;
}

void become(model::Timeline& t, Status status, Instant time) {
  if (t.status == status) return;
  TimelineEntry e = local_event(time, model::EventKind::status, model::Source::rule);
  e.from = static_cast<model::Term>(t.status) + 1;
  e.to = static_cast<model::Term>(status) + 1;
  t.entries.push_back(e);
  t.status = status;
}

// The statuses that letters bring where the log tells none.
void walk(model::Timeline& t, const TimelineEntry& letter) {
  if (letter.direction == Direction::in) {
    if (t.status != Status::fresh) become(t, Status::open, letter.time);
  } else if (letter.direction == Direction::out) {
    if (!model::is_done(t.status)) become(t, Status::pending, letter.time);
  }
}

bool before(const TimelineEntry& a, const TimelineEntry& b) {
  return a.time != b.time ? a.time < b.time : model::kind_rank(a) < model::kind_rank(b);
}

// Stable. Most timelines are short and nearly in order.
void sort(std::vector<TimelineEntry>& entries) {
  constexpr std::size_t k_short = 48;
  if (entries.size() > k_short) return std::stable_sort(entries.begin(), entries.end(), before);
  for (auto it = entries.begin(); it != entries.end(); ++it)
    if (it != entries.begin() && before(*it, *std::prev(it)))
      std::rotate(std::upper_bound(entries.begin(), it, *it, before), it, std::next(it));
}

} // namespace

bool is_plain_log(const Policy& policy) { return policy.rules.empty(); }

void derive_logged(backend::LoggedTicket& ticket, const Policy& policy, model::Term account) {
  model::Timeline& t = ticket.head;
  t.account = account;
  t.entries.clear();
  t.entries.push_back(local_event(ticket.created, model::EventKind::created, model::Source::api));
  t.entries.insert(t.entries.end(), ticket.events.begin(), ticket.events.end());
  std::int64_t number = 0;
  for (TimelineEntry letter : ticket.letters) {
    letter.number = ++number;
    t.entries.push_back(letter);
    if (!policy.backend_sends_status) walk(t, letter);
  }
  Instant last_word =
      ticket.letters.empty() ? std::max(ticket.updated, ticket.created) : ticket.letters.back().time;
  t.history_only = policy.history_before && last_word < *policy.history_before;
  // Nobody said who asks, and one of us wrote first: as Walk::start.
  if (!t.requester && !ticket.letters.empty() && ticket.letters.front().author_role != model::Role::customer)
    t.requester = ticket.first_writer;
  sort(t.entries);
  t.entries.erase(std::unique(t.entries.begin(), t.entries.end()), t.entries.end());
}

} // namespace helpdesk::sync
