#include "report/stats.hpp"

#include "app/app.hpp"
#include "app/reporting.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

namespace helpdesk {
extern const cli::Command stats_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "only what started at or after this time"},
    {"until", 0, cli::ValueKind::instant, "WHEN", "only what started before this time"},
    {"by", 0, cli::ValueKind::choice, "WHAT", "break the numbers down",
     "channel|account|agent|queue|tag|priority|language|hour|weekday|day|week|month"},
    {"metric", 0, cli::ValueKind::choice, "NAME", "only this metric",
     "frt|frt_any|turn|first_resolution|full_resolution|requester_wait|agent_wait|time_unsolved|customer_"
     "wait|auto_ack",
     true},
    {"all-turns", 0, cli::ValueKind::none, "",
     "count every question in next reply, the first one of each ticket too"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk stats", "how long customers waited, all time"},
    {"helpdesk stats --since 'last month' --by week", "how it went week by week"},
    {"helpdesk stats --by agent --metric frt --format csv",
     "first replies by who gave them, for a spreadsheet"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"group", "value that the row is about, with --by"},
    {"metric", "name of the metric"},
    {"n", "how many were counted, answered or not"},
    {"waiting", "how many of them wait still"},
    {"competing", "how many ended without what was waited for: closed without a reply"},
    {"excluded", "how many were left out"},
    {"median", "Kaplan-Meier median in seconds; null when it is not reached"},
    {"median_lower", "lower 95 % bound of the median"},
    {"median_upper", "upper 95 % bound of the median; null when there is none"},
    {"p90", "Kaplan-Meier 90th percentile in seconds; null when it is not reached"},
    {"p90_lower", "lower 95 % bound of the 90th percentile"},
    {"p90_upper", "upper 95 % bound of the 90th percentile; null when there is none"},
    {"naive_mean", "mean of those that ended well, in seconds: blind to those who wait"},
    {"naive_median", "median of those that ended well, in seconds"},
    {"answered", "how many ended with what was waited for"},
    {"longest", "the longest time seen, ended or not"},
    {"excluded_from", "metric that a ticket was left out of; all: of everything"},
    {"reason", "why it was left out"},
    {"count", "how many were left out for that reason"},
};

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::StatsOptions options;
  options.since = TRY(app::instant_of(app, call, "since"));
  options.until = TRY(app::instant_of(app, call, "until"));
  if (options.since && options.until && *options.until <= *options.since)
    return usage_error("--until is not after --since: there is nothing between them");
  if (auto by = call.get("by")) {
    auto parsed = metrics::parse_group_by(*by);
    if (!parsed) return usage_error("--by: unknown value \"" + *by + "\"");
    options.by = *parsed;
  }
  for (const std::string& name : call.all("metric")) {
    auto parsed = metrics::parse_metric(name);
    if (!parsed) return usage_error("--metric: unknown metric \"" + name + "\"");
    options.metrics.push_back(*parsed);
  }
  if (call.has("all-turns")) options.turns = metrics::Turns::all;
  report::Desk desk = TRY(app::open_desk(app, call));
  TRY(app.show(TRY(report::stats(desk, options))));
  return 0;
}

} // namespace

constinit const cli::Command stats_command{
    "stats",
    "measure",
    "measure how long customers waited",
    "First reply, next replies and resolution, each with how many were counted, how many wait still, the "
    "Kaplan-Meier median and 90th percentile "
    "with their 95 % intervals, and the naive mean beside them. Customers who wait count as waiting; what "
    "was closed without a reply is no reply. "
    "Excluded tickets (spam, deleted, merged, newsletters and others that need no reply) are counted by "
    "reason.\n\n"
    "Times are calendar time. helpdesk explain ID shows the events behind one ticket's numbers.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run,
};

} // namespace helpdesk
