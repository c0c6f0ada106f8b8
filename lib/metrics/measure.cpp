#include "metrics/measure.hpp"

#include "metrics/interval.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::Status;
using model::TimelineEntry;

class Measurer {
 public:
  Measurer(const model::Timeline& timeline, const History& history, const MeasureOptions& options,
           TicketMetrics& out)
      : timeline_(timeline), h_(history), options_(options), out_(out) {}

  void run() {
    out_.left_out = metrics::left_out(timeline_, h_, options_.imports);
    if (out_.left_out) return;
    first_reply(); // says which turns are later ones
    if (wants(Metric::first_answer)) first_answer();
    if (wants(Metric::next_reply)) next_replies();
    if (is_noise(h_)) {
      for (Metric metric : {Metric::first_resolution, Metric::full_resolution, Metric::requester_wait,
                            Metric::agent_wait, Metric::time_unsolved, Metric::agent_work, Metric::on_hold})
        exclude(metric, Reason::no_question);
    } else {
      if (wants(Metric::first_resolution) || wants(Metric::full_resolution)) resolutions();
      statuses();
    }
    if (wants(Metric::periodic) || wants(Metric::pausable)) updates();
    if (wants(Metric::customer_wait)) customer_wait();
    if (wants(Metric::auto_ack)) acknowledgement();
    if (wants(Metric::abandon)) patience();
    if (options_.intervals)
      for (std::size_t i = 0; i < options_.intervals->intervals().size(); ++i) interval(i);
  }

 private:
  const model::Timeline& timeline_;
  const History& h_;
  const MeasureOptions& options_;
  TicketMetrics& out_;
  std::size_t later_turns_ = 1; // next_reply counts turns from here on

  bool wants(Metric metric) const { return !options_.wanted || (*options_.wanted)[index(metric)]; }
  void exclude(Metric metric, Reason reason) { out_.excluded.push_back({metric, reason}); }

  Measurement begin(Metric metric, Instant start) {
    Measurement m;
    m.metric = metric;
    m.start = m.as_of = start;
    m.first_piece = out_.pieces.size();
    return m;
  }
  Measurement begin(Metric metric, Instant start, std::size_t cycle) {
    Measurement m = begin(metric, start);
    if (cycle < h_.cycles.size()) m.as_of = h_.cycles[cycle].start;
    return m;
  }
  void add_piece(Measurement& m, const Piece& piece) {
    m.length += options_.clock->elapsed(piece.from, piece.to);
    if (options_.beside) m.beside += options_.beside->elapsed(piece.from, piece.to);
    if (!options_.keep_pieces) return;
    out_.pieces.push_back(piece);
    ++m.pieces;
  }
  void end(Measurement m, Outcome outcome) {
    m.outcome = outcome;
    if (m.length < Duration::zero()) {
      if (m.length < -k_skew_tolerance) {
        exclude(m.metric, Reason::bad_clock);
        return;
      }
      m.length = Duration::zero();
      ++out_.clamped;
    }
    m.beside = std::max(m.beside, Duration::zero());
    out_.measured.push_back(m);
  }
  void end_at(Measurement m, const Piece& piece, Outcome outcome) {
    add_piece(m, piece);
    m.end = piece.to;
    m.is_stretch = true;
    end(m, outcome);
  }

  // The first cycle that a human had to do something in; its first question starts the clock.
  std::size_t human_cycle() const {
    for (std::size_t c = 0; c < h_.cycles.size(); ++c) {
      const Cycle& cycle = h_.cycles[c];
      if (cycle.turns == 0) continue;
      if (cycle.handed_off) return c;
      for (std::size_t t = cycle.first_turn; t < cycle.first_turn + cycle.turns; ++t)
        if (h_.turns[t].how != TurnEnd::answered_ai) return c;
    }
    return h_.cycles.size();
  }

  void first_reply() {
    if (h_.outbound) {
      later_turns_ = 0; // every question is a later one
      return exclude(Metric::first_reply, Reason::outbound);
    }
    if (h_.turns.empty()) return exclude(Metric::first_reply, Reason::no_question);
    std::size_t c = human_cycle();
    if (c == h_.cycles.size()) return exclude(Metric::first_reply, Reason::ai_only);
    const Cycle& cycle = h_.cycles[c];
    const Turn& first = h_.turns[cycle.first_turn];
    Measurement m = begin(Metric::first_reply, first.start, c);
    std::size_t last_turn = cycle.first_turn + cycle.turns;
    std::size_t limit = last_turn < h_.turns.size() ? h_.turns[last_turn].first : h_.entries.size();
    for (std::size_t i = first.first + 1; i < limit; ++i) {
      const TimelineEntry& e = h_.entries[i];
      if (is_human_reply(e)) {
        m.agent = e.actor;
        later_turns_ = turn_after(i);
        return end_at(m, {first.start, e.time, first.first, i}, Outcome::happened);
      }
      bool left = i == first.last && first.how == TurnEnd::closed_unanswered; // a chat that was given up
      if (left || (is_status_event(e) && model::is_done(status_to(e)) && solved_at(i))) {
        m.agent = timeline_.assignee;
        later_turns_ = turn_after(i);
        return end_at(m, {first.start, e.time, first.first, i}, Outcome::competing);
      }
    }
    m.agent = timeline_.assignee;
    later_turns_ = last_turn;
    end_at(m, {first.start, h_.now, first.first, k_no_entry}, Outcome::waiting);
  }

  bool solved_at(std::size_t entry) const {
    return std::find(h_.solves.begin(), h_.solves.end(), entry) != h_.solves.end();
  }

  std::size_t turn_after(std::size_t entry) const {
    std::size_t t = 0;
    while (t < h_.turns.size() && h_.turns[t].first < entry) ++t;
    return t;
  }

  void first_answer() {
    if (h_.outbound) return exclude(Metric::first_answer, Reason::outbound);
    if (h_.turns.empty()) return exclude(Metric::first_answer, Reason::no_question);
    turn(Metric::first_answer, h_.turns.front());
  }

  void next_replies() {
    std::size_t from = options_.turns == Turns::all ? 0 : later_turns_;
    for (std::size_t t = from; t < h_.turns.size(); ++t) {
      if (h_.turns[t].how == TurnEnd::answered_ai)
        exclude(Metric::next_reply, Reason::ai_answered);
      else
        turn(Metric::next_reply, h_.turns[t]);
    }
  }

  void turn(Metric metric, const Turn& t) {
    Measurement m = begin(metric, t.start, t.cycle);
    m.agent = t.last != k_no_entry && t.how != TurnEnd::closed_unanswered ? h_.entries[t.last].actor
                                                                          : timeline_.assignee;
    Outcome outcome = t.how == TurnEnd::open                ? Outcome::waiting
                      : t.how == TurnEnd::closed_unanswered ? Outcome::competing
                                                            : Outcome::happened;
    end_at(m, {t.start, t.end, t.first, t.last}, outcome);
  }

  // The status event that first led to `wanted`, or none.
  std::size_t first_solve(Status wanted) const {
    for (std::size_t i : h_.solves)
      if (status_to(h_.entries[i]) == wanted) return i;
    return k_no_entry;
  }

  void resolutions() {
    bool done = model::is_done(h_.status);
    std::size_t first = first_solve(Status::solved);
    if (first == k_no_entry) first = first_solve(Status::closed);
    resolution(Metric::first_resolution, first);
    // Closed after it was solved is the same resolution: the last time it went from unsolved to solved
    // counts.
    std::size_t last = k_no_entry;
    if (done) {
      bool was_done = false;
      for (const Segment& s : h_.segments) {
        bool is_done = model::is_done(s.status);
        if (is_done && !was_done) last = s.entry;
        was_done = is_done;
      }
    }
    resolution(Metric::full_resolution, last);
  }

  void resolution(Metric metric, std::size_t entry) {
    Measurement m = begin(metric, h_.created);
    m.agent =
        entry == k_no_entry || h_.entries[entry].actor == 0 ? timeline_.assignee : h_.entries[entry].actor;
    Instant until = entry == k_no_entry ? h_.now : h_.entries[entry].time;
    end_at(m, {h_.created, until, k_no_entry, entry},
           entry == k_no_entry ? Outcome::waiting : Outcome::happened);
  }

  void statuses() {
    bool done = model::is_done(h_.status);
    auto sum = [&](Metric metric, auto&& counts) {
      if (!wants(metric)) return;
      Measurement m = begin(metric, h_.created);
      m.agent = timeline_.assignee;
      for (std::size_t i = 0; i < h_.segments.size(); ++i) {
        const Segment& s = h_.segments[i];
        if (counts(s.status))
          add_piece(
              m, {s.from, s.to, s.entry, i + 1 < h_.segments.size() ? h_.segments[i + 1].entry : k_no_entry});
      }
      end(m, done ? Outcome::happened : Outcome::waiting);
    };
    sum(Metric::requester_wait,
        [](Status s) { return s == Status::fresh || s == Status::open || s == Status::hold; });
    sum(Metric::agent_wait, [](Status s) { return s == Status::pending; });
    sum(Metric::time_unsolved, [](Status s) { return !model::is_done(s); });
    sum(Metric::agent_work, [](Status s) { return s == Status::fresh || s == Status::open; });
    sum(Metric::on_hold, [](Status s) { return s == Status::hold; });
  }

  // From each public human reply while unsolved to the next one. What was solved owes no further word.
  void updates() {
    std::size_t segment = 0;
    std::size_t from = k_no_entry;
    for (std::size_t i = 0; i < h_.entries.size(); ++i) {
      const TimelineEntry& e = h_.entries[i];
      if (is_human_reply(e)) {
        if (from != k_no_entry) update(from, e.time, i, Outcome::happened);
        while (segment + 1 < h_.segments.size() && h_.segments[segment + 1].from <= e.time) ++segment;
        from = model::is_done(h_.segments[segment].status) ? k_no_entry : i;
      } else if (from != k_no_entry && is_status_event(e) && model::is_done(status_to(e)) && solved_at(i)) {
        if (e.time > h_.entries[from].time) update(from, e.time, i, Outcome::competing);
        from = k_no_entry;
      }
    }
    if (from != k_no_entry) update(from, h_.now, k_no_entry, Outcome::waiting);
  }

  std::size_t cycle_at(Instant t) const {
    std::size_t c = h_.cycles.size();
    for (std::size_t i = 0; i < h_.cycles.size() && h_.cycles[i].start <= t; ++i) c = i;
    return c;
  }

  void update(std::size_t from, Instant until, std::size_t last, Outcome outcome) {
    Instant start = h_.entries[from].time;
    auto agent =
        last == k_no_entry || outcome != Outcome::happened ? timeline_.assignee : h_.entries[last].actor;
    Measurement m = begin(Metric::periodic, start, cycle_at(start));
    m.agent = agent;
    end_at(m, {start, until, from, last}, outcome);
    Measurement paused = begin(Metric::pausable, start, cycle_at(start));
    paused.agent = agent;
    for (const Segment& s : h_.segments) {
      if (s.to <= start || s.from >= until || s.status == Status::pending || model::is_done(s.status))
        continue;
      bool whole_from = s.from <= start;
      bool whole_to = s.to >= until;
      add_piece(paused, {std::max(s.from, start), std::min(s.to, until), whole_from ? from : s.entry,
                         whole_to ? last : (&s + 1)->entry});
    }
    end(paused, outcome);
  }

  void interval(std::size_t i) {
    auto metric = interval_metric(i);
    IntervalReader::Found found = options_.intervals->find(i, h_);
    if (!found.begun) return exclude(metric, Reason::not_begun);
    Measurement m = begin(metric, found.start);
    if (found.last != k_no_entry) {
      m.agent = h_.entries[found.last].actor;
      return end_at(m, {found.start, h_.entries[found.last].time, found.first, found.last},
                    Outcome::happened);
    }
    m.agent = timeline_.assignee;
    // What is done and never came will not come.
    if (model::is_done(h_.status) && !h_.solves.empty()) {
      std::size_t solve = h_.solves.back();
      Instant until = std::max(found.start, h_.entries[solve].time);
      return end_at(m, {found.start, until, found.first, solve}, Outcome::competing);
    }
    end_at(m, {found.start, h_.now, found.first, k_no_entry}, Outcome::waiting);
  }

  void customer_wait() {
    if (h_.turns.empty()) return exclude(Metric::customer_wait, Reason::no_question);
    Measurement m = begin(Metric::customer_wait, h_.turns.front().start);
    m.agent = timeline_.assignee;
    for (const Turn& t : h_.turns) add_piece(m, {t.start, t.end, t.first, t.last});
    end(m, h_.turns.back().how == TurnEnd::open ? Outcome::waiting : Outcome::happened);
  }

  // Every time that somebody was in the line: until they hung up, which is a call's end without an answer, or
  // were answered. What ended in the moment it began tells nothing.
  void patience() {
    if (timeline_.channel != model::Channel::phone && timeline_.channel != model::Channel::chat) return;
    std::size_t from = k_no_entry;
    auto stop = [&](Instant until, std::size_t last, Outcome outcome) {
      Measurement m = begin(Metric::abandon, h_.entries[from].time);
      m.agent = outcome == Outcome::competing ? h_.entries[last].actor : 0;
      if (until > m.start) end_at(m, {m.start, until, from, last}, outcome);
      from = k_no_entry;
    };
    for (std::size_t i = 0; i < h_.entries.size(); ++i) {
      const TimelineEntry& e = h_.entries[i];
      if (from == k_no_entry) {
        if (is_question(e)) from = i;
      } else if (is_event(e, model::EventKind::call)) {
        stop(e.time, i, Outcome::happened);
      } else if (is_human_reply(e) || is_ai_reply(e) ||
                 (is_status_event(e) && model::is_done(status_to(e)))) {
        stop(e.time, i, Outcome::competing);
      }
    }
    if (from != k_no_entry) stop(h_.now, k_no_entry, Outcome::waiting);
  }

  void acknowledgement() {
    if (h_.turns.empty() || h_.outbound) return;
    const Turn& first = h_.turns.front();
    for (std::size_t i = first.first + 1; i < h_.entries.size(); ++i)
      if (is_acknowledgement(h_.entries[i])) {
        Measurement m = begin(Metric::auto_ack, first.start);
        return end_at(m, {first.start, h_.entries[i].time, first.first, i}, Outcome::happened);
      }
  }
};

} // namespace

std::optional<Reason> left_out(const model::Timeline& t, const History& h, const ImportSeconds* imports) {
  if (h.entries.empty()) return Reason::future;
  if (t.spam) return Reason::spam;
  if (t.deleted) return Reason::deleted;
  if (t.merged) return Reason::merged;
  if (t.history_only) return Reason::history_only;
  if (h.internal) return Reason::internal;
  if (imports && is_import_without_times(t, *imports)) return Reason::import_no_times;
  return std::nullopt;
}

void TicketMetrics::clear() {
  left_out.reset();
  measured.clear();
  pieces.clear();
  excluded.clear();
  clamped = 0;
}

void measure(const model::Timeline& timeline, const History& history, const MeasureOptions& options,
             TicketMetrics& out) {
  out.clear();
  Measurer(timeline, history, options, out).run();
}

} // namespace helpdesk::metrics
