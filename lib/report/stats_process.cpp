// Where tickets spend their time, which ways they take, and what goes round in circles.
#include "report/columns.hpp"
#include "report/speed.hpp"
#include "report/stats_sections.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Microseconds;
using model::Status;
using render::Align;
using render::Cell;
using render::Emphasis;
using render::Value;

constexpr std::size_t k_shown_ways = 10;

double share_of(Microseconds part, Microseconds whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

Value hours_value(Microseconds t, std::int64_t by) {
  if (by == 0) return {};
  return Duration(static_cast<std::int64_t>(t / by));
}

render::Table status_table(const metrics::Process& p) {
  const metrics::TimeSpent longest = p.longest_tenth();
  render::Table table;
  table.key = "time_in";
  table.title = "Where the time goes until it is solved";
  table.columns = {column("in_status", "Status", Align::left, 9, true, "status, or nobody: no agent had it"),
                   column("per_ticket", "A ticket", Align::right, 8, true, "mean time in it, in seconds"),
                   column("time_share", "Of all", Align::right, 7, true, "its share of the unsolved time"),
                   column("longest_share", "Of the longest tenth", Align::right, 8, true,
                          "its share in the tenth of the tickets that took longest")};
  auto add = [&](std::string_view name, Microseconds time, Microseconds in_longest, Emphasis emphasis) {
    double all = share_of(time, p.spent.all());
    double tail = share_of(in_longest, longest.all());
    Value mean = hours_value(time, p.spent.tickets);
    table.rows.push_back({Cell(Value(name), emphasis, ""), Cell(mean),
                          Cell(Value(all), Emphasis::plain, percent(all)),
                          Cell(Value(tail), emphasis, percent(tail))});
  };
  std::size_t bottleneck = 0;
  for (std::size_t i = 1; i < metrics::k_status_count; ++i)
    if (longest.in_status[i] > longest.in_status[bottleneck]) bottleneck = i;
  for (std::size_t i = 0; i < metrics::k_status_count; ++i) {
    auto status = static_cast<Status>(i);
    if (model::is_done(status) || p.spent.in_status[i] == 0) continue;
    add(model::text(status), p.spent.in_status[i], longest.in_status[i],
        i == bottleneck ? Emphasis::strong : Emphasis::plain);
  }
  add("nobody", p.spent.ownerless, longest.ownerless, Emphasis::quiet);
  table.empty = "no tickets";
  return table;
}

render::Table passage_table(const metrics::Process& p) {
  render::Table table;
  table.key = "passages";
  table.title = "From one status to another";
  table.columns = {column("passage_from", "From", Align::left, 9, true, "status before"),
                   column("passage_to", "To", Align::left, 9, true, "status after"),
                   column("times", "Times", Align::right, 8, true, "how often"),
                   column("stayed", "After", Align::right, 7, true, "mean time in the first, in seconds")};
  std::vector<std::pair<std::pair<Status, Status>, metrics::Passage>> rows(p.passages.begin(),
                                                                           p.passages.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second.times > b.second.times; });
  for (const auto& [key, passage] : rows)
    table.rows.push_back({Cell(Value(model::text(key.first))), Cell(Value(model::text(key.second))),
                          Cell(passage.times), Cell(hours_value(passage.stayed, passage.times))});
  table.empty = "nothing was ever solved or set to pending";
  return table;
}

render::Table way_table(const metrics::Process& p) {
  render::Table table;
  table.key = "ways";
  table.title = "Usual ways";
  table.columns = {
      column("way", "Way", Align::left, 9, true,
             "public messages and statuses in their order; what repeats counts once"),
      column("way_tickets", "Tickets", Align::right, 8, true, "how many went it"),
      column("way_share", "Share", Align::right, 7, true, "of all"),
      column("way_median", "Solved for good [95 %]", Align::right, 8, true,
             "Kaplan-Meier median from creation, in seconds; null when it is not reached"),
      column("way_waiting", "Not yet", Align::right, 6, true, "how many of them are not solved now")};
  std::vector<std::pair<const metrics::Way*, const metrics::Sample*>> ways;
  for (const auto& [way, sample] : p.ways) ways.emplace_back(&way, &sample);
  std::stable_sort(ways.begin(), ways.end(),
                   [](const auto& a, const auto& b) { return a.second->size() > b.second->size(); });
  if (ways.size() > k_shown_ways) ways.resize(k_shown_ways);
  for (const auto& [way, sample] : ways) {
    metrics::Summary s = metrics::summarise(*sample);
    double part =
        static_cast<double>(sample->size()) / static_cast<double>(std::max<std::int64_t>(p.tickets, 1));
    Value median;
    if (s.median.value) median = Duration(std::llround(*s.median.value * 1e6));
    std::string text = way->text();
    table.rows.push_back({Cell(Value(text.empty() ? std::string("(nothing)") : text)), Cell(s.n),
                          Cell(Value(part), Emphasis::plain, percent(part)),
                          Cell(median, Emphasis::strong, quantile_text(s.median, 0.5, s)), Cell(s.waiting)});
  }
  table.empty = "no tickets";
  return table;
}

} // namespace

void add_process(render::Section& section, const Gathered& gathered) {
  if (!gathered.process) return;
  const metrics::Process& p = *gathered.process;
  section.blocks.push_back(status_table(p));
  section.blocks.push_back(passage_table(p));
  section.blocks.push_back(way_table(p));
  render::Facts facts;
  facts.key = "circles";
  auto fact = [&](std::string key, std::string title, std::int64_t n, std::string shown = "") {
    facts.rows.emplace_back(column(std::move(key), std::move(title)),
                            Cell(Value(n), Emphasis::plain, std::move(shown)));
  };
  fact("back_from_pending", "From pending back to open", p.back_from_pending,
       fmt::format("{} times, {} of {} tickets", p.back_from_pending, p.tickets_back, p.tickets));
  fact("ping_pong", "From one agent to another and back", p.ping_pong);
  fact("handed_on_unanswered", "Tickets handed on before anybody replied", p.reassigned_before_reply);
  section.blocks.push_back(std::move(facts));
}

} // namespace helpdesk::report
