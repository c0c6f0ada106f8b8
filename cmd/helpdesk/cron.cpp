#include "app/app.hpp"
#include "app/schedule.hpp"
#include "cli/table.hpp"

#include <algorithm>

namespace helpdesk {
extern const cli::Command cron_command, systemd_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"every", 0, cli::ValueKind::duration, "TIME", "how often to pull and to send what is queued (5m)"},
    {"digest-at", 0, cli::ValueKind::text, "HH:MM", "when the digest goes out on working days (07:00)"},
    {"to", 0, cli::ValueKind::address, "ADDRESS",
     "who gets the digest; [digest] to and [me] address when unset", "", true},
};

Result<app::Schedule> asked_for(app::App& app, const cli::Invocation& call) {
  app::Schedule schedule = TRY(app::schedule_of(app));
  if (auto every = call.get("every")) schedule.every_minutes = TRY(app::parse_every(*every));
  if (auto at = call.get("digest-at")) TRY(app::parse_clock(*at, schedule));
  for (const std::string& to : call.all("to"))
    if (to.find('@') == std::string::npos || to.find_first_of(" \t\r\n") != std::string::npos)
      return usage_error("--to: \"" + to + "\" is no mail address");
  if (auto to = call.all("to"); !to.empty()) schedule.digest_to = to;
  return schedule;
}

constexpr cli::Example k_cron_examples[] = {
    {"helpdesk cron", "lines for crontab -e"},
    {"helpdesk cron --every 10m --digest-at 06:30 --to desk@example.org", "less often, and an early digest"},
};

Result<int> run_cron(app::App& app, const cli::Invocation& call) {
  TRY(app.write(app::crontab(TRY(asked_for(app, call)))));
  return 0;
}

constexpr cli::Argument k_systemd_arguments[] = {
    {"UNIT", cli::ValueKind::text, "print this unit alone, as a file; all of them when none is named",
     cli::Arity::optional}};
constexpr cli::Example k_systemd_examples[] = {
    {"helpdesk systemd", "every unit, with its file's name above it"},
    {"helpdesk systemd helpdesk-pull.timer", "one unit, to be written into ~/.config/systemd/user"},
};

Result<int> run_systemd(app::App& app, const cli::Invocation& call) {
  app::Schedule schedule = TRY(asked_for(app, call));
  std::vector<app::Unit> units = app::systemd_units(schedule);
  std::string wanted = call.argument("UNIT");
  if (wanted.empty()) {
    std::string text;
    for (const app::Unit& unit : units)
      text += (text.empty() ? "# ~/.config/systemd/user/" : "\n# ~/.config/systemd/user/") + unit.name +
              "\n" + unit.text;
    TRY(app.write(text));
    app.note(std::string("write each to its file, then: systemctl --user enable --now helpdesk-pull.timer "
                         "helpdesk-queue.timer helpdesk-digest.timer") +
             (schedule.ack ? " helpdesk-ack.timer" : ""));
  } else {
    auto unit =
        std::find_if(units.begin(), units.end(), [&](const app::Unit& one) { return one.name == wanted; });
    if (unit == units.end()) {
      std::vector<std::string_view> names;
      for (const app::Unit& one : units) names.push_back(one.name);
      return usage_error("systemd: no unit \"" + wanted + "\"" + cli::did_you_mean(wanted, names) +
                         ": helpdesk systemd prints them all");
    }
    TRY(app.write(unit->text));
  }
  if (schedule.digest_to.empty())
    app.warn("nobody is named to get the digest: say --to ADDRESS, or set digest.to");
  return 0;
}

} // namespace

constinit const cli::Command cron_command{
    "cron",
    "tell",
    "print crontab lines that pull, send and tell",
    "Prints lines to append to a crontab: pull and queue send often, ack too when [ack] enabled says so, the "
    "digest on the morning of working days. The program stands in them with its "
    "whole path, since cron has a PATH of its own. All of them are silent as long as everything is well; a "
    "passing fault is told once after two hours. "
    "Nothing is installed.",
    {},
    k_flags,
    k_cron_examples,
    cli::Output::text,
    {},
    &run_cron,
};

constinit const cli::Command systemd_command{
    "systemd",
    "tell",
    "print systemd units that pull, send and tell",
    "Prints services and timers for the user's systemd: pull and queue send often, ack too when [ack] "
    "enabled "
    "says so, the digest on the morning of working days. Exit code 75 (try again "
    "later) counts as success there, since the next run tries again. Nothing is installed.",
    k_systemd_arguments,
    k_flags,
    k_systemd_examples,
    cli::Output::text,
    {},
    &run_systemd,
};

} // namespace helpdesk
