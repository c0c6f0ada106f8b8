// Calendars for people: what they say, when they are open, and what they make of a stretch of time.
#pragma once

#include "metrics/calendar.hpp"
#include "render/document.hpp"

#include <optional>
#include <vector>

namespace helpdesk::report {

struct CalendarContext {
  Instant now{};
  Zone zone = Zone::utc(); // of printed times; the days of a calendar are its own
};

// One row a calendar.
render::Document calendar_list(const std::vector<metrics::CalendarClock>& calendars,
                               const CalendarContext& context);
// One calendar: its versions, its holidays of a year from `from` on, and its next days.
render::Document calendar_page(const metrics::CalendarClock& calendar, Instant from, int days,
                               const CalendarContext& context);

struct CalendarQuestion {
  Instant from{};
  std::optional<Instant> to;   // how long is it open until then?
  std::optional<Duration> due; // when has it been open for so long?
};
render::Document calendar_answer(const metrics::CalendarClock& calendar, const CalendarQuestion& question,
                                 const CalendarContext& context);

} // namespace helpdesk::report
