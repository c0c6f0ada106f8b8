#include "app/choices.hpp"
#include "app/planning.hpp"
#include "app/reporting.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command plan_command, plan_coverage_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"channel", 0, cli::ValueKind::text, "NAME", "only this channel", app::k_channel_choices, true},
    {"calendar", 0, cli::ValueKind::text, "NAME",
     "working hours to compare with; standard when it is configured, none for none"},
    app::k_plan_since,
    app::k_plan_until,
    app::k_plan_account,
};
constexpr cli::Example k_examples[] = {
    {"helpdesk plan coverage", "is somebody there when customers write?"},
    {"helpdesk plan coverage --channel email --since 2025-12-01 --format csv",
     "the hours of the week as a table for a spreadsheet"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"weekday", "day of the week, 1 for Monday"},
    {"hour", "hour of the day"},
    {"written", "questions that came in that hour of the week"},
    {"answered", "public replies by people that went out in it"},
    {"times", "how often that hour lies in the period"},
    {"open_share", "share of it that the calendar is open; null without a calendar"},
    {"gap_hour", "hour in which more is written than answered, the widest first"},
    {"gap_written", "questions in it"},
    {"gap_answered", "replies in it"},
    {"gap_share", "share of all questions"},
};

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::CoverageOptions options;
  options.channels = TRY(app::channels_of(call));
  app::PlanData data = TRY(app::plan_data(app, call, "another --account"));
  auto clock = TRY(app::business_clock(app, call));
  if (clock) options.calendar = &*clock;
  TRY(app.show(report::coverage_plan(app::plan_head(app, data), options)));
  return 0;
}

} // namespace

constinit const cli::Command plan_command{
    "plan",
    "measure",
    "how many people it takes, when, and what it costs",
    "Calls and chats wait in a line (plan staff), everything else in a list (plan workload). What comes in "
    "is "
    "measured over the last 12 weeks of the store, and handle times from worklogs; every number can be given "
    "by a flag instead, and where all of them are, no store is needed. Handle times are never guessed. What "
    "is "
    "assumed is said.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};

constinit const cli::Command plan_coverage_command{
    "plan coverage",
    "measure",
    "when customers write against when answers go out",
    "Every hour of the week: a bar for how many questions come, their number, and how many answers go out; ! "
    "marks hours in which customers write and nobody ever answers. Beside it how much of what is written "
    "comes "
    "while the calendar is open. Hours are those of [general] zone.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run};

} // namespace helpdesk
