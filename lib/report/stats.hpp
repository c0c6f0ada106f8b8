// How long customers waited: the stats command's document.
#pragma once

#include "metrics/collect.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <optional>
#include <vector>

namespace helpdesk::report {

struct StatsOptions {
  std::optional<Instant> since, until; // what started in [since, until)
  metrics::GroupBy by = metrics::GroupBy::nothing;
  std::vector<metrics::Metric> metrics; // empty: first reply, next reply, resolution
  metrics::Turns turns = metrics::Turns::later;
};
Result<render::Document> stats(const Desk& desk, const StatsOptions& options);

// One line of which times the numbers are about.
std::string cohort_text(const Desk& desk, const std::optional<Instant>& since,
                        const std::optional<Instant>& until);
// Every metric that is left out of the numbers and why, with how often.
render::Table exclusion_table(const metrics::Totals& totals,
                              const std::map<std::int64_t, metrics::Group>& groups,
                              const std::vector<metrics::Metric>& metrics);

} // namespace helpdesk::report
