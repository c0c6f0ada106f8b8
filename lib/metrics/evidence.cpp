#include "metrics/evidence.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::EntryKind;
using model::EventKind;
using model::Status;
using model::TimelineEntry;

constexpr std::size_t k_oldest = 5;
constexpr Duration k_burst = std::chrono::minutes(2);
constexpr Duration k_recent = std::chrono::hours(7 * 24);

void add_all(std::map<std::int64_t, std::int64_t>& into, const std::map<std::int64_t, std::int64_t>& from) {
  for (const auto& [key, n] : from) into[key] += n;
}

bool is_paused(Status s) { return s == Status::pending || s == Status::hold; }

} // namespace

Evidence::Evidence(EvidenceOptions options) : options_(std::move(options)), terms_(options_.text) {
  if (options_.policies && !options_.policies->empty())
    watch_ = std::make_unique<PromiseWatch>(options_.policies, options_.text);
}

void Evidence::add(const model::Timeline& timeline, const History& h, const TicketMetrics& measured) {
  if (measured.left_out) return count_left_out(h, *measured.left_out);
  future += h.future;
  if (options_.since && h.created < *options_.since && options_.until) {
    Duration length = *options_.until - *options_.since;
    before += h.created >= *options_.since - length;
  }
  if (!is_noise(h)) count_flow(h);
  count_entries(h);
  if (!in_period(h.created)) return;
  ++tickets;
  clamped += measured.clamped;
  for (const Exclusion& e : measured.excluded) bad_clock += e.reason == Reason::bad_clock;
  outbound += h.outbound;
  if (h.turns.empty() && !h.outbound) {
    bool inbound = std::any_of(h.entries.begin(), h.entries.end(), [](const TimelineEntry& e) {
      return e.entry == EntryKind::message && e.direction == model::Direction::in;
    });
    without_question += !inbound;
  }
  reopened += h.reopens > 0;
  reopens += h.reopens;
  for (const Measurement& m : measured.measured) {
    if (m.metric == Metric::auto_ack) acknowledged.add(m.length, m.outcome);
    if (m.metric != Metric::first_reply) continue;
    with_outbound.add(m.length, m.outcome);
    Duration length = m.length;
    Outcome outcome = m.outcome;
    for (const Measurement& ack : measured.measured)
      if (ack.metric == Metric::auto_ack && ack.start == m.start && ack.length < length) {
        length = ack.length;
        outcome = Outcome::happened;
      }
    replied_or_acknowledged.add(length, outcome);
  }
  if (h.outbound) with_outbound.add(Duration::zero(), Outcome::happened);
  count_turns(timeline, h);
  count_solves(h);
  if (watch_) watch_->add(timeline, h.now, promises);
}

void Evidence::count_left_out(const History& h, Reason reason) {
  auto code = static_cast<std::int64_t>(reason);
  if (in_period(h.created)) {
    ++per_left_out[code];
    return;
  }
  if (!options_.since || !options_.until || h.created >= *options_.since) return;
  Duration length = *options_.until - *options_.since;
  if (h.created >= *options_.since - length) ++per_left_out_before[code];
}

void Evidence::count_turns(const model::Timeline& timeline, const History& h) {
  const Clock& clock = options_.business ? *options_.business : wall_clock();
  for (const Cycle& c : h.cycles) {
    if (c.turns == 0) continue;
    ++cycles;
    bool by_ai = !c.handed_off;
    for (std::size_t t = c.first_turn; t < c.first_turn + c.turns; ++t)
      by_ai &= h.turns[t].how == TurnEnd::answered_ai;
    cycles_by_ai += by_ai;
  }
  for (const Turn& t : h.turns) {
    if (t.how == TurnEnd::open) {
      oldest.emplace_back(micros(t.start), timeline.ticket);
      if (oldest.size() > 64) keep_oldest();
    }
    for (const Segment& s : h.segments)
      if (is_paused(s.status)) {
        Duration overlap = std::min(s.to, t.end) - std::max(s.from, t.start);
        if (overlap <= Duration::zero()) continue;
        paused_while_owed += overlap;
        paused_by[timeline.assignee] += overlap.count();
      }
    if (t.how != TurnEnd::answered_human) continue;
    ++turns_answered;
    Duration length = clock.elapsed(t.start, t.end);
    if (options_.business) {
      ++replies_timed;
      off_hours += length <= Duration::zero() && t.end > t.start;
    }
    if (options_.target && length <= *options_.target) {
      ++within_target;
      near_target += length > *options_.target - *options_.target / 10;
    }
  }
}

void Evidence::count_solves(const History& h) {
  for (std::size_t k = 0; k < h.solves.size(); ++k) {
    std::size_t solve = h.solves[k];
    const TimelineEntry& e = h.entries[solve];
    ++solves;
    solved_late += h.now - e.time < k_recent;
    std::size_t from = k == 0 ? 0 : h.solves[k - 1] + 1;
    bool human = false;
    bool ai = false;
    for (std::size_t i = from; i < solve; ++i) {
      human |= is_human_reply(h.entries[i]);
      ai |= is_ai_reply(h.entries[i]);
    }
    solves_without_reply += !human && !ai;
    Shifted& after = ai && !human ? after_ai : after_human;
    ++after.of;
    bool asked = false;
    for (std::size_t i = solve + 1; i < h.entries.size(); ++i) {
      const TimelineEntry& later = h.entries[i];
      asked |= is_question(later);
      if (!is_status_event(later)) continue;
      if (!model::is_done(status_to(later))) {
        ++after.back;
        reopened_in_72h += later.time - e.time < std::chrono::hours(72);
        reopened_by_customer_in_1h += asked && later.time - e.time < std::chrono::hours(1);
      }
      break;
    }
  }
}

void Evidence::count_entries(const History& h) {
  const TimelineEntry* last_reply = nullptr;
  bool replied = false;
  bool reassigned = false;
  for (const TimelineEntry& e : h.entries) {
    if (e.entry == EntryKind::event && e.kind == EventKind::rating && in_period(e.time))
      ratings.add(terms_.text(e.field), terms_.text(e.to));
    if (!in_period(h.created)) continue;
    if (is_human_reply(e)) {
      ++replies;
      bursts += last_reply && last_reply->actor == e.actor && e.time - last_reply->time < k_burst;
      last_reply = &e;
      replied = true;
    } else if (is_question(e)) {
      last_reply = nullptr;
    }
    if (e.entry != EntryKind::event) continue;
    if (e.kind == EventKind::assign && !replied && e.from != 0 && e.to != 0 && e.from != e.to)
      reassigned = true;
    if (e.kind == EventKind::priority && !replied) {
      auto from = model::parse<model::Priority>(terms_.text(e.from));
      auto to = model::parse<model::Priority>(terms_.text(e.to));
      downgrades += from && to && *to < *from;
    }
  }
  reassigned_before_reply += reassigned;
}

// Little's law: what is there on average is what comes in times how long it stays.
void Evidence::count_flow(const History& h) {
  Instant begin = options_.since.value_or(h.created);
  Instant end = std::min(options_.until.value_or(h.now), h.now);
  arrivals += h.created >= begin && h.created < end;
  Duration whole{};
  bool was_done = false;
  for (const Segment& s : h.segments) {
    bool done = model::is_done(s.status);
    if (!done) {
      whole += s.to - s.from;
      Duration inside = std::min(s.to, end) - std::max(s.from, begin);
      if (inside > Duration::zero()) unsolved_time += inside.count();
    } else if (!was_done && s.from >= begin && s.from < end) {
      ++departures;
      time_of_departed += whole.count();
      whole = Duration::zero();
    }
    was_done = done;
  }
}

void Evidence::keep_oldest() {
  std::sort(oldest.begin(), oldest.end());
  if (oldest.size() > k_oldest) oldest.resize(k_oldest);
}

void Evidence::finish() {
  keep_oldest();
  for (Sample* sample : {&acknowledged, &replied_or_acknowledged, &with_outbound}) sample->sort();
}

void Evidence::merge(const Evidence& o) {
  oldest.insert(oldest.end(), o.oldest.begin(), o.oldest.end());
  keep_oldest();
  acknowledged.merge(o.acknowledged);
  replied_or_acknowledged.merge(o.replied_or_acknowledged);
  with_outbound.merge(o.with_outbound);
  for (auto [mine, theirs] : std::initializer_list<std::pair<std::int64_t*, std::int64_t>>{
           {&tickets, o.tickets},
           {&outbound, o.outbound},
           {&cycles, o.cycles},
           {&cycles_by_ai, o.cycles_by_ai},
           {&after_ai.of, o.after_ai.of},
           {&after_ai.back, o.after_ai.back},
           {&after_human.of, o.after_human.of},
           {&after_human.back, o.after_human.back},
           {&solves, o.solves},
           {&solved_late, o.solved_late},
           {&solves_without_reply, o.solves_without_reply},
           {&reopened_in_72h, o.reopened_in_72h},
           {&reopened_by_customer_in_1h, o.reopened_by_customer_in_1h},
           {&turns_answered, o.turns_answered},
           {&near_target, o.near_target},
           {&within_target, o.within_target},
           {&replies, o.replies},
           {&bursts, o.bursts},
           {&replies_timed, o.replies_timed},
           {&off_hours, o.off_hours},
           {&downgrades, o.downgrades},
           {&reassigned_before_reply, o.reassigned_before_reply},
           {&without_question, o.without_question},
           {&reopened, o.reopened},
           {&reopens, o.reopens},
           {&bad_clock, o.bad_clock},
           {&clamped, o.clamped},
           {&future, o.future},
           {&before, o.before},
           {&arrivals, o.arrivals},
           {&departures, o.departures}})
    *mine += theirs;
  ratings.merge(o.ratings);
  promises.merge(o.promises);
  paused_while_owed += o.paused_while_owed;
  for (const auto& [agent, time] : o.paused_by) paused_by[agent] += time;
  add_all(per_left_out, o.per_left_out);
  add_all(per_left_out_before, o.per_left_out_before);
  unsolved_time += o.unsolved_time;
  time_of_departed += o.time_of_departed;
}

} // namespace helpdesk::metrics
