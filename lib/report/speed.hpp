// Waiting times as table rows: what stats, report and digest share.
#pragma once

#include "metrics/collect.hpp"
#include "metrics/quantile.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <string>
#include <utility>
#include <vector>

namespace helpdesk::report {

// What stands beside a metric's numbers.
struct SpeedShape {
  std::vector<std::string> groups; // titles of the group columns, or a row's values; none, one or two
  bool business = false;           // a row of business hours
  std::vector<int> percentiles{};  // beside median and p90: 75, 95, 99; those of the summary
  metrics::QuantileRule rule = metrics::QuantileRule::r7; // of the naive quantiles
  metrics::MetricNames names{};
};

// The columns of a table of metrics.
std::vector<render::Column> speed_columns(const SpeedShape& shape);
render::Row speed_row(metrics::Metric metric, const metrics::Summary& summary, std::int64_t excluded,
                      const SpeedShape& shape = {}, const metrics::Sample* sample = nullptr);

// "3h20 [2h..5h]"; "> 4d" when it is not reached, with the longest that was seen; "3h20 (n<36)" when there
// are too few for an interval.
std::string quantile_text(const metrics::Quantile& quantile, double p, const metrics::Summary& summary);
// Sentences that keep the numbers honest: who the naive mean hides, and what became of those nobody answered.
std::vector<std::string> remarks(metrics::Metric metric, const metrics::Summary& summary,
                                 const metrics::MetricNames& names = {});

// Names the metrics with fewer than six values; empty when there are none.
std::string too_few(const std::vector<std::pair<metrics::Metric, std::int64_t>>& counted,
                    const metrics::MetricNames& names = {});

// One a line, each marked as a remark.
std::string joined_remarks(const std::vector<std::string>& lines);

// What people see of a group's code; sorts as the text does, but for times, hours and weekdays.
std::string group_text(const metrics::Dimension& dimension, std::int64_t code, const Desk& desk);
// "14h36", "2d21h", "38m", "45s": seconds for narrow columns.
std::string compact(double seconds);
std::string percent(double share); // "12 %"

} // namespace helpdesk::report
