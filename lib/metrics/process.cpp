#include "metrics/process.hpp"

#include "model/enums.hpp"

#include <algorithm>
#include <cmath>

namespace helpdesk::metrics {
namespace {

using model::EventKind;
using model::Status;
using model::TimelineEntry;

constexpr unsigned k_in = 1, k_out = 2, k_pending = 3, k_hold = 4, k_solved = 5, k_closed = 6, k_bits = 3;
constexpr std::string_view k_step_names[] = {"", "in", "out", "pending", "hold", "solved", "closed"};
constexpr std::size_t k_classes = 1024;

// 0: a status that a message brings about.
unsigned step_of(Status status) {
  switch (status) {
  case Status::pending: return k_pending;
  case Status::hold: return k_hold;
  case Status::solved: return k_solved;
  case Status::closed: return k_closed;
  default: return 0;
  }
}

std::size_t class_of(Duration length) {
  double octaves = std::log2(std::max(0.0, std::chrono::duration<double>(length).count()) + 1);
  return std::min(static_cast<std::size_t>(octaves * 16), k_classes - 1);
}

} // namespace

Way::Way(const History& h) {
  Status status = Status::fresh;
  for (const TimelineEntry& e : h.entries) {
    if (is_question(e)) {
      add(k_in);
    } else if (is_human_reply(e) || is_ai_reply(e)) {
      add(k_out);
    } else if (is_status_event(e) && status_to(e) != status) {
      status = status_to(e);
      add(step_of(status));
    }
  }
}

void Way::add(unsigned step) {
  if (step == 0) return;
  if (size_ > 0 && !more_ && (steps_ >> (k_bits * (k_most_steps - size_)) & 7U) == step) return;
  if (size_ == k_most_steps) {
    more_ = true;
    return;
  }
  ++size_;
  steps_ |= step << (k_bits * (k_most_steps - size_));
}

std::string Way::text() const {
  std::string out;
  for (std::size_t i = 1; i <= size_; ++i) {
    if (!out.empty()) out += '>';
    out += k_step_names[steps_ >> (k_bits * (k_most_steps - i)) & 7U];
  }
  return more_ ? out + ">…" : out;
}

bool Way::begins_with(const Way& prefix) const {
  if (prefix.size_ > size_) return false;
  if (prefix.more_ && !more_) return false;
  const std::size_t rest = k_bits * (k_most_steps - prefix.size_);
  return steps_ >> rest == prefix.steps_ >> rest;
}

Microseconds TimeSpent::all() const {
  Microseconds sum = 0;
  for (Microseconds t : in_status) sum += t;
  return sum;
}

void TimeSpent::merge(const TimeSpent& other) {
  tickets += other.tickets;
  for (std::size_t i = 0; i < k_status_count; ++i) in_status[i] += other.in_status[i];
  ownerless += other.ownerless;
}

Process::Process() : by_length_(k_classes) {}

void Process::add(const model::Timeline& timeline, const History& h) {
  ++tickets;
  TimeSpent mine;
  mine.tickets = 1;
  Duration unsolved{};
  std::int64_t back = 0;
  std::optional<Instant> solved;
  for (std::size_t i = 0; i < h.segments.size(); ++i) {
    const Segment& s = h.segments[i];
    if (!model::is_done(s.status)) {
      mine.in_status[static_cast<std::size_t>(s.status)] += (s.to - s.from).count();
      unsolved += s.to - s.from;
      solved.reset();
    } else if (!solved) {
      solved = s.from;
    }
    if (i + 1 == h.segments.size()) break;
    Status to = h.segments[i + 1].status;
    Passage& passage = passages[{s.status, to}];
    ++passage.times;
    passage.stayed += (s.to - s.from).count();
    back += s.status == Status::pending && to == Status::open;
  }
  back_from_pending += back;
  tickets_back += back > 0;

  // Who had it, from the changes; before the first one, whom it was taken from.
  model::Term before_last = 0;
  bool replied = false;
  bool reassigned = false;
  bool seen = false;
  Instant since = h.created;
  bool nobody = timeline.assignee == 0;
  const Instant end = solved.value_or(h.now);
  for (const TimelineEntry& e : h.entries) {
    replied = replied || is_human_reply(e);
    if (!is_event(e, EventKind::assign)) continue;
    if (!seen) nobody = e.from == 0;
    if (nobody && e.time > since) mine.ownerless += (std::min(e.time, end) - std::min(since, end)).count();
    ping_pong += e.from != 0 && e.to != 0 && e.to != e.from && e.to == before_last;
    reassigned = reassigned || (!replied && e.from != 0 && e.to != 0 && e.from != e.to);
    before_last = e.from;
    nobody = e.to == 0;
    since = e.time;
    seen = true;
  }
  if (nobody && end > since) mine.ownerless += (end - since).count();
  reassigned_before_reply += reassigned;

  spent.merge(mine);
  by_length_[class_of(unsolved)].merge(mine);
  ways[Way(h)].add((solved ? *solved : h.now) - h.created, solved ? Outcome::happened : Outcome::waiting);
}

void Process::merge(const Process& other) {
  spent.merge(other.spent);
  for (const auto& [key, p] : other.passages) {
    passages[key].times += p.times;
    passages[key].stayed += p.stayed;
  }
  for (const auto& [way, sample] : other.ways) ways[way].merge(sample);
  tickets += other.tickets;
  back_from_pending += other.back_from_pending;
  tickets_back += other.tickets_back;
  ping_pong += other.ping_pong;
  reassigned_before_reply += other.reassigned_before_reply;
  for (std::size_t i = 0; i < k_classes; ++i) by_length_[i].merge(other.by_length_[i]);
}

void Process::finish() {
  for (auto& [way, sample] : ways) sample.sort();
}

TimeSpent Process::longest_tenth() const {
  TimeSpent out;
  for (std::size_t i = k_classes; i-- > 0 && out.tickets * 10 < tickets;) out.merge(by_length_[i]);
  return out;
}

std::optional<Forecast> forecast(const Process& process, const Way& way, Duration age) {
  Sample alike;
  for (const auto& [other, sample] : process.ways)
    if (other.begins_with(way)) alike.merge(sample);
  alike.sort();
  const std::int64_t age_us = age.count();
  Forecast out;
  for (const auto* list : {&alike.happened, &alike.waiting})
    out.alike += list->end() - std::upper_bound(list->begin(), list->end(), age_us);
  if (out.alike < k_least_alike) return std::nullopt;
  Survival curve = Survival::estimate(alike);
  const double elapsed = std::chrono::duration<double>(age).count();
  const double now = curve.at(elapsed);
  if (now <= 0) return out;
  auto within = [&](double share) -> std::optional<double> {
    Quantile q = curve.quantile(1 - now * (1 - share));
    if (!q.value) return std::nullopt;
    return std::max(0.0, *q.value - elapsed);
  };
  out.median = within(0.5);
  out.p90 = within(0.9);
  return out;
}

} // namespace helpdesk::metrics
