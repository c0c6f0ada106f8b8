#include "report/explain.hpp"

#include "app/app.hpp"
#include "app/reporting.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command explain_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"ID", cli::ValueKind::ticket, "ticket whose numbers to explain"}};
constexpr cli::Flag k_flags[] = {
    {"metric", 0, cli::ValueKind::text, "NAME", "only this metric; names of your own [intervals] too",
     "frt|frt_any|turn|first_resolution|full_resolution|requester_wait|agent_wait|time_unsolved|customer_"
     "wait|auto_ack|agent_work|on_hold|periodic|pausable|abandon"},
    {"calendar", 0, cli::ValueKind::text, "NAME",
     "business hours to count beside calendar time; none for calendar time alone; standard when it is "
     "configured"},
    {"forecast", 0, cli::ValueKind::none, "",
     "how much longer an open ticket will take, by those that went the same way and took as long"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk explain 3", "which events make up the ticket's waiting times"},
    {"helpdesk explain 3 --metric frt --format json",
     "the pair of events behind the first reply, for a script"},
    {"helpdesk explain 3 --forecast", "when will it probably be solved?"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"metric", "name of the metric"},
    {"length", "its time in seconds"},
    {"business", "its business time in seconds, where there is a calendar"},
    {"sum", "the pieces that its time is the sum of, for people; empty when it is one"},
    {"outcome", "happened, closed unanswered or still waiting"},
    {"meaning", "what it measures"},
    {"piece_of", "metric that a pair of events belongs to"},
    {"from", "when the pair begins"},
    {"from_event", "number of the event that begins it"},
    {"from_what", "what happened then"},
    {"to", "when the pair ends"},
    {"to_event", "number of the event that ends it; null: now"},
    {"to_what", "what happened then"},
    {"piece_length", "time between them in seconds"},
    {"piece_business", "business time between them in seconds"},
    {"open_of", "metric whose business time a stretch belongs to"},
    {"open_from", "begin of a stretch in which the calendar was open"},
    {"open_to", "its end"},
    {"open_length", "its length in seconds; they add up to the business time"},
    {"excluded_from", "metric that this ticket is left out of"},
    {"reason", "why it is left out"},
    {"turn", "number of the turn"},
    {"cycle", "cycle that the turn belongs to"},
    {"start", "oldest unanswered question"},
    {"end", "when it was answered or closed; null: open"},
    {"how", "answered_human, answered_ai, closed_unanswered or open"},
    {"turn_length", "how long the customer waited, in seconds"},
    {"status", "status of the ticket"},
    {"segment_from", "when it began"},
    {"segment_to", "when it ended"},
    {"segment_length", "how long it lasted, in seconds"},
    {"event", "number of the event"},
    {"time", "when it happened"},
    {"what", "what happened"},
    {"way", "messages and statuses until now, with --forecast"},
    {"alike", "how many went the same way and took as long; null: too few for a forecast"},
    {"remaining_median", "seconds from now within which half of them were solved; null: longer than any"},
    {"remaining_p90", "the same for nine of ten"},
    {"reopens", "times that it was solved and then not any more"},
    {"replies", "public replies by people"},
    {"touches", "replies and notes by people"},
    {"stations", "different agents and queues that had it"},
    {"handoffs", "times that it went from one agent to another"},
    {"fcr", "solved by one reply: yes, no or undecided"},
    {"durable_resolution", "stayed solved: yes, no or undecided"},
};

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::ExplainOptions options;
  std::vector<metrics::UserInterval> intervals = TRY(app::intervals_of(app));
  options.intervals = &intervals;
  if (auto name = call.get("metric")) {
    metrics::Metric metric = TRY(app::metric_named(metrics::MetricNames(&intervals), *name));
    options.only = metric;
  }
  options.forecast = call.has("forecast");
  model::Ticket ticket = TRY(app.find_ticket(call.argument("ID")));
  auto clock = TRY(app::business_clock(app, call));
  if (clock) options.business = &*clock;
  report::Desk desk = TRY(app::open_desk(app, call));
  auto timeline = TRY(desk.store().timeline(ticket.key));
  if (!timeline)
    return failed(fmt::format("#{} has no timeline; run: helpdesk store rebuild", ticket.number));
  TRY(app.show(TRY(report::explain(desk, ticket, *timeline, options))));
  return 0;
}

} // namespace

constinit const cli::Command explain_command{
    "explain",
    "measure",
    "show the events behind a ticket's numbers",
    "Every number that stats counts for this ticket, with the pair of events that it is the time between; "
    "what is not measured and why; each time "
    "the customer waited; the time in each status; and all events in their order.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run,
};

} // namespace helpdesk
