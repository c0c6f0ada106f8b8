#include "app/sla.hpp"

#include "app/app.hpp"
#include "app/reporting.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/table.hpp"
#include "report/sla.hpp"

#include <charconv>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command sla_command, sla_status_command, sla_list_command, sla_explain_command;
namespace {

constexpr std::string_view k_metric_choices =
    "frt|turn|periodic|pausable|requester_wait|agent_work|first_resolution|full_resolution";

struct Opened {
  report::Desk desk;
  app::SlaPolicies policies;
};

Result<Opened> open(app::App& app, const cli::Invocation& call) {
  report::Desk desk = TRY(app::open_desk(app, call));
  store::Info info = TRY(desk.store().info());
  app::SlaPolicies policies = TRY(app::sla_policies(app, info.oldest));
  return Opened{std::move(desk), std::move(policies)};
}

Result<report::SlaSelection> selection_of(const cli::Invocation& call, const app::SlaPolicies& policies) {
  report::SlaSelection selection;
  if (auto metric = call.get("metric")) selection.metric = metrics::parse_sla_metric(*metric);
  if (auto name = call.get("policy")) {
    std::vector<std::string_view> names;
    for (const metrics::SlaPolicy& policy : policies.policies) {
      names.push_back(policy.name);
      if (policy.name == *name) selection.policy = *name;
    }
    if (!selection.policy)
      return usage_error(fmt::format("--policy: no policy \"{}\"{}: there {} {}",
                                     ellipsize(clean_utf8(*name), 60), cli::did_you_mean(*name, names),
                                     names.size() == 1 ? "is" : "are", fmt::join(names, ", ")));
  }
  return selection;
}

// ---- status

constexpr cli::Flag k_status_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "only clocks that started at or after this time"},
    {"until", 0, cli::ValueKind::instant, "WHEN", "only clocks that started before this time"},
    {"policy", 0, cli::ValueKind::text, "NAME", "only this policy"},
    {"metric", 0, cli::ValueKind::choice, "NAME", "only this target", k_metric_choices},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Example k_status_examples[] = {
    {"helpdesk sla status", "how often each promise was kept"},
    {"helpdesk sla status --since 2026-01-01 --metric frt --format json",
     "first replies of this year, for a script"},
};
constexpr cli::FieldDoc k_status_fields[] = {
    {"policy", "name of the policy"},
    {"metric", "what is promised"},
    {"target", "within what time; by priority where they differ"},
    {"calendar", "calendar by which it is measured"},
    {"attainment", "met / (met + missed + late now), from 0 to 1; null when none is decided"},
    {"lower", "lower bound of its 95 % interval (Wilson)"},
    {"upper", "upper bound"},
    {"met", "ended in time"},
    {"breached", "ended too late"},
    {"overdue", "goes on and is late already"},
    {"undecided", "goes on in time: in neither number"},
    {"paused", "of those: stands still now"},
    {"void", "closed without a reply before the target had passed: in neither number"},
};

Result<int> run_status(app::App& app, const cli::Invocation& call) {
  report::SlaStatusOptions options;
  auto [since, until] = TRY(app::asked_period(app, call));
  options.since = since;
  options.until = until;
  Opened opened = TRY(open(app, call));
  options.selection = TRY(selection_of(call, opened.policies));
  options.configured = opened.policies.configured;
  TRY(app.show(TRY(report::sla_status(opened.desk, opened.policies.policies, options))));
  return 0;
}

// ---- list

constexpr cli::Flag k_list_flags[] = {
    {"late", 0, cli::ValueKind::none, "", "only what is late already"},
    {"near", 0, cli::ValueKind::none, "", "only what is late or near its target"},
    {"due", 0, cli::ValueKind::choice, "HOW",
     "what due means when it ends with the working day: the end of that day (close), or the next opening "
     "(next)",
     "close|next"},
    {"policy", 0, cli::ValueKind::text, "NAME", "only this policy"},
    {"metric", 0, cli::ValueKind::choice, "NAME", "only this target", k_metric_choices},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
    {"limit", 'l', cli::ValueKind::integer, "N", "at most this many"},
};
constexpr cli::Example k_list_examples[] = {
    {"helpdesk sla list", "which promises are open, the most urgent first"},
    {"helpdesk sla list --near --metric frt", "first replies that are late or nearly are"},
    {"helpdesk sla list --late --json number,metric,overdue", "what is late, for a script"},
};
constexpr cli::FieldDoc k_list_fields[] = {
    {"number", "the ticket's number"},
    {"state", "late, near, in time or paused"},
    {"metric", "what is promised"},
    {"remaining", "time that is left, in seconds of its calendar; negative when it is late"},
    {"due", "when it is due; null while the clock stands still"},
    {"risk", "probability that it will be missed, from 0 to 1; null when fewer than 30 clocks tell"},
    {"requester", "who asks"},
    {"subject", "what it is about"},
    {"assignee", "who works on it"},
    {"elapsed", "time that counted, in seconds"},
    {"target", "the target in seconds"},
    {"overdue", "how late it is, in seconds; null when it is not"},
    {"started", "when the clock started"},
    {"breach_at", "when it was missed; null when it was not"},
    {"cause", "time, or policy_change when a tighter target made it late"},
    {"policy", "name of the policy"},
    {"calendar", "calendar by which it is measured"},
    {"priority", "priority of the ticket"},
    {"channel", "how the customer wrote"},
    {"account", "account it came through"},
};

std::vector<render::Column> list_columns() {
  constexpr std::string_view k_titles[] = {"#",      "state",   "promise", "left",     "due",
                                           "risk",   "from",    "subject", "assignee", "elapsed",
                                           "target", "late by", "started"};
  std::vector<render::Column> columns(std::size(k_list_fields));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].key = k_list_fields[i].name;
    columns[i].title = i < std::size(k_titles) ? k_titles[i] : k_list_fields[i].name;
    columns[i].help = k_list_fields[i].help;
    columns[i].shown = i < 8;
    columns[i].time_style = render::TimeStyle::minute;
  }
  for (std::size_t right : {0U, 3U, 5U}) columns[right].align = render::Align::right;
  columns[0].keep = columns[3].keep = 9;
  columns[6].flexible = columns[7].flexible = true;
  return columns;
}

render::Row list_row(const report::SlaItem& item, const model::Ticket& t, const metrics::SlaPolicy& policy,
                     bool next) {
  const metrics::SlaClock& c = item.clock;
  using render::Cell;
  using render::Emphasis;
  bool late = c.breach_at.has_value();
  std::string_view state = late                                   ? "late"
                           : c.state == metrics::SlaState::paused ? "paused"
                           : item.near                            ? "near"
                                                                  : "in time";
  Emphasis emphasis = late ? Emphasis::bad : item.near ? Emphasis::warn : Emphasis::plain;
  render::Row row;
  row.emplace_back(t.number);
  row.emplace_back(render::Value(state), emphasis);
  row.emplace_back(render::Value(metrics::key(c.metric)), Emphasis::plain,
                   std::string(metrics::title(c.metric)));
  row.emplace_back(render::Value(c.remaining()), emphasis, report::clock_text(c.remaining(), *policy.clock));
  row.emplace_back(render::Value(next ? c.due_next : c.due));
  row.emplace_back(render::Value(item.risk), Emphasis::plain,
                   item.risk && !late ? fmt::format("{:.0f} %", *item.risk * 100)
                   : late             ? "100 %"
                                      : "");
  row.emplace_back(t.requester_name.empty() ? t.requester_address : t.requester_name);
  row.emplace_back(render::Value(t.subject), Emphasis::plain, t.subject.empty() ? "(no subject)" : "");
  row.emplace_back(t.assignee);
  row.emplace_back(c.elapsed);
  row.emplace_back(c.target);
  row.emplace_back(late ? render::Value(c.overdue) : render::Value());
  row.emplace_back(c.start);
  row.emplace_back(render::Value(c.breach_at));
  row.emplace_back(late ? render::Value(c.cause == metrics::SlaCause::time ? "time" : "policy_change")
                        : render::Value());
  row.emplace_back(policy.name);
  row.emplace_back(policy.clock->name());
  row.emplace_back(model::text(t.priority));
  row.emplace_back(model::text(t.channel));
  row.emplace_back(t.account);
  return row;
}

Result<int> run_list(app::App& app, const cli::Invocation& call) {
  std::size_t limit = SIZE_MAX;
  if (auto given = call.get("limit")) {
    auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), limit);
    if (error != std::errc()) return usage_error("--limit: \"" + *given + "\" is no number of rows");
  }
  Opened opened = TRY(open(app, call));
  report::SlaSelection selection = TRY(selection_of(call, opened.policies));
  auto items = TRY(report::sla_open(opened.desk, opened.policies.policies, selection));
  for (const std::string& warning : opened.desk.warnings()) app.warn(warning);
  auto rows = TRY(app.rows(list_columns(), call.has("late") ? "nothing is late" : "no promise is open"));
  bool next = call.get("due").value_or("close") == "next";
  std::size_t shown = 0;
  for (const report::SlaItem& item : items) {
    bool late = item.clock.breach_at.has_value();
    if ((call.has("late") && !late) || (call.has("near") && !late && !item.near)) continue;
    if (shown == limit) break;
    auto ticket = TRY(opened.desk.store().ticket(item.ticket));
    if (!ticket) continue;
    ++shown;
    TRY(rows->row(list_row(item, *ticket, opened.policies.policies[item.clock.policy], next)));
  }
  TRY(rows->finish());
  return 0;
}

// ---- explain

constexpr cli::Argument k_explain_arguments[] = {
    {"ID", cli::ValueKind::ticket, "ticket whose promises to explain"}};
constexpr cli::Flag k_explain_flags[] = {
    {"metric", 0, cli::ValueKind::choice, "NAME", "only this target", k_metric_choices},
    {"policy", 0, cli::ValueKind::text, "NAME", "only clocks that ended under this policy"},
};
constexpr cli::Example k_explain_examples[] = {
    {"helpdesk sla explain 3", "each promise to the customer of #3: when its clock ran and how it ended"},
    {"helpdesk sla explain 3 --metric frt --format json", "the first reply only, for a script"},
};
constexpr cli::FieldDoc k_explain_fields[] = {
    {"metric", "what is promised"},
    {"instance", "which one of the ticket"},
    {"state", "met, breached, overdue, running, paused or void"},
    {"elapsed", "time that counted, in seconds"},
    {"target", "the target in force at the end, in seconds"},
    {"grace", "grace beyond it, in seconds"},
    {"overdue", "how late, in seconds; null: not late"},
    {"start", "when the clock started"},
    {"due", "when it is or was due: the end of the day when it ends there; null while it stands still"},
    {"breached_after", "instant after which it is late: the next opening in that case"},
    {"breach_at", "when it was missed"},
    {"cause", "time, or policy_change when a tighter target made it late"},
    {"stopped", "when it ended; null: it goes on"},
    {"policy", "policy in force at the end"},
    {"calendar", "its calendar"},
    {"in_force_from", "since when a policy was in force; null: the beginning"},
    {"in_force", "name of that policy; null: none"},
    {"priority", "priority of the ticket then"},
    {"because", "what of the ticket the policy is for"},
    {"run_of", "promise that a stretch belongs to"},
    {"run_instance", "which one"},
    {"open_from", "begin of a stretch in which it ran and the calendar was open"},
    {"open_to", "its end"},
    {"run_length", "its length in seconds; they add up to elapsed"},
    {"run_calendar", "calendar in force then"},
    {"time", "when something happened to a clock"},
    {"event_of", "promise it happened to"},
    {"event_instance", "which one"},
    {"event", "activate, apply_sla, pause, resume, warn, breach, fulfill or void"},
    {"what", "what it was"},
};

Result<int> run_explain(app::App& app, const cli::Invocation& call) {
  model::Ticket ticket = TRY(app.find_ticket(call.argument("ID")));
  Opened opened = TRY(open(app, call));
  report::SlaSelection selection = TRY(selection_of(call, opened.policies));
  auto timeline = TRY(opened.desk.store().timeline(ticket.key));
  if (!timeline)
    return failed(fmt::format("#{} has no timeline; run: helpdesk store rebuild", ticket.number));
  TRY(app.show(
      TRY(report::sla_explain(opened.desk, ticket, *timeline, opened.policies.policies, selection))));
  return 0;
}

} // namespace

constinit const cli::Command sla_command{
    "sla",
    "measure",
    "promises about waiting times: how they stand",
    "A policy is [sla.NAME] in the configuration: for which tickets it is, its targets by metric and "
    "priority, its "
    "calendar, and what lets a clock stand still. The first policy that matches a ticket is in force; when "
    "the "
    "ticket or the policies change, what has elapsed is kept, the target is replaced, and what has ended "
    "keeps the "
    "target of its time. Without any [sla.NAME] the one promise is a reply within [reply] target.\n\n"
    "Every instant is computed from the ticket's events, never polled: what was late is late however late it "
    "is "
    "looked at. Late is strictly more than the target; a breach stays one when the target is loosened later. "
    "A "
    "customer's wait is never stopped by setting a ticket pending, unless the policy says pause.frt or "
    "pause.turn. "
    "full_resolution does not count the time during which a ticket was solved, and goes on when it is "
    "reopened.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};

constinit const cli::Command sla_status_command{"sla status",
                                                "measure",
                                                "show how often each promise was kept",
                                                "For each policy and target: met of all that are decided, "
                                                "with its 95 % interval. What is open and late counts "
                                                "as missed now; what is open and in time counts in neither "
                                                "number and is shown beside them; what was closed "
                                                "without a reply before it was late is void.\n\n"
                                                "For example, 40 first replies in time, 5 too late, 3 "
                                                "tickets late at this moment and 12 still in time make "
                                                "40 / (40 + 5 + 3) = 83.3 %.",
                                                {},
                                                k_status_flags,
                                                k_status_examples,
                                                cli::Output::document,
                                                k_status_fields,
                                                &run_status};

constinit const cli::Command sla_list_command{
    "sla list",
    "measure",
    "show the open promises, the most urgent first",
    "Late ones first, then by the probability that they will be missed, then by when they are due. The "
    "probability "
    "comes from the clocks of the last 60 days (Kaplan-Meier): of those of the same target, policy and "
    "channel that "
    "had waited as long, how many were still waiting at the target; drawn towards all clocks of the target "
    "as far "
    "as there are few. Below 30 clocks nothing is said.\n\n"
    "For example, when 80 of 100 waits lasted longer than two hours and 58 longer than four, one that has "
    "waited for "
    "two hours misses a target of four with a probability of 58/80 = 73 %.\n\n"
    "In a pipe the first field is the ticket's number.",
    {},
    k_list_flags,
    k_list_examples,
    cli::Output::rows,
    k_list_fields,
    &run_list};

constinit const cli::Command sla_explain_command{"sla explain",
                                                 "measure",
                                                 "show the clocks of a ticket's promises, event by event",
                                                 "Which policies were in force and why; each clock with its "
                                                 "target, what has elapsed, when it is due; the open "
                                                 "stretches that add up to it; and what happened to it: "
                                                 "activate, apply_sla, pause, resume, warn, breach, fulfill, "
                                                 "void.\n\n"
                                                 "For example, a question on Friday at 16:00 with a target "
                                                 "of one hour and hours until 17:00 is due on Friday at "
                                                 "17:00 and late after Monday 09:00: a reply on Monday at "
                                                 "09:00:00 is in time, one at 09:00:01 is late by a "
                                                 "second.",
                                                 k_explain_arguments,
                                                 k_explain_flags,
                                                 k_explain_examples,
                                                 cli::Output::document,
                                                 k_explain_fields,
                                                 &run_explain};

} // namespace helpdesk
