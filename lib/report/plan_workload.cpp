// Mail, forums and whatever else waits in a list: hours of work, and whether what is open can be done in
// time.
#include "report/columns.hpp"
#include "report/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Cell;
using render::Emphasis;
using render::Value;

constexpr std::size_t k_most_steps = 12; // rows of what is open

double seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

// "37 h 30 min": nobody counts work in days of 24 hours.
Cell work_cell(double of_seconds, Emphasis emphasis = Emphasis::plain) {
  auto minutes = static_cast<std::int64_t>(std::llround(of_seconds / 60));
  std::string text = minutes < 60 ? fmt::format("{} min", minutes)
                     : minutes % 60 == 0 || minutes > 6000
                         ? fmt::format("{} h", (minutes + 30) / 60)
                         : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
  return {Value(seconds_of(of_seconds)), emphasis, std::move(text)};
}

class WorkloadPlan {
 public:
  WorkloadPlan(const PlanHead& head, const WorkloadOptions& options) : head_(head), o_(options) {
    std::sort(sorted_.begin(), sorted_.end(),
              [](const OpenPiece& a, const OpenPiece& b) { return a.left < b.left; });
    for (const OpenPiece& piece : sorted_) {
      pieces_ += piece.count;
      work_ += static_cast<double>(piece.count) * seconds(piece.handling);
      if (piece.left <= Duration::zero()) late_ += piece.count;
    }
  }

  render::Document build() const {
    render::Document document = plan_document(head_, "Work that waits in a list");
    if (!o_.rows.empty()) {
      render::Section section;
      section.blocks.push_back(load());
      document.sections.push_back(std::move(section));
    }
    if (!o_.open_origin.empty()) document.sections.push_back(open());
    add_notes(document, notes());
    return document;
  }

 private:
  const PlanHead& head_;
  const WorkloadOptions& o_;
  std::vector<OpenPiece> sorted_ = o_.open;
  std::int64_t pieces_ = 0, late_ = 0;
  double work_ = 0;

  render::Table load() const {
    render::Table table;
    table.key = "load";
    std::string per = o_.per == std::chrono::hours(24 * 7) ? "week"
                      : o_.per == std::chrono::hours(24)   ? "day"
                                                           : format_duration(o_.per);
    table.columns = {column("channel", "Channel", Align::left, 9, true, ""),
                     column("arrivals", "Come in per " + per, Align::right, 8, true, ""),
                     column("handling", "Handle time", Align::right, 8, true, ""),
                     column("work", "Work per " + per, Align::right, 7, true, ""),
                     column("full_time", "Full-time people", Align::right, 9, true, ""),
                     column("basis", "", Align::left, 5, false, "")};
    double arrivals = 0;
    double work = 0;
    double people = 0;
    for (const WorkloadRow& row : o_.rows) {
      arrivals += row.arrivals.value;
      Cell name(row.channel.empty() ? "all" : row.channel);
      if (!row.handling) {
        table.rows.push_back({name, number_cell(row.arrivals.value, 1), Cell(), Cell(), Cell(), Cell()});
        continue;
      }
      double handling = seconds(row.handling->value);
      double full_time =
          metrics::full_time_people(row.arrivals.value, handling, seconds(o_.hours.value) / 3600,
                                    o_.occupancy.value, o_.shrinkage.value);
      work += row.arrivals.value * handling;
      people += full_time;
      table.rows.push_back({name, number_cell(row.arrivals.value, 1), Cell(row.handling->value),
                            work_cell(row.arrivals.value * handling),
                            number_cell(full_time, 2, Emphasis::strong), Cell(row.handling->origin)});
    }
    if (o_.rows.size() > 1)
      table.rows.push_back({Cell(Value("total"), Emphasis::strong, ""), number_cell(arrivals, 1), Cell(),
                            work_cell(work), number_cell(people, 2, Emphasis::strong), Cell()});
    return table;
  }

  // Work in the order in which it is due, with as many people.
  metrics::Feasibility feasible(int people) const {
    std::vector<metrics::OpenWork> work;
    work.reserve(sorted_.size());
    for (const OpenPiece& piece : sorted_)
      work.push_back({seconds(piece.left), static_cast<double>(piece.count) * seconds(piece.handling)});
    return metrics::earliest_due_first(work, people, o_.occupancy.value);
  }
  // So many that nothing else comes late; what is late already is done first. 0: nothing is to come.
  int enough() const {
    std::vector<metrics::OpenWork> work;
    double first = 0;
    for (const OpenPiece& piece : sorted_)
      if (piece.left > Duration::zero()) {
        first = seconds(piece.left);
        break;
      }
    if (first <= 0) return 0;
    for (const OpenPiece& piece : sorted_)
      work.push_back(
          {std::max(seconds(piece.left), first), static_cast<double>(piece.count) * seconds(piece.handling)});
    return metrics::earliest_due_first(work, 1, o_.occupancy.value).people_needed;
  }

  render::Section open() const {
    render::Section section;
    section.title = "Open now, by when it is due";
    render::Facts facts;
    facts.key = "open";
    auto add = [&](std::string key, std::string title, Cell cell) {
      facts.rows.emplace_back(column(std::move(key), std::move(title)), std::move(cell));
    };
    add("pieces", "Open", Cell(pieces_));
    add("open_work", "Work", work_cell(work_));
    add("late", "No time left", Cell(Value(late_), late_ > 0 ? Emphasis::bad : Emphasis::plain, ""));
    if (o_.without_time > 0)
      add("without_time", "No handle time known", Cell(Value(o_.without_time), Emphasis::warn, ""));
    if (o_.paused > 0) add("paused", "Clock stands still", Cell(o_.paused));
    int needed = enough();
    if (needed > 0)
      add("people_needed", "At work to be in time",
          {Value(needed), Emphasis::strong,
           late_ > 0 ? fmt::format("{}, with what has no time left done first", needed)
                     : std::to_string(needed)});
    if (o_.people) {
      metrics::Feasibility verdict = feasible(*o_.people);
      add("people", "Would do it?",
          {Value(*o_.people), verdict.feasible ? Emphasis::good : Emphasis::bad, answer(verdict)});
      add("feasible", "", Cell(verdict.feasible));
      facts.rows.back().first.shown = false;
      add("first_missed", "", verdict.feasible ? Cell() : Cell(seconds_of(verdict.first_missed)));
      facts.rows.back().first.shown = false;
    }
    section.blocks.push_back(std::move(facts));
    section.blocks.push_back(steps());
    return section;
  }

  std::string answer(const metrics::Feasibility& verdict) const {
    std::string who = fmt::format("{} at work", *o_.people);
    if (verdict.feasible) return who + ": yes, all of it";
    if (verdict.first_missed <= 0)
      return who + ": no; for the first no time is left" +
             (enough() > *o_.people ? ", and others come too late as well" : ", the others are in time");
    return fmt::format("{}: no; the first that comes too late is due in {} of working time", who,
                       format_duration(seconds_of(verdict.first_missed)));
  }

  // Cumulative, so that each row is a demand of its own.
  render::Table steps() const {
    render::Table table;
    table.key = "due";
    table.empty = "nothing is open";
    table.columns = {column("left", "Due within", Align::left, 9, true, ""),
                     column("so_many", "Pieces", Align::right, 8, true, ""),
                     column("so_much", "Work until then", Align::right, 8, true, ""),
                     column("at_least", "People at work", Align::right, 9, true, "")};
    struct Step {
      std::int64_t pieces = 0;
      double work = 0;
    };
    std::map<Duration, Step> at;
    Step sum;
    for (const OpenPiece& piece : sorted_) {
      sum.pieces += piece.count;
      sum.work += static_cast<double>(piece.count) * seconds(piece.handling);
      at[std::max(piece.left, Duration::zero())] = sum;
    }
    std::vector<std::pair<Duration, Step>> rows(at.begin(), at.end());
    if (rows.size() > k_most_steps) { // the tightest of equal parts of the list
      std::vector<std::pair<Duration, Step>> few;
      for (std::size_t i = 0; i < k_most_steps; ++i) {
        std::size_t from = rows.size() * i / k_most_steps;
        std::size_t to = rows.size() * (i + 1) / k_most_steps;
        few.push_back(*std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                        rows.begin() + static_cast<std::ptrdiff_t>(to),
                                        [&](const auto& a, const auto& b) { return need(a) < need(b); }));
      }
      rows = std::move(few);
    }
    for (const auto& row : rows) {
      const auto& [left, step] = row;
      bool late = left == Duration::zero();
      bool too_much = !late && o_.people && need(row) > *o_.people * (1 + 1e-9);
      table.rows.push_back(
          {Cell(Value(left), late ? Emphasis::bad : Emphasis::plain, late ? "none left" : ""),
           Cell(step.pieces), work_cell(step.work),
           late ? Cell() : number_cell(need(row), 2, too_much ? Emphasis::bad : Emphasis::plain)});
    }
    return table;
  }
  template <class Row> double need(const Row& row) const {
    double left = seconds(row.first);
    return left <= 0 ? 0 : row.second.work / (left * o_.occupancy.value);
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    if (head_.work) notes.push_back("Measured " + period_text(head_) + ".");
    std::vector<std::pair<std::string, std::string>> known;
    for (const WorkloadRow& row : o_.rows)
      known.emplace_back(row.channel, row.handling ? row.handling->origin : std::string());
    add_handling_notes(notes, known);
    if (o_.growth != 1 && !o_.rows.empty())
      notes.push_back(
          fmt::format("What comes in is counted with a growth of {}.", percent_text(o_.growth - 1)));
    if (!o_.rows.empty())
      notes.push_back(fmt::format(
          "A full-time person is paid for {}; {} of it goes to breaks, leave and meetings, and this work "
          "takes {} of the rest. It does not queue in a line: there is no service level here, only work that "
          "gets done or piles up.",
          with_origin(amount_text(seconds(o_.hours.value) / 3600) + " h", o_.hours.origin),
          with_origin(percent_text(o_.shrinkage.value), o_.shrinkage.origin),
          with_origin(percent_text(o_.occupancy.value), o_.occupancy.origin)));
    if (!o_.open_origin.empty())
      notes.push_back(fmt::format(
          "Due times: {}. The earliest is done first, which is in time whenever any order is; people at work "
          "spend {} of their time on it, and nothing new comes in between.",
          o_.open_origin, percent_text(o_.occupancy.value)));
    return notes;
  }
};

} // namespace

render::Document workload_plan(const PlanHead& head, const WorkloadOptions& options) {
  return WorkloadPlan(head, options).build();
}

} // namespace helpdesk::report
