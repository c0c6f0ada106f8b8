#include "app/choices.hpp"
#include "app/planning.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command plan_cost_command;
namespace {

constexpr double k_assumed_occupancy = 0.85, k_assumed_shrinkage = 0.3;

constexpr cli::Flag k_flags[] = {
    {"hourly", 0, cli::ValueKind::text, "AMOUNT", "what an hour of one person costs, all in"},
    {"aht", 0, cli::ValueKind::text, "[CHANNEL=]TIME",
     "handle time of one; worklogs of the store when not given", "", true},
    {"at-once", 0, cli::ValueKind::integer, "N", "chats of one person at the same time, 1 to 5"},
    {"platform", 0, cli::ValueKind::text, "[CHANNEL=]AMOUNT",
     "what software and lines cost in the period, of one channel or of all", "", true},
    {"contacts", 0, cli::ValueKind::text, "[CHANNEL=]N",
     "so many contacts; those of the store when not given", "", true},
    {"resolved", 0, cli::ValueKind::text, "[CHANNEL=]N", "so many that stayed solved, with --contacts", "",
     true},
    {"occupancy", 0, cli::ValueKind::text, "SHARE", "share of the time at work that people are busy (85%)"},
    {"shrinkage", 0, cli::ValueKind::text, "SHARE",
     "paid time that goes to breaks, leave and meetings (30%)"},
    {"channel", 0, cli::ValueKind::text, "NAME", "only this channel", app::k_channel_choices, true},
    app::k_plan_since,
    app::k_plan_until,
    app::k_plan_account,
};
constexpr cli::Example k_examples[] = {
    {"helpdesk plan cost --hourly 30 --aht 6m", "what each of the store's questions costs"},
    {"helpdesk plan cost --hourly 30 --contacts phone=300 --aht phone=5m --contacts chat=500 --aht chat=12m "
     "--at-once 3 --resolved phone=240 --resolved chat=300",
     "is chat cheaper than the phone?"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"channel", "how the customers wrote; total, or all when it was not told"},
    {"contacts", "how many"},
    {"handling", "one person's time for each, in seconds"},
    {"per_contact", "what one costs, in the money of --hourly"},
    {"whole", "what all of them cost"},
    {"resolved", "tickets that were solved and stayed so for 7 days"},
    {"undecided", "tickets that were solved less than 7 days ago"},
    {"per_resolution", "what all contacts cost by those that stayed solved; null when none did"},
    {"basis", "where the handle time comes from"},
};

Result<void> by_flags(const cli::Invocation& call, const app::ByChannel& aht, report::CostOptions& options) {
  app::ByChannel contacts = TRY(app::by_channel(call, "contacts"));
  app::ByChannel resolved = TRY(app::by_channel(call, "resolved"));
  if (contacts.all && !contacts.by.empty())
    return usage_error("--contacts: name the channel of each, or give one number for all");
  auto add = [&](std::optional<model::Channel> channel, const std::string& text) -> Result<void> {
    report::CostRow row;
    if (channel) row.channel = model::text(*channel);
    row.contacts = TRY(app::count_in("contacts", text));
    row.handling = TRY(app::handling_of(aht, channel, nullptr));
    if (!row.handling)
      return usage_error(fmt::format("plan cost: give --aht {}{}TIME", row.channel, channel ? "=" : ""));
    auto own = channel ? resolved.by.find(*channel) : resolved.by.end();
    if (own != resolved.by.end()) row.resolved = TRY(app::count_in("resolved", own->second));
    if (!channel && resolved.all) row.resolved = TRY(app::count_in("resolved", *resolved.all));
    if (row.resolved.value_or(0) > row.contacts)
      return usage_error("--resolved: more stayed solved than there were --contacts");
    options.rows.push_back(std::move(row));
    return {};
  };
  if (contacts.all) TRY(add(std::nullopt, *contacts.all));
  for (const auto& [channel, text] : contacts.by) TRY(add(channel, text));
  return {};
}

Result<void> by_store(const cli::Invocation& call, const app::ByChannel& aht, const app::PlanData& data,
                      report::CostOptions& options) {
  if (call.has("resolved")) return usage_error("--resolved goes with --contacts: the store counts its own");
  std::vector<model::Channel> channels = TRY(app::channels_of(call));
  for (const auto& [channel, work] : data.work->channels) {
    if (!channels.empty() && std::find(channels.begin(), channels.end(), channel) == channels.end()) continue;
    if (work.contacts == 0) continue;
    report::CostRow row;
    row.channel = model::text(channel);
    row.contacts = work.contacts;
    row.handling = TRY(app::handling_of(aht, channel, &work));
    row.resolved = work.durable.yes;
    row.undecided = work.durable.undecided;
    options.rows.push_back(std::move(row));
  }
  bool any_known = std::any_of(options.rows.begin(), options.rows.end(),
                               [](const report::CostRow& row) { return row.handling.has_value(); });
  if (!options.rows.empty() && !any_known)
    return usage_error("plan cost: no worklog says how long a contact takes; give --aht");
  return {};
}

Result<void> add_platform(const cli::Invocation& call, report::CostOptions& options) {
  app::ByChannel platform = TRY(app::by_channel(call, "platform"));
  if (platform.all) options.shared_platform = TRY(app::amount_in("platform", *platform.all));
  for (const auto& [channel, text] : platform.by) {
    double amount = TRY(app::amount_in("platform", text));
    bool found = false;
    for (report::CostRow& row : options.rows)
      if (row.channel == model::text(channel)) {
        row.platform = amount;
        found = true;
      }
    if (!found)
      return usage_error(fmt::format("--platform: there are no contacts by {}", model::text(channel)));
  }
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  report::CostOptions options;
  auto hourly = TRY(app::amount_of(call, "hourly"));
  if (!hourly) return usage_error("plan cost: say with --hourly what an hour of one person costs, all in");
  options.hourly = *hourly;
  options.occupancy = TRY(app::share_of(call, "occupancy", k_assumed_occupancy, app::ShareRange::above_zero));
  options.shrinkage = TRY(app::share_of(call, "shrinkage", k_assumed_shrinkage, app::ShareRange::below_one));
  int at_once = TRY(app::at_once_of(call));
  app::ByChannel aht = TRY(app::by_channel(call, "aht"));
  app::PlanData data;
  if (call.has("contacts")) {
    TRY(by_flags(call, aht, options));
  } else {
    data = TRY(app::plan_data(app, call, "--contacts and --aht"));
    TRY(by_store(call, aht, data, options));
  }
  for (report::CostRow& row : options.rows)
    if (row.channel == model::text(model::Channel::chat) || (row.channel.empty() && options.rows.size() == 1))
      row.at_once = at_once;
  TRY(add_platform(call, options));
  TRY(app.show(report::cost_plan(app::plan_head(app, data), options)));
  return 0;
}

} // namespace

constinit const cli::Command plan_cost_command{
    "plan cost",
    "measure",
    "what a contact and a lasting solution cost, by channel",
    "A contact costs the handle time at --hourly, divided by the share of paid time that people are busy, "
    "and "
    "its part of --platform. A lasting solution costs what all contacts of its channel cost, over the "
    "tickets "
    "that stayed solved for 7 days: a channel that is cheap a contact and solves little is not cheap.\n\n"
    "Handle times come from worklogs, or from --aht. With --contacts no store is read.",
    {},
    k_flags,
    k_examples,
    cli::Output::document,
    k_fields,
    &run};

} // namespace helpdesk
