#include "metrics/collect.hpp"

#include "metrics/quantile.hpp"

#include <cmath>

namespace helpdesk::metrics {

void Collector::add(const model::Timeline& timeline) {
  Instant now = options_.now_of ? options_.now_of(timeline.account) : options_.now;
  read_history(timeline, now, history_);
  if (!history_.entries.empty() && options_.until && history_.created >= *options_.until) return;
  ++totals_.tickets;
  totals_.future += history_.future;
  measure(timeline, history_, options_.measuring, measured_);
  if (measured_.left_out) {
    ++totals_.left_out[static_cast<std::size_t>(*measured_.left_out)];
    return;
  }
  totals_.clamped += measured_.clamped;
  totals_.outbound += history_.outbound;
  totals_.paused_while_owed += history_.paused_while_owed;
  totals_.reopens += history_.reopens;
  for (const Measurement& m : measured_.measured) {
    if (!in_cohort(m.start)) continue;
    group_codes(options_.by, timeline, m, options_.zone, codes_);
    for (std::int64_t code : codes_)
      groups_[code].samples[static_cast<std::size_t>(m.metric)].add(m.length, m.outcome);
  }
  if (measured_.excluded.empty() || !in_cohort(history_.created)) return;
  Measurement whole;
  whole.start = history_.created;
  whole.agent = timeline.assignee;
  group_codes(options_.by, timeline, whole, options_.zone, codes_);
  for (const Exclusion& e : measured_.excluded)
    for (std::int64_t code : codes_)
      ++groups_[code].excluded[static_cast<std::size_t>(e.metric)][static_cast<std::size_t>(e.reason)];
}

const std::map<std::int64_t, Group>& Collector::groups() {
  for (auto& [code, group] : groups_)
    for (Sample& sample : group.samples) sample.sort();
  return groups_;
}

Summary summarise(const Sample& sample) {
  Summary s;
  s.happened = static_cast<std::int64_t>(sample.happened.size());
  s.competing = static_cast<std::int64_t>(sample.competing.size());
  s.waiting = static_cast<std::int64_t>(sample.waiting.size());
  s.n = s.happened + s.competing + s.waiting;
  if (s.n == 0) return s;
  Survival curve = Survival::estimate(sample);
  s.median = curve.quantile(0.5);
  s.p90 = curve.quantile(0.9);
  s.longest = curve.longest();
  if (auto value = mean(sample.happened)) {
    s.naive_mean = Duration(*value);
    s.naive_median = Duration(std::llround(quantile(sample.happened, 0.5)));
  }
  s.by_longest = incidence(sample, std::llround(s.longest * 1e6));
  return s;
}

} // namespace helpdesk::metrics
