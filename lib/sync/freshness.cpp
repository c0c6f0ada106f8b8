#include "sync/freshness.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace helpdesk::sync {
namespace {

constexpr int k_weeks = 8;
constexpr std::size_t k_least_records = 30;
constexpr double k_alarm = 0.001;
constexpr auto k_hour = std::chrono::hours(1);

std::size_t hour_of_week(Instant t, const Zone& zone) {
  Civil c = zone.civil(t);
  return static_cast<std::size_t>((c.weekday - 1) * 24 + c.hour);
}

} // namespace

std::optional<QuietWarning> judge_quiet(const std::vector<Instant>& arrivals, Instant now, const Zone& zone) {
  if (arrivals.empty()) return std::nullopt;
  Instant newest = arrivals.back();
  Instant start = newest - std::chrono::hours(24 * 7 * k_weeks);
  std::array<double, 168> rate{}; // arrivals an hour, for each hour of the week
  std::size_t count = 0;
  Duration longest{};
  std::optional<Instant> before;
  for (Instant t : arrivals) {
    if (t < start) continue;
    ++count;
    rate[hour_of_week(t, zone)] += 1.0 / k_weeks;
    if (before) longest = std::max(longest, t - *before);
    before = t;
  }
  if (count < k_least_records) return std::nullopt;
  QuietWarning warning{newest, 0, 1, longest};
  // Whole and partial hours since the newest record; a silence of years needs no more than its first ones.
  Instant end = std::min<Instant>(now, newest + std::chrono::hours(24 * 400));
  for (Instant t = newest; t < end;) {
    Instant next = std::min<Instant>(end, std::chrono::floor<std::chrono::hours>(t) + k_hour);
    warning.expected += rate[hour_of_week(t, zone)] * (static_cast<double>((next - t).count()) /
                                                       static_cast<double>(Duration(k_hour).count()));
    t = next;
  }
  warning.probability = std::exp(-warning.expected);
  if (warning.probability >= k_alarm || now - newest <= longest) return std::nullopt;
  return warning;
}

Result<std::optional<QuietWarning>> find_quiet(store::Reader& store, std::string_view account, Instant now,
                                               const Zone& zone) {
  std::vector<Instant> arrivals;
  std::optional<Instant> newest;
  TRY(store.each_head(account, std::nullopt, [&](const model::Message& m) {
    if (m.direction != model::Direction::in) return true;
    if (!newest) newest = m.time;
    if (m.time < *newest - std::chrono::hours(24 * 7 * k_weeks)) return false;
    arrivals.push_back(m.time);
    return true;
  }));
  std::reverse(arrivals.begin(), arrivals.end());
  return judge_quiet(arrivals, now, zone);
}

Result<bool> is_outgoing_unknown(store::Reader& store, std::string_view account) {
  std::size_t in = 0;
  bool out = false;
  TRY(store.each_head(account, std::nullopt, [&](const model::Message& m) {
    if (m.direction == model::Direction::out && m.automation == model::Automation::none) out = true;
    // What other systems and logs tell has no Message-ID: nobody's Sent folder is missing there.
    if (m.direction == model::Direction::in && !m.message_id.empty() &&
        m.needs_reply != model::NeedsReply::no)
      ++in;
    return !out && in < 10'000;
  }));
  return !out && in >= 5;
}

} // namespace helpdesk::sync
