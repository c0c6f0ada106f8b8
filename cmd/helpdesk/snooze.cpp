#include "app/desk.hpp"
#include "app/ticket_arguments.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command snooze_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ID", cli::ValueKind::ticket, "tickets; - reads ids from standard input", cli::Arity::at_least_one}};
constexpr cli::Flag k_flags[] = {
    {"until", 'u', cli::ValueKind::instant, "WHEN",
     "when to show it again: tomorrow, monday, 2026-03-01, '+3d'"},
    {"off", 0, cli::ValueKind::none, "", "wake it now"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be done, do nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk snooze 12 --until monday", "out of sight until Monday, or until the customer writes"}};

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::optional<Instant> until;
  if (call.has("off") && call.get("until")) return usage_error("--until and --off exclude each other");
  if (!call.has("off")) {
    auto given = call.get("until");
    if (!given) return usage_error("say --until WHEN (tomorrow, monday, 2026-03-01) or --off");
    if (given->starts_with('+')) {
      until = app.now() + TRY(parse_duration(given->substr(1)));
    } else {
      until = TRY(parse_instant(*given, app.now(), app.zone(), Prefer::future));
    }
    if (*until <= app.now())
      return usage_error(
          fmt::format("--until {}: that is in the past ({})", *given, format_minute(*until, app.zone())));
  }
  for (const model::Ticket& ticket : TRY(app::tickets_named(app, call.argument_list("ID")))) {
    if (call.has("dry-run")) {
      app.note(until
                   ? fmt::format("#{} would sleep until {}", ticket.number, format_minute(*until, app.zone()))
                   : fmt::format("#{} would wake", ticket.number));
      continue;
    }
    auto actions = TRY(app::DeskActions::open(app, ticket.account));
    TRY((*actions)->snooze(ticket, until));
  }
  return 0;
}

} // namespace

constinit const cli::Command snooze_command{
    "snooze",
    "work",
    "put tickets aside until later",
    "A snoozed ticket is not in list until its time comes. It wakes at once when the customer writes. The "
    "customer's wait goes on counting.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
