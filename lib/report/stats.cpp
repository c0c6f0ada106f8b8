#include "report/stats.hpp"

#include "report/speed.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Metric;
using render::Cell;
using render::Column;

const std::vector<Metric> k_default_metrics{Metric::first_reply, Metric::next_reply, Metric::first_resolution,
                                            Metric::full_resolution};

std::int64_t excluded_of(const metrics::Group& group, Metric metric) {
  const auto& reasons = group.excluded[static_cast<std::size_t>(metric)];
  return std::accumulate(reasons.begin(), reasons.end(), std::int64_t{0});
}

struct Named {
  std::string text;
  std::int64_t code;
  const metrics::Group* group;
};

// Times, hours and weekdays in their order, names by their text: never by the codes of the store.
std::vector<Named> named_groups(const Desk& desk, metrics::GroupBy by,
                                const std::map<std::int64_t, metrics::Group>& groups) {
  std::vector<Named> named;
  for (const auto& [code, group] : groups) named.push_back({group_text(by, code, desk), code, &group});
  if (metrics::code_kind(by) == metrics::CodeKind::term)
    std::sort(named.begin(), named.end(), [](const Named& a, const Named& b) { return a.text < b.text; });
  return named;
}

Column column(std::string key, std::string title, render::Align align = render::Align::left) {
  Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.align = align;
  return c;
}

} // namespace

std::string cohort_text(const Desk& desk, const std::optional<Instant>& since,
                        const std::optional<Instant>& until) {
  if (!since && !until) return "everything that started until " + format_minute(desk.now(), desk.zone());
  std::string text = "what started";
  if (since) text += " from " + format_minute(*since, desk.zone());
  return text + " until " + format_minute(until.value_or(desk.now()), desk.zone());
}

render::Table exclusion_table(const metrics::Totals& totals,
                              const std::map<std::int64_t, metrics::Group>& groups,
                              const std::vector<Metric>& wanted) {
  render::Table table;
  table.key = "excluded";
  table.title = "Excluded";
  table.columns = {column("excluded_from", "From"), column("reason", "Because"),
                   column("count", "n", render::Align::right)};
  for (std::size_t r = 0; r < metrics::k_reason_count; ++r)
    if (totals.left_out[r] > 0) {
      auto reason = static_cast<metrics::Reason>(r);
      table.rows.push_back({Cell(render::Value("all"), render::Emphasis::plain, "everything"),
                            Cell(render::Value(metrics::key(reason)), render::Emphasis::plain,
                                 std::string(metrics::title(reason))),
                            Cell(totals.left_out[r])});
    }
  for (Metric metric : wanted)
    for (std::size_t r = 0; r < metrics::k_reason_count; ++r) {
      std::int64_t n = 0;
      for (const auto& [code, group] : groups) n += group.excluded[static_cast<std::size_t>(metric)][r];
      auto reason = static_cast<metrics::Reason>(r);
      if (n > 0)
        table.rows.push_back({Cell(render::Value(metrics::key(metric)), render::Emphasis::plain,
                                   std::string(metrics::title(metric))),
                              Cell(render::Value(metrics::key(reason)), render::Emphasis::plain,
                                   std::string(metrics::title(reason))),
                              Cell(n)});
    }
  return table;
}

Result<render::Document> stats(const Desk& desk, const StatsOptions& options) {
  metrics::CollectOptions collecting;
  collecting.now = desk.now();
  collecting.now_of = [&](model::Term account) { return desk.known_until(account); };
  collecting.since = options.since;
  collecting.until = options.until;
  collecting.by = options.by;
  collecting.zone = desk.zone();
  collecting.measuring.turns = options.turns;
  metrics::Collector collector(collecting);
  TRY(desk.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
    collector.add(timeline);
    return {};
  }));
  const std::vector<Metric>& wanted = options.metrics.empty() ? k_default_metrics : options.metrics;
  const auto& groups = collector.groups();
  bool grouped = options.by != metrics::GroupBy::nothing;

  render::Document document = desk.document("stats", "How long customers waited");
  render::Section section;
  section.blocks.push_back(render::Paragraph{
      fmt::format("Calendar time; {}; {} tickets.{}", cohort_text(desk, options.since, options.until),
                  collector.totals().tickets,
                  desk.complete_since() ? " The data is complete since " +
                                              format_minute(*desk.complete_since(), desk.zone()) + "."
                                        : " How far back the data is complete is not known."),
      render::Emphasis::quiet, false, 0, "cohort"});
  // Messages older than that line are there, but not all of them.
  auto oldest = TRY(desk.store().info()).oldest;
  if (desk.complete_since() && oldest && *oldest < *desk.complete_since() &&
      (!options.since || *options.since < *desk.complete_since()))
    document.warnings.push_back("older mail is still to be pulled: what started before " +
                                format_minute(*desk.complete_since(), desk.zone()) +
                                " is counted only in part");
  render::Table table;
  table.key = "metrics";
  table.empty = "nothing to measure";
  table.columns = speed_columns(grouped);
  std::vector<std::string> lines;
  std::vector<std::pair<Metric, std::int64_t>> counted;
  auto add = [&](const std::string& name, const metrics::Group& group) {
    for (Metric metric : wanted) {
      metrics::Summary summary = metrics::summarise(group.samples[static_cast<std::size_t>(metric)]);
      if (grouped && summary.n == 0) continue;
      table.rows.push_back(speed_row(grouped, name, metric, summary, excluded_of(group, metric)));
      if (!grouped) counted.emplace_back(metric, summary.n);
      if (!grouped)
        for (std::string& line : remarks(metric, summary)) lines.push_back(std::move(line));
    }
  };
  for (const Named& named : named_groups(desk, options.by, groups)) add(named.text, *named.group);
  if (!grouped && groups.empty()) add("", metrics::Group{});
  section.blocks.push_back(std::move(table));
  if (std::string line = too_few(counted); !line.empty()) lines.push_back(std::move(line));
  if (!lines.empty())
    section.blocks.push_back(render::Paragraph{joined_remarks(lines), render::Emphasis::warn, false, 0, ""});
  render::Table excluded = exclusion_table(collector.totals(), groups, wanted);
  section.blocks.push_back(std::move(excluded));
  const metrics::Totals& totals = collector.totals();
  render::Facts facts;
  facts.key = "also";
  auto fact = [&](std::string key, std::string title, std::int64_t n) {
    Column c = column(std::move(key), std::move(title));
    c.shown = n > 0;
    facts.rows.emplace_back(std::move(c), Cell(n));
  };
  fact("tickets", "Tickets", totals.tickets);
  fact("reopens", "Reopened", totals.reopens);
  fact("paused_while_owed", "Set aside while the customer waited", totals.paused_while_owed);
  fact("clamped", "Answered before they asked (clocks), counted as 0", totals.clamped);
  fact("future", "Entries later than now, left out", totals.future);
  section.blocks.push_back(std::move(facts));
  document.sections.push_back(std::move(section));
  return document;
}

} // namespace helpdesk::report
