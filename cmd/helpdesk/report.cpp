#include "app/app.hpp"
#include "app/reporting.hpp"
#include "cli/command.hpp"
#include "report/overview.hpp"

namespace helpdesk {
extern const cli::Command report_command, digest_command;
namespace {

constexpr cli::Flag k_report_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "start of the period; a week ago when not given"},
    {"detail", 0, cli::ValueKind::choice, "HOW",
     "how much of customers' words it may hold; subjects when not given", "none|subjects|full"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Flag k_digest_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "start of the period; a day ago when not given"},
    {"detail", 0, cli::ValueKind::choice, "HOW",
     "how much of customers' words it may hold; subjects when not given", "none|subjects|full"},
    {"if-any", 0, cli::ValueKind::none, "", "print nothing when nobody waits and nothing came or went"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Example k_report_examples[] = {
    {"helpdesk report", "the week on the terminal"},
    {"helpdesk report --since 'last month' --output month.html", "a page to hand on"},
};
constexpr cli::Example k_digest_examples[] = {
    {"helpdesk digest --if-any", "for cron: silent when there is nothing to say"},
    {"helpdesk digest --detail none --format markdown", "without a word of any customer's"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"number", "the ticket's number"},
    {"waiting", "how long the customer has waited, in seconds; of a metric: how many wait"},
    {"from", "who waits"},
    {"address", "their address, with --detail full"},
    {"subject", "what they ask, and subjects that were asked most"},
    {"text", "how their message begins, with --detail full"},
    {"channel", "how they wrote"},
    {"group", "channel that a row of metrics is about"},
    {"metric", "name of the metric"},
    {"n", "how many were counted, answered or not"},
    {"competing", "how many ended without what was waited for"},
    {"excluded", "how many were left out"},
    {"median", "Kaplan-Meier median in seconds"},
    {"median_lower", "lower 95 % bound of the median"},
    {"median_upper", "upper 95 % bound of the median"},
    {"p90", "Kaplan-Meier 90th percentile in seconds"},
    {"p90_lower", "lower 95 % bound of the 90th percentile"},
    {"p90_upper", "upper 95 % bound of the 90th percentile"},
    {"naive_mean", "mean of those that ended well, in seconds"},
    {"naive_median", "median of those that ended well, in seconds"},
    {"answered", "how many ended with what was waited for"},
    {"longest", "the longest time seen"},
    {"tag", "tags that were asked most"},
    {"tickets", "how many tickets asked it"},
};

Result<report::Overview> overview(app::App& app, const cli::Invocation& call, std::string kind,
                                  std::string title, Duration period) {
  report::OverviewOptions options;
  options.since = TRY(app::instant_of(app, call, "since")).value_or(app.now() - period);
  if (options.since > app.now()) return usage_error("--since lies in the future: nothing has happened yet");
  options.detail = TRY(report::parse_detail(call.get("detail").value_or("subjects")));
  report::Desk desk = TRY(app::open_desk(app, call));
  return report::overview(desk, std::move(kind), std::move(title), options);
}

Result<int> run_report(app::App& app, const cli::Invocation& call) {
  TRY(app.show(TRY(overview(app, call, "report", "Support report", std::chrono::hours(7 * 24))).document));
  return 0;
}

Result<int> run_digest(app::App& app, const cli::Invocation& call) {
  report::Overview found = TRY(overview(app, call, "digest", "Support digest", std::chrono::hours(24)));
  if (call.has("if-any") && !found.anything) return 0;
  TRY(app.show(found.document));
  return 0;
}

} // namespace

constinit const cli::Command report_command{
    "report",
    "tell",
    "write a report of a period",
    "Who waits, the oldest first; what came and went; how fast it was; the same for each channel; and the "
    "five subjects or tags that were asked most. "
    "The same document as text, Markdown, HTML, CSV or JSON: the ending of --output FILE chooses, or "
    "--format.",
    {},
    k_report_flags,
    k_report_examples,
    cli::Output::document,
    k_fields,
    &run_report,
};

constinit const cli::Command digest_command{
    "digest",
    "tell",
    "write the daily digest",
    "The report of the last day, made for cron. --detail none holds ticket numbers only, subjects (when not "
    "given) first names and subjects, full "
    "whole names, addresses and how their messages begin.",
    {},
    k_digest_flags,
    k_digest_examples,
    cli::Output::document,
    k_fields,
    &run_digest,
};

} // namespace helpdesk
