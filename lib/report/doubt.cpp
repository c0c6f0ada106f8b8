#include "report/doubt.hpp"

#include "report/speed.hpp"
#include "report/stats_sections.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Metric;
using render::Cell;
using render::Emphasis;
using render::Value;

constexpr int k_checks = 26;

render::Column column(std::string key) {
  render::Column c;
  c.key = std::move(key);
  c.shown = false;
  return c;
}

class Doubter {
 public:
  Doubter(const Desk& desk, const StatsOptions& options, Gathered& gathered,
          const std::vector<Metric>& wanted)
      : desk_(desk), options_(options), gathered_(gathered), wanted_(wanted), names_(options.intervals),
        e_(*gathered.evidence) {}

  Doubts all() {
    for (Metric metric : wanted_) {
      metrics::Sample sample = whole(*gathered_.main, metric);
      metrics::Summary s = metrics::summarise(sample);
      add(doubts::censoring(names_.title(metric), s));
      add(doubts::tail(names_.title(metric), sample));
      add(doubts::small_n(names_.title(metric), s));
    }
    Instant end = std::min(options_.until.value_or(desk_.now()), desk_.now());
    add(doubts::oldest_waiting(e_, desk_.now()));
    if (gathered_.started)
      for (const std::string& line : truncation_lines(options_, gathered_, wanted_))
        add(Doubt{3, "truncation", Weight::alarm, line});
    add(doubts::recency(e_));
    add(doubts::receipts(e_));
    add(doubts::bots(e_));
    add(doubts::outbound(e_));
    add(doubts::exclusions(e_));
    add(doubts::solve_and_reopen(e_));
    add(doubts::paused_while_owed(e_, most_paused()));
    add(doubts::heaping(e_));
    add(doubts::bursts(e_));
    add(doubts::off_hours(e_));
    add(doubts::downgrades(e_));
    add(doubts::reassignments(e_));
    add(ranking());
    mix();
    add(doubts::survey(e_));
    add(doubts::data_quality(e_));
    add(freshness());
    Instant since = options_.since.value_or(desk_.complete_since().value_or(end));
    add(doubts::little(e_, options_.since ? end - since : Duration::zero()));
    add(doubts::clock_changes(desk_.zone(), since, end));
    if (const auto* clock = dynamic_cast<const metrics::CalendarClock*>(options_.business)) {
      add(doubts::calendar_edits(clock->calendar(), since, end));
      add(doubts::holidays(clock->calendar(), since, end));
    }
    add(doubts::double_counting(e_));
    add(doubts::definitions(names_));
    std::stable_sort(list_.begin(), list_.end(),
                     [](const Doubt& a, const Doubt& b) { return a.number < b.number; });
    return std::move(list_);
  }

 private:
  const Desk& desk_;
  const StatsOptions& options_;
  Gathered& gathered_;
  const std::vector<Metric>& wanted_;
  metrics::MetricNames names_;
  const metrics::Evidence& e_;
  Doubts list_;

  void add(std::optional<Doubt> doubt) {
    if (doubt) list_.push_back(std::move(*doubt));
  }

  static metrics::Sample whole(metrics::Collector& collector, Metric metric) {
    metrics::Sample all;
    for (const auto& [key, group] : collector.groups()) all.merge(group.sample(metric));
    all.sort();
    return all;
  }

  std::string most_paused() const {
    std::int64_t most = 0;
    std::string name;
    for (const auto& [agent, time] : e_.paused_by) {
      std::string text = desk_.text(agent);
      if (time > most || (time == most && text < name)) {
        most = time;
        name = text;
      }
    }
    return name;
  }

  std::optional<Doubt> ranking() {
    if (options_.by.size() != 1 || options_.by[0].by != metrics::GroupBy::agent || wanted_.empty())
      return std::nullopt;
    std::vector<doubts::Ranked> ranked;
    for (const NamedGroup& g : named_groups(desk_, options_.by, gathered_.main->groups())) {
      const metrics::Sample& sample = g.group->sample(wanted_.front());
      if (sample.size() > 0)
        ranked.push_back({g.texts[0], metrics::Survival::estimate(sample).quantile(0.5)});
    }
    return doubts::ranking(ranked);
  }

  void mix() {
    if (!options_.compare_with) return;
    for (Metric metric : wanted_) {
      metrics::Sample then = whole(*gathered_.mix_then, metric);
      metrics::Sample now = whole(*gathered_.mix_now, metric);
      auto compared = metrics::compare(then, now);
      if (!compared) continue;
      if (auto shift = mix_between(gathered_, metric, compared->limit))
        add(doubts::mix(names_.title(metric), *shift));
    }
  }

  std::optional<Doubt> freshness() const {
    if (desk_.warnings().empty())
      return Doubt{23, "freshness", Weight::fine,
                   "every account was pulled within a day, and its outgoing mail is known"};
    return Doubt{23, "freshness", Weight::alarm,
                 desk_.warnings().front() +
                     (desk_.warnings().size() > 1
                          ? fmt::format(" (and {} more above)", desk_.warnings().size() - 1)
                          : "")};
  }
};

} // namespace

render::Section doubt_section(const Desk& desk, const StatsOptions& options, Gathered& gathered,
                              const std::vector<Metric>& wanted) {
  Doubts list = Doubter(desk, options, gathered, wanted).all();
  render::Section section{"", "What to doubt", {}};
  render::Table table; // for machines; people read lines that are never cut
  table.key = "doubts";
  table.columns = {column("check"), column("weight"), column("doubt"), column("figure")};
  render::Facts lines;
  std::set<int> seen;
  for (const Doubt& d : list) {
    seen.insert(d.number);
    bool alarm = d.weight == Weight::alarm;
    std::string_view weight = alarm ? "alarm" : d.weight == Weight::note ? "note" : "fine";
    table.rows.push_back({Cell(d.number), Cell(Value(weight)), Cell(d.key), Cell(d.text)});
    render::Column label;
    label.title = fmt::format("{} {:2}", alarm ? "!" : " ", d.number);
    lines.rows.emplace_back(std::move(label), Cell(d.text, alarm                      ? Emphasis::warn
                                                           : d.weight == Weight::fine ? Emphasis::quiet
                                                                                      : Emphasis::plain));
  }
  section.blocks.push_back(std::move(table));
  section.blocks.push_back(std::move(lines));
  std::string missing;
  for (int i = 1; i <= k_checks; ++i)
    if (!seen.contains(i)) missing += fmt::format("{}{}", missing.empty() ? "" : ", ", i);
  if (!missing.empty())
    section.blocks.push_back(render::Paragraph{"Do not apply to this question or this data: " + missing +
                                                   ". helpdesk-metrics(7) tells what each looks at.",
                                               Emphasis::quiet, false, 0, ""});
  return section;
}

std::vector<std::string> truncation_lines(const StatsOptions& options, Gathered& gathered,
                                          const std::vector<Metric>& wanted) {
  metrics::MetricNames names(options.intervals);
  std::vector<std::string> lines;
  for (Metric metric : wanted) {
    metrics::Sample answered;
    metrics::Sample started;
    for (const auto& [key, group] : gathered.main->groups()) answered.merge(group.sample(metric));
    for (const auto& [key, group] : gathered.started->groups()) started.merge(group.sample(metric));
    answered.sort();
    started.sort();
    metrics::Summary a = metrics::summarise(answered);
    metrics::Summary s = metrics::summarise(started);
    if (s.n == 0) continue;
    auto text = [](const metrics::Summary& x) {
      if (x.n == 0) return std::string("none");
      return x.median.value ? compact(*x.median.value) : "> " + compact(x.longest);
    };
    lines.push_back(fmt::format("{}: this cohort never shows those who wait; its median {} stands against {} "
                                "for what started in the same time",
                                names.title(metric), text(a), text(s)));
  }
  return lines;
}

} // namespace helpdesk::report
