#include "report/calendar.hpp"

#include "app/calendars.hpp"
#include "app/reporting.hpp"
#include "cli/command.hpp"

#include <charconv>

namespace helpdesk {
extern const cli::Command calendar_command, calendar_show_command, calendar_test_command;
namespace {

constexpr int k_days_shown = 14, k_most_days = 400;

report::CalendarContext context(app::App& app) { return {app.now(), app.zone()}; }

Result<metrics::CalendarClock> opened(app::App& app, const std::string& name, std::optional<Instant> oldest) {
  std::vector<std::string> remarks;
  metrics::CalendarClock calendar = TRY(app::calendar_clock(app, name, oldest, &remarks));
  for (const std::string& remark : remarks) app.note(remark);
  return calendar;
}

// ---- show

constexpr cli::Argument k_show_arguments[] = {
    {"NAME", cli::ValueKind::text, "calendar of the configuration; all of them when none is named",
     cli::Arity::optional}};
constexpr cli::Flag k_show_flags[] = {
    {"from", 0, cli::ValueKind::instant, "WHEN", "with a NAME: begin with this day instead of today"},
    {"days", 0, cli::ValueKind::integer, "N", "with a NAME: show so many days (14)"},
};
constexpr cli::Example k_show_examples[] = {
    {"helpdesk calendar show", "which calendars there are, and which is open now"},
    {"helpdesk calendar show standard --from 2026-03-27 --days 4",
     "four days, with the Sunday on which the clocks change"},
};
constexpr cli::FieldDoc k_show_fields[] = {
    {"calendar", "name of the calendar"},
    {"zone", "its time zone"},
    {"hours", "weekly hours; of a day: the hours of that day"},
    {"week", "open time in a week without holidays, in seconds"},
    {"open", "whether it is open now"},
    {"until", "when that changes; null: not within a year"},
    {"name", "name of the calendar, with a NAME"},
    {"valid_from", "day from which a version holds; null: ever"},
    {"version_zone", "its zone"},
    {"version_hours", "its weekly hours"},
    {"version_week", "its open time in a week, in seconds"},
    {"date", "day ahead"},
    {"weekday", "its weekday"},
    {"open_time", "open time on that day, in seconds"},
    {"why", "holiday, special day or change of the clocks"},
    {"exception_date", "holiday or special day within a year"},
    {"exception_hours", "hours on that day"},
    {"exception_name", "what it is called"},
};

Result<int> run_show(app::App& app, const cli::Invocation& call) {
  std::string name = call.argument("NAME");
  if (name.empty()) {
    if (call.has("from") || call.has("days"))
      return usage_error("--from and --days need the NAME of a calendar");
    std::vector<metrics::CalendarClock> calendars;
    for (const std::string& each : TRY(app::calendar_names(app)))
      calendars.push_back(TRY(opened(app, each, std::nullopt)));
    TRY(app.show(report::calendar_list(calendars, context(app))));
    return 0;
  }
  int days = k_days_shown;
  if (auto given = call.get("days")) {
    auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), days);
    if (error != std::errc() || days < 1 || days > k_most_days)
      return usage_error("--days: give a number from 1 to " + std::to_string(k_most_days));
  }
  Instant from = TRY(app::instant_of(app, call, "from")).value_or(app.now());
  metrics::CalendarClock calendar = TRY(opened(app, name, from));
  TRY(app.show(report::calendar_page(calendar, from, days, context(app))));
  return 0;
}

// ---- test

constexpr cli::Argument k_test_arguments[] = {
    {"NAME", cli::ValueKind::text, "calendar of the configuration, or 24/7; standard when none is named",
     cli::Arity::optional}};
constexpr cli::Flag k_test_flags[] = {
    {"from", 0, cli::ValueKind::instant, "WHEN", "where the time begins; now when not given"},
    {"to", 0, cli::ValueKind::instant, "WHEN", "where it ends: how long is the calendar open between them?"},
    {"due", 0, cli::ValueKind::duration, "DURATION", "when has it been open for so long?"},
};
constexpr cli::Example k_test_examples[] = {
    {"helpdesk calendar test --from '2026-01-09 16:00' --due 2h",
     "asked on Friday at four: two working hours end on Monday at ten"},
    {"helpdesk calendar test standard --from '2026-01-09 16:30' --to '2026-01-12 09:15'",
     "how much working time lies between a Friday and a Monday"},
    {"helpdesk calendar test --from 2026-01-10 --due 30m --format json", "the same for a script"},
};
constexpr cli::FieldDoc k_test_fields[] = {
    {"from", "where the time begins"},
    {"open", "whether the calendar is open then"},
    {"next_open", "when it is open next; null: never again"},
    {"to", "where the time ends"},
    {"elapsed", "open time between them, in seconds"},
    {"calendar_time", "all of the time between them, in seconds"},
    {"due", "open time asked for, in seconds"},
    {"due_close", "when so much has passed: the end of the day when it ends there; null: never"},
    {"due_next",
     "until when no more than that has passed: the next opening when it ends at closing time; null: never"},
    {"open_from", "begin of an open stretch"},
    {"open_to", "its end"},
    {"open_length", "its length in seconds"},
};

Result<int> run_test(app::App& app, const cli::Invocation& call) {
  std::string name = call.argument("NAME");
  if (name.empty()) name = app::k_standard_calendar;
  report::CalendarQuestion question;
  question.from = TRY(app::instant_of(app, call, "from")).value_or(app.now());
  question.to = TRY(app::instant_of(app, call, "to"));
  if (auto due = call.get("due")) {
    auto parsed = parse_duration(*due);
    if (!parsed) return in_context("--due", parsed.error());
    question.due = *parsed;
  }
  metrics::CalendarClock calendar = TRY(opened(app, name, question.from));
  TRY(app.show(report::calendar_answer(calendar, question, context(app))));
  return 0;
}

} // namespace

constinit const cli::Command calendar_command{"calendar",
                                              "measure",
                                              "working hours, holidays and what they make of a time",
                                              "A calendar is [calendars.NAME] in the configuration: its "
                                              "weekly hours, holidays and special days in a time "
                                              "zone. Business time is the time during which it is open; "
                                              "spans are times of the wall clock, durations are "
                                              "physical, so that a Sunday of 24 hours lasts 23 or 25 when "
                                              "the clocks change. The calendar named standard is "
                                              "the default one, and 24/7 is always there.",
                                              {},
                                              {},
                                              {},
                                              cli::Output::none,
                                              {},
                                              nullptr};

constinit const cli::Command calendar_show_command{"calendar show",
                                                   "measure",
                                                   "show the calendars, or one with its days ahead",
                                                   "Without a NAME every calendar, its hours and whether it "
                                                   "is open now. With one: its versions, the hours of the "
                                                   "days ahead with what makes them different (holidays, "
                                                   "special days, a change of the clocks), and its holidays "
                                                   "of a year.",
                                                   k_show_arguments,
                                                   k_show_flags,
                                                   k_show_examples,
                                                   cli::Output::document,
                                                   k_show_fields,
                                                   &run_show};

constinit const cli::Command calendar_test_command{
    "calendar test",
    "measure",
    "ask a calendar when it is open, what has elapsed and what is due",
    "Between --from and --to: the business time, and the stretches it is made of. With --due: when that much "
    "business time has passed. Two answers are right when it ends with the working day: the end of that day "
    "(due, "
    "which helpdesk shows) and the next opening (until then nothing is late: a breach is strictly more).",
    k_test_arguments,
    k_test_flags,
    k_test_examples,
    cli::Output::document,
    k_test_fields,
    &run_test};

} // namespace helpdesk
