// The calendar vectors of the metrics specification (BH…, and the calendar part of the cases), and what peers
// got wrong.
#include "calendars.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Calendar k_biz = weekly("UTC", {"mon,wed,fri 09:00-17:00", "tue,thu 10:00-16:00", "sat 11:00-14:30"});

TEST(CalendarVectors, Bh1AWeek) {
  EXPECT_EQ(elapsed(k_biz, "2006-01-01T00:00:00Z", "2006-01-08T00:00:00Z"), minutes(39 * 60 + 30));
}

TEST(CalendarVectors, Bh2FromNoonToNoon) {
  EXPECT_EQ(elapsed(k_biz, "2006-01-05T12:00:00Z", "2006-01-06T12:00:00Z"), hours(7));
}

TEST(CalendarVectors, Bh3TheNextOpening) {
  EXPECT_EQ(due_next(k_biz, "2006-01-03T00:00:00Z", Duration::zero()), utc("2006-01-03T10:00:00Z"));
}

TEST(CalendarVectors, Bh4AnOpeningInTheSpringGapMovesForward) {
  Calendar c = weekly("America/Los_Angeles", {"sun 02:30-06:00"});
  EXPECT_EQ(due_next(c, "2014-03-09T08:00:00Z", Duration::zero()), utc("2014-03-09T10:30:00Z"));
}

TEST(CalendarVectors, Bh5TheFirstWeekOfTheEpoch) {
  EXPECT_EQ(elapsed(weekly("UTC", {"mon-fri 09:00-18:00"}), "1970-01-01T00:00:00Z", "1970-01-08T00:00:00Z"),
            seconds(162000));
  EXPECT_EQ(elapsed(weekly("UTC", {"mon-fri 09:00-13:00,14:00-18:00"}), "1970-01-01T00:00:00Z",
                    "1970-01-08T00:00:00Z"),
            seconds(144000));
}

TEST(CalendarVectors, Bh6AHolidayOfEveryYear) {
  Calendar c = weekly("UTC", {"mon-fri 09:00-18:00"}, {"01-01"});
  EXPECT_EQ(due_close(c, "2008-12-31T15:00:00Z", hours(8)), utc("2009-01-02T14:00:00Z"));
}

TEST(CalendarVectors, Bh7TheSameHoursInTwoZones) {
  EXPECT_EQ(due_close(weekly("America/New_York", {"mon-fri 09:00-18:00"}), "2007-01-01T22:00:00Z", hours(2)),
            utc("2007-01-02T15:00:00Z"));
  EXPECT_EQ(due_close(weekly("Europe/Moscow", {"mon-fri 09:00-18:00"}), "2007-01-01T22:00:00Z", hours(2)),
            utc("2007-01-02T08:00:00Z"));
}

TEST(CalendarVectors, Bh8OneDayAWeek) {
  EXPECT_EQ(due_close(weekly("UTC", {"sun 09:00-17:00"}), "2007-01-01T00:00:00Z", minutes(60)),
            instant_of_seconds(1168164000));
}

TEST(CalendarVectors, Bh9ClosedUntilTomorrow) {
  EXPECT_EQ(due_next(weekly("UTC", {"mon,tue 09:00-17:00"}), "2007-01-01T19:15:00Z", Duration::zero()),
            instant_of_seconds(1167728400));
}

TEST(CalendarVectors, Bh10OverTheWeekend) {
  EXPECT_EQ(due_close(weekly("UTC", {"mon-fri 09:00-17:00"}), "1991-11-15T16:30:42Z", minutes(45)),
            utc("1991-11-18T09:15:42Z"));
}

TEST(CalendarVectors, Bh11AHundredAndFiveMondays) {
  EXPECT_EQ(elapsed(weekly("UTC", {"mon 00:00-24:00"}), "2014-04-06T12:00:00Z", "2016-04-06T12:00:00Z"),
            hours(2520));
}

TEST(CalendarVectors, Bh12NineteenYearsOfSundays) {
  EXPECT_EQ(
      elapsed(weekly("Europe/Paris", {"sun 08:00-21:00"}), "2002-10-27T06:00:00Z", "2021-10-30T00:00:00Z"),
      hours(12896));
}

TEST(CalendarVectors, Bh13ASundayOf25And23Hours) {
  Calendar c = weekly("Europe/Paris", {"sun 00:00-24:00"});
  EXPECT_EQ(elapsed(c, "2020-10-24T22:00:00Z", "2020-10-25T23:00:00Z"), hours(25));
  EXPECT_EQ(elapsed(c, "2020-03-28T23:00:00Z", "2020-03-29T22:00:00Z"), hours(23));
}

TEST(CalendarVectors, Bh14ADayWithHoursOfItsOwn) {
  Calendar c = weekly("UTC", {"mon 08:00-18:00"}, {}, {"2014-04-07 10:00-12:00,14:00-17:00"});
  EXPECT_EQ(elapsed(c, "2014-04-07T09:00:00Z", "2014-04-07T14:00:00Z"), seconds(7200));
  EXPECT_EQ(elapsed(c, "2014-04-07T12:00:00Z", "2014-04-07T18:00:00Z"), seconds(10800));
}

TEST(CalendarVectors, Bh15FiveDays) {
  EXPECT_EQ(elapsed(weekly("UTC", {"mon-fri 09:00-17:00"}), "2022-03-20T00:00:00Z", "2022-03-26T23:59:00Z"),
            seconds(144000));
}

TEST(CalendarVectors, Bh16AHolidayBetween) {
  EXPECT_EQ(elapsed(weekly("UTC", {"mon-fri 09:00-17:00"}, {"2016-11-24"}), "2016-11-21T14:00:00Z",
                    "2016-12-01T11:00:00Z"),
            hours(53));
}

TEST(CalendarVectors, Bh17OverNight) {
  EXPECT_EQ(elapsed(weekly("UTC", {"fri 22:00-06:00"}), "2026-01-09T20:00:00Z", "2026-01-10T12:00:00Z"),
            hours(8));
}

TEST(CalendarVectors, Bh18EachStretchByTheCalendarInForce) {
  CalendarClock chicago = compiled(weekly("UTC", {"daily 12:00-02:00"}));
  CalendarClock san_francisco = compiled(weekly("UTC", {"mon-fri 15:00-00:30"}));
  Instant asked = utc("2020-09-29T17:01:38Z"), answered = utc("2020-09-30T19:01:46Z");
  ClockSequence both({{asked, &chicago}, {utc("2020-09-30T19:01:25Z"), &san_francisco}});
  EXPECT_EQ(both.elapsed(asked, answered), seconds(57608));
  EXPECT_EQ(both.elapsed(answered, asked), seconds(-57608));
  EXPECT_EQ(san_francisco.elapsed(asked, answered), seconds(41408)); // what the last schedule alone would say
  EXPECT_EQ(both.due_close(asked, seconds(57608)), answered);
}

TEST(CalendarVectors, M7AndM8OffHours) {
  Calendar c = weekly("UTC", {"mon-fri 09:00-17:00"});
  EXPECT_EQ(elapsed(c, "2026-01-09T18:00:00Z", "2026-01-10T10:00:00Z"), Duration::zero());
  EXPECT_EQ(elapsed(c, "2026-01-09T16:30:00Z", "2026-01-12T09:15:00Z"), minutes(45));
}

TEST(CalendarVectors, S1AndS2TheWeekendIsNoTime) {
  Calendar c = weekly("UTC", {"mon-fri 09:00-17:00"});
  EXPECT_EQ(due_close(c, "2026-01-09T16:00:00Z", hours(2)), utc("2026-01-12T10:00:00Z"));
  EXPECT_EQ(due_close(c, "2026-01-09T16:00:00Z", hours(1)), utc("2026-01-09T17:00:00Z"));
  EXPECT_EQ(due_next(c, "2026-01-09T16:00:00Z", hours(1)), utc("2026-01-12T09:00:00Z"));
}

// ---- what peers got wrong

// Every night a minute was closed, because 24/7 was written as 00:00-23:59.
TEST(CalendarDefects, TwentyFourSevenHasNoGap) {
  Calendar always = weekly("Europe/Berlin", {"24/7"});
  EXPECT_EQ(elapsed(always, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), hours(24 * 365));
  EXPECT_EQ(elapsed(always_open(), "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), hours(24 * 365));
  Calendar daily = weekly("Europe/Berlin", {"daily 00:00-24:00"});
  EXPECT_EQ(elapsed(daily, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), hours(24 * 365));
  EXPECT_EQ(compiled(daily).open(utc("2026-01-01T00:00:00Z"), utc("2026-02-01T00:00:00Z")).size(), 1U);
}

// Asked after hours, the time until the desk opened counted.
TEST(CalendarDefects, OffHoursDoNotCount) {
  Calendar c = weekly("UTC", {"mon-fri 09:00-17:00"});
  EXPECT_EQ(elapsed(c, "2026-01-09T20:00:00Z", "2026-01-12T09:30:00Z"), minutes(30));
  EXPECT_EQ(due_close(c, "2026-01-09T20:00:00Z", minutes(30)), utc("2026-01-12T09:30:00Z"));
}

// A calendar that never opens made every answer take no time.
TEST(CalendarDefects, NeverOpenIsAnError) {
  EXPECT_FALSE(check(weekly("UTC", {})));
  EXPECT_FALSE(check(Calendar{"none", {}}));
  Calendar c = weekly("UTC", {"sun 02:30-03:00"}); // open, though not on the day of the change
  EXPECT_TRUE(check(c));
  Calendar gone = weekly("UTC", {}, {}, {"2000-02-29 10:00-11:00"});
  auto compiled = CalendarClock::compile(gone, utc("2026-01-01T00:00:00Z"), utc("2027-01-01T00:00:00Z"));
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().message, "calendar \"test\" is never open: nothing could be measured by it");
}

// ---- how the parts stand to each other

TEST(Calendar, SpecialDaysStandAboveHolidaysAndThisYearAboveEveryYear) {
  Calendar c = weekly("UTC", {"mon-fri 09:00-17:00"}, {"12-24", "2026-12-25"},
                      {"12-24 09:00-12:00", "2027-12-24 closed"});
  EXPECT_EQ(elapsed(c, "2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z"), hours(3));
  EXPECT_EQ(elapsed(c, "2026-12-25T00:00:00Z", "2026-12-26T00:00:00Z"), hours(0));
  EXPECT_EQ(elapsed(c, "2027-12-24T00:00:00Z", "2027-12-25T00:00:00Z"), hours(0));
  EXPECT_EQ(elapsed(c, "2029-12-25T00:00:00Z", "2029-12-26T00:00:00Z"), hours(8));
}

TEST(Calendar, ANightBelongsToTheDayItBeginsOn) {
  Calendar c = weekly("UTC", {"daily 22:00-06:00"}, {"2026-01-07"});
  EXPECT_EQ(elapsed(c, "2026-01-07T00:00:00Z", "2026-01-08T00:00:00Z"), hours(6));
  EXPECT_EQ(elapsed(c, "2026-01-08T00:00:00Z", "2026-01-09T00:00:00Z"), hours(2));
}

TEST(Calendar, VersionsHoldFromTheirDayOn) {
  Calendar c = weekly("Europe/Oslo", {"mon-fri 09:00-17:00"});
  CalendarVersion later = weekly("Europe/Oslo", {"mon-fri 08:00-20:00"}).versions.front();
  later.valid_from = Date{2026, 1, 7};
  c.versions.push_back(later);
  CalendarVersion always = weekly("Europe/Oslo", {"24/7"}).versions.front();
  always.valid_from = Date{2026, 1, 9};
  c.versions.push_back(always);
  EXPECT_EQ(elapsed(c, "2026-01-05T00:00:00Z", "2026-01-07T00:00:00Z"), hours(16));
  EXPECT_EQ(elapsed(c, "2026-01-07T00:00:00Z", "2026-01-08T00:00:00Z"), hours(12));
  EXPECT_EQ(elapsed(c, "2026-01-08T23:00:00Z", "2026-01-10T23:00:00Z"), hours(48));
  std::swap(c.versions[1], c.versions[2]);
  EXPECT_FALSE(check(c));
}

TEST(Calendar, TheEndOfTheDayWhereMidnightIsSkipped) {
  // In Beirut the clocks go from 24:00 to 01:00: that Sunday has 23 hours and begins at 01:00.
  Calendar c = weekly("Asia/Beirut", {"daily 00:00-24:00"});
  EXPECT_EQ(elapsed(c, "2021-03-27T00:00:00Z", "2021-03-29T00:00:00Z"), hours(48));
  Calendar sunday = weekly("Asia/Beirut", {"sun 00:00-24:00"});
  EXPECT_EQ(elapsed(sunday, "2021-03-27T00:00:00Z", "2021-03-29T12:00:00Z"), hours(23));
}

TEST(Calendar, AnOverlapTakesTheFirst) {
  Calendar c = weekly("Europe/Paris", {"sun 02:30-04:00"}); // 02:30 is twice on 2020-10-25, 04:00 once
  EXPECT_EQ(due_next(c, "2020-10-24T12:00:00Z", Duration::zero()), utc("2020-10-25T00:30:00Z"));
  EXPECT_EQ(elapsed(c, "2020-10-24T12:00:00Z", "2020-10-26T12:00:00Z"), minutes(150));
}

TEST(Calendar, WhatIsAskedOutsideTheCompiledRangeIsAsExact) {
  Calendar c = weekly("Europe/Oslo", {"mon-fri 09:00-17:00"}, {"01-01"});
  auto narrow = CalendarClock::compile(c, utc("2026-01-05T00:00:00Z"), utc("2026-01-12T00:00:00Z"));
  CalendarClock wide = compiled(c);
  ASSERT_TRUE(narrow);
  for (const char* from : {"2019-05-01T03:00:00Z", "2026-01-06T10:00:00Z", "2027-02-02T10:00:00Z"})
    for (const char* to : {"2019-06-01T13:00:00Z", "2026-01-07T10:00:00Z", "2029-02-02T10:00:00Z"}) {
      EXPECT_EQ(narrow->elapsed(utc(from), utc(to)), wide.elapsed(utc(from), utc(to))) << from << to;
      EXPECT_EQ(narrow->open(utc(from), utc(to)), wide.open(utc(from), utc(to))) << from << to;
    }
  for (int d : {0, 1, 8, 100, 5000, 20000})
    for (const char* from : {"2019-05-01T03:00:00Z", "2026-01-06T10:00:00Z", "2027-02-02T10:00:00Z"}) {
      EXPECT_EQ(narrow->due_close(utc(from), hours(d)), wide.due_close(utc(from), hours(d))) << from << d;
      EXPECT_EQ(narrow->due_next(utc(from), hours(d)), wide.due_next(utc(from), hours(d))) << from << d;
    }
}

TEST(Calendar, BeyondTheCenturiesNothingIsOpen) {
  Calendar c = weekly("UTC", {"mon-fri 09:00-17:00"});
  EXPECT_EQ(elapsed(c, "1000-01-01T00:00:00Z", "1899-01-01T00:00:00Z"), Duration::zero());
  EXPECT_EQ(due_close(c, "2026-01-01T00:00:00Z", hours(24 * 365 * 200)), std::nullopt);
  Calendar once = weekly("UTC", {}, {}, {"2026-01-05 09:00-10:00"});
  EXPECT_EQ(due_close(once, "2026-01-01T00:00:00Z", hours(1)), utc("2026-01-05T10:00:00Z"));
  EXPECT_EQ(due_next(once, "2026-01-01T00:00:00Z", hours(1)), std::nullopt);
}

} // namespace
} // namespace helpdesk::metrics::test
