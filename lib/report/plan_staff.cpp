// Calls and chats: Erlang C and A side by side, the hours of the week, and what the models take for granted.
#include "report/columns.hpp"
#include "report/plan.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::Goal;
using metrics::Line;
using metrics::Load;
using render::Align;
using render::Cell;
using render::Emphasis;
using render::Value;

constexpr double k_most_steps = 1e9; // of the model with patience: some seconds
constexpr double k_most_erlangs = 5000;

class StaffPlan {
 public:
  StaffPlan(const PlanHead& head, const StaffOptions& options) : head_(head), o_(options) {
    load_.arrivals = o_.arrivals.value / std::chrono::duration<double>(o_.per).count();
    load_.handling =
        std::chrono::duration<double>(o_.handling.value).count() / metrics::chat_concurrency(o_.at_once);
    goal_ = {o_.service_level.value, std::chrono::duration<double>(o_.answer_within).count(),
             o_.occupancy_cap.value};
    if (o_.patience) patience_ = std::chrono::duration<double>(*o_.patience).count();
  }

  Result<render::Document> build() {
    TRY(check());
    without_ = metrics::fewest_people(load_, goal_, 0);
    if (patience_ > 0) with_ = metrics::fewest_people(load_, goal_, patience_);
    if (!without_ && !with_)
      return usage_error("plan staff: more than 10,000 people would be needed; are --calls, --per and --aht "
                         "what you mean?");
    render::Document document = plan_document(head_, "People for " + o_.what);
    render::Section section;
    section.blocks.push_back(facts());
    section.blocks.push_back(lines());
    document.sections.push_back(std::move(section));
    if (head_.work) add_week(document);
    add_notes(document, notes());
    return document;
  }

 private:
  const PlanHead& head_;
  const StaffOptions& o_;
  Load load_;
  Goal goal_;
  double patience_ = 0;
  std::optional<Line> without_, with_;

  Result<void> check() const {
    if (!(load_.erlangs() <= k_most_erlangs))
      return usage_error(fmt::format("plan staff: a load of {:.0f} erlangs is beyond these models (up to "
                                     "{:.0f}); are --calls, --per and --aht what you mean?",
                                     load_.erlangs(), k_most_erlangs));
    if (patience_ <= 0) return {};
    int fewest = metrics::fewest_to_try(load_, goal_);
    for (int n : o_.people) fewest = std::min(fewest, n);
    if (metrics::steps_with_patience(load_, patience_, fewest, goal_.answer_within) > k_most_steps)
      return usage_error("plan staff: with so many who wait so patiently the line never settles: give a "
                         "shorter --patience, or more --people");
    return {};
  }

  std::string per_text() const { return format_duration(o_.per); }

  render::Facts facts() const {
    render::Facts facts;
    facts.key = "need";
    auto add = [&](std::string key, std::string title, Cell cell) {
      facts.rows.emplace_back(column(std::move(key), std::move(title)), std::move(cell));
    };
    add("arrivals", "Come in",
        {Value(o_.arrivals.value), Emphasis::plain,
         with_origin(fmt::format("{} in {}", amount_text(o_.arrivals.value), per_text()),
                     o_.arrivals.origin)});
    facts.rows.emplace_back(column("per", ""), Cell(o_.per));
    facts.rows.back().first.shown = false;
    add("handling", "Handle time",
        {Value(o_.handling.value), Emphasis::plain,
         with_origin(format_duration(o_.handling.value), o_.handling.origin)});
    if (o_.at_once > 1)
      add("handling_effective", "One of several",
          {Value(seconds_of(load_.handling)), Emphasis::plain,
           fmt::format("{} of one person's time with {} at once", format_duration(seconds_of(load_.handling)),
                       o_.at_once)});
    add("erlangs", "Load",
        {Value(load_.erlangs()), Emphasis::plain,
         fmt::format("{:.2f} erlangs: so many talk at the same time on average", load_.erlangs())});
    add("service_level", "Aim",
        {Value(goal_.service_level), Emphasis::plain,
         with_origin(fmt::format("{} answered within {}", percent_text(goal_.service_level),
                                 format_duration(o_.answer_within)),
                     o_.service_level.origin) +
             with_origin(
                 fmt::format(", nobody busy more than {} of the time", percent_text(goal_.occupancy_cap)),
                 o_.occupancy_cap.origin)});
    add_measured_level(facts);
    add("people", "At work", need_cell());
    facts.rows.emplace_back(column("people_with_patience", ""), with_ ? Cell(with_->people) : Cell());
    facts.rows.back().first.shown = false;
    int paid = with_ && !without_ ? with_->people : without_->people;
    add("payroll", "On the payroll",
        {Value(metrics::people_with_shrinkage(paid, o_.shrinkage.value)), Emphasis::strong,
         with_origin(fmt::format("{}, as {} of paid time goes to breaks, leave and meetings", payroll_text(),
                                 percent_text(o_.shrinkage.value)),
                     o_.shrinkage.origin)});
    return facts;
  }

  // What the line did: all five shares for machines, the one that was asked for to be read.
  void add_measured_level(render::Facts& facts) const {
    if (!head_.work) return;
    metrics::Answering a = head_.work->of(o_.channels).answering(o_.answer_within);
    if (a.offered() == 0) return;
    auto number = static_cast<int>(o_.formula) + 1;
    auto asked = metrics::service_level(a, o_.formula);
    facts.rows.emplace_back(column("measured_level", "Level until now"),
                            Cell(Value(asked), Emphasis::strong,
                                 (asked ? percent_text(*asked) : "none") +
                                     fmt::format(" within {}, by formula {}: {}; {} answered, {} hung up",
                                                 format_duration(o_.answer_within), number,
                                                 metrics::meaning(o_.formula), a.answered, a.gone)));
    auto hidden = [&](std::string key, Value value) {
      facts.rows.emplace_back(column(std::move(key), ""), Cell(std::move(value)));
      facts.rows.back().first.shown = false;
    };
    hidden("formula", number);
    for (std::size_t i = 0; i < metrics::k_level_formulas; ++i)
      hidden(fmt::format("level_{}", i + 1),
             metrics::service_level(a, static_cast<metrics::LevelFormula>(i)));
    hidden("answered", a.answered);
    hidden("hung_up", a.gone);
  }

  Cell need_cell() const {
    const Line& line = without_ ? *without_ : *with_;
    std::string text = without_ ? std::to_string(without_->people) : "more than 10000";
    if (patience_ > 0)
      text += fmt::format(" if nobody hangs up, {} if callers hang up after {} on average",
                          with_ ? std::to_string(with_->people) : "more than 10000",
                          with_origin(format_duration(*o_.patience), o_.patience_origin));
    return {Value(line.people), Emphasis::strong, text};
  }

  std::string payroll_text() const {
    auto of = [&](const std::optional<Line>& line) {
      return line ? std::to_string(metrics::people_with_shrinkage(line->people, o_.shrinkage.value))
                  : std::string("more than 10000");
    };
    return patience_ > 0 ? of(without_) + " or " + of(with_) : of(without_);
  }

  std::vector<int> numbers() const {
    std::vector<int> out = o_.people;
    if (out.empty()) {
      int low = without_ ? without_->people : with_->people;
      int high = low;
      if (with_) low = std::min(low, with_->people);
      for (int n = std::max(1, low - 3); n <= high + 2; ++n) out.push_back(n);
      constexpr std::size_t k_most_rows = 12;
      if (out.size() > k_most_rows) { // far apart: around both
        std::vector<int> few;
        for (int n : out)
          if (n <= low + 2 || n >= high - 2) few.push_back(n);
        out = few;
      }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  render::Table lines() const {
    render::Table table;
    table.key = "lines";
    bool both = patience_ > 0;
    std::string within = "In " + format_duration(o_.answer_within);
    table.columns = {
        column("people", "At work", Align::right, 9, true, ""),
        column("payroll", "Payroll", Align::right, 5, true, ""),
        column("model", "Model", Align::left, 8, both, ""),
        column("service_level", within, Align::right, 9, true, ""),
        column("mean_wait", "Mean wait", Align::right, 8, true, ""),
        column("p90_wait", "p90 wait", Align::right, 7, true, ""),
        column("waits", "Must wait", Align::right, 4, true, ""),
        column("occupancy", "Busy", Align::right, 8, true, ""),
        column("abandoned", "Hang up", Align::right, 6, both, ""),
        column("queue", "In line", Align::right, 3, false, ""),
        column("enough", "", Align::left, 9, true, ""),
    };
    for (int n : numbers()) {
      add_line(table, n, "Erlang C", metrics::line_without_patience(load_, n, goal_.answer_within));
      if (both)
        add_line(table, n, "Erlang A", metrics::line_with_patience(load_, patience_, n, goal_.answer_within));
    }
    return table;
  }

  void add_line(render::Table& table, int people, std::string_view model,
                const std::optional<Line>& line) const {
    render::Row row{Cell(people), Cell(metrics::people_with_shrinkage(people, o_.shrinkage.value)),
                    Cell(model)};
    if (!line) {
      row.emplace_back(Value(), Emphasis::bad, "the line only grows");
      for (int i = 0; i < 6; ++i) row.emplace_back();
      row.emplace_back(Value(false), Emphasis::bad, "overloaded");
      table.rows.push_back(std::move(row));
      return;
    }
    bool quick = line->service_level >= goal_.service_level;
    bool calm = line->occupancy <= goal_.occupancy_cap;
    row.push_back(share_cell(line->service_level, quick ? Emphasis::good : Emphasis::bad));
    row.emplace_back(seconds_of(line->mean_wait));
    row.emplace_back(seconds_of(line->p90_wait));
    row.push_back(share_cell(line->waits));
    row.push_back(share_cell(line->occupancy, calm ? Emphasis::plain : Emphasis::bad));
    row.push_back(share_cell(line->abandoned));
    row.push_back(number_cell(line->queue, 1));
    row.emplace_back(Value(quick && calm), quick && calm ? Emphasis::good : Emphasis::bad,
                     quick && calm ? "enough"
                     : quick       ? "too busy"
                                   : "too slow");
    table.rows.push_back(std::move(row));
  }

  // People at work that each hour of the week needs, by what it brings on average.
  void add_week(render::Document& document) const {
    const Work& work = *head_.work;
    ChannelWork channel = work.of(o_.channels);
    std::vector<WeekCell> cells(k_hours_of_week);
    render::Table machine;
    machine.key = "week";
    machine.columns = {column("hour", "", Align::left, 5, false, ""),
                       column("mean_arrivals", "", Align::left, 5, false, ""),
                       column("hours", "", Align::left, 5, false, ""),
                       column("people_needed", "", Align::left, 5, false, "")};
    for (std::size_t i = 0; i < k_hours_of_week; ++i) {
      if (work.hours[i] == 0) continue;
      double mean = static_cast<double>(channel.contacts_at[i]) / static_cast<double>(work.hours[i]);
      int people = 0;
      if (mean > 0) {
        auto line = metrics::fewest_people({mean / 3600, load_.handling}, goal_, 0);
        people = line ? line->people : 0;
        cells[i].text = fmt::format("{}", people);
      }
      machine.rows.push_back({Cell(hour_name(i)), Cell(mean), Cell(work.hours[i]), Cell(people)});
    }
    render::Section section;
    section.title = "At work, by the hour of the week";
    section.blocks.push_back(week_table("", cells));
    section.blocks.push_back(std::move(machine));
    document.sections.push_back(std::move(section));
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    if (head_.work) notes.push_back("Measured " + period_text(head_) + ".");
    notes.emplace_back(
        "Erlang C takes it that calls come independently of each other, that handle times vary as "
        "exponential ones do, and that nobody hangs up or is turned away: real callers do, so the real "
        "level is better than it says. An overloaded line has no steady state and no number.");
    if (patience_ > 0)
      notes.emplace_back("Erlang A lets callers hang up after an exponential time; those who do count as "
                         "not answered. It speaks of overload too.");
    if (without_ && with_ && std::abs(without_->people - with_->people) > 1)
      notes.push_back(fmt::format(
          "The two differ by {} people: those who hang up relieve the others ({} of callers are lost "
          "with {} at work).",
          std::abs(without_->people - with_->people), percent_text(with_->abandoned), with_->people));
    if (patience_ <= 0 && without_ && without_->occupancy > 0 && goal_.occupancy_cap < 1 &&
        bound_by_occupancy())
      notes.push_back(fmt::format("The limit of {} busy decides here, not the waiting time.",
                                  percent_text(goal_.occupancy_cap)));
    if (o_.at_once > 1)
      notes.push_back(fmt::format("{} chats at once take {} of the time that they would take one after the "
                                  "other (industry figures, no law): measure it and give --aht if you can.",
                                  o_.at_once, percent_text(1 / metrics::chat_concurrency(o_.at_once))));
    if (head_.work) add_dispersion(notes);
    return notes;
  }

  bool bound_by_occupancy() const {
    Goal free = goal_;
    free.occupancy_cap = 1;
    auto line = metrics::fewest_people(load_, free, 0);
    return line && line->people < without_->people;
  }

  void add_dispersion(std::vector<std::string>& notes) const {
    ChannelWork channel = head_.work->of(o_.channels);
    auto index = dispersion(*head_.work, channel, head_.zone);
    if (!index) {
      notes.emplace_back("Whether they come independently cannot be told: it takes two weeks of data.");
    } else {
      notes.push_back(fmt::format(
          "Counts in the same hour of the week vary {:.2f} times as much as independent ones would{}.",
          *index, *index > 1.5 ? ": they come in bursts, and Erlang is too kind" : ""));
    }
  }
};

} // namespace

Result<render::Document> staff_plan(const PlanHead& head, const StaffOptions& options) {
  return StaffPlan(head, options).build();
}

} // namespace helpdesk::report
