#include "sync/log_timeline.hpp"

#include "model/kind_rank.hpp"

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

// What happened in one instant, by rank. Stable.
void sort_by_rank(std::vector<TimelineEntry>& entries, std::size_t first) {
  constexpr std::size_t k_few = 16;
  if (entries.size() - first < 2) return;
  auto before = [](const TimelineEntry& a, const TimelineEntry& b) {
    return model::kind_rank_of(a) < model::kind_rank_of(b);
  };
  if (entries.size() - first > k_few)
    return std::stable_sort(entries.begin() + static_cast<std::ptrdiff_t>(first), entries.end(), before);
  for (std::size_t i = first + 1; i < entries.size(); ++i)
    for (std::size_t j = i; j > first && before(entries[j], entries[j - 1]); --j)
      std::swap(entries[j], entries[j - 1]);
}

} // namespace

bool is_plain_log(const Policy& policy) { return policy.rules.empty(); }

void derive_logged(backend::LoggedTicket& ticket, const Policy& policy, model::Term account) {
  model::Timeline& t = ticket.head;
  t.account = account;
  t.entries.clear();
  t.entries.reserve(1 + ticket.events.size() + 2 * ticket.letters.size());
  const Instant last_word =
      ticket.letters.empty() ? std::max(ticket.updated, ticket.created) : ticket.letters.back().time;
  t.history_only = policy.history_before && last_word < *policy.history_before;
  // Nobody said who asks, and one of us wrote first: as Walk::start.
  if (!t.requester && !ticket.letters.empty() && ticket.letters.front().author_role != model::Role::customer)
    t.requester = ticket.first_writer;
  // Instant by instant: both lists are in the order of time.
  auto event = ticket.events.begin();
  auto letter = ticket.letters.begin();
  bool has_begun = false;
  std::int64_t number = 0;
  while (!has_begun || event != ticket.events.end() || letter != ticket.letters.end()) {
    Instant now = Instant::max();
    if (!has_begun) now = ticket.created;
    if (event != ticket.events.end()) now = std::min(now, event->time);
    if (letter != ticket.letters.end()) now = std::min(now, letter->time);
    const std::size_t first = t.entries.size();
    if (!has_begun && ticket.created == now) {
      t.entries.push_back(local_event(now, model::EventKind::created, model::Source::api));
      has_begun = true;
    }
    for (; event != ticket.events.end() && event->time == now; ++event) t.entries.push_back(*event);
    for (; letter != ticket.letters.end() && letter->time == now; ++letter) {
      t.entries.push_back(*letter);
      t.entries.back().number = ++number;
      if (!policy.backend_sends_status) walk(t, *letter);
    }
    sort_by_rank(t.entries, first);
  }
  t.entries.erase(std::unique(t.entries.begin(), t.entries.end()), t.entries.end());
}

} // namespace helpdesk::sync
