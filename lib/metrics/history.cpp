#include "metrics/history.hpp"

#include "model/kind_rank.hpp"

#include <algorithm>
#include <tuple>

namespace helpdesk::metrics {
namespace {

using model::EntryKind;
using model::EventKind;
using model::Status;
using model::TimelineEntry;

inline bool in_order(const TimelineEntry& a, const TimelineEntry& b) {
  if (a.time != b.time) return a.time < b.time;
  return model::kind_rank_of(a) < model::kind_rank_of(b);
}

auto all_fields(const TimelineEntry& e) {
  return std::tuple(e.number, e.entry, e.direction, e.visibility, e.author_role, e.automation, e.needs_reply,
                    e.delivery, e.kind, e.source, e.field, e.from, e.to, e.actor, e.local);
}

// Orders what arrived in any order. Status changes of one instant are chained: each begins where the one
// before ended.
void sort_entries(std::vector<TimelineEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const TimelineEntry& a, const TimelineEntry& b) {
    if (in_order(a, b)) return true;
    if (in_order(b, a)) return false;
    return all_fields(a) < all_fields(b);
  });
  model::Term current = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!is_status_event(entries[i])) continue;
    for (std::size_t j = i;
         j < entries.size() && is_status_event(entries[j]) && entries[j].time == entries[i].time; ++j)
      if (entries[j].from == current) {
        std::rotate(entries.begin() + static_cast<std::ptrdiff_t>(i),
                    entries.begin() + static_cast<std::ptrdiff_t>(j),
                    entries.begin() + static_cast<std::ptrdiff_t>(j) + 1);
        break;
      }
    current = entries[i].to;
  }
}

class Reader {
 public:
  Reader(const model::Timeline& timeline, History& out) : timeline_(timeline), h_(out) {}

  void read() {
    take_entries();
    find_created();
    h_.status = initial_status();
    h_.segments.push_back({h_.created, h_.now, h_.status, k_no_entry});
    for (std::size_t i = 0; i < h_.entries.size(); ++i) {
      const TimelineEntry& e = h_.entries[i];
      if (e.entry == EntryKind::message)
        message(e, i);
      else if (e.kind == EventKind::status)
        status(e, i);
      else if (e.kind == EventKind::handoff && !h_.cycles.empty())
        h_.cycles.back().handed_off = true;
      else if (e.kind == EventKind::call && turn_open_ && timeline_.channel == model::Channel::chat)
        close(TurnEnd::closed_unanswered, e.time, i); // left before anybody answered; a caller is called back
    }
    h_.internal = asked_ && !by_customer_;
  }

 private:
  const model::Timeline& timeline_;
  History& h_;
  bool turn_open_ = false;
  bool solved_ = false;   // the next question begins a cycle
  bool for_good_ = false; // the solve was not taken back at once
  bool asked_ = false;    // a public message came in
  bool by_customer_ = false;
  bool spoken_ = false; // somebody spoke in public

  void take_entries() {
    const auto& entries = timeline_.entries;
    bool usable = true;
    for (std::size_t i = 0; i < entries.size() && usable; ++i)
      usable = entries[i].time <= h_.now && (i == 0 || !in_order(entries[i], entries[i - 1]));
    if (usable) {
      h_.entries = entries;
      return;
    }
    for (const TimelineEntry& e : entries) {
      if (e.time > h_.now + k_skew_tolerance) {
        ++h_.future;
        continue;
      }
      h_.sorted.push_back(e);
      h_.sorted.back().time = std::min(e.time, h_.now);
    }
    sort_entries(h_.sorted);
    h_.entries = h_.sorted;
  }

  // Nothing of a ticket is older than its creation, whatever the backend says.
  void find_created() { h_.created = h_.entries.empty() ? h_.now : h_.entries.front().time; }

  Status initial_status() const {
    for (const TimelineEntry& e : h_.entries)
      if (is_status_event(e))
        return e.from == 0 || e.from > 6 ? Status::fresh : static_cast<Status>(e.from - 1);
    return Status::fresh;
  }

  void message(const TimelineEntry& e, std::size_t i) {
    bool human = is_human_reply(e);
    bool ai = is_ai_reply(e);
    if (human) ++h_.replies;
    if (e.visibility == model::Visibility::public_ && e.direction == model::Direction::in) {
      asked_ = true;
      if (e.author_role != model::Role::agent && e.author_role != model::Role::admin) by_customer_ = true;
      spoken_ = true;
    } else if ((human || ai) && !spoken_) {
      spoken_ = true;
      h_.outbound = true;
    }
    if (is_question(e)) {
      question(e, i);
    } else if (turn_open_ && (human || ai)) {
      close(human ? TurnEnd::answered_human : TurnEnd::answered_ai, e.time, i);
    }
  }

  void question(const TimelineEntry& e, std::size_t i) {
    if (turn_open_) return; // the turn began with the oldest one
    if (h_.cycles.empty() || solved_) begin_cycle(e.time, i);
    solved_ = false;
    turn_open_ = true;
    if (h_.cycles.back().turns++ == 0) h_.cycles.back().first_turn = h_.turns.size();
    h_.turns.push_back({e.time, h_.now, TurnEnd::open, i, k_no_entry, h_.cycles.size() - 1});
  }

  void begin_cycle(Instant time, std::size_t i) { h_.cycles.push_back({time, i, h_.turns.size(), 0, false}); }

  void close(TurnEnd how, Instant time, std::size_t i) {
    Turn& turn = h_.turns.back();
    turn.how = how;
    turn.end = time;
    turn.last = i;
    turn_open_ = false;
  }

  void status(const TimelineEntry& e, std::size_t i) {
    Status to = status_to(e);
    bool was_done = model::is_done(h_.status);
    if (to == h_.status) return;
    Segment& before = h_.segments.back();
    if (before.from == e.time)
      h_.segments.pop_back(); // it lasted no time
    else
      before.to = e.time;
    h_.segments.push_back({e.time, h_.now, to, i});
    h_.status = to;
    if ((to == Status::pending || to == Status::hold) && turn_open_) h_.paused_while_owed = true;
    if (model::is_done(to)) {
      if (taken_back(i)) return;
      h_.solves.push_back(i);
      if (turn_open_) close(TurnEnd::closed_unanswered, e.time, i);
      solved_ = for_good_ = true;
    } else if (was_done && for_good_) {
      ++h_.reopens;
      for_good_ = false;
      // Reopened by hand is a cycle of its own. A question that reopened it came before this event and began
      // the cycle already.
      if (solved_ && e.source == model::Source::human) begin_cycle(e.time, i);
      if (e.source == model::Source::human) solved_ = false;
    }
  }

  // Solved by a slip of the hand, or against a word of the customer's that nobody had seen: it was never
  // solved.
  bool taken_back(std::size_t i) const {
    const TimelineEntry& solve = h_.entries[i];
    for (std::size_t j = i + 1; j < h_.entries.size(); ++j) {
      const TimelineEntry& e = h_.entries[j];
      if (e.time - solve.time >= k_slip_of_the_hand) return false;
      if (!is_status_event(e)) continue;
      if (model::is_done(status_to(e))) continue;
      if (e.time == solve.time && e.source == model::Source::rule) return true;
      return e.actor == solve.actor && e.actor != 0;
    }
    return false;
  }
};

} // namespace

std::string_view text(TurnEnd end) {
  switch (end) {
  case TurnEnd::answered_human: return "answered_human";
  case TurnEnd::answered_ai: return "answered_ai";
  case TurnEnd::closed_unanswered: return "closed_unanswered";
  case TurnEnd::open: return "open";
  }
  return "";
}

bool is_noise(const History& history) {
  return history.turns.empty() && !history.outbound && history.solves.empty() && history.replies == 0;
}

void read_history(const model::Timeline& timeline, Instant now, History& out) {
  out.entries = {};
  out.sorted.clear();
  out.turns.clear();
  out.cycles.clear();
  out.segments.clear();
  out.solves.clear();
  out.outbound = out.internal = out.paused_while_owed = false;
  out.reopens = out.replies = out.future = 0;
  out.now = now;
  Reader(timeline, out).read();
}

} // namespace helpdesk::metrics
