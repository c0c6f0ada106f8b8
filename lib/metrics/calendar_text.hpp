// How people write a calendar: "mon-fri 09:00-17:00", "12-25 Christmas". Errors are usage errors that show
// the form.
#pragma once

#include "metrics/calendar.hpp"

#include <string_view>
#include <vector>

namespace helpdesk::metrics {

// "09:00-17:00", several with commas: "09:00-12:00,13:00-17:00"; an end before the beginning is the next
// day's
// ("22:00-06:00"); 24:00 is midnight.
Result<std::vector<DaySpan>> parse_spans(std::string_view text);
// One line of weekly hours into version: "mon-fri 09:00-17:00", "sat,sun 10:00-14:00", "daily 08:00-20:00";
// "always" or "24/7" for every hour.
Result<void> add_hours(std::string_view text, CalendarVersion& version);
// "2026-05-17" or "12-24", refusing days that are in no calendar.
Result<Date> parse_date(std::string_view text);
// "12-25", "2026-05-17 Constitution Day", a range "2026-07-06..2026-07-17 Summer" (at most a year): one
// Holiday a day.
Result<std::vector<Holiday>> parse_holidays(std::string_view text);
// "12-24 09:00-12:00 Christmas Eve", "2026-06-05 closed".
Result<SpecialDay> parse_special(std::string_view text);

// The weekly hours of a version as a person reads them: "mon-fri 09:00-17:00; sat 10:00-14:00".
std::string hours_text(const CalendarVersion& version);
std::string spans_text(const std::vector<DaySpan>& spans); // "09:00-12:00,13:00-17:00", "closed"

} // namespace helpdesk::metrics
