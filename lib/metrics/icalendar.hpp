// Holidays out of an iCalendar file, read by libical, which is loaded at first use.
#pragma once

#include "metrics/calendar.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

struct IcalendarHolidays {
  std::vector<Holiday> days; // one a day, ordered, each once
  int not_whole_days = 0;    // events that are part of a day: no holidays
};

// Events of whole days, of several days too, with their yearly or other repetitions until the end of
// last_year; cancelled ones and excluded dates are left out. failed when the text is no calendar or repeats
// without measure, or when libical is not installed.
Result<IcalendarHolidays> read_icalendar(const std::string& text, int last_year);

} // namespace helpdesk::metrics
