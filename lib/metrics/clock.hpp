// How long it was between two instants: by the wall clock, or by a calendar of business hours. Everything in
// this module that measures a duration asks a Clock, so that both kinds come from one definition.
#pragma once

#include "base/time.hpp"

#include <string_view>

namespace helpdesk::metrics {

// Pure; safe in threads.
class Clock {
 public:
  virtual ~Clock() = default;
  // Running time in [a, b); negative when b is before a.
  virtual Duration elapsed(Instant a, Instant b) const = 0;
  virtual std::string_view name() const = 0; // as printed beside numbers
};

// Every hour of every day; its name is "calendar time".
const Clock& wall_clock();

} // namespace helpdesk::metrics
