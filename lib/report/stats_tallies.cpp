#include "metrics/quantile.hpp"
#include "report/columns.hpp"
#include "report/speed.hpp"
#include "report/stats_sections.hpp"

#include <array>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Cell;
using render::Column;
using render::Emphasis;
using render::Value;

void add_group_columns(render::Table& table, const std::vector<metrics::Dimension>& by) {
  std::vector<std::string> titles = group_titles(by);
  for (std::size_t i = 0; i < titles.size(); ++i)
    table.columns.push_back(
        column(i == 0 ? "group" : "group2", titles[i], Align::left, 9, true, "value that the row is about"));
}

render::Table count_table(const Desk& desk, const StatsOptions& options, Gathered& gathered) {
  render::Table table;
  table.key = "counts";
  table.title = "Counted a ticket";
  add_group_columns(table, options.by);
  table.columns.push_back(column("count_of", "What", Align::left, 9, true, "name of the count"));
  table.columns.push_back(column("tickets", "Tickets", Align::right, 8, true, "how many were counted"));
  table.columns.push_back(column("total", "Total", Align::right, 7, true, "sum over all tickets"));
  table.columns.push_back(column("mean", "Mean", Align::right, 8, true, "total by tickets"));
  table.columns.push_back(column("half", "Median", Align::right, 6, true, "median of the tickets"));
  table.columns.push_back(
      column("tenth", "p90", Align::right, 6, true, "nine of ten tickets have at most so many"));
  table.columns.push_back(column("most", "Most", Align::right, 5, true, "the largest"));
  for (const NamedGroup& named : named_groups(desk, options.by, gathered.main->groups()))
    for (metrics::Count count : options.counts) {
      const metrics::Histogram& h = named.group->counts[static_cast<std::size_t>(count)];
      if (h.size() == 0) continue;
      render::Row row;
      for (const std::string& text : named.texts) row.emplace_back(text);
      row.emplace_back(Value(metrics::key(count)), Emphasis::plain, std::string(metrics::title(count)));
      row.emplace_back(h.size());
      row.emplace_back(h.sum());
      row.emplace_back(Value(h.mean()), Emphasis::strong, fmt::format("{:.2f}", h.mean()));
      row.emplace_back(Value(h.quantile(0.5)), Emphasis::plain, fmt::format("{:g}", h.quantile(0.5)));
      row.emplace_back(Value(h.quantile(0.9)), Emphasis::plain, fmt::format("{:g}", h.quantile(0.9)));
      row.emplace_back(h.largest());
      table.rows.push_back(std::move(row));
    }
  table.empty = "no tickets";
  return table;
}

render::Table share_table(const Desk& desk, const StatsOptions& options, Gathered& gathered) {
  render::Table table;
  table.key = "shares";
  table.title = "Share of tickets";
  add_group_columns(table, options.by);
  table.columns.push_back(column("share_of", "What", Align::left, 9, true, "name of the share"));
  table.columns.push_back(column("share", "Share [95 %]", Align::right, 9, true,
                                 "yes by yes and no; null when nothing is decided"));
  table.columns.push_back(column("share_lower", "", Align::right, 0, false, "lower bound (Wilson)"));
  table.columns.push_back(column("share_upper", "", Align::right, 0, false, "upper bound (Wilson)"));
  table.columns.push_back(column("yes", "Yes", Align::right, 7, true, "how many did"));
  table.columns.push_back(column("no", "No", Align::right, 7, true, "how many did not"));
  table.columns.push_back(
      column("undecided", "Undecided", Align::right, 7, true, "solved less than 7 days ago"));
  for (const NamedGroup& named : named_groups(desk, options.by, gathered.main->groups()))
    for (metrics::Share share : options.shares) {
      const metrics::Shares& s = named.group->shares[static_cast<std::size_t>(share)];
      if (s.decided() + s.undecided == 0) continue;
      render::Row row;
      for (const std::string& text : named.texts) row.emplace_back(text);
      row.emplace_back(Value(metrics::key(share)), Emphasis::plain, std::string(metrics::title(share)));
      if (s.decided() == 0) {
        row.emplace_back(Value(), Emphasis::quiet, "too early");
        row.emplace_back();
        row.emplace_back();
      } else {
        metrics::Interval ci = metrics::wilson(s.yes, s.decided());
        double value = static_cast<double>(s.yes) / static_cast<double>(s.decided());
        row.emplace_back(Value(value), Emphasis::strong,
                         fmt::format("{} [{:.0f}..{:.0f}]", percent(value), ci.lower * 100, ci.upper * 100));
        row.emplace_back(ci.lower);
        row.emplace_back(ci.upper);
      }
      row.emplace_back(s.yes);
      row.emplace_back(s.no);
      row.emplace_back(s.undecided, s.undecided > 0 ? Emphasis::warn : Emphasis::plain);
      table.rows.push_back(std::move(row));
    }
  table.empty = "nothing was solved";
  return table;
}

Column number(std::string key, std::string title, std::string help) {
  return column(std::move(key), std::move(title), Align::right, 6, true, std::move(help));
}

render::Table rating_table(const Desk& desk, const StatsOptions& options, Gathered& gathered) {
  render::Table table;
  table.key = "ratings";
  table.title = "What customers said";
  add_group_columns(table, options.by);
  table.columns.push_back(
      column("rating_of", "What", Align::left, 9, true, "csat: good by good and bad; nps"));
  table.columns.push_back(
      column("score", "Score [95 %]", Align::right, 9, true,
             "share of good ones, or promoters less detractors in points; null below 10"));
  table.columns.push_back(column("score_lower", "", Align::right, 0, false, "lower bound"));
  table.columns.push_back(column("score_upper", "", Align::right, 0, false, "upper bound"));
  table.columns.push_back(number("rated", "Rated", "how many rated"));
  table.columns.push_back(number("good", "Good", "4 and 5, or promoters"));
  table.columns.push_back(number("neutral", "Neutral", "3, or passives"));
  table.columns.push_back(number("bad", "Bad", "1 and 2, or detractors"));
  table.columns.push_back(number("offered", "Asked", "how many were asked; null when it is not known"));
  table.empty = "nobody rated anything";
  for (const NamedGroup& named : named_groups(desk, options.by, gathered.main->groups())) {
    const metrics::Ratings& r = named.group->ratings;
    auto add = [&](std::string_view key, std::string_view title, std::int64_t n, double score,
                   metrics::Interval ci, double scale, std::array<std::int64_t, 3> parts) {
      if (n == 0) return;
      render::Row row;
      for (const std::string& text : named.texts) row.emplace_back(text);
      row.emplace_back(Value(key), Emphasis::plain, std::string(title));
      bool few = n < metrics::k_least_ratings;
      row.emplace_back(few ? Value() : Value(score), Emphasis::strong,
                       few ? "n<10"
                           : fmt::format("{:.0f}{} [{:.0f}..{:.0f}]", score * scale, scale > 1 ? " %" : "",
                                         ci.lower * scale, ci.upper * scale));
      row.emplace_back(few ? Value() : Value(ci.lower));
      row.emplace_back(few ? Value() : Value(ci.upper));
      row.emplace_back(n);
      for (std::int64_t part : parts) row.emplace_back(part);
      row.emplace_back(r.score.offered > 0 ? Value(r.score.offered) : Value());
      table.rows.push_back(std::move(row));
    };
    const metrics::SatisfactionScore& s = r.score;
    add("csat", "CSAT, good/(good+bad)", s.rated(), s.csat().value_or(0), s.interval(), 100,
        {s.good, s.neutral, s.bad});
    metrics::PromoterScore p = metrics::promoter_score(r.promoters, r.passives, r.detractors);
    add("nps", "NPS", r.promoted(), p.score, p.interval, 1, {r.promoters, r.passives, r.detractors});
  }
  return table;
}

} // namespace

void add_tallies(render::Section& section, const Desk& desk, const StatsOptions& options,
                 Gathered& gathered) {
  if (!options.counts.empty()) section.blocks.push_back(count_table(desk, options, gathered));
  if (!options.shares.empty()) section.blocks.push_back(share_table(desk, options, gathered));
  if (options.ratings) section.blocks.push_back(rating_table(desk, options, gathered));
}

std::vector<std::string> provisional_lines(const StatsOptions& options, Gathered& gathered) {
  std::vector<std::string> lines;
  for (metrics::Share share : options.shares) {
    metrics::Shares all;
    for (const auto& [key, group] : gathered.main->groups())
      all.merge(group.shares[static_cast<std::size_t>(share)]);
    if (all.undecided > 0)
      lines.push_back(fmt::format("{}: provisional, {} of {} were solved less than 7 days ago",
                                  metrics::title(share), all.undecided, all.decided() + all.undecided));
  }
  return lines;
}

void add_backlog(render::Section& section, const Gathered& gathered) {
  render::Table table;
  table.key = "backlog";
  table.title = "Unsolved work";
  table.columns = {
      column("at", "At", Align::left, 9, true, "instant"),
      column("unsolved", "Unsolved", Align::right, 9, true, "tickets that were not solved then"),
      column("came_in", "Came in", Align::right, 7, true, "new since the row above"),
      column("solved", "Solved", Align::right, 7, true,
             "solved since the row above, less those that came back"),
      column("age_median", "Age: median", Align::right, 7, true, "of the unsolved ones, in seconds"),
      column("age_p90", "p90", Align::right, 6, true, "of the unsolved ones, in seconds"),
      column("age_oldest", "Oldest", Align::right, 6, true, "of the unsolved ones, in seconds")};
  table.columns[0].time_style = render::TimeStyle::minute;
  for (const metrics::Backlog& b : gathered.main->backlog().result()) {
    render::Row row;
    row.emplace_back(b.at);
    row.emplace_back(Value(b.ages.size()), Emphasis::strong, "");
    row.emplace_back(b.came_in);
    row.emplace_back(b.solved);
    auto age = [&](double p) {
      if (b.ages.empty()) return row.emplace_back(), void();
      auto value = Duration(static_cast<std::int64_t>(metrics::quantile(b.ages, p)));
      row.emplace_back(Value(value), Emphasis::plain, compact(static_cast<double>(value.count()) / 1e6));
    };
    age(0.5);
    age(0.9);
    age(1);
    table.rows.push_back(std::move(row));
  }
  section.blocks.push_back(std::move(table));
}

} // namespace helpdesk::report
