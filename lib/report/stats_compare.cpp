// Against another period: is the difference more than chance, and what does it come from?
#include "metrics/compare.hpp"
#include "metrics/quantile.hpp"
#include "report/speed.hpp"
#include "report/stats_sections.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Column;
using render::Emphasis;
using render::Value;

Column column(std::string key, std::string title, int keep, bool shown, std::string help) {
  Column c;
  c.align = Align::left;
  c.key = std::move(key);
  c.title = std::move(title);
  c.keep = keep;
  c.shown = shown;
  c.help = std::move(help);
  return c;
}

Value duration(double s) { return Duration(std::llround(s * 1e6)); }

std::string signed_text(double s) { return (s < 0 ? "-" : "+") + compact(std::fabs(s)); }

// "Simpson" when the mix hides what became of every group.
std::string mix_line(std::string_view title, const metrics::MixShift& m) {
  std::string line = fmt::format(
      "{}: of the change of {}, {} comes from other channels and priorities, {} from the work itself", title,
      signed_text(m.now - m.then), signed_text(m.mix), signed_text(m.rate));
  if (!m.simpson()) return line;
  bool faster = m.now < m.then;
  if (faster && m.rate > 0) return line + ": it looks faster only because other things were asked";
  if (!faster && m.rate < 0) return line + ": it looks slower only because other things were asked";
  return line;
}

const metrics::Sample& whole(metrics::Collector& collector, metrics::Metric metric) {
  static const metrics::Sample none;
  const auto& groups = collector.groups();
  return groups.empty() ? none : groups.begin()->second.sample(metric);
}

// The main numbers may be broken down; those by channel and priority add up to the same.
metrics::Sample sample_now(Gathered& gathered, metrics::Metric metric) {
  metrics::Sample all;
  for (const auto& [key, group] : gathered.mix_now->groups()) all.merge(group.sample(metric));
  all.sort();
  return all;
}

} // namespace

std::optional<metrics::MixShift> mix_between(Gathered& gathered, metrics::Metric metric, double limit) {
  std::set<metrics::GroupKey> keys;
  for (auto* c : {gathered.mix_then.get(), gathered.mix_now.get()})
    for (const auto& [key, group] : c->groups())
      if (group.sample(metric).size() > 0) keys.insert(key);
  if (keys.size() < 2) return std::nullopt;
  std::vector<metrics::MixGroup> groups;
  for (const metrics::GroupKey& key : keys) {
    metrics::MixGroup g;
    auto value = [&](metrics::Collector& c, double& weight, double& mean) {
      auto it = c.groups().find(key);
      if (it == c.groups().end()) return;
      const metrics::Sample& sample = it->second.sample(metric);
      weight = static_cast<double>(sample.size());
      if (sample.size() > 0) mean = metrics::Survival::estimate(sample).restricted_mean(limit);
    };
    value(*gathered.mix_then, g.weight_then, g.value_then);
    value(*gathered.mix_now, g.weight_now, g.value_now);
    groups.push_back(g);
  }
  return metrics::mix_shift(groups);
}

void add_comparison(render::Section& section, const Desk& desk, const StatsOptions& options,
                    Gathered& gathered, const std::vector<metrics::Metric>& wanted) {
  if (!options.compare_with) return;
  metrics::MetricNames names(options.intervals);
  render::Table table;
  table.key = "compare";
  table.title = "Compared with what started from " + format_minute(options.compare_with->first, desk.zone()) +
                " until " + format_minute(options.compare_with->second, desk.zone());
  table.columns = {
      column("compared", "Metric", 9, true, "name of the metric"),
      column("n_then", "n then", 6, true, "how many were counted then"),
      column("n_now", "n now", 6, true, "how many are counted now"),
      column("mean_then", "Mean then", 7, true, "mean wait then in seconds; longer waits count as the limit"),
      column("mean_now", "Mean now", 8, true, "the same now"),
      column("difference", "Difference [95 %]", 9, true, "now less then, in seconds"),
      column("difference_lower", "", 0, false, "lower 95 % bound of the difference"),
      column("difference_upper", "", 0, false, "upper 95 % bound of the difference"),
      column("median_difference", "", 0, false,
             "now less then of the Kaplan-Meier medians, in seconds; null when one is not reached"),
      column("median_difference_lower", "", 0, false, "lower 95 % bound of it, by resampling"),
      column("median_difference_upper", "", 0, false, "upper 95 % bound of it, by resampling"),
      column("limit", "Limit", 3, true, "up to how long both were seen, in seconds"),
      column("p_value", "p", 5, true, "of the log-rank test"),
      column("mix", "", 0, false, "part of the change that comes from other channels and priorities"),
      column("rate", "", 0, false, "part of the change that comes from the work itself")};
  std::vector<std::string> lines;
  for (metrics::Metric metric : wanted) {
    metrics::Sample now = sample_now(gathered, metric);
    auto c = metrics::compare(whole(*gathered.then, metric), now,
                              metrics::seed_of(names.key(metric), metrics::text(options.cohort)));
    if (!c) {
      lines.push_back(fmt::format("{}: one of the periods has none", names.title(metric)));
      continue;
    }
    render::Row row;
    row.emplace_back(Value(names.key(metric)), Emphasis::plain, std::string(names.title(metric)));
    row.emplace_back(c->n_then);
    row.emplace_back(c->n_now);
    row.emplace_back(duration(c->then.value), Emphasis::plain, compact(c->then.value));
    row.emplace_back(duration(c->now.value), Emphasis::plain, compact(c->now.value));
    bool few = std::min(c->n_then, c->n_now) < metrics::least_values(0.5);
    bool evidence = !few && c->is_evidence();
    row.emplace_back(duration(c->difference),
                     !evidence           ? Emphasis::plain
                     : c->difference < 0 ? Emphasis::good
                                         : Emphasis::bad,
                     few ? signed_text(c->difference) + " (n<6)"
                         : fmt::format("{} [{}..{}]", signed_text(c->difference),
                                       signed_text(c->interval.lower), signed_text(c->interval.upper)));
    row.emplace_back(few ? Value() : duration(c->interval.lower));
    row.emplace_back(few ? Value() : duration(c->interval.upper));
    row.emplace_back(c->median_difference ? duration(*c->median_difference) : Value());
    bool bounded = !few && c->median_interval;
    row.emplace_back(bounded ? duration(c->median_interval->lower) : Value());
    row.emplace_back(bounded ? duration(c->median_interval->upper) : Value());
    row.emplace_back(duration(c->limit), Emphasis::quiet, compact(c->limit));
    row.emplace_back(Value(c->test.p), Emphasis::plain,
                     c->test.p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", c->test.p));
    auto mix = mix_between(gathered, metric, c->limit);
    row.emplace_back(mix ? duration(mix->mix) : Value());
    row.emplace_back(mix ? duration(mix->rate) : Value());
    table.rows.push_back(std::move(row));
    if (few)
      lines.push_back(
          fmt::format("{}: too few to compare ({} then, {} now)", names.title(metric), c->n_then, c->n_now));
    else if (!evidence)
      lines.push_back(fmt::format("{}: no evidence of change", names.title(metric)));
    else
      lines.push_back(
          fmt::format("{}: {} than then", names.title(metric), c->difference < 0 ? "faster" : "slower"));
    if (mix && std::fabs(mix->now - mix->then) >= 1) lines.push_back(mix_line(names.title(metric), *mix));
  }
  table.empty = "nothing to compare";
  section.blocks.push_back(std::move(table));
  if (!lines.empty())
    section.blocks.push_back(render::Paragraph{joined_remarks(lines), Emphasis::plain, false, 0, "verdict"});
}

} // namespace helpdesk::report
