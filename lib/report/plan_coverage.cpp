// Being there: in which hours of the week customers write, and in which answers go out.
#include "report/columns.hpp"
#include "report/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Cell;
using render::Emphasis;
using render::Value;

constexpr std::size_t k_most_gaps = 5;
constexpr std::array<std::string_view, 9> k_heights = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

class CoveragePlan {
 public:
  CoveragePlan(const PlanHead& head, const CoverageOptions& options)
      : head_(head), o_(options), work_(*head.work), all_(head.work->of(options.channels)) {
    for (std::size_t i = 0; i < k_hours_of_week; ++i) {
      most_ = std::max(most_, all_.contacts_at[i]);
      if (all_.answers_at[i] == 0) alone_ += all_.contacts_at[i];
    }
    if (o_.calendar) count_open_hours();
  }

  render::Document build() const {
    render::Document document = plan_document(head_, "When customers write, and when answers go out");
    render::Section section;
    section.blocks.push_back(facts());
    if (all_.contacts + all_.answers > 0) {
      section.blocks.push_back(map());
      section.blocks.push_back(machine());
      section.blocks.push_back(gaps());
    } else {
      section.blocks.push_back(machine());
    }
    document.sections.push_back(std::move(section));
    add_notes(document, notes());
    return document;
  }

 private:
  const PlanHead& head_;
  const CoverageOptions& o_;
  const Work& work_;
  ChannelWork all_;
  std::int64_t most_ = 0, alone_ = 0;
  std::int64_t in_hours_ = 0, answers_in_hours_ = 0;
  std::array<double, k_hours_of_week> open_{}; // share of each hour that the calendar is open

  // By the week's own hours: one that is open half of the time counts half.
  void count_open_hours() {
    std::array<Duration, k_hours_of_week> open{};
    for (Instant t = work_.since; t < work_.until; t += std::chrono::hours(1))
      open[hour_of_week(head_.zone.civil(t))] += o_.calendar->elapsed(t, t + std::chrono::hours(1));
    double contacts = 0;
    double answers = 0;
    for (std::size_t i = 0; i < k_hours_of_week; ++i) {
      if (work_.hours[i] == 0) continue;
      open_[i] = std::chrono::duration<double>(open[i]) / std::chrono::hours(work_.hours[i]);
      contacts += open_[i] * static_cast<double>(all_.contacts_at[i]);
      answers += open_[i] * static_cast<double>(all_.answers_at[i]);
    }
    in_hours_ = std::llround(contacts);
    answers_in_hours_ = std::llround(answers);
  }

  // How much of the two patterns is the same: 1 when answers go out just as customers write.
  std::optional<double> overlap() const {
    if (all_.contacts == 0 || all_.answers == 0) return std::nullopt;
    double same = 0;
    for (std::size_t i = 0; i < k_hours_of_week; ++i)
      same += std::min(static_cast<double>(all_.contacts_at[i]) / static_cast<double>(all_.contacts),
                       static_cast<double>(all_.answers_at[i]) / static_cast<double>(all_.answers));
    return same;
  }

  Cell part(std::int64_t n, std::int64_t of) const {
    if (of == 0) return {};
    double share = static_cast<double>(n) / static_cast<double>(of);
    return {Value(share), Emphasis::plain, fmt::format("{} ({} of {})", percent_text(share), n, of)};
  }

  render::Facts facts() const {
    render::Facts facts;
    facts.key = "there";
    auto add = [&](std::string key, std::string title, Cell cell) {
      facts.rows.emplace_back(column(std::move(key), std::move(title)), std::move(cell));
    };
    add("contacts", "Customers wrote", Cell(all_.contacts));
    add("answers", "Answers", Cell(all_.answers));
    add("alone", "In hours without an answer", part(alone_, all_.contacts));
    if (o_.calendar) {
      add("in_hours", fmt::format("While {} is open", o_.calendar->name()), part(in_hours_, all_.contacts));
      add("answers_in_hours", "Answers then", part(answers_in_hours_, all_.answers));
    }
    if (auto same = overlap())
      add("overlap", "Same pattern", {Value(*same), Emphasis::plain, percent_text(*same)});
    return facts;
  }

  // A bar for how many write, then how many and how many answers; "!" where nobody ever answers.
  render::Table map() const {
    std::vector<WeekCell> cells(k_hours_of_week);
    for (std::size_t i = 0; i < k_hours_of_week; ++i) {
      std::int64_t in = all_.contacts_at[i];
      std::int64_t out = all_.answers_at[i];
      if (in == 0 && out == 0) continue;
      auto height = static_cast<std::size_t>(most_ == 0 ? 0 : (in * 8 + most_ - 1) / most_);
      bool alone = in > 0 && out == 0;
      cells[i].text = fmt::format("{}{} {}/{}", alone ? "! " : "", k_heights[height], in, out);
      cells[i].emphasis = alone ? Emphasis::bad : in == 0 ? Emphasis::quiet : Emphasis::plain;
    }
    return week_table("Written / answered, by the hour of the week", cells);
  }

  render::Table machine() const {
    render::Table table;
    table.key = "hours";
    table.columns = {column("weekday", "", Align::left, 5, false, ""),
                     column("hour", "", Align::left, 5, false, ""),
                     column("written", "", Align::left, 5, false, ""),
                     column("answered", "", Align::left, 5, false, ""),
                     column("times", "", Align::left, 5, false, ""),
                     column("open_share", "", Align::left, 5, false, "")};
    for (std::size_t i = 0; i < k_hours_of_week; ++i)
      table.rows.push_back({Cell(static_cast<std::int64_t>(i / 24 + 1)),
                            Cell(static_cast<std::int64_t>(i % 24)), Cell(all_.contacts_at[i]),
                            Cell(all_.answers_at[i]), Cell(work_.hours[i]),
                            o_.calendar ? Cell(open_[i]) : Cell()});
    return table;
  }

  // Where more of the questions come than of the answers go out, the widest first.
  render::Table gaps() const {
    render::Table table;
    table.key = "gaps";
    table.title = "Where it would help most to be there";
    table.empty = "nowhere: answers go out as customers write";
    table.columns = {column("gap_hour", "Hour", Align::left, 9, true, ""),
                     column("gap_written", "Written", Align::right, 8, true, ""),
                     column("gap_answered", "Answered", Align::right, 8, true, ""),
                     column("gap_share", "Of all that is written", Align::right, 7, true, "")};
    std::vector<std::size_t> order(k_hours_of_week);
    std::iota(order.begin(), order.end(), 0);
    auto gap = [&](std::size_t i) { return all_.contacts_at[i] - all_.answers_at[i]; };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return gap(a) > gap(b); });
    for (std::size_t i : order) {
      if (gap(i) <= 0 || table.rows.size() == k_most_gaps) break;
      table.rows.push_back(
          {Cell(hour_name(i)), Cell(all_.contacts_at[i]), Cell(all_.answers_at[i]),
           share_cell(static_cast<double>(all_.contacts_at[i]) / static_cast<double>(all_.contacts))});
    }
    return table;
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> notes{"Measured " + period_text(head_) + "."};
    notes.emplace_back(
        "Written: questions that a person had to answer, when they came. Answered: public replies by people, "
        "when they went out, to whatever question. An hour without answers is no proof that nobody was "
        "there.");
    if (all_.contacts < 100)
      notes.push_back(fmt::format("{} questions over 168 hours of the week are few: single hours say little.",
                                  all_.contacts));
    return notes;
  }
};

} // namespace

render::Document coverage_plan(const PlanHead& head, const CoverageOptions& options) {
  return CoveragePlan(head, options).build();
}

} // namespace helpdesk::report
