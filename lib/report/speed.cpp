#include "report/speed.hpp"

#include "metrics/quantile.hpp"
#include "report/columns.hpp"

#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Column;
using render::Emphasis;
using render::Value;

Duration seconds(double s) { return Duration(std::llround(s * 1e6)); }

Value duration_value(const std::optional<double>& s) { return s ? Value(seconds(*s)) : Value(); }

} // namespace

// One table row holds six of them: "14h36", "2d21h", "38m", "45s".
std::string compact(double s) {
  auto whole = static_cast<std::int64_t>(std::llround(s));
  if (whole < 60) return fmt::format("{}s", whole);
  std::int64_t minutes = (whole + 30) / 60;
  if (minutes < 60) return fmt::format("{}m", minutes);
  constexpr std::int64_t k_day = 1440; // minutes
  if (minutes < k_day)
    return minutes % 60 == 0 ? fmt::format("{}h", minutes / 60)
                             : fmt::format("{}h{:02}", minutes / 60, minutes % 60);
  std::int64_t hours = (minutes + 30) / 60;
  return hours % 24 == 0 ? fmt::format("{}d", hours / 24) : fmt::format("{}d{}h", hours / 24, hours % 24);
}

std::string percent(double share) { return fmt::format("{:.0f} %", share * 100); }

std::string quantile_text(const metrics::Quantile& q, double p, const metrics::Summary& s) {
  if (!q.value) return s.longest > 0 ? "> " + compact(s.longest) : "not yet";
  std::string text = compact(*q.value);
  std::int64_t least = metrics::least_values(p);
  if (s.n < least) return text + fmt::format(" (n<{})", least);
  if (!q.lower) return text;
  return text + " [" + compact(*q.lower) + ".." + (q.upper ? compact(*q.upper) : "?") + "]";
}

std::vector<Column> speed_columns(const SpeedShape& shape) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < shape.groups.size(); ++i)
    columns.push_back(column(i == 0 ? "group" : "group2", shape.groups[i], Align::left, 9, true,
                             i == 0 ? "value that the row is about" : "value of the second breakdown"));
  columns.push_back(column("metric", "Metric", Align::left, 9, true, "name of the metric"));
  columns.push_back(column("n", "n", Align::right, 8, true, "how many were counted, answered or not"));
  columns.push_back(column("waiting", "Waiting", Align::right, 7, true, "how many of them wait still"));
  columns.push_back(
      column("competing", "Unanswered", Align::right, 4, true, "how many ended without what was waited for"));
  columns.push_back(column("excluded", "Excluded", Align::right, 3, true,
                           "how many were left out; the second table says why"));
  columns.push_back(column("median", "Median [95 %]", Align::right, 8, true,
                           "Kaplan-Meier median in seconds, null when it is not reached"));
  columns.push_back(column("median_lower", "", Align::right, 0, false, "lower 95 % bound of the median"));
  columns.push_back(column("median_upper", "", Align::right, 0, false,
                           "upper 95 % bound of the median, null when there is none"));
  columns.push_back(column("p90", "p90 [95 %]", Align::right, 8, true,
                           "Kaplan-Meier 90th percentile in seconds, null when it is not reached"));
  columns.push_back(
      column("p90_lower", "", Align::right, 0, false, "lower 95 % bound of the 90th percentile"));
  columns.push_back(column("p90_upper", "", Align::right, 0, false,
                           "upper 95 % bound of the 90th percentile, null when there is none"));
  for (int p : shape.percentiles) {
    std::string key = fmt::format("p{}", p);
    columns.push_back(column(key, key + " [95 %]", Align::right, 6, true,
                             "Kaplan-Meier percentile in seconds, null when it is not reached"));
    columns.push_back(column(key + "_lower", "", Align::right, 0, false, "lower 95 % bound of it"));
    columns.push_back(column(key + "_upper", "", Align::right, 0, false, "upper 95 % bound of it"));
  }
  columns.push_back(column("naive_mean", "Naive mean (n)", Align::right, 6, true,
                           "mean of those that ended well, blind to those who wait"));
  columns.push_back(column("naive_median", "", Align::right, 0, false,
                           "median of those that ended well, blind to those who wait"));
  columns.push_back(
      column("answered", "", Align::right, 0, false, "how many ended with what was waited for"));
  columns.push_back(column("longest", "", Align::right, 0, false, "the longest time seen, ended or not"));
  columns.push_back(
      column("clock", "", Align::right, 0, false, "cal: every hour counts; biz: business hours"));
  columns.push_back(
      column("naive_p90", "", Align::right, 0, false, "90th percentile of those that ended well"));
  for (int p : shape.percentiles)
    columns.push_back(column(fmt::format("naive_p{}", p), "", Align::right, 0, false,
                             "percentile of those that ended well"));
  return columns;
}

namespace {

void add_quantile(render::Row& row, const metrics::Quantile& q, double p, const metrics::Summary& s,
                  Emphasis emphasis) {
  // Hardly anything is beyond the 99th percentile of fewer than a hundred.
  if (s.n == 0 || (p >= 0.99 && s.n < 100)) {
    row.emplace_back(Value(), Emphasis::quiet, s.n == 0 ? "" : "n<100");
    row.emplace_back();
    row.emplace_back();
    return;
  }
  row.emplace_back(duration_value(q.value), emphasis, quantile_text(q, p, s));
  row.emplace_back(duration_value(q.lower));
  row.emplace_back(duration_value(q.upper));
}

Value naive_quantile(const metrics::Sample* sample, double p, metrics::QuantileRule rule) {
  if (!sample || sample->happened.empty()) return {};
  if (rule == metrics::QuantileRule::r7)
    return Duration(std::llround(metrics::quantile(sample->happened, p)));
  std::vector<double> values(sample->happened.begin(), sample->happened.end());
  return Duration(std::llround(metrics::quantile(values, p, rule)));
}

} // namespace

render::Row speed_row(metrics::Metric metric, const metrics::Summary& s, std::int64_t excluded,
                      const SpeedShape& shape, const metrics::Sample* sample) {
  render::Row row;
  for (const std::string& group : shape.groups) row.emplace_back(group);
  row.emplace_back(Value(shape.names.key(metric)), Emphasis::plain,
                   shape.business ? "  business hours" : std::string(shape.names.title(metric)));
  row.emplace_back(s.n);
  row.emplace_back(s.waiting, s.waiting > 0 ? Emphasis::warn : Emphasis::plain);
  row.emplace_back(s.competing);
  row.emplace_back(excluded, Emphasis::quiet);
  add_quantile(row, s.median, 0.5, s, Emphasis::strong);
  add_quantile(row, s.p90, 0.9, s, Emphasis::plain);
  for (std::size_t i = 0; i < shape.percentiles.size(); ++i)
    add_quantile(row, i < s.percentiles.size() ? s.percentiles[i] : metrics::Quantile{},
                 shape.percentiles[i] / 100.0, s, Emphasis::plain);
  std::string naive =
      s.naive_mean
          ? fmt::format("{} ({})", compact(static_cast<double>(s.naive_mean->count()) / 1e6), s.happened)
          : "";
  row.emplace_back(Value(s.naive_mean), Emphasis::quiet, naive);
  row.emplace_back(sample && shape.rule != metrics::QuantileRule::r7 ? naive_quantile(sample, 0.5, shape.rule)
                                                                     : Value(s.naive_median));
  row.emplace_back(s.happened);
  row.emplace_back(s.n == 0 ? Value() : Value(seconds(s.longest)));
  row.emplace_back(shape.business ? "biz" : "cal");
  row.emplace_back(naive_quantile(sample, 0.9, shape.rule));
  for (int p : shape.percentiles) row.emplace_back(naive_quantile(sample, p / 100.0, shape.rule));
  return row;
}

std::vector<std::string> remarks(metrics::Metric metric, const metrics::Summary& s,
                                 const metrics::MetricNames& names) {
  std::vector<std::string> lines;
  if (s.n == 0) return lines;
  auto n = static_cast<double>(s.n);
  std::string title(names.title(metric));
  bool replies = metric == metrics::Metric::first_reply || metric == metrics::Metric::next_reply ||
                 metric == metrics::Metric::first_answer;
  if (s.waiting > 0 && replies)
    lines.push_back(fmt::format("{}: {} of {} have none yet; the naive mean hides them", title,
                                percent(static_cast<double>(s.waiting) / n), s.n));
  if (s.naive_median && s.median.value &&
      *s.median.value > 1.5 * static_cast<double>(s.naive_median->count()) / 1e6 &&
      s.naive_median->count() > 0)
    lines.push_back(fmt::format("{}: counting those who wait, the median is {} where the naive one says {}",
                                title, format_duration(seconds(*s.median.value)),
                                format_duration(*s.naive_median)));
  if (static_cast<double>(s.competing) / n >= 0.05) {
    bool of_callers = metric == metrics::Metric::abandon;
    lines.push_back(fmt::format("{}: {} {}, {} {}, still waiting {}", title,
                                of_callers ? "hung up" : "replied", percent(s.by_longest.happened),
                                of_callers ? "answered" : "closed without a reply",
                                percent(s.by_longest.competing), percent(s.by_longest.waiting)));
  }
  return lines;
}

std::string too_few(const std::vector<std::pair<metrics::Metric, std::int64_t>>& counted,
                    const metrics::MetricNames& known) {
  std::string names;
  for (const auto& [metric, n] : counted)
    if (n > 0 && n < metrics::least_values(0.5))
      names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", known.title(metric), n);
  return names.empty() ? "" : "too few for a dependable interval: " + names;
}

std::string joined_remarks(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "! " : "\n! ") + line;
  return text;
}

std::string group_text(const metrics::Dimension& dimension, std::int64_t code, const Desk& desk) {
  metrics::GroupBy by = dimension.by;
  static constexpr std::string_view weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
  switch (metrics::code_kind(by)) {
  case metrics::CodeKind::none: return "";
  case metrics::CodeKind::term: {
    std::string text = desk.text(static_cast<model::Term>(code));
    return text.empty() ? "(none)" : text;
  }
  case metrics::CodeKind::channel: return std::string(model::text(static_cast<model::Channel>(code)));
  case metrics::CodeKind::priority: return std::string(model::text(static_cast<model::Priority>(code)));
  case metrics::CodeKind::hour: return fmt::format("{:02}:00", code);
  case metrics::CodeKind::weekday: return std::string(weekdays[(code + 6) % 7]);
  case metrics::CodeKind::instant: {
    Civil c = desk.zone().civil(instant_of_micros(code));
    if (by == metrics::GroupBy::day) return fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
    if (by == metrics::GroupBy::month) return fmt::format("{:04}-{:02}", c.year, c.month);
    IsoWeek week = iso_week(c);
    return fmt::format("{:04}-W{:02}", week.year, week.week);
  }
  }
  return "";
}

} // namespace helpdesk::report
