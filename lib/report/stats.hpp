// How long customers waited: the stats command's document.
#pragma once

#include "metrics/collect.hpp"
#include "metrics/quantile.hpp"
#include "metrics/sla.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace helpdesk::report {

struct StatsOptions {
  std::optional<Instant> since, until; // what started in [since, until)
  std::vector<metrics::Dimension> by;
  std::vector<metrics::Metric> metrics; // empty, with counts and shares: first reply, next reply, resolution
  std::vector<metrics::Count> counts;
  std::vector<metrics::Share> shares;
  metrics::Turns turns = metrics::Turns::later;
  metrics::Cohort cohort = metrics::Cohort::started;
  const metrics::Clock* business = nullptr; // a calendar's, beside calendar time
  const std::vector<metrics::UserInterval>* intervals = nullptr;
  std::vector<int> percentiles;
  metrics::QuantileRule rule = metrics::QuantileRule::r7;
  std::optional<std::pair<Instant, Instant>> compare_with;   // another [since, until)
  std::optional<Duration> target;                            // that replies are meant to keep
  const std::vector<metrics::SlaPolicy>* policies = nullptr; // promises that the doubts look at
  bool ratings = false, backlog = false, process = false, doubt = false;
  std::size_t threads = 0; // 0: as many as help
};
Result<render::Document> stats(const Desk& desk, const StatsOptions& options);

// One line of which times the numbers are about.
std::string cohort_text(const Desk& desk, const std::optional<Instant>& since,
                        const std::optional<Instant>& until,
                        metrics::Cohort cohort = metrics::Cohort::started);
// Every metric that is left out of the numbers and why, with how often.
render::Table exclusion_table(const metrics::Totals& totals,
                              const std::map<metrics::GroupKey, metrics::Group>& groups,
                              const std::vector<metrics::Metric>& metrics,
                              const metrics::MetricNames& names = {});

} // namespace helpdesk::report
