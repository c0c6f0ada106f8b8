// What the plan commands share: amounts, shares and values by channel out of their flags, and the desk's own
// numbers where flags do not say.
#pragma once

#include "app/app.hpp"
#include "cli/command.hpp"
#include "report/plan.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

// Flags of every plan: what is measured.
inline constexpr cli::Flag k_plan_since{"since", 0, cli::ValueKind::instant, "WHEN",
                                        "measure from this time on; 12 weeks when not given"};
inline constexpr cli::Flag k_plan_until{"until", 0, cli::ValueKind::instant, "WHEN",
                                        "measure until this time; now when not given"};
inline constexpr cli::Flag k_plan_account{
    "account", 0, cli::ValueKind::account, "NAME", "only this account", "", true};

// "100", "3.5": not negative. Usage error that names the flag.
Result<double> amount_in(std::string_view flag, std::string_view text);
Result<std::int64_t> count_in(std::string_view flag, std::string_view text);
Result<std::optional<double>> amount_of(const cli::Invocation& call, std::string_view flag);
// "85%", above 0 and at most 100 %; what is assumed when the flag is not there. zero_too: 0 % is one, 100 %
// is none.
enum class ShareRange : unsigned char { above_zero, below_one };
Result<report::Input<double>> share_of(const cli::Invocation& call, std::string_view flag, double assumed,
                                       ShareRange range);
// --growth 20%, --growth -10%: what arrivals are multiplied by; 1 when it is not there.
Result<double> growth_of(const cli::Invocation& call);
// --at-once, 1 to 5; 1 when it is not there.
Result<int> at_once_of(const cli::Invocation& call);
Result<std::vector<model::Channel>> channels_of(const cli::Invocation& call);

// "6m" for every channel, "phone=3m" for one; the last one that fits holds.
struct ByChannel {
  std::optional<std::string> all;
  std::map<model::Channel, std::string> by;
  const std::string* of(std::optional<model::Channel> channel) const;
};
Result<ByChannel> by_channel(const cli::Invocation& call, std::string_view flag);
// --aht of a channel, else what its worklogs say, else nothing.
Result<std::optional<report::Input<Duration>>>
handling_of(const ByChannel& given, std::optional<model::Channel> channel, const report::ChannelWork* work);

// The desk and what it measured between --since (12 weeks before the end) and --until (now).
struct PlanData {
  std::optional<report::Desk> desk;
  std::optional<report::Work> work;
};
// instead: the flags that would do without a store, for the error message.
Result<PlanData> plan_data(App& app, const cli::Invocation& call, std::string_view instead);
// data must outlive it.
report::PlanHead plan_head(App& app, const PlanData& data);

// Every question that waits, by when its promise is due in the working time of clock.
struct OpenWork {
  std::vector<report::OpenPiece> pieces;
  std::int64_t without_time = 0, paused = 0;
  std::string origin;
};
Result<OpenWork> open_work(App& app, const report::Desk& desk, const report::Work& work,
                           const ByChannel& handling, const metrics::Clock& clock,
                           const std::vector<model::Channel>& channels);

} // namespace helpdesk::app
