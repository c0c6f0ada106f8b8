// Waiting times as table rows: what stats, report and digest share.
#pragma once

#include "metrics/collect.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <string>
#include <utility>
#include <vector>

namespace helpdesk::report {

// The columns of a table of metrics; with_group puts the group first.
std::vector<render::Column> speed_columns(bool with_group);
render::Row speed_row(bool with_group, const std::string& group, metrics::Metric metric,
                      const metrics::Summary& summary, std::int64_t excluded);

// "3h20 [2h..5h]"; "> 4d" when it is not reached, with the longest that was seen.
std::string quantile_text(const metrics::Quantile& quantile, double longest);
// Sentences that keep the numbers honest: who the naive mean hides, and what became of those nobody answered.
std::vector<std::string> remarks(metrics::Metric metric, const metrics::Summary& summary);

// Names the metrics with fewer than six values; empty when there are none.
std::string too_few(const std::vector<std::pair<metrics::Metric, std::int64_t>>& counted);

// One a line, each marked as a remark.
std::string joined_remarks(const std::vector<std::string>& lines);

// What people see of a group's code; sorts as the text does, but for times, hours and weekdays.
std::string group_text(metrics::GroupBy by, std::int64_t code, const Desk& desk);
// "14h36", "2d21h", "38m", "45s": seconds for narrow columns.
std::string compact(double seconds);
std::string percent(double share); // "12 %"

} // namespace helpdesk::report
