// Open intervals with prefix sums: how much of them lies before an instant, and when so much has passed.
#pragma once

#include "metrics/clock.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace helpdesk::metrics {

// Immutable. Knows [from, to) only; instants outside are taken as its nearer end.
class OpenHours {
 public:
  OpenHours(const std::vector<OpenInterval>& intervals, Instant from, Instant to);

  Instant from() const { return from_; }
  Instant to() const { return to_; }
  Duration total() const { return Duration(prefix_.back()); }
  // Open time in [from(), t): a look-up in the day index and a step or two.
  Duration before(Instant t) const;
  // The first instant t with before(t) >= d; d > 0. Nothing when d is more than total().
  std::optional<Instant> reached(Duration d) const;
  // The first instant t after which before(t) > d. Nothing when d is total() or more.
  std::optional<Instant> exceeded(Duration d) const;
  // Clipped to [a, b).
  void append(Instant a, Instant b, std::vector<OpenInterval>& out) const;

 private:
  std::size_t first_ending_after(std::int64_t t) const;
  Instant from_, to_;
  std::vector<std::int64_t> starts_, ends_, prefix_; // microseconds; prefix_ has one more
  std::vector<std::uint32_t> first_of_day_; // interval that is the first to end after a UTC day began
};

} // namespace helpdesk::metrics
