#include "report/calendar.hpp"

#include "metrics/calendar_text.hpp"
#include "report/columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using metrics::CalendarClock;
using metrics::CalendarVersion;
using render::Align;
using render::Cell;
using render::Emphasis;

render::Document document(std::string kind, std::string title, const CalendarContext& context) {
  render::Document d;
  d.kind = std::move(kind);
  d.title = std::move(title);
  d.as_of = d.now = context.now;
  d.zone = context.zone;
  return d;
}

// The version in force at an instant, by the day it is there.
const CalendarVersion& version_at(const metrics::Calendar& calendar, Instant t) {
  const CalendarVersion* found = &calendar.versions.front();
  for (const CalendarVersion& version : calendar.versions) {
    if (!version.valid_from) continue;
    Civil day = version.zone.civil(t);
    if (metrics::Date{day.year, day.month, day.day} >= *version.valid_from) found = &version;
  }
  return *found;
}

// When the state it has at t ends: the next closing, or the next opening.
std::optional<Instant> next_change(const CalendarClock& calendar, Instant t) {
  if (!calendar.is_open(t)) return calendar.due_next(t, Duration::zero());
  for (Duration ahead : {std::chrono::hours(48), std::chrono::hours(24 * 400)})
    if (auto open = calendar.open(t, t + ahead); !open.empty() && open.front().to < t + ahead)
      return open.front().to;
  return std::nullopt; // it does not close within a year
}

Cell state_cell(bool open) {
  return {render::Value(open), open ? Emphasis::good : Emphasis::plain, open ? "open" : "closed"};
}

// "40 h": nobody counts working time in days of 24 hours.
Cell hours_cell(Duration d) {
  auto minutes = std::chrono::duration_cast<std::chrono::minutes>(d).count();
  std::string text = fmt::format("{} h", minutes / 60);
  if (minutes % 60 != 0) text += fmt::format(" {:02} min", minutes % 60);
  return {render::Value(d), Emphasis::plain, std::move(text)};
}

constexpr std::string_view k_weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

// Open time in a week without holidays.
Duration week_length(const CalendarVersion& version) {
  if (version.always) return std::chrono::hours(168);
  metrics::Calendar plain{"", {CalendarVersion{}}};
  plain.versions.front().week = version.week;
  Duration sum{};
  // A week of UTC, where no clock changes, in its middle so that nights count once.
  Instant monday = instant_of_seconds(4 * 86400);
  for (const auto& interval : metrics::open_intervals(plain, monday + std::chrono::hours(24 * 7),
                                                      monday + std::chrono::hours(24 * 14)))
    sum += interval.to - interval.from;
  return sum;
}

std::string text_of_day(const CalendarVersion& version, const metrics::Date& date, std::string& hours) {
  auto matches = [&](const metrics::Date& d, bool yearly) {
    return d.month == date.month && d.day == date.day && (yearly ? d.year == 0 : d.year == date.year);
  };
  for (bool yearly : {false, true})
    for (auto it = version.special.rbegin(); it != version.special.rend(); ++it)
      if (matches(it->date, yearly)) {
        hours = metrics::spans_text(it->spans);
        return it->name.empty() ? "special" : it->name;
      }
  for (const metrics::Holiday& holiday : version.holidays)
    if (matches(holiday.date, false) || matches(holiday.date, true)) {
      hours = "closed";
      return holiday.name.empty() ? "holiday" : holiday.name;
    }
  return {};
}

render::Table days_table(const CalendarClock& calendar, Instant from, int days) {
  render::Table table;
  table.key = "days";
  table.title = "The days ahead";
  table.columns = {column("date", "Day"), column("weekday", ""), column("hours", "Hours"),
                   column("open_time", "Open", Align::right), column("why", "Because", Align::left, true)};
  for (int i = 0; i < days; ++i) {
    const CalendarVersion& first = version_at(calendar.calendar(), from);
    Instant noon = first.zone.add_days(first.zone.start_of_day(from) + std::chrono::hours(12), i);
    const CalendarVersion& version = version_at(calendar.calendar(), noon);
    Civil day = version.zone.civil(noon);
    metrics::Date date{day.year, day.month, day.day};
    Instant begin = version.zone.start_of_day(noon);
    Instant end = version.zone.start_of_day(begin + std::chrono::hours(36));
    std::string hours = version.always
                            ? "24/7"
                            : metrics::spans_text(version.week[static_cast<std::size_t>(day.weekday - 1)]);
    std::string why = version.always ? "" : text_of_day(version, date, hours);
    if (end - begin != std::chrono::hours(24))
      why += fmt::format("{}the clocks change: a day of {}", why.empty() ? "" : "; ",
                         format_duration(end - begin));
    table.rows.push_back(
        {Cell(metrics::to_text(date)), Cell(k_weekdays[day.weekday - 1]),
         Cell(render::Value(hours), hours == "closed" ? Emphasis::quiet : Emphasis::plain, ""),
         hours_cell(calendar.elapsed(begin, end)), Cell(why)});
  }
  return table;
}

render::Table exceptions_table(const CalendarVersion& version, Instant from) {
  render::Table table;
  table.key = "exceptions";
  table.title = "Holidays and special days within a year";
  table.columns = {column("exception_date", "Day"), column("exception_hours", "Hours"),
                   column("exception_name", "Name", Align::left, true)};
  table.empty = "none";
  Instant noon = version.zone.start_of_day(from) + std::chrono::hours(12);
  for (int i = 0; i < 366; ++i) {
    Civil day = version.zone.civil(version.zone.add_days(noon, i));
    metrics::Date date{day.year, day.month, day.day};
    std::string hours;
    std::string name = text_of_day(version, date, hours);
    if (!name.empty()) table.rows.push_back({Cell(metrics::to_text(date)), Cell(hours), Cell(name)});
  }
  return table;
}

// Lines for people that are one row of a table for machines.
class FactSheet {
 public:
  explicit FactSheet(std::string key) { table_.key = std::move(key); }
  void add(std::string key, std::string title, Cell cell) {
    facts_.rows.emplace_back(column("", std::move(title)), cell);
    table_.columns.push_back(column(std::move(key), facts_.rows.back().first.title));
    table_.columns.back().shown = false;
    row_.push_back(std::move(cell));
  }
  // Not asked for: null for machines.
  void leave_out(std::string key) {
    table_.columns.push_back(column(std::move(key), ""));
    table_.columns.back().shown = false;
    row_.emplace_back();
  }
  void put_into(render::Section& section) && {
    table_.rows.push_back(std::move(row_));
    section.blocks.push_back(std::move(facts_));
    section.blocks.push_back(std::move(table_));
  }

 private:
  render::Facts facts_;
  render::Table table_;
  render::Row row_;
};

} // namespace

render::Document calendar_list(const std::vector<CalendarClock>& calendars, const CalendarContext& context) {
  render::Document d = document("calendar", "Calendars", context);
  render::Table table;
  table.key = "calendars";
  table.empty = "no calendar yet: [calendars.standard] open = [\"mon-fri 09:00-17:00\"] makes one";
  table.columns = {column("calendar", "Name"),
                   column("zone", "Zone"),
                   column("hours", "Hours", Align::left, true),
                   column("week", "A week", Align::right),
                   column("open", "Now"),
                   column("until", "Until")};
  table.columns.back().time_style = render::TimeStyle::relative;
  for (const CalendarClock& calendar : calendars) {
    const CalendarVersion& version = version_at(calendar.calendar(), context.now);
    table.rows.push_back({Cell(calendar.name()), Cell(version.zone.name()),
                          Cell(metrics::hours_text(version)), hours_cell(week_length(version)),
                          state_cell(calendar.is_open(context.now)),
                          Cell(render::Value(next_change(calendar, context.now)))});
  }
  d.sections.push_back({"", "", {std::move(table)}});
  return d;
}

render::Document calendar_page(const CalendarClock& calendar, Instant from, int days,
                               const CalendarContext& context) {
  render::Document d = document("calendar", fmt::format("Calendar {}", calendar.name()), context);
  const CalendarVersion& version = version_at(calendar.calendar(), from);
  FactSheet facts("calendar");
  bool open = calendar.is_open(context.now);
  facts.add("name", "Name", Cell(calendar.name()));
  facts.add("zone", "Zone", Cell(version.zone.name()));
  facts.add("hours", "Hours", Cell(metrics::hours_text(version)));
  facts.add("week", "A week", hours_cell(week_length(version)));
  facts.add("open", "Now", state_cell(open));
  facts.add("until", open ? "Closes" : "Opens",
            Cell(render::Value(next_change(calendar, context.now)), Emphasis::plain,
                 next_change(calendar, context.now) ? "" : "never"));
  render::Section section;
  std::move(facts).put_into(section);
  if (calendar.calendar().versions.size() > 1) {
    render::Table versions;
    versions.key = "versions";
    versions.title = "Versions";
    versions.columns = {column("valid_from", "From"), column("version_zone", "Zone"),
                        column("version_hours", "Hours", Align::left, true),
                        column("version_week", "A week", Align::right)};
    for (const CalendarVersion& v : calendar.calendar().versions)
      versions.rows.push_back({v.valid_from ? Cell(metrics::to_text(*v.valid_from))
                                            : Cell(render::Value(), Emphasis::plain, "ever"),
                               Cell(v.zone.name()), Cell(metrics::hours_text(v)),
                               hours_cell(week_length(v))});
    section.blocks.push_back(std::move(versions));
  }
  section.blocks.push_back(days_table(calendar, from, days));
  section.blocks.push_back(exceptions_table(version, from));
  d.sections.push_back(std::move(section));
  return d;
}

render::Document calendar_answer(const CalendarClock& calendar, const CalendarQuestion& question,
                                 const CalendarContext& context) {
  render::Document d = document("calendar", fmt::format("Calendar {}", calendar.name()), context);
  FactSheet facts("answer");
  bool open = calendar.is_open(question.from);
  facts.add("from", "From", Cell(question.from));
  facts.add("open", "Then", state_cell(open));
  auto next_open = calendar.due_next(question.from, Duration::zero());
  facts.add("next_open", "Next open",
            Cell(render::Value(next_open), Emphasis::plain, next_open ? "" : "never"));
  if (question.to) {
    facts.add("to", "To", Cell(*question.to));
    facts.add("elapsed", "Business time",
              Cell(render::Value(calendar.elapsed(question.from, *question.to)), Emphasis::strong, ""));
    facts.add("calendar_time", "Calendar time", Cell(*question.to - question.from));
  } else {
    for (const char* key : {"to", "elapsed", "calendar_time"}) facts.leave_out(key);
  }
  if (question.due) {
    auto close = calendar.due_close(question.from, *question.due);
    auto next = calendar.due_next(question.from, *question.due);
    facts.add("due", "After", Cell(*question.due));
    facts.add("due_close", "Due", Cell(render::Value(close), Emphasis::strong, close ? "" : "never"));
    facts.add("due_next", "Breached after", Cell(render::Value(next), Emphasis::plain, next ? "" : "never"));
  } else {
    for (const char* key : {"due", "due_close", "due_next"}) facts.leave_out(key);
  }
  render::Section section;
  std::move(facts).put_into(section);
  if (question.to) {
    render::Table table;
    table.key = "intervals";
    table.title = "When it was open";
    table.empty = "never";
    table.columns = {column("open_from", "From"), column("open_to", "To"),
                     column("open_length", "Time", Align::right)};
    Instant a = std::min(question.from, *question.to), b = std::max(question.from, *question.to);
    for (const metrics::OpenInterval& interval : calendar.open(a, b))
      table.rows.push_back({Cell(interval.from), Cell(interval.to), Cell(interval.to - interval.from)});
    section.blocks.push_back(std::move(table));
  }
  d.sections.push_back(std::move(section));
  return d;
}

} // namespace helpdesk::report
