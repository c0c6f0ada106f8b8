#include "app/app.hpp"
#include "app/input_log.hpp"
#include "app/reporting.hpp"
#include "app/sla.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "report/gate_output.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command check_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"that", 0, cli::ValueKind::text, "CHECK",
     "what must hold, such as 'frt.p90 < 4h biz'; those of [checks] when none is given", "", true},
    {"by", 0, cli::ValueKind::text, "WHAT", "for each value of this, or of two: channel, queue,priority",
     "channel|account|agent|queue|tag|priority|language|organisation|hour|weekday|day|week|month"},
    {"since", 0, cli::ValueKind::instant, "WHEN",
     "metrics and promises: only what started at or after this time"},
    {"until", 0, cli::ValueKind::instant, "WHEN", "metrics and promises: only what started before this time"},
    {"calendar", 0, cli::ValueKind::text, "NAME", "working hours that biz means; standard when not given"},
    {"max-age", 0, cli::ValueKind::duration, "TIME",
     "how old the last good pull of an account may be (1h); older data give no verdict"},
    {"min-n", 0, cli::ValueKind::integer, "N",
     "fewer observations give no verdict; 6 when not given, and more for quantiles above p83 (10 for p90)"},
    {"allow-empty", 0, cli::ValueKind::none, "", "too few observations pass"},
    {"show-subjects", 0, cli::ValueKind::none, "", "subjects of the worst tickets beside their numbers"},
    {"if-any", 0, cli::ValueKind::none, "", "print nothing when every check holds"},
    {"format", 0, cli::ValueKind::format, "FORMAT",
     "print as table, tsv, csv, json, ndjson, markdown or html, or for a program that watches",
     "junit|nagios|prometheus"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
    app::k_input_flag,
    app::k_mapping_flag,
};
constexpr cli::Example k_examples[] = {
    {"helpdesk check --that 'frt.p50 < 2d biz' --that 'oldest_waiting < 30d'",
     "two gates: exit code 1 when one fails"},
    {"helpdesk check --if-any", "those of [checks], from cron: silent when they hold"},
    {"helpdesk check --that 'frt.within(8h) >= 20% biz' --since 30d --by channel --allow-empty",
     "each channel for itself; those with hardly any mail pass"},
    {"helpdesk check --that 'inbox.age < 3d' --format nagios", "does mail still come in?"},
    {"helpdesk check --format prometheus --output helpdesk.prom", "for node_exporter's textfile collector"},
    {"helpdesk check --format junit --output checks.xml", "for a CI system that reads JUnit files"},
    {"helpdesk check --input examples/logs/calls.csv --that 'frt.within(30s) >= 50%' --min-n 5",
     "of a file, without a store"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"result", "holds, fails or no verdict"},
    {"check", "name in the configuration, else the check as it was written"},
    {"group", "value that the row is about, with --by"},
    {"group2", "value of the second breakdown"},
    {"value",
     "what was measured: seconds, a number, or a share from 0 to 1; null when there is none, or when a "
     "quantile is not reached"},
    {"wanted", "the check as it was written"},
    {"n", "how many observations the value rests on"},
    {"reason", "why there is no verdict, or why the value is missing"},
    {"failed", "check that a ticket is to blame for"},
    {"in_group", "group that it failed in"},
    {"number", "the ticket's number"},
    {"age", "how long it took or takes, in seconds by the clock of the check"},
    {"state", "waiting, answered, ended without, unsolved, late or missed"},
    {"subject", "its subject with --show-subjects, else null"},
    {"summary", "how many hold"},
};

Result<std::vector<report::Gate>> gates_of(app::App& app, const cli::Invocation& call,
                                           const metrics::MetricNames& names) {
  std::vector<report::Gate> gates;
  for (const std::string& text : call.all("that")) {
    auto gate = report::parse_gate(text, names);
    if (!gate) return in_context(fmt::format("--that '{}'", ellipsize(clean_utf8(text), 80)), gate.error());
    gates.push_back(std::move(*gate));
  }
  if (!gates.empty()) return gates;
  const config::Config& config = *TRY(app.config());
  for (const std::string& name : config.names("checks")) {
    const config::Entry* entry = config.find("checks." + name);
    if (!entry || entry->values.empty()) continue;
    auto gate = report::parse_gate(entry->values.front(), names);
    if (!gate)
      return in_context(fmt::format("{}: checks.{}", config::to_text(entry->origin), name), gate.error());
    gate->name = name;
    gates.push_back(std::move(*gate));
  }
  if (gates.empty())
    return usage_error(
        "check: nothing to check; say --that 'frt.p90 < 4h', or write into the configuration:\n"
        "  [checks]\n"
        "  reply = \"frt.p90 < 4h biz\"\n"
        "  nobody_forgotten = \"oldest_waiting < 24h\"");
  return gates;
}

// Why the data allow no verdict; empty when they do.
struct Doubt {
  std::string reason;
  bool pull_may_mend = true;
};
Result<Doubt> doubt_of(app::App& app, const cli::Invocation& call, store::Store& store) {
  Duration max_age = std::chrono::hours(1);
  if (auto text = call.get("max-age")) max_age = TRY(parse_duration(*text));
  Doubt doubt;
  auto add = [&](const std::string& reason, bool pull_may_mend) {
    doubt.reason += (doubt.reason.empty() ? "" : "; ") + reason;
    doubt.pull_may_mend &= pull_may_mend;
  };
  std::vector<std::string> configured = TRY(app.accounts(call.all("account")));
  std::vector<std::string> accounts = configured;
  // What was pulled once and is configured no more is in the numbers too.
  if (call.all("account").empty())
    for (std::string& account : TRY(store.accounts()))
      if (std::find(accounts.begin(), accounts.end(), account) == accounts.end())
        accounts.push_back(std::move(account));
  if (accounts.empty()) add("no account is configured", false);
  for (const std::string& account : accounts) {
    store::AccountState state = TRY(store.account_state(account));
    bool is_configured = std::find(configured.begin(), configured.end(), account) != configured.end();
    // A pull that fails for a reason of its own will not mend it.
    bool failing = state.failing_since.has_value();
    std::string fault = failing && !state.last_error.empty() ? " (" + state.last_error + ")" : "";
    std::string advice =
        is_configured ? "run: helpdesk pull" : "it is configured no more: name the others with --account";
    if (!state.last_success)
      add(fmt::format("{}: never pulled{}; {}", account, fault, advice), is_configured && !failing);
    else if (Duration age = app.now() - *state.last_success; age > max_age)
      add(fmt::format("{}: last pulled {} ago, --max-age is {}{}; {}", account, format_duration(age),
                      format_duration(max_age), fault, advice),
          is_configured && !failing);
  }
  return doubt;
}

// desk: null when there is none yet.
Result<int> print(app::App& app, const cli::Invocation& call, const report::Desk* desk,
                  const report::CheckOptions& options, const std::vector<report::Verdict>& verdicts) {
  int code = report::exit_code(verdicts);
  auto format = call.get("format");
  if (format == "junit") {
    TRY(app.write(report::junit(options, verdicts, app.now())));
  } else if (format == "prometheus") {
    TRY(app.write(report::prometheus(options, verdicts, app.now())));
  } else if (format == "nagios") {
    TRY(app.write(report::nagios(options, verdicts)));
    if (code == 75) code = 3; // plugins know 0 to 3; 3 is UNKNOWN
  } else if (!desk) {
    return try_later("check: no verdict: " + verdicts.front().reason);
  } else if (code != 0 || !call.has("if-any")) {
    TRY(app.show(report::check_document(*desk, options, verdicts)));
  }
  return code;
}

// Of the log, else of the store. business, promises: whether a gate asks for them.
Result<int> judge(app::App& app, const cli::Invocation& call, report::CheckOptions& options, bool business,
                  bool promises, const std::optional<app::InputLog>& input) {
  store::Store* store = input ? nullptr : TRY(app.store(store::Access::read));
  store::Reader& data = input ? static_cast<store::Reader&>(*input->reader) : *store;
  std::optional<metrics::CalendarClock> clock;
  if (business) {
    clock = TRY(app::business_clock(app, call, data));
    if (!clock)
      return usage_error("check: biz needs working hours; write into the configuration:\n"
                         "  [calendars.standard]\n"
                         "  open = [\"mon-fri 09:00-17:00\"]");
    options.business = &*clock;
  }
  app::SlaPolicies policies;
  if (promises) {
    store::Info info = TRY(data.info());
    policies = TRY(app::sla_policies(app, info.oldest));
    options.policies = &policies.policies;
  }
  report::Desk desk = TRY(app::desk_of(app, call, input));
  Doubt doubt;
  if (store) doubt = TRY(doubt_of(app, call, *store));
  if (!doubt.reason.empty())
    return print(app, call, &desk, options, report::no_verdicts(options, doubt.reason, doubt.pull_may_mend));
  return print(app, call, &desk, options, TRY(report::check(desk, options)));
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::CheckOptions options;
  auto [since, until] = TRY(app::asked_period(app, call));
  options.since = since;
  options.until = until;
  options.by = TRY(app::asked_dimensions(call));
  if (auto text = call.get("min-n")) {
    std::int64_t n = 0;
    auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), n);
    if (error != std::errc() || end != text->data() + text->size() || n < 1)
      return usage_error("--min-n: \"" + *text + "\" is no number from 1 on");
    options.min_n = n;
  }
  options.allow_empty = call.has("allow-empty");
  options.subjects = call.has("show-subjects");
  std::vector<metrics::UserInterval> intervals = TRY(app::intervals_of(app));
  options.intervals = &intervals;
  options.gates = TRY(gates_of(app, call, metrics::MetricNames(&intervals)));

  bool business = false, promises = false;
  for (const report::Gate& gate : options.gates) {
    business |= gate.business;
    promises |= report::is_of_sla(gate.subject);
  }
  std::optional<app::InputLog> input = TRY(app::input_log(app, call, {.subjects = options.subjects}));
  if (input && call.has("max-age"))
    return usage_error("--max-age is about the last pull: it does not go with --input");
  if (input) return judge(app, call, options, business, promises, input);
  auto opened = app.store(store::Access::read);
  if (!opened && opened.error().kind == ErrorKind::negative) // nothing was pulled ever
    return print(app, call, nullptr, options, report::no_verdicts(options, opened.error().message, true));
  TRY(std::move(opened));
  return judge(app, call, options, business, promises, input);
}

} // namespace

constinit const cli::Command check_command{
    "check",
    "measure",
    "check what must hold, for cron and CI",
    "Each check compares one number with a bound: SUBJECT OP VALUE, with cal (calendar time, the default) or "
    "biz "
    "(working hours) behind a time. OP is <, <=, >, >= or ==. VALUE is a time (4h), a number (20) or a "
    "percentage (95%), as the subject asks for. --that gives checks; without it those of [checks] in the "
    "configuration run.\n\n"
    "SUBJECT is a metric of stats, or one of your own [intervals], with a statistic: frt.median, frt.p90 "
    "(any "
    "from p1 to p99, by Kaplan-Meier), frt.mean (naive: those who wait are not in it), frt.n, frt.waiting, "
    "frt.waiting_share, frt.answered_share, frt.within(4h) (the share that got there in this time). Or a "
    "word: "
    "oldest_waiting (how long the customer who waits longest has waited), waiting (how many wait), backlog "
    "or "
    "unsolved (tickets that are not solved), sla.attainment and sla.breached (promises of the policies, open "
    "late ones counted as missed), inbox.age (since the newest message of a customer). Tickets that stats "
    "leaves out (spam, deleted, among ourselves) are left out here too.\n\n"
    "A quantile that is not reached is longer than everything that was seen: < and <= then fail, since "
    "nothing shows that they hold, and > and >= hold only when the longest time seen is past the bound.\n\n"
    "No verdict is not a pass. An account that was never pulled or not within --max-age, or fewer "
    "observations than --min-n, give none. Exit code 0: all hold. 1: one fails. 2: a check is written "
    "wrongly. 3: none fails, but one has no verdict. 75: the same, and a pull may mend it. With --format "
    "nagios "
    "75 becomes 3 (UNKNOWN), and what fails is a WARNING (1).\n\n"
    "--input judges a log in a file instead of the store: no pull is needed, and --max-age says nothing "
    "about it. "
    "Tickets are named by the log's own numbers where it has some.\n\n"
    "Of checks that fail the three worst tickets are named, by number and age only; names of customers and "
    "texts are never printed, subjects only with --show-subjects. --by prints the values that it groups by.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run,
};

} // namespace helpdesk
