// Days that a text names. Inside lib/lint only.
#pragma once

#include "lint/reading.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace helpdesk::lint {

struct NamedDay {
  std::size_t first = 0, last = 0;             // words
  std::optional<std::chrono::weekday> weekday; // "Friday" right before or behind the date
  std::optional<std::chrono::year_month_day>
      day; // with the year that was written, or that is nearest to today
  bool year_written = false;
};

// "Friday 3 May 2025", "fredag 3. mai", "пятница, 3 мая", "vendredon la 3-an de majo", "2025-05-03".
std::vector<NamedDay> days_of(const Reading& reading, std::chrono::sys_days today);
// "friday", "freitags", "vendredon": days since Sunday; -1 for any other word. word: folded.
int weekday_named(std::string_view language, std::string_view word);

} // namespace helpdesk::lint
