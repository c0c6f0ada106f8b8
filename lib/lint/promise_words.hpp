// Words about times and promises, by language. Inside lib/lint only.
#pragma once

#include "lint/words.hpp"

#include <cstdint>
#include <string_view>

namespace helpdesk::lint {

// ---- times

enum class TimeWord : std::uint8_t {
  nothing,       // looks like a time and is none: "guten Morgen"
  day,           // so many days from today
  working_day,   // so many working days
  week_end,      // Friday of this week
  next_week_end, // of the next one
  month_end,
  next_month_end,
  noon, // 12:00, of the day that is named beside it
};
struct TimePhrase {
  std::string_view language, phrases;
  TimeWord what = TimeWord::nothing;
  int days = 0;
  int hour = -1; // until which hour of that day; -1: its end
};
std::span<const TimePhrase> time_phrases();
Lexicon day_parts(int hour); // of 12, 18 and 24: "morning", "afternoon", "evening", behind a day
Lexicon limits();            // by, until, within, at the latest: what follows ends the wait
Lexicon spans();             // in, within: what stands before a length of time
Lexicon trailing_spans();    // "from now", "at the latest": what stands behind it
Lexicon clock_markers();     // at, um, kl: before a time of day
Lexicon next_week_markers(); // of the weekday beside it: "Friday next week"
int number_named(std::string_view language, std::string_view word); // 0 when it is none

enum class Unit : std::uint8_t { none, minute, hour, day, working_day, week, month };
Unit unit_named(std::string_view language, std::string_view word);
bool makes_working_days(std::string_view language, std::string_view word); // "business", "ouvrés"

// ---- promises

Lexicon promise_phrases(); // beside HD013's
Lexicon promise_openers(); // "I will": with one of the verbs behind it
Lexicon promise_verbs();
Lexicon no_promise(); // "we will be closed"
Lexicon no_denial();  // "no later than"

} // namespace helpdesk::lint
