#include "app/planning.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command plan_staff_command;
namespace {

constexpr double k_assumed_level = 0.8, k_assumed_occupancy = 0.85, k_assumed_shrinkage = 0.3;

constexpr cli::Flag k_flags[] = {
    {"calls", 0, cli::ValueKind::text, "N",
     "calls or chats in the time of --per; the busiest hour of the week in the store when not given"},
    {"per", 0, cli::ValueKind::duration, "TIME", "time in which they come (1h)"},
    {"growth", 0, cli::ValueKind::text, "SHARE", "so many more, such as 20%, or -10% for fewer"},
    {"aht", 0, cli::ValueKind::duration, "TIME",
     "handle time of one, with the work after it; worklogs of the store when not given"},
    {"target", 0, cli::ValueKind::text, "SHARE/TIME", "what share to answer within what time (80/20s)"},
    {"patience", 0, cli::ValueKind::text, "TIME",
     "mean time after which callers hang up: Erlang A beside Erlang C; the store's own when it tells of ten "
     "who did; none for Erlang C alone"},
    {"formula", 0, cli::ValueKind::choice, "N",
     "how the level until now is counted: 1 answered or hung up in time, of all; 2 answered in time, of the "
     "answered; 3 answered in time, of all; 4 of all but those who hung up in time; 5 answered in time or "
     "hung "
     "up within 5 s, of all (4)",
     "1|2|3|4|5"},
    {"at-once", 0, cli::ValueKind::integer, "N", "chats of one person at the same time, 1 to 5"},
    {"people", 0, cli::ValueKind::integer, "N", "show what so many at work do", "", true},
    {"occupancy", 0, cli::ValueKind::text, "SHARE", "nobody is busy more of the time than this (85%)"},
    {"shrinkage", 0, cli::ValueKind::text, "SHARE",
     "paid time that goes to breaks, leave and meetings (30%)"},
    {"channel", 0, cli::ValueKind::choice, "NAME", "measure this channel (phone)", "phone|chat"},
    app::k_plan_since,
    app::k_plan_until,
    app::k_plan_account,
};
constexpr cli::Example k_examples[] = {
    {"helpdesk plan staff --calls 100 --per 30m --aht 3m --target 80/20s",
     "100 calls in half an hour, three minutes each"},
    {"helpdesk plan staff --calls 100 --per 30m --aht 3m --patience 5m --people 10 --people 12",
     "what if there were 10, or 12, and callers hang up after five minutes?"},
    {"helpdesk plan staff --channel chat --calls 60 --aht 12m --at-once 3 --shrinkage 25%",
     "chats, three at once"},
    {"helpdesk plan staff --aht 4m --formula 2",
     "the level until now as a product counts it that forgets "
     "who hung up",
     false},
    {"helpdesk plan staff --aht 4m --growth 20%", "the calls of the store's busiest hour and a fifth more",
     false},
};
constexpr cli::FieldDoc k_fields[] = {
    {"measured_level", "share answered in time until now, by --formula; of the store's calls or chats"},
    {"formula", "its number"},
    {"level_1", "the same by formula 1: answered or hung up in time, of all"},
    {"level_2", "by formula 2: answered in time, of the answered"},
    {"level_3", "by formula 3: answered in time, of all"},
    {"level_4", "by formula 4: answered in time, of all but those who hung up in time"},
    {"level_5", "by formula 5: answered in time or hung up within 5 s, of all"},
    {"answered", "how many were answered"},
    {"hung_up", "how many hung up before"},
    {"people", "people at work"},
    {"payroll", "people on the payroll for that"},
    {"model", "Erlang C: nobody hangs up; Erlang A: after the time of --patience, on average"},
    {"service_level", "share answered within the time of --target; null when the line only grows"},
    {"mean_wait", "mean wait over all, in seconds"},
    {"p90_wait", "wait that one in ten exceeds, in seconds"},
    {"waits", "share that must wait at all"},
    {"occupancy", "share of their time that people are busy"},
    {"abandoned", "share that hangs up"},
    {"queue", "mean number of those who wait"},
    {"enough", "whether that reaches the aim"},
    {"hour", "hour of the week"},
    {"mean_arrivals", "mean number that comes in that hour"},
    {"hours", "how often that hour lies in the period"},
    {"people_needed", "people at work that it needs"},
};

// "80/20s", "80%/20s".
Result<void> read_target(const cli::Invocation& call, report::StaffOptions& options) {
  options.service_level = {k_assumed_level, "assumed"};
  auto text = call.get("target");
  if (!text) return {};
  auto wrong = [&] {
    return usage_error(fmt::format("--target: \"{}\" is no aim such as 80/20s: 80 % within 20 seconds",
                                   ellipsize(clean_utf8(*text), 60)));
  };
  std::size_t slash = text->find('/');
  if (slash == std::string::npos) return wrong();
  std::string_view share = trim(std::string_view(*text).substr(0, slash));
  if (share.ends_with('%')) share.remove_suffix(1);
  auto percent = app::amount_in("target", trim(share));
  if (!percent || *percent <= 0 || *percent >= 100) return wrong();
  auto within = parse_duration(trim(std::string_view(*text).substr(slash + 1)));
  if (!within || *within < Duration::zero()) return wrong();
  options.service_level = {*percent / 100, "given"};
  options.answer_within = *within;
  return {};
}

Result<void> read_people(const cli::Invocation& call, report::StaffOptions& options) {
  for (const std::string& text : call.all("people")) {
    std::int64_t n = TRY(app::count_in("people", text));
    if (n < 1 || n > 10'000) return usage_error("--people: give a number from 1 to 10000");
    options.people.push_back(static_cast<int>(n));
  }
  return {};
}

Result<std::optional<Duration>> time_of(const cli::Invocation& call, std::string_view flag) {
  auto text = call.get(flag);
  if (!text) return std::optional<Duration>();
  auto time = parse_duration(*text);
  if (!time) return in_context("--" + std::string(flag), time.error());
  if (*time <= Duration::zero()) return usage_error(fmt::format("--{}: more than nothing is needed", flag));
  return std::optional<Duration>(*time);
}

// Arrivals of the hour of the week that brings most.
Result<report::Input<double>> busiest_hour(const report::Work& work, const report::StaffOptions& options) {
  report::ChannelWork channel = work.of(options.channels);
  double most = 0;
  std::size_t hour = 0;
  for (std::size_t i = 0; i < report::k_hours_of_week; ++i) {
    if (work.hours[i] == 0) continue;
    double mean = static_cast<double>(channel.contacts_at[i]) / static_cast<double>(work.hours[i]);
    if (mean > most) {
      most = mean;
      hour = i;
    }
  }
  if (most == 0)
    return usage_error(
        fmt::format("plan staff: the store has no {} in that time; give --calls", options.what));
  return report::Input<double>{most, fmt::format("measured: the busiest hour, {}, mean of {} weeks",
                                                 report::hour_name(hour), work.hours[hour])};
}

void measured_patience(const report::Work& work, report::StaffOptions& options) {
  report::ChannelWork channel = work.of(options.channels);
  auto seconds = channel.patience();
  if (!seconds) return;
  options.patience = report::seconds_of(*seconds);
  options.patience_origin = fmt::format("measured: {} hung up", channel.gone());
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::StaffOptions options;
  bool chat = call.get("channel") == "chat";
  options.what = chat ? "chats" : "calls";
  options.channels = {chat ? model::Channel::chat : model::Channel::phone};
  TRY(read_target(call, options));
  TRY(read_people(call, options));
  options.occupancy_cap =
      TRY(app::share_of(call, "occupancy", k_assumed_occupancy, app::ShareRange::above_zero));
  options.shrinkage = TRY(app::share_of(call, "shrinkage", k_assumed_shrinkage, app::ShareRange::below_one));
  options.at_once = TRY(app::at_once_of(call));
  bool without_patience = call.get("patience") == "none";
  if (!without_patience) options.patience = TRY(time_of(call, "patience"));
  if (auto formula = call.get("formula"))
    options.formula = static_cast<metrics::LevelFormula>(formula->front() - '1');
  double growth = TRY(app::growth_of(call));
  auto calls = TRY(app::amount_of(call, "calls"));
  auto per = TRY(time_of(call, "per"));
  auto aht = TRY(time_of(call, "aht"));
  if (per && !calls) return usage_error("--per says in what time the --calls come: give both");
  app::PlanData data;
  if (!calls || !aht) data = TRY(app::plan_data(app, call, "--calls and --aht"));
  if (calls) {
    options.arrivals = {*calls, "given"};
    options.per = per.value_or(options.per);
  } else {
    options.arrivals = TRY(busiest_hour(*data.work, options));
  }
  if (growth != 1) {
    options.arrivals.value *= growth;
    options.arrivals.origin =
        fmt::format("{}; with {} of growth", options.arrivals.origin, report::percent_text(growth - 1));
  }
  if (options.arrivals.value <= 0) return usage_error("plan staff: nobody comes, so nobody is needed");
  if (aht) {
    options.handling = {*aht, "given"};
  } else {
    report::ChannelWork channel = data.work->of(options.channels);
    auto measured = TRY(app::handling_of({}, options.channels.front(), &channel));
    if (!measured)
      return usage_error(
          fmt::format("plan staff: no worklog says how long {} take; give --aht", options.what));
    options.handling = *measured;
  }
  if (data.work && !options.patience && !without_patience) measured_patience(*data.work, options);
  if (calls) data.work.reset(); // the week's pattern is that of other calls
  TRY(app.show(TRY(report::staff_plan(app::plan_head(app, data), options))));
  return 0;
}

} // namespace

constinit const cli::Command plan_staff_command{
    "plan staff",
    "measure",
    "how many people calls or chats need",
    "The fewest people that answer the share of --target in time while nobody is busy for more than "
    "--occupancy, by Erlang C (nobody hangs up) and with --patience by Erlang A (they do); then what a few "
    "more or fewer would do. Callers' patience is measured where ten or more hung up: all the waiting there "
    "was, "
    "by those who did. A call is one that came in; a chat counts from its beginning until it is "
    "solved. Without --calls the store's own are taken: the hour of the week that brings most on average, "
    "and every other hour's need below.\n\n"
    "Without --aht handle times come from worklogs; where there is none they must be given.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run};

} // namespace helpdesk
