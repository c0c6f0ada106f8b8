#include "reply/ack.hpp"

#include "app/acknowledging.hpp"
#include "app/columns.hpp"
#include "app/exit_code.hpp"
#include "app/sending.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command ack_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"dry-run", 'n', cli::ValueKind::none, "", "show who would get one and who would not, send nothing"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk ack --dry-run",
     "who would get an acknowledgement, what it would promise, and why others get none", false},
    {"helpdesk ack --quiet", "for cron, every five minutes; helpdesk cron prints the line", false},
};
constexpr cli::FieldDoc k_fields[] = {
    {"ticket", "the ticket's number"},
    {"to", "who gets it"},
    {"subject", "what they ask"},
    {"state", "would send, sent, queued, failed, unknown or skipped"},
    {"within", "the time that it names, in the customer's language; empty when too little is known"},
    {"basis", "whose waits that is drawn from: channel and hour of the week, channel and weekday, channel, "
              "or all channels"},
    {"n", "how many first replies that is drawn from, open ones included"},
    {"p80", "Kaplan-Meier 80th percentile of the whole wait, in seconds"},
    {"left", "the same from now on, in seconds: what was rounded up"},
    {"reason", "why this one gets none"},
    {"language", "language that it is written in"},
    {"channel", "how the customer wrote"},
    {"asked", "when the customer wrote"},
    {"account", "account it leaves through"},
    {"item", "the queue item"},
    {"text", "what it says"},
};

Result<void> show_rows(app::App& app, const app::AckRun& run) {
  auto columns =
      app::columns_of(k_fields, {"#", "to", "subject", "state", "within", "from", "n", "p80", "left",
                                 "reason", "language", "channel", "asked", "account", "item", "text"});
  columns[0].align = columns[6].align = render::Align::right;
  columns[1].flexible = columns[2].flexible = columns[9].flexible = true;
  for (std::size_t i : {7U, 8U, 10U, 11U, 12U, 13U, 14U, 15U}) columns[i].shown = false;
  auto rows = TRY(app.rows(columns, "nobody has written who could get one"));
  for (const app::AckRow& one : run.rows) {
    bool bad = one.state == "failed" || one.state == "unknown";
    render::Row row;
    row.emplace_back(one.number);
    row.emplace_back(one.to);
    row.emplace_back(one.subject);
    row.emplace_back(render::Value(one.state), bad                      ? render::Emphasis::bad
                                               : one.state == "skipped" ? render::Emphasis::quiet
                                                                        : render::Emphasis::plain);
    row.emplace_back(one.within);
    row.emplace_back(one.expectation ? std::string(metrics::text(one.expectation->grain)) : std::string());
    row.emplace_back(one.expectation ? render::Value(one.expectation->n) : render::Value());
    row.emplace_back(one.expectation ? render::Value(one.expectation->quantile) : render::Value());
    row.emplace_back(one.expectation ? render::Value(one.expectation->seconds) : render::Value());
    row.emplace_back(one.reason);
    row.emplace_back(one.language);
    row.emplace_back(one.channel);
    row.emplace_back(one.asked);
    row.emplace_back(one.account);
    row.emplace_back(one.item);
    row.emplace_back(one.text);
    TRY(rows->row(std::move(row)));
  }
  return rows->finish();
}

int verdict(app::App& app, const app::AckRun& run) {
  for (const Error& error : run.errors) app.warn(error.message);
  int delivered = app::report_delivery(app, run.report);
  if (run.errors.empty()) return delivered;
  if (run.report.sent > 0) return 5;
  int worst = app::exit_code(run.errors.front().kind);
  for (const Error& error : run.errors)
    if (error.kind == ErrorKind::credentials) worst = app::exit_code(error.kind);
  return worst;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  app::AckRun run = TRY(app::acknowledge(app, call.all("account"), call.has("dry-run")));
  bool only_sent = !run.dry && run.switched_on.empty();
  if (!only_sent || !app.quiet()) TRY(show_rows(app, run)); // cron hears of what went wrong alone
  if (run.dry && !run.enabled)
    app.note("acknowledgements are off ([ack] enabled): this is who would get one");
  for (const std::string& name : run.switched_on)
    app.warn(fmt::format(
        "{}: switched on; the first run is a dry run and sent nothing. Whoever writes from now on "
        "gets an acknowledgement from the next run",
        name));
  if (run.left > 0)
    app.note(fmt::format("{} more are left for the next run: one sends at most {}", run.left,
                         reply::k_acks_a_run));
  return verdict(app, run);
}

} // namespace

constinit const cli::Command ack_command{
    "ack",
    "reply",
    "tell new customers honestly when an answer can be expected",
    "Sends an acknowledgement to whoever began a conversation and has heard nothing from us yet. It names "
    "the time "
    "within which four out of five first replies came: the Kaplan-Meier 80th percentile of those who wrote "
    "by the "
    "same channel at the same hour of the week, open questions included, given that this one has waited "
    "already; "
    "rounded up to minutes, hours, days or weeks that people say. Below 20 observations it takes the channel "
    "and "
    "weekday, then the channel, then everything (from 5 on); with less the text names no time. --dry-run "
    "shows what "
    "the number is drawn from.\n\n"
    "The text is shipped in English, Norwegian, Russian, Esperanto, German, French and Spanish; a template "
    "of "
    "your own with the name ack takes its place, language by language. There {{ ack.within }} is the time "
    "(\"4 "
    "hours\"; declare it under optional); under required, nobody gets a mail without a time.\n\n"
    "It must be switched on: [ack] enabled = true. The first run of an account notes that moment, shows whom "
    "it would reach and sends nothing. Later ones answer only messages that came after it and are less than "
    "a day "
    "old, each conversation once, at most 20 a run and 5 to one address within 24 hours. Machines never get "
    "one: no "
    "automatic or bulk mail (RFC 3834), no lists, bounces, no-reply and own addresses, forms, or mail whose "
    "answers "
    "go elsewhere; nor does a message that may need no reply. What is sent says Auto-Submitted: auto-replied "
    "and has "
    "an empty envelope sender, or the desk's address where the server refuses that.\n\n"
    "It leaves like every reply: inbox and Sent are looked at first (exit code 75 when they cannot be), the "
    "mail is in the queue before the connection opens, and is never sent twice. It answers nothing: the "
    "customer "
    "still waits, and statistics count it as an automatic mail. Without --dry-run the rows are of what was "
    "sent, "
    "and --quiet leaves them out.",
    {},
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
