// Dates as the language reads and writes them: guesses at written dates, and strftime with names in several
// languages.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::liquid {

// An instant seen from a place.
struct Date {
  Instant instant;
  int offset = 0;        // seconds east of UTC
  std::string zone_name; // "UTC", "EST"; empty for a bare offset
};

Date date_at(Instant instant, const Zone& zone);
// "2016-03-14 10:00 +01:00", "March 14, 2016", "Fri Jul 16 01:00:00 2004", "14.3.2016", "10:30pm", …: what is
// missing comes from now. nullopt when nothing in text is a date, or a part is out of range.
std::optional<Date> parse_date(std::string_view text, Instant now, const Zone& zone);

// strftime with Ruby's flags (- 0 ^ # _ :) and widths. language: "nb", "de", …; English when unknown.
std::string format_date(const Date& date, std::string_view format, std::string_view language = {});
// The patterns of moment.js: "MMM Do YYYY, HH:mm".
std::string format_moment(const Date& date, std::string_view format, std::string_view language = {});

struct DateNames {
  std::string_view code;
  const char* months[12];
  const char* months_with_day[12]; // "18 марта"
  const char* short_months[12];
  const char* days[7]; // Sunday first
  const char* short_days[7];
};
const DateNames& date_names(std::string_view language);

} // namespace helpdesk::liquid
