#include "app/planning.hpp"

#include "app/reporting.hpp"
#include "app/sla.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"
#include "report/sla.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

constexpr int k_days_measured = 84; // whole weeks
constexpr double k_largest = 1e12;

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || at != text.data() + text.size() || !std::isfinite(value) ||
      std::fabs(value) > k_largest)
    return std::nullopt;
  return value;
}

std::string quoted(std::string_view text) { return "\"" + ellipsize(clean_utf8(text), 60) + "\""; }

// "85%" as 0.85.
std::optional<double> percent_in(std::string_view text) {
  text = trim(text);
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  auto value = number_in(trim(text));
  if (!value) return std::nullopt;
  return *value / 100;
}

Result<model::Channel> channel_named(std::string_view flag, std::string_view name) {
  if (auto channel = model::parse<model::Channel>(name)) return *channel;
  const auto& names = model::EnumNames<model::Channel>::value;
  std::vector<std::string_view> known(names.begin(), names.end());
  std::string hint = cli::did_you_mean(name, known);
  return usage_error(fmt::format("--{}: no channel {}{}", flag, quoted(name),
                                 hint.empty() ? fmt::format("; they are {}", fmt::join(known, ", ")) : hint));
}

} // namespace

Result<double> amount_in(std::string_view flag, std::string_view text) {
  auto value = number_in(trim(text));
  if (!value || *value < 0)
    return usage_error(fmt::format("--{}: {} is not a number such as 100 or 3.5", flag, quoted(text)));
  return *value;
}

Result<std::int64_t> count_in(std::string_view flag, std::string_view text) {
  double value = TRY(amount_in(flag, text));
  if (value != std::floor(value))
    return usage_error(fmt::format("--{}: {} is not a whole number", flag, quoted(text)));
  return static_cast<std::int64_t>(value);
}

Result<std::optional<double>> amount_of(const cli::Invocation& call, std::string_view flag) {
  auto text = call.get(flag);
  if (!text) return std::optional<double>();
  double value = TRY(amount_in(flag, *text));
  return std::optional<double>(value);
}

Result<report::Input<double>> share_of(const cli::Invocation& call, std::string_view flag, double assumed,
                                       ShareRange range) {
  auto text = call.get(flag);
  if (!text) return report::Input<double>{assumed, "assumed"};
  auto value = percent_in(*text);
  bool fits =
      value && *value >= 0 && *value <= 1 && (range == ShareRange::above_zero ? *value > 0 : *value < 1);
  if (!fits) return usage_error(fmt::format("--{}: {} is not a share such as 85%", flag, quoted(*text)));
  return report::Input<double>{*value, "given"};
}

Result<double> growth_of(const cli::Invocation& call) {
  auto text = call.get("growth");
  if (!text) return 1.0;
  auto value = percent_in(*text);
  if (!value || *value < -1 || *value > 1000)
    return usage_error(fmt::format("--growth: {} is not a change such as 20% or -10%", quoted(*text)));
  return 1 + *value;
}

Result<int> at_once_of(const cli::Invocation& call) {
  auto text = call.get("at-once");
  if (!text) return 1;
  std::int64_t n = TRY(count_in("at-once", *text));
  if (n < 1 || n > 5) return usage_error("--at-once: give a number from 1 to 5");
  return static_cast<int>(n);
}

Result<std::vector<model::Channel>> channels_of(const cli::Invocation& call) {
  std::vector<model::Channel> channels;
  for (const std::string& name : call.all("channel")) {
    model::Channel channel = TRY(channel_named("channel", name));
    if (std::find(channels.begin(), channels.end(), channel) == channels.end()) channels.push_back(channel);
  }
  return channels;
}

const std::string* ByChannel::of(std::optional<model::Channel> channel) const {
  if (channel)
    if (auto it = by.find(*channel); it != by.end()) return &it->second;
  return all ? &*all : nullptr;
}

Result<ByChannel> by_channel(const cli::Invocation& call, std::string_view flag) {
  ByChannel out;
  for (const std::string& text : call.all(flag)) {
    std::size_t sign = text.find('=');
    if (sign == std::string::npos) {
      out.all = text;
    } else {
      model::Channel channel = TRY(channel_named(flag, std::string_view(text).substr(0, sign)));
      out.by[channel] = text.substr(sign + 1);
    }
  }
  return out;
}

Result<std::optional<report::Input<Duration>>>
handling_of(const ByChannel& given, std::optional<model::Channel> channel, const report::ChannelWork* work) {
  std::optional<report::Input<Duration>> out;
  if (const std::string* text = given.of(channel)) {
    auto parsed = parse_duration(*text);
    if (!parsed) return in_context("--aht", parsed.error());
    if (*parsed <= Duration::zero()) return usage_error("--aht: handling a contact takes some time");
    out = {*parsed, "given"};
  } else if (work) {
    if (auto seconds = work->handling())
      out = {report::seconds_of(*seconds),
             fmt::format("measured: worklogs of {} of {} tickets", work->logged_tickets, work->tickets)};
  }
  return out;
}

Result<PlanData> plan_data(App& app, const cli::Invocation& call, std::string_view instead) {
  auto [since, until] = TRY(asked_period(app, call));
  auto desk = open_desk(app, call);
  if (!desk) {
    Error error = desk.error();
    error.message += fmt::format("; or give {}", instead);
    return Failure(std::move(error));
  }
  PlanData data;
  data.desk.emplace(std::move(*desk));
  Instant end = until.value_or(app.now());
  data.work =
      TRY(report::read_work(*data.desk, since.value_or(app.zone().add_days(end, -k_days_measured)), end));
  if (data.work->since == data.work->until)
    return usage_error(fmt::format("plan: no complete hour of data before {}; give {}",
                                   format_minute(end, app.zone()), instead));
  return data;
}

report::PlanHead plan_head(App& app, const PlanData& data) {
  return {app.now(), app.zone(), data.desk ? &*data.desk : nullptr, data.work ? &*data.work : nullptr};
}

Result<OpenWork> open_work(App& app, const report::Desk& desk, const report::Work& work,
                           const ByChannel& handling, const metrics::Clock& clock,
                           const std::vector<model::Channel>& channels) {
  store::Info info = TRY(desk.store().info());
  SlaPolicies policies = TRY(sla_policies(app, info.oldest));
  OpenWork out;
  out.origin = fmt::format("{}, in {}", policies.configured ? "what [sla.NAME] promises" : "[reply] target",
                           clock.name() == metrics::wall_clock().name()
                               ? std::string("calendar time")
                               : fmt::format("the working time of calendar {}", clock.name()));
  std::map<model::Channel, std::optional<Duration>> times;
  for (const report::SlaItem& item : TRY(report::sla_open(desk, policies.policies, {}))) {
    if (item.clock.metric != metrics::SlaMetric::first_reply &&
        item.clock.metric != metrics::SlaMetric::next_reply)
      continue;
    if (!channels.empty() && std::find(channels.begin(), channels.end(), item.channel) == channels.end())
      continue;
    if (!item.clock.due) {
      ++out.paused;
      continue;
    }
    auto [time, is_new] = times.try_emplace(item.channel);
    if (is_new) {
      report::ChannelWork channel = work.of({item.channel});
      auto known = TRY(handling_of(handling, item.channel, &channel));
      if (known) time->second = known->value;
    }
    if (!time->second) {
      ++out.without_time;
      continue;
    }
    out.pieces.push_back({clock.elapsed(desk.now(), *item.clock.due), *time->second, 1});
  }
  return out;
}

} // namespace helpdesk::app
