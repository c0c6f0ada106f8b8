// Statistics over many timelines: takes them one by one, keeps one number an observation.
#pragma once

#include "metrics/group.hpp"
#include "metrics/measure.hpp"
#include "metrics/sample.hpp"
#include "metrics/survival.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace helpdesk::metrics {

struct CollectOptions {
  Instant now{};
  std::function<Instant(model::Term account)>
      now_of;                          // of accounts whose data ends earlier; empty: now for all
  std::optional<Instant> since, until; // cohort: what started in [since, until)
  GroupBy by = GroupBy::nothing;
  Zone zone = Zone::utc();
  MeasureOptions measuring;
};

struct Group {
  std::array<Sample, k_metric_count> samples;
  std::array<std::array<std::int64_t, k_reason_count>, k_metric_count> excluded{};
};

struct Totals {
  std::int64_t tickets = 0;                            // seen, left out or not
  std::array<std::int64_t, k_reason_count> left_out{}; // tickets out of everything, by reason
  std::int64_t outbound = 0, clamped = 0, future = 0, paused_while_owed = 0, reopens = 0;
};

class Collector {
 public:
  explicit Collector(CollectOptions options) : options_(std::move(options)) {
    options_.measuring.keep_pieces = false;
  }
  void add(const model::Timeline& timeline);
  // By code; sorted samples.
  const std::map<std::int64_t, Group>& groups();
  const Totals& totals() const { return totals_; }

 private:
  bool in_cohort(Instant start) const {
    return (!options_.since || start >= *options_.since) && (!options_.until || start < *options_.until);
  }
  CollectOptions options_;
  std::map<std::int64_t, Group> groups_;
  Totals totals_;
  History history_;
  TicketMetrics measured_;
  std::vector<std::int64_t> codes_;
};

struct Summary {
  std::int64_t n = 0, happened = 0, competing = 0, waiting = 0;
  Quantile median, p90;                             // Kaplan-Meier, seconds
  double longest = 0;                               // seconds, of any outcome
  std::optional<Duration> naive_mean, naive_median; // over those that happened only
  Incidence by_longest;                             // what became of all of them
};
Summary summarise(const Sample& sorted);

} // namespace helpdesk::metrics
