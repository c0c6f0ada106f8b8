#include "report/stats.hpp"

#include "app/app.hpp"
#include "app/input_log.hpp"
#include "app/reporting.hpp"
#include "app/sla.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <algorithm>
#include <charconv>

namespace helpdesk {
extern const cli::Command stats_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "only what started at or after this time"},
    {"until", 0, cli::ValueKind::instant, "WHEN", "only what started before this time"},
    {"by", 0, cli::ValueKind::text, "WHAT",
     "break the numbers down, by one or two: channel,week; also field.NAME",
     "channel|account|agent|queue|tag|priority|language|organisation|hour|weekday|day|week|month"},
    {"metric", 0, cli::ValueKind::text, "NAME",
     "only this metric, count or share; all for every one; names of your own [intervals] too",
     "frt|frt_any|turn|first_resolution|full_resolution|requester_wait|agent_wait|time_unsolved|customer_"
     "wait|auto_ack|agent_work|on_hold|periodic|pausable|abandon|reopens|replies|touches|stations|handoffs|"
     "fcr|"
     "durable_resolution|ratings|all",
     true},
    {"all-turns", 0, cli::ValueKind::none, "",
     "count every question in next reply, the first one of each ticket too"},
    {"cohort", 0, cli::ValueKind::choice, "WHICH",
     "what belongs to the period: what started in it, what was answered in it, or all that was under way",
     "started|answered|period"},
    {"calendar", 0, cli::ValueKind::text, "NAME",
     "business hours to count beside calendar time; none for calendar time alone; standard when it is "
     "configured"},
    {"percentile", 0, cli::ValueKind::integer, "P",
     "also this percentile, 1 to 99, beside the median and p90", "", true},
    {"quantile", 0, cli::ValueKind::choice, "RULE",
     "how the naive quantiles interpolate (Hyndman and Fan's types); r7 when not given", "r1|r2|r6|r7|r8"},
    {"compare", 0, cli::ValueKind::text, "PERIOD", "against another period: previous, or FROM..UNTIL"},
    {"backlog", 0, cli::ValueKind::none, "", "unsolved work at the end of each period, with its age"},
    {"process", 0, cli::ValueKind::none, "",
     "where tickets spend their time, the ways that they take and what goes round in circles"},
    {"doubt", 0, cli::ValueKind::none, "", "what each number may hide: the honesty checks, one line each"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
    app::k_input_flag,
    app::k_mapping_flag,
};
constexpr cli::Example k_examples[] = {
    {"helpdesk stats", "how long customers waited, all time"},
    {"helpdesk stats --since 'last month' --by week", "how it went week by week, with the trend"},
    {"helpdesk stats --by agent --metric frt --format csv",
     "first replies by who gave them, for a spreadsheet"},
    {"helpdesk stats --since 2026-01-05 --compare previous",
     "better or worse than the time before, or by chance?"},
    {"helpdesk stats --by channel,week --metric frt --percentile 95", "two breakdowns at once"},
    {"helpdesk stats --process", "which status holds tickets up, and which ways they take"},
    {"helpdesk stats --doubt", "what to doubt in these numbers"},
    {"helpdesk stats --metric fcr --metric replies", "how much was solved by one reply"},
    {"helpdesk stats --input examples/logs/calls.csv --by agent", "of a file, without a store"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"group", "value that the row is about, with --by"},
    {"group2", "value of the second breakdown"},
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
    {"clock", "cal: every hour counts; biz: business hours only"},
    {"naive_p90", "90th percentile of those that ended well, in seconds"},
    {"count_of", "name of what is counted"},
    {"tickets", "how many tickets were counted"},
    {"total", "sum over the tickets"},
    {"mean", "total by tickets"},
    {"half", "median over the tickets"},
    {"tenth", "90th percentile over the tickets"},
    {"most", "the largest of them"},
    {"share_of", "name of the share"},
    {"share", "yes by yes and no; null when nothing is decided"},
    {"share_lower", "lower 95 % bound of the share (Wilson)"},
    {"share_upper", "upper 95 % bound of the share (Wilson)"},
    {"yes", "tickets that did"},
    {"no", "tickets that did not"},
    {"undecided", "tickets of which it cannot be known yet"},
    {"rating_of", "csat or nps"},
    {"score", "csat: good by good and bad; nps: promoters less detractors, in points; null below 10 ratings"},
    {"score_lower", "lower 95 % bound of the score"},
    {"score_upper", "upper 95 % bound of the score"},
    {"rated", "how many rated"},
    {"good", "ratings of 4 and 5, or promoters"},
    {"neutral", "ratings of 3, or passives"},
    {"bad", "ratings of 1 and 2, or detractors"},
    {"offered", "how many were asked; null when it is not known"},
    {"compared", "metric that is compared"},
    {"n_then", "how many were counted in the other period"},
    {"n_now", "how many are counted in this one"},
    {"mean_then", "mean wait in the other period, in seconds; longer waits count as the limit"},
    {"mean_now", "mean wait in this one"},
    {"difference", "now less then, in seconds"},
    {"difference_lower", "lower 95 % bound of the difference"},
    {"difference_upper", "upper 95 % bound of the difference"},
    {"median_difference",
     "now less then of the Kaplan-Meier medians, in seconds; null when one is not reached"},
    {"median_difference_lower", "lower 95 % bound of it"},
    {"median_difference_upper", "upper 95 % bound of it"},
    {"limit", "up to how long both periods were seen, in seconds"},
    {"p_value", "of the log-rank test, or of Mann-Kendall's in the trend"},
    {"mix", "part of the change that comes from other channels and priorities, in seconds"},
    {"rate", "part of the change that comes from the work itself, in seconds"},
    {"trend_of", "metric whose medians are looked at as a series"},
    {"periods", "how many periods have a median"},
    {"slope", "Theil-Sen slope: seconds a period"},
    {"verdict", "slower, faster, none or too_few"},
    {"signal_of", "metric with a median out of the ordinary"},
    {"signal_at", "its period"},
    {"signal_median", "its median, in seconds"},
    {"limit_lower", "medians are ordinary from here, in seconds"},
    {"limit_upper", "and up to here"},
    {"rule", "beyond: outside the limits; run: eight in a row on one side"},
    {"at", "instant of the backlog"},
    {"unsolved", "tickets that were not solved then"},
    {"came_in", "new ones since the row above"},
    {"solved", "solved since the row above, less those that came back"},
    {"age_median", "median age of the unsolved ones, in seconds"},
    {"age_p90", "90th percentile of their ages"},
    {"age_oldest", "age of the oldest"},
    {"in_status", "status that time was spent in; nobody: no agent had the ticket"},
    {"per_ticket", "mean time in it, in seconds"},
    {"time_share", "its share of the unsolved time"},
    {"longest_share", "its share in the tenth of the tickets that took longest"},
    {"passage_from", "status before a change"},
    {"passage_to", "status after it"},
    {"times", "how often it changed so"},
    {"stayed", "mean time in the status before, in seconds"},
    {"way", "messages and statuses of tickets in their order"},
    {"way_tickets", "how many tickets went this way"},
    {"way_share", "their share of all"},
    {"way_median", "Kaplan-Meier median from creation to solved for good, in seconds; null when not reached"},
    {"way_waiting", "how many of them are not solved now"},
    {"back_from_pending", "how often a pending ticket was opened again"},
    {"ping_pong", "how often a ticket went to another agent and back"},
    {"handed_on_unanswered", "tickets that went to another agent before anybody replied"},
    {"check", "number of the honesty check"},
    {"weight", "alarm, note or fine"},
    {"doubt", "name of the check"},
    {"figure", "what it says"},
    {"excluded_from", "metric that a ticket was left out of; all: of everything"},
    {"reason", "why it was left out"},
    {"count", "how many were left out for that reason"},
};

Result<void> read_metrics(const cli::Invocation& call, const metrics::MetricNames& names,
                          report::StatsOptions& options) {
  std::vector<std::string_view> tallies{"all", "ratings"};
  for (std::size_t i = 0; i < metrics::k_count_count; ++i)
    tallies.push_back(metrics::key(static_cast<metrics::Count>(i)));
  for (std::size_t i = 0; i < metrics::k_share_count; ++i)
    tallies.push_back(metrics::key(static_cast<metrics::Share>(i)));
  for (const std::string& name : call.all("metric")) {
    if (name == "all") {
      for (std::size_t i = 0; i < names.size(); ++i)
        options.metrics.push_back(static_cast<metrics::Metric>(i));
      for (std::size_t i = 0; i < metrics::k_count_count; ++i)
        options.counts.push_back(static_cast<metrics::Count>(i));
      for (std::size_t i = 0; i < metrics::k_share_count; ++i)
        options.shares.push_back(static_cast<metrics::Share>(i));
      options.ratings = true;
    } else if (name == "ratings") {
      options.ratings = true;
    } else if (auto count = metrics::parse_count(name)) {
      options.counts.push_back(*count);
    } else if (auto share = metrics::parse_share(name)) {
      options.shares.push_back(*share);
    } else {
      metrics::Metric metric = TRY(app::metric_named(names, name, tallies));
      options.metrics.push_back(metric);
    }
  }
  for (metrics::Metric metric : options.metrics)
    if (options.cohort == metrics::Cohort::period && !metrics::has_period_view(metric) &&
        !call.all("metric").empty() && call.all("metric").front() != "all")
      return usage_error(
          "--cohort period: \"" + std::string(names.key(metric)) +
          "\" is a sum of several times and has no period view; ask for frt, turn or a resolution");
  return {};
}

Result<void> read_percentiles(const cli::Invocation& call, report::StatsOptions& options) {
  for (const std::string& text : call.all("percentile")) {
    int p = 0;
    std::from_chars(text.data(), text.data() + text.size(), p);
    if (p < 1 || p > 99) return usage_error("--percentile: \"" + text + "\" is not between 1 and 99");
    if (p != 50 && p != 90) options.percentiles.push_back(p);
  }
  static constexpr std::pair<std::string_view, metrics::QuantileRule> rules[] = {
      {"r1", metrics::QuantileRule::r1},
      {"r2", metrics::QuantileRule::r2},
      {"r6", metrics::QuantileRule::r6},
      {"r7", metrics::QuantileRule::r7},
      {"r8", metrics::QuantileRule::r8}};
  for (const auto& [name, rule] : rules)
    if (call.get("quantile") == name) options.rule = rule;
  return {};
}

// Whether something of it depends on what a log calls its events.
bool asks_names(const report::StatsOptions& options) {
  return options.process || options.doubt || (options.intervals && !options.intervals->empty()) ||
         std::any_of(options.by.begin(), options.by.end(),
                     [](const metrics::Dimension& d) { return d.by == metrics::GroupBy::field; });
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::StatsOptions options;
  auto [since, until] = TRY(app::asked_period(app, call));
  options.since = since;
  options.until = until;
  options.by = TRY(app::asked_dimensions(call));
  if (auto cohort = call.get("cohort"))
    options.cohort = metrics::parse_cohort(*cohort).value_or(metrics::Cohort::started);
  std::vector<metrics::UserInterval> intervals = TRY(app::intervals_of(app));
  options.intervals = &intervals;
  TRY(read_metrics(call, metrics::MetricNames(&intervals), options));
  TRY(read_percentiles(call, options));
  if (call.has("all-turns")) options.turns = metrics::Turns::all;
  if (auto other = call.get("compare")) {
    auto period = TRY(app::period_of(app, *other, options.since, options.until));
    options.compare_with = period;
  }
  options.backlog = call.has("backlog");
  options.process = call.has("process");
  options.doubt = call.has("doubt");
  options.target = TRY(app.config())->duration("reply.target");
  std::optional<app::InputLog> input = TRY(app::input_log(app, call, {.names = asks_names(options)}));
  auto clock =
      input ? TRY(app::business_clock(app, call, *input->reader)) : TRY(app::business_clock(app, call));
  if (clock) options.business = &*clock;
  report::Desk desk = TRY(app::desk_of(app, call, input));
  app::SlaPolicies promises;
  if (options.doubt) {
    promises = TRY(app::sla_policies(app, TRY(desk.store().info()).oldest));
    options.policies = &promises.policies;
  }
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
    "Times are calendar time; with a calendar configured, business hours stand beside it. A breakdown takes "
    "the values that a ticket had when it began, where its history tells. Broken down by day, week or month "
    "the medians are looked at as a series: trend and control chart follow.\n\n"
    "--input answers straight from a log in a file: its columns are found out, or told by --mapping. Rows "
    "that "
    "cannot be used are told beside the report, and too many of them are a failure. Customers of open "
    "tickets "
    "wait until now, as if the file had been pulled just now: --now sets another end.\n\n"
    "helpdesk explain ID shows the events behind one ticket's numbers; helpdesk-metrics(7) defines each, and "
    "says how other systems' numbers of the same name differ.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run,
};

} // namespace helpdesk
