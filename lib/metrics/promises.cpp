#include "metrics/promises.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::EventKind;
using model::TimelineEntry;

std::vector<SlaPolicy> without_pauses(std::vector<SlaPolicy> policies) {
  for (SlaPolicy& policy : policies) policy.pause_on = {};
  return policies;
}

void add(Attainment& into, const Attainment& from) {
  into.met += from.met;
  into.breached += from.breached;
  into.overdue += from.overdue;
  into.undecided += from.undecided;
  into.paused += from.paused;
  into.voided += from.voided;
  into.by_policy += from.by_policy;
  into.pausing += from.pausing;
}

bool ran_at(const SlaClock& clock, Instant t) {
  return clock.start <= t && (!clock.stopped || *clock.stopped > t);
}

bool is_shortly_after(const std::optional<Instant>& breach, Instant t) {
  return breach && *breach >= t && *breach - t <= k_shortly;
}

} // namespace

void Promises::merge(const Promises& other) {
  add(kept, other.kept);
  add(unpaused, other.unpaused);
  downgrades += other.downgrades;
  rescued_met += other.rescued_met;
  rescued_open += other.rescued_open;
  reassigned += other.reassigned;
}

std::optional<double> Promises::share_at_original_priority() const {
  std::int64_t decided = kept.decided() + rescued_open;
  if (decided == 0) return std::nullopt;
  return static_cast<double>(kept.met - rescued_met) / static_cast<double>(decided);
}

PromiseWatch::PromiseWatch(const std::vector<SlaPolicy>* policies, TermText text)
    : unpaused_policies_(without_pauses(*policies)), reader_(policies, text),
      unpaused_reader_(&unpaused_policies_, text), terms_(std::move(text)) {
  for (const SlaPolicy& policy : *policies)
    for (const auto& statuses : policy.pause_on)
      pauses_ = pauses_ || std::find(statuses.begin(), statuses.end(), true) != statuses.end();
}

bool PromiseWatch::lowers(const TimelineEntry& e) {
  if (!is_event(e, EventKind::priority)) return false;
  auto from = model::parse<model::Priority>(terms_.text(e.from));
  auto to = model::parse<model::Priority>(terms_.text(e.to));
  return from && to && *to < *from;
}

void PromiseWatch::add(const model::Timeline& timeline, Instant now, Promises& out) {
  reader_.read(timeline, now, actual_);
  if (actual_.left_out) return;
  for (const SlaClock& clock : actual_.clocks) out.kept.add(clock);
  if (pauses_) {
    unpaused_reader_.read(timeline, now, other_);
    for (const SlaClock& clock : other_.clocks) out.unpaused.add(clock);
  } else {
    for (const SlaClock& clock : actual_.clocks) out.unpaused.add(clock);
  }
  for (std::size_t i = 0; i < timeline.entries.size(); ++i) {
    const TimelineEntry& e = timeline.entries[i];
    if (e.time > now || actual_.clocks.empty()) continue;
    if (lowers(e)) look_at_downgrade(timeline, i, now, out);
    if (is_event(e, EventKind::assign) && e.from != 0 && e.to != 0 && e.from != e.to)
      look_at_handover(e, out);
  }
}

// The ticket as it would have been: the priority stayed what it was until somebody changed it again.
void PromiseWatch::look_at_downgrade(const model::Timeline& timeline, std::size_t entry, Instant now,
                                     Promises& out) {
  const TimelineEntry lowered = timeline.entries[entry];
  model::Timeline original = timeline;
  original.entries.erase(original.entries.begin() + static_cast<std::ptrdiff_t>(entry));
  auto next =
      std::find_if(original.entries.begin() + static_cast<std::ptrdiff_t>(entry), original.entries.end(),
                   [](const TimelineEntry& e) { return is_event(e, EventKind::priority); });
  if (next != original.entries.end())
    next->from = lowered.from;
  else if (auto from = model::parse<model::Priority>(terms_.text(lowered.from)))
    original.priority = *from;
  reader_.read(original, now, other_);
  bool is_near = false;
  for (const SlaClock& clock : other_.clocks) {
    if (!ran_at(clock, lowered.time)) continue;
    if (!is_shortly_after(clock.breach_at ? clock.breach_at : clock.due_next, lowered.time)) continue;
    is_near = true;
    if (!clock.breach_at) continue;
    for (const SlaClock& real : actual_.clocks) {
      if (real.metric != clock.metric || real.start != clock.start || real.breach_at) continue;
      ++(real.state == SlaState::met ? out.rescued_met : out.rescued_open);
    }
  }
  out.downgrades += is_near;
}

void PromiseWatch::look_at_handover(const TimelineEntry& e, Promises& out) const {
  for (const SlaClock& clock : actual_.clocks)
    out.reassigned += ran_at(clock, e.time) && is_shortly_after(clock.breach_at, e.time);
}

} // namespace helpdesk::metrics
