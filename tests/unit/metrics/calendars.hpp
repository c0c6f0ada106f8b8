// Calendars and instants in the words of the configuration, for tests.
#pragma once

#include "metrics/calendar.hpp"
#include "metrics/calendar_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {

inline Instant utc(const char* rfc3339) {
  auto t = parse_rfc3339(rfc3339);
  EXPECT_TRUE(t) << rfc3339;
  return t.value_or(Instant{});
}

inline Calendar weekly(const char* zone, const std::vector<std::string>& hours,
                       const std::vector<std::string>& holidays = {},
                       const std::vector<std::string>& special = {}) {
  CalendarVersion version;
  auto loaded = Zone::load(zone);
  EXPECT_TRUE(loaded) << zone;
  if (loaded) version.zone = *loaded;
  for (const std::string& line : hours) EXPECT_TRUE(add_hours(line, version)) << line;
  for (const std::string& line : holidays) {
    auto days = parse_holidays(line);
    EXPECT_TRUE(days) << line;
    if (days) version.holidays.insert(version.holidays.end(), days->begin(), days->end());
  }
  for (const std::string& line : special) {
    auto day = parse_special(line);
    EXPECT_TRUE(day) << line;
    if (day) version.special.push_back(*day);
  }
  return {"test", {version}};
}

inline CalendarClock compiled(Calendar calendar, const char* from = "1969-01-01T00:00:00Z",
                              const char* to = "2031-01-01T00:00:00Z") {
  auto clock = CalendarClock::compile(std::move(calendar), utc(from), utc(to));
  if (!clock) throw std::runtime_error(clock.error().message);
  return *clock;
}

inline Duration elapsed(const Calendar& calendar, const char* from, const char* to) {
  return compiled(calendar).elapsed(utc(from), utc(to));
}
inline std::optional<Instant> due_close(const Calendar& calendar, const char* from, Duration d) {
  return compiled(calendar).due_close(utc(from), d);
}
inline std::optional<Instant> due_next(const Calendar& calendar, const char* from, Duration d) {
  return compiled(calendar).due_next(utc(from), d);
}

} // namespace helpdesk::metrics::test
