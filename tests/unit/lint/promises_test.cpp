// What a reply promises and by when: promises.cases holds the sentences.
#include "base/text.hpp"
#include "cases.hpp"
#include "lint/promises.hpp"

#include <gtest/gtest.h>

using namespace helpdesk;

namespace {

Zone oslo() { return *Zone::load("Europe/Oslo"); }
const Instant k_wednesday = *parse_rfc3339("2026-01-07T10:00:00+01:00");

std::string due_of(std::string_view text, std::string_view language, Instant written = k_wednesday) {
  std::vector<lint::Promise> promises = lint::promises_in(text, language, written, oslo());
  return promises.empty() ? "" : format_minute(promises.front().due, oslo());
}

} // namespace

TEST(Promises, HitsAndNonHitsOfEveryLanguage) {
  std::string language;
  std::map<std::string, std::pair<int, int>> seen; // hits, non-hits
  std::string cases = lint::source_file("tests/unit/lint/promises.cases");
  int number = 0;
  for (std::string_view line : split_lines(cases)) {
    ++number;
    if (line.starts_with("@ ")) language = line.substr(2);
    if (line.starts_with("- ")) {
      ++seen[language].second;
      std::string text = replace_all(line.substr(2), "\\n", "\n");
      EXPECT_EQ(due_of(text, language), "") << "line " << number << ": " << text;
    }
    if (line.starts_with("+ ")) {
      ++seen[language].first;
      std::size_t bar = line.find(" | ");
      std::string text = replace_all(line.substr(bar + 3), "\\n", "\n");
      EXPECT_EQ(due_of(text, language), line.substr(2, bar - 2)) << "line " << number << ": " << text;
    }
  }
  EXPECT_EQ(seen.size(), 7U);
  for (const auto& [name, counts] : seen) {
    EXPECT_GE(counts.first, 5) << name;
    EXPECT_GE(counts.second, 5) << name;
  }
}

TEST(Promises, TheSentenceIsKeptOnOneLineAndTheSignatureIsNot) {
  auto promises =
      lint::promises_in("Hello Ann,\n\nthank you. I will write to you\nby Friday, as soon as I know "
                        "more.\n\nKind regards\nIda\n-- \nWe will call you tomorrow.\n",
                        "en", k_wednesday, oslo());
  ASSERT_EQ(promises.size(), 1U);
  EXPECT_EQ(promises[0].sentence, "I will write to you by Friday, as soon as I know more.");
  EXPECT_TRUE(promises[0].whole_day);
}

TEST(Promises, SeveralSentencesHoldSeveral) {
  auto promises = lint::promises_in("I will check that today. The refund: we will send it by Friday.", "en",
                                    k_wednesday, oslo());
  ASSERT_EQ(promises.size(), 2U);
  EXPECT_EQ(format_minute(promises[0].due, oslo()), "2026-01-07 23:59");
  EXPECT_EQ(format_minute(promises[1].due, oslo()), "2026-01-09 23:59");
}

TEST(Promises, AWeekdayOnItsOwnDayIsAWeekLater) {
  Instant friday = *parse_rfc3339("2026-01-09T10:00:00+01:00");
  EXPECT_EQ(due_of("I will write by Friday.", "en", friday), "2026-01-16 23:59");
  EXPECT_EQ(due_of("I will write by the end of the week.", "en", friday), "2026-01-09 23:59");
  EXPECT_EQ(due_of("We will call you within two working days.", "en", friday), "2026-01-13 23:59");
}

TEST(Promises, DaysEndInTheDesksZone) {
  Instant late = *parse_rfc3339("2026-01-07T23:30:00Z"); // Thursday already in Oslo
  EXPECT_EQ(due_of("I will write tomorrow.", "en", late), "2026-01-09 23:59");
  Instant before_summer_time = *parse_rfc3339("2026-03-28T10:00:00+01:00");
  auto promises = lint::promises_in("I will write tomorrow.", "en", before_summer_time, oslo());
  ASSERT_EQ(promises.size(), 1U);
  EXPECT_EQ(promises[0].due, *parse_rfc3339("2026-03-29T23:59:59+02:00"));
}

TEST(Promises, NothingIsReadOutOfOtherLanguagesOrHostileText) {
  EXPECT_EQ(due_of("Ik schrijf u voor vrijdag.", "nl"), "");
  EXPECT_EQ(due_of("", "en"), "");
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "I will write by 99:99 in 999999999999 days before before ";
  EXPECT_EQ(due_of(many, "en"), "");
  EXPECT_EQ(due_of("I will write in 999 months.", "en"), "2109-04-07 23:59");
  EXPECT_EQ(due_of("I will write by 31 February.", "en"), "");
}
