#include "metrics/open_hours.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

constexpr std::int64_t k_day = 86'400'000'000;

} // namespace

OpenHours::OpenHours(const std::vector<OpenInterval>& intervals, Instant from, Instant to)
    : from_(from), to_(std::max(from, to)) {
  starts_.reserve(intervals.size());
  ends_.reserve(intervals.size());
  prefix_.reserve(intervals.size() + 1);
  prefix_.push_back(0);
  for (const OpenInterval& interval : intervals) {
    starts_.push_back(micros(interval.from));
    ends_.push_back(micros(interval.to));
    prefix_.push_back(prefix_.back() + ends_.back() - starts_.back());
  }
  std::size_t days = static_cast<std::size_t>((micros(to_) - micros(from_)) / k_day) + 1;
  first_of_day_.reserve(days);
  std::size_t i = 0;
  for (std::size_t day = 0; day < days; ++day) {
    std::int64_t begin = micros(from_) + static_cast<std::int64_t>(day) * k_day;
    while (i < ends_.size() && ends_[i] <= begin) ++i;
    first_of_day_.push_back(static_cast<std::uint32_t>(i));
  }
}

std::size_t OpenHours::first_ending_after(std::int64_t t) const {
  t = std::clamp(t, micros(from_), micros(to_));
  std::size_t i = first_of_day_[static_cast<std::size_t>((t - micros(from_)) / k_day)];
  while (i < ends_.size() && ends_[i] <= t) ++i;
  return i;
}

Duration OpenHours::before(Instant t) const {
  std::size_t i = first_ending_after(micros(t));
  std::int64_t sum = prefix_[i];
  if (i < starts_.size() && micros(t) > starts_[i]) sum += micros(t) - starts_[i];
  return Duration(sum);
}

std::optional<Instant> OpenHours::reached(Duration d) const {
  auto it = std::lower_bound(prefix_.begin() + 1, prefix_.end(), d.count());
  if (it == prefix_.end()) return std::nullopt;
  std::size_t i = static_cast<std::size_t>(it - prefix_.begin()) - 1;
  return instant_of_micros(starts_[i] + d.count() - prefix_[i]);
}

std::optional<Instant> OpenHours::exceeded(Duration d) const {
  auto it = std::upper_bound(prefix_.begin() + 1, prefix_.end(), d.count());
  if (it == prefix_.end()) return std::nullopt;
  std::size_t i = static_cast<std::size_t>(it - prefix_.begin()) - 1;
  return instant_of_micros(starts_[i] + d.count() - prefix_[i]);
}

void OpenHours::append(Instant a, Instant b, std::vector<OpenInterval>& out) const {
  for (std::size_t i = first_ending_after(micros(a)); i < starts_.size() && starts_[i] < micros(b); ++i) {
    Instant from = std::max(a, instant_of_micros(starts_[i])), to = std::min(b, instant_of_micros(ends_[i]));
    if (from >= to) continue;
    if (!out.empty() && out.back().to == from)
      out.back().to = to;
    else
      out.push_back({from, to});
  }
}

} // namespace helpdesk::metrics
