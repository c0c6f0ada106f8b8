#include "app/choices.hpp"
#include "app/planning.hpp"
#include "app/reporting.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command plan_workload_command;
namespace {

constexpr double k_assumed_occupancy = 0.85, k_assumed_shrinkage = 0.3;
constexpr Duration k_day = std::chrono::hours(24), k_week = std::chrono::hours(24 * 7);

constexpr cli::Flag k_flags[] = {
    {"arrivals", 0, cli::ValueKind::text, "N",
     "questions in the time of --per; those of the store when neither this nor --open is given"},
    {"per", 0, cli::ValueKind::duration, "TIME", "time in which they come: 1w, or 1d for a working day (1w)"},
    {"growth", 0, cli::ValueKind::text, "SHARE", "so many more, such as 20%, or -10% for fewer"},
    {"aht", 0, cli::ValueKind::text, "[CHANNEL=]TIME",
     "handle time of one; worklogs of the store when not given", "", true},
    {"hours", 0, cli::ValueKind::duration, "TIME",
     "what one full-time person is paid for in the time of --per (40h a week, 8h a day)"},
    {"occupancy", 0, cli::ValueKind::text, "SHARE",
     "share of the time at work that this work may take (85%)"},
    {"shrinkage", 0, cli::ValueKind::text, "SHARE",
     "paid time that goes to breaks, leave and meetings (30%)"},
    {"people", 0, cli::ValueKind::integer, "N", "would so many at work answer in time what is open?"},
    {"open", 0, cli::ValueKind::text, "N@TIME",
     "so many are open and due within this working time; what the store has when not given", "", true},
    {"channel", 0, cli::ValueKind::text, "NAME", "only this channel; all but phone and chat when not given",
     app::k_channel_choices, true},
    {"calendar", 0, cli::ValueKind::text, "NAME",
     "working hours until what is open is due; standard when it is configured, none for calendar time"},
    app::k_plan_since,
    app::k_plan_until,
    app::k_plan_account,
};
constexpr cli::Example k_examples[] = {
    {"helpdesk plan workload --aht 6m", "the store's own questions, at six minutes each"},
    {"helpdesk plan workload --arrivals 200 --per 1d --aht 6m --hours 7h --occupancy 100%",
     "200 mails a day, no store needed"},
    {"helpdesk plan workload --open 12@2h --open 30@8h --aht 15m --people 2",
     "can two people answer what is open in time?"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"channel", "how the customers wrote; total, or all when it was not told"},
    {"arrivals", "questions in the time of --per"},
    {"handling", "handle time of one, in seconds"},
    {"work", "work in the time of --per, in seconds"},
    {"full_time", "full-time people for it"},
    {"basis", "where the handle time comes from"},
    {"left", "working time until it is due, in seconds; 0 when none is left"},
    {"so_many", "how much is due by then"},
    {"so_much", "its work, in seconds"},
    {"at_least", "people at work whom that takes; null when no time is left"},
};

std::vector<model::Channel> in_a_list(const report::Work& work) {
  std::vector<model::Channel> channels;
  for (const auto& [channel, counted] : work.channels)
    if (channel != model::Channel::phone && channel != model::Channel::chat) channels.push_back(channel);
  return channels;
}

// "12@2h"
Result<report::OpenPiece> piece_in(std::string_view text, Duration handling) {
  std::size_t at = text.find('@');
  if (at == std::string_view::npos)
    return usage_error(fmt::format("--open: \"{}\" is not N@TIME, such as 12@2h: twelve, due in two hours",
                                   ellipsize(clean_utf8(text), 60)));
  report::OpenPiece piece;
  piece.count = TRY(app::count_in("open", text.substr(0, at)));
  auto left = parse_duration(trim(text.substr(at + 1)));
  if (!left) return in_context("--open", left.error());
  piece.left = *left;
  piece.handling = handling;
  return piece;
}

Result<void> read_hours(const cli::Invocation& call, report::WorkloadOptions& options) {
  if (auto per = call.get("per")) options.per = TRY(parse_duration(*per));
  if (options.per <= Duration::zero()) return usage_error("--per: more than nothing is needed");
  if (auto hours = call.get("hours"))
    options.hours = {TRY(parse_duration(*hours)), "given"};
  else if (options.per == k_week)
    options.hours = {std::chrono::hours(40), "assumed"};
  else if (options.per == k_day)
    options.hours = {std::chrono::hours(8), "assumed"};
  else
    return usage_error("plan workload: say with --hours what one person works in the time of --per");
  if (options.hours.value <= Duration::zero()) return usage_error("--hours: more than nothing is needed");
  return {};
}

// Everything by flags.
Result<void> by_flags(const cli::Invocation& call, const app::ByChannel& aht,
                      report::WorkloadOptions& options) {
  auto handling = TRY(app::handling_of(aht, std::nullopt, nullptr));
  if (!handling) return usage_error("plan workload: give --aht with --arrivals and --open");
  if (auto arrivals = TRY(app::amount_of(call, "arrivals")))
    options.rows.push_back({"", {*arrivals, "given"}, handling});
  for (const std::string& text : call.all("open")) {
    report::OpenPiece piece = TRY(piece_in(text, handling->value));
    options.open.push_back(piece);
    options.open_origin = "given";
  }
  return {};
}

Result<void> by_store(app::App& app, const cli::Invocation& call, const app::ByChannel& aht,
                      const app::PlanData& data, report::WorkloadOptions& options) {
  if (call.has("per")) return usage_error("--per says in what time --arrivals come: give both");
  std::vector<model::Channel> channels = TRY(app::channels_of(call));
  if (channels.empty()) channels = in_a_list(*data.work);
  for (model::Channel channel : channels) {
    report::ChannelWork work = data.work->of({channel});
    if (work.contacts == 0) continue;
    report::WorkloadRow row;
    row.channel = model::text(channel);
    row.arrivals = {static_cast<double>(work.contacts) / data.work->weeks(), "measured"};
    row.handling = TRY(app::handling_of(aht, channel, &work));
    options.rows.push_back(std::move(row));
  }
  bool any_known = std::any_of(options.rows.begin(), options.rows.end(),
                               [](const report::WorkloadRow& row) { return row.handling.has_value(); });
  if (!options.rows.empty() && !any_known)
    return usage_error("plan workload: no worklog says how long answering takes; give --aht");
  auto clock = TRY(app::business_clock(app, call));
  app::OpenWork open = TRY(
      app::open_work(app, *data.desk, *data.work, aht,
                     clock ? static_cast<const metrics::Clock&>(*clock) : metrics::wall_clock(), channels));
  options.open = std::move(open.pieces);
  options.open_origin = open.origin;
  options.without_time = open.without_time;
  options.paused = open.paused;
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::WorkloadOptions options;
  options.occupancy = TRY(app::share_of(call, "occupancy", k_assumed_occupancy, app::ShareRange::above_zero));
  options.shrinkage = TRY(app::share_of(call, "shrinkage", k_assumed_shrinkage, app::ShareRange::below_one));
  double growth = TRY(app::growth_of(call));
  TRY(read_hours(call, options));
  if (auto text = call.get("people")) {
    std::int64_t n = TRY(app::count_in("people", *text));
    if (n < 1 || n > 10'000) return usage_error("--people: give a number from 1 to 10000");
    options.people = static_cast<int>(n);
  }
  app::ByChannel aht = TRY(app::by_channel(call, "aht"));
  app::PlanData data;
  if (call.has("arrivals") || call.has("open")) {
    TRY(by_flags(call, aht, options));
  } else {
    data = TRY(app::plan_data(app, call, "--arrivals and --aht"));
    TRY(by_store(app, call, aht, data, options));
  }
  for (report::WorkloadRow& row : options.rows) row.arrivals.value *= growth;
  options.growth = growth;
  TRY(app.show(report::workload_plan(app::plan_head(app, data), options)));
  return 0;
}

} // namespace

constinit const cli::Command plan_workload_command{
    "plan workload",
    "measure",
    "how many people mail and other lists of work need",
    "What nobody waits on the line for: full-time people for what comes in, by channel, and whether what is "
    "open can be answered in time. For that the open questions are taken in the order in which they are due: "
    "if any order keeps every due time, this one does. Working time until then is counted by the calendar; "
    "due times are those of [sla.NAME], else of [reply] target.\n\n"
    "Handle times come from worklogs, or from --aht. With --arrivals or --open no store is read.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run};

} // namespace helpdesk
