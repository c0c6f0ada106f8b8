#include "report/stats.hpp"

#include "base/threads.hpp"
#include "report/doubt.hpp"
#include "report/gather.hpp"
#include "report/speed.hpp"
#include "report/stats_sections.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Metric;
using render::Cell;
using render::Column;

const std::vector<Metric> k_default_metrics{Metric::first_reply, Metric::next_reply, Metric::first_resolution,
                                            Metric::full_resolution};

Column column(std::string key, std::string title, render::Align align = render::Align::left) {
  Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.align = align;
  return c;
}

bool wants_replies(const std::vector<Metric>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [](Metric m) {
    return m == Metric::first_reply || m == Metric::next_reply || m == Metric::first_answer;
  });
}

} // namespace

std::string cohort_text(const Desk& desk, const std::optional<Instant>& since,
                        const std::optional<Instant>& until, metrics::Cohort cohort) {
  static constexpr std::string_view verbs[] = {"started", "was answered", "was under way"};
  std::string verb(verbs[static_cast<std::size_t>(cohort)]);
  if (!since && !until) return "everything that " + verb + " until " + format_minute(desk.now(), desk.zone());
  std::string text = "what " + verb;
  if (since) text += " from " + format_minute(*since, desk.zone());
  return text + " until " + format_minute(until.value_or(desk.now()), desk.zone());
}

std::vector<NamedGroup> named_groups(const Desk& desk, const std::vector<metrics::Dimension>& by,
                                     const std::map<metrics::GroupKey, metrics::Group>& groups) {
  std::vector<NamedGroup> named;
  for (const auto& [key, group] : groups) {
    NamedGroup g{{}, key, &group};
    for (std::size_t i = 0; i < by.size(); ++i) g.texts.push_back(group_text(by[i], key[i], desk));
    named.push_back(std::move(g));
  }
  // Times, hours and weekdays in their order, names by their text: never by the codes of the store.
  std::stable_sort(named.begin(), named.end(), [&](const NamedGroup& a, const NamedGroup& b) {
    for (std::size_t i = 0; i < by.size(); ++i) {
      bool by_text = metrics::code_kind(by[i].by) == metrics::CodeKind::term;
      if (by_text ? a.texts[i] != b.texts[i] : a.key[i] != b.key[i])
        return by_text ? a.texts[i] < b.texts[i] : a.key[i] < b.key[i];
    }
    return false;
  });
  return named;
}

std::vector<std::string> group_titles(const std::vector<metrics::Dimension>& by) {
  std::vector<std::string> titles;
  for (const metrics::Dimension& d : by) {
    std::string title = d.by == metrics::GroupBy::field ? d.field : metrics::name(d);
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 32);
    titles.push_back(std::move(title));
  }
  return titles;
}

render::Table exclusion_table(const metrics::Totals& totals,
                              const std::map<metrics::GroupKey, metrics::Group>& groups,
                              const std::vector<Metric>& wanted, const metrics::MetricNames& names) {
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
      for (const auto& [key, group] : groups)
        if (metrics::index(metric) < group.excluded.size()) n += group.excluded[metrics::index(metric)][r];
      auto reason = static_cast<metrics::Reason>(r);
      if (n > 0)
        table.rows.push_back({Cell(render::Value(names.key(metric)), render::Emphasis::plain,
                                   std::string(names.title(metric))),
                              Cell(render::Value(metrics::key(reason)), render::Emphasis::plain,
                                   std::string(metrics::title(reason))),
                              Cell(n)});
    }
  return table;
}

namespace {

class StatsBuilder {
 public:
  StatsBuilder(const Desk& desk, const StatsOptions& options)
      : desk_(desk), options_(options), names_(options.intervals), wanted_(options.metrics) {
    if (wanted_.empty() && options.counts.empty() && options.shares.empty() && !options.ratings)
      wanted_ = k_default_metrics;
  }

  Result<render::Document> build() {
    gathered_ = TRY(gather(desk_, options_, wanted_));
    render::Document document = desk_.document("stats", "How long customers waited");
    TRY(warn_of_missing_messages(document));
    render::Section section;
    section.blocks.push_back(render::Paragraph{about(), render::Emphasis::quiet, false, 0, "cohort"});
    if (!wanted_.empty()) section.blocks.push_back(speed_table());
    if (std::string line = too_few(counted_, names_); !line.empty()) lines_.push_back(std::move(line));
    important_doubts();
    if (!lines_.empty())
      section.blocks.push_back(
          render::Paragraph{joined_remarks(lines_), render::Emphasis::warn, false, 0, ""});
    add_tallies(section, desk_, options_, gathered_);
    add_comparison(section, desk_, options_, gathered_, wanted_);
    add_trends(section, desk_, options_, gathered_, wanted_);
    if (options_.backlog) add_backlog(section, gathered_);
    add_process(section, gathered_);
    section.blocks.push_back(
        exclusion_table(gathered_.main->totals(), gathered_.main->groups(), wanted_, names_));
    section.blocks.push_back(totals());
    document.sections.push_back(std::move(section));
    if (options_.doubt) document.sections.push_back(doubt_section(desk_, options_, gathered_, wanted_));
    return document;
  }

 private:
  const Desk& desk_;
  const StatsOptions& options_;
  metrics::MetricNames names_;
  std::vector<Metric> wanted_;
  Gathered gathered_;
  std::vector<std::string> lines_;
  std::vector<std::pair<Metric, std::int64_t>> counted_;

  std::string about() const {
    std::string clocks = options_.business
                             ? fmt::format("Calendar time and business hours ({})", options_.business->name())
                             : "Calendar time";
    const std::int64_t tickets = gathered_.main->totals().tickets;
    return fmt::format("{}; {}; {} {}.{}", clocks,
                       cohort_text(desk_, options_.since, options_.until, options_.cohort), tickets,
                       tickets == 1 ? "ticket" : "tickets",
                       desk_.complete_since() ? " The data is complete since " +
                                                    format_minute(*desk_.complete_since(), desk_.zone()) + "."
                                              : " How far back the data is complete is not known.");
  }

  // Messages older than that line are there, but not all of them.
  Result<void> warn_of_missing_messages(render::Document& document) const {
    auto oldest = TRY(desk_.store().info()).oldest;
    if (desk_.complete_since() && oldest && *oldest < *desk_.complete_since() &&
        (!options_.since || *options_.since < *desk_.complete_since()))
      document.warnings.push_back("older mail is still to be pulled: what started before " +
                                  format_minute(*desk_.complete_since(), desk_.zone()) +
                                  " is counted only in part");
    return {};
  }

  render::Table speed_table() {
    render::Table table;
    table.key = "metrics";
    table.empty = "nothing to measure";
    SpeedShape shape;
    shape.groups = group_titles(options_.by);
    shape.percentiles = options_.percentiles;
    shape.rule = options_.rule;
    shape.names = names_;
    table.columns = speed_columns(shape);
    bool grouped = !options_.by.empty();
    const auto& groups = gathered_.main->groups();
    std::vector<NamedGroup> named = named_groups(desk_, options_.by, groups);
    static const metrics::Group nothing;
    if (!grouped && groups.empty()) named.push_back({{}, {}, &nothing});
    struct Line {
      const NamedGroup* group;
      Metric metric;
      bool business;
      metrics::Summary summary{};
      render::Row row{};
    };
    std::vector<Line> lines;
    for (const NamedGroup& g : named)
      for (Metric metric : wanted_)
        for (bool business : {false, true})
          if (!business || options_.business) lines.push_back({&g, metric, business});
    for_each_in_parallel(helpful_threads(options_.threads), lines.size(), [&](std::size_t i) {
      Line& line = lines[i];
      const metrics::Sample& sample = line.group->group->sample(line.metric, line.business);
      line.summary = metrics::summarise(sample, options_.percentiles);
      if (grouped && line.summary.n == 0) return;
      SpeedShape mine = shape;
      mine.groups = line.group->texts;
      mine.business = line.business;
      line.row =
          speed_row(line.metric, line.summary, line.group->group->excluded_of(line.metric), mine, &sample);
    });
    for (Line& line : lines) {
      if (!line.row.empty()) table.rows.push_back(std::move(line.row));
      if (grouped || line.business) continue;
      counted_.emplace_back(line.metric, line.summary.n);
      for (std::string& text : remarks(line.metric, line.summary, names_)) lines_.push_back(std::move(text));
    }
    return table;
  }

  // What nobody should have to ask for.
  void important_doubts() {
    if (options_.cohort == metrics::Cohort::answered && wants_replies(wanted_))
      for (std::string& line : truncation_lines(options_, gathered_, wanted_))
        lines_.push_back(std::move(line));
    if (options_.cohort == metrics::Cohort::period)
      lines_.push_back(
          "what was under way when the period began counts from then on: no wait is counted twice, "
          "and none is hidden");
    for (std::string& line : provisional_lines(options_, gathered_)) lines_.push_back(std::move(line));
  }

  render::Facts totals() const {
    const metrics::Totals& totals = gathered_.main->totals();
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
    Column definitions = column("definitions", "Definitions");
    definitions.shown = false; // for those who compare exports
    facts.rows.emplace_back(std::move(definitions), Cell(definitions_hash(names_)));
    return facts;
  }
};

} // namespace

Result<render::Document> stats(const Desk& desk, const StatsOptions& options) {
  return StatsBuilder(desk, options).build();
}

} // namespace helpdesk::report
