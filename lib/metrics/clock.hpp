// How long it was between two instants: by the wall clock, or by a calendar of business hours. Everything in
// this module that measures a duration asks a Clock, so that both kinds come from one definition.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

struct OpenInterval { // [from, to)
  Instant from{}, to{};
  bool operator==(const OpenInterval&) const = default;
};

// Pure; safe in threads.
class Clock {
 public:
  virtual ~Clock() = default;
  // Running time in [a, b); negative when b is before a.
  virtual Duration elapsed(Instant a, Instant b) const = 0;
  // The first instant at which d has elapsed since a: the closing instant (Friday 17:00) when d ends with the
  // hours. a itself for d <= 0; nothing when the clock never runs so long again.
  virtual std::optional<Instant> due_close(Instant a, Duration d) const = 0;
  // The last instant at which no more than d has elapsed since a: the next opening (Monday 09:00) when d ends
  // with the hours; with d = 0 the next instant at which it runs.
  virtual std::optional<Instant> due_next(Instant a, Duration d) const = 0;
  // When it runs in [a, b), in order and disjoint; their lengths add up to elapsed(a, b).
  virtual std::vector<OpenInterval> open(Instant a, Instant b) const = 0;
  virtual std::string_view name() const = 0; // as printed beside numbers
};

// Every hour of every day; its name is "calendar time".
const Clock& wall_clock();

} // namespace helpdesk::metrics
