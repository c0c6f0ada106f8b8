// A breakdown by day, week or month, looked at as a series: does it rise or fall, and what is out of the
// ordinary?
#include "metrics/trend.hpp"
#include "report/columns.hpp"
#include "report/speed.hpp"
#include "report/stats_sections.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Emphasis;
using render::Value;

constexpr std::size_t k_baseline = 20;
constexpr std::size_t k_most_periods = 1000; // the newest; slopes are of every pair

struct Series {
  std::vector<std::string> periods;
  std::vector<double> medians; // Kaplan-Meier, seconds; of those periods where it is reached
  std::vector<int> weekdays;
  std::size_t unreached = 0;
};

Series series_of(const Desk& desk, const StatsOptions& options, Gathered& gathered, metrics::Metric metric) {
  Series s;
  std::vector<NamedGroup> groups = named_groups(desk, options.by, gathered.main->groups());
  if (groups.size() > k_most_periods) groups.erase(groups.begin(), groups.end() - k_most_periods);
  for (const NamedGroup& named : groups) {
    const metrics::Sample& sample = named.group->sample(metric);
    if (sample.size() == 0) continue;
    metrics::Quantile median = metrics::Survival::estimate(sample).quantile(0.5);
    if (!median.value) {
      ++s.unreached;
      continue;
    }
    s.periods.push_back(named.texts[0]);
    s.medians.push_back(*median.value);
    s.weekdays.push_back(desk.zone().civil(instant_of_micros(named.key[0])).weekday);
  }
  return s;
}

void add_signals(render::Table& table, const Series& s, std::string_view key, std::string_view title) {
  // Waits are skewed: the chart is of their logarithms, its limits are told as times.
  std::vector<double> logs;
  for (double m : s.medians) logs.push_back(std::log1p(m));
  std::size_t baseline = std::min(k_baseline, logs.size() > 1 ? logs.size() - 1 : 0);
  if (baseline < metrics::k_least_points) return;
  metrics::ControlChart chart = metrics::control_chart(logs, baseline);
  auto add = [&](std::size_t i, std::string_view rule, std::string_view words) {
    auto time = [](double log) { return Duration(std::llround(std::max(0.0, std::expm1(log)) * 1e6)); };
    render::Row row;
    row.emplace_back(Value(key), Emphasis::plain, std::string(title));
    row.emplace_back(s.periods[i]);
    row.emplace_back(Value(Duration(std::llround(s.medians[i] * 1e6))), Emphasis::strong,
                     compact(s.medians[i]));
    row.emplace_back(Value(time(chart.lower)), Emphasis::plain,
                     compact(std::max(0.0, std::expm1(chart.lower))));
    row.emplace_back(Value(time(chart.upper)), Emphasis::plain, compact(std::expm1(chart.upper)));
    row.emplace_back(Value(rule), Emphasis::plain, std::string(words));
    table.rows.push_back(std::move(row));
  };
  for (std::size_t i : chart.beyond) add(i, "beyond", "beyond the limits");
  for (std::size_t i : chart.runs) add(i, "run", "eight in a row on one side");
}

} // namespace

void add_trends(render::Section& section, const Desk& desk, const StatsOptions& options, Gathered& gathered,
                const std::vector<metrics::Metric>& wanted) {
  if (options.by.size() != 1 || metrics::code_kind(options.by[0].by) != metrics::CodeKind::instant) return;
  std::string period = metrics::name(options.by[0]);
  metrics::MetricNames names(options.intervals);
  render::Table trends;
  trends.key = "trend";
  trends.title = "Trend of the medians";
  trends.columns = {
      column("trend_of", "Metric", Align::left, 9, true, "name of the metric"),
      column("periods", "Periods", Align::right, 7, true, "how many have a median"),
      column("slope", "Change a " + period, Align::right, 8, true, "Theil-Sen slope: seconds a period"),
      column("p_value", "p", Align::right, 6, true, "of Mann-Kendall's test"),
      column("verdict", "Verdict", Align::left, 9, true, "slower, faster, none or too_few")};
  render::Table signals;
  signals.key = "signals";
  signals.title = "Out of the ordinary (control chart)";
  signals.columns = {column("signal_of", "Metric", Align::left, 9, true, "name of the metric"),
                     column("signal_at", "When", Align::left, 9, true, "period"),
                     column("signal_median", "Median", Align::right, 8, true, "seconds"),
                     column("limit_lower", "From", Align::right, 6, true, "ordinary from, in seconds"),
                     column("limit_upper", "To", Align::right, 6, true, "ordinary up to, in seconds"),
                     column("rule", "Why", Align::left, 8, true, "beyond or run")};
  for (metrics::Metric metric : wanted) {
    Series s = series_of(desk, options, gathered, metric);
    if (s.medians.empty()) continue;
    std::vector<double> values = s.medians;
    if (options.by[0].by == metrics::GroupBy::day) values = metrics::weekday_adjusted(values, s.weekdays);
    metrics::Trend t = metrics::mann_kendall(values);
    render::Row row;
    row.emplace_back(Value(names.key(metric)), Emphasis::plain, std::string(names.title(metric)));
    row.emplace_back(t.points);
    if (t.points < metrics::k_least_points) {
      row.emplace_back();
      row.emplace_back();
      row.emplace_back(Value("too_few"), Emphasis::quiet,
                       fmt::format("too few: {} of {} periods", t.points, metrics::k_least_points));
    } else {
      row.emplace_back(Value(t.slope), Emphasis::plain,
                       (t.slope < 0 ? "-" : "+") + compact(std::fabs(t.slope)));
      row.emplace_back(Value(t.p), Emphasis::plain, t.p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", t.p));
      bool known = t.p < 0.05;
      row.emplace_back(Value(!known        ? "none"
                             : t.slope > 0 ? "slower"
                                           : "faster"),
                       !known        ? Emphasis::plain
                       : t.slope > 0 ? Emphasis::bad
                                     : Emphasis::good,
                       !known        ? "no evidence of a trend"
                       : t.slope > 0 ? "getting slower"
                                     : "getting faster");
    }
    trends.rows.push_back(std::move(row));
    add_signals(signals, s, names.key(metric), names.title(metric));
  }
  if (trends.rows.empty()) return;
  section.blocks.push_back(std::move(trends));
  section.blocks.push_back(std::move(signals));
}

} // namespace helpdesk::report
