#include "base/time.hpp"

#include <gtest/gtest.h>

using namespace helpdesk;

namespace {

Zone zone_of(const char* name) {
  auto zone = Zone::load(name);
  EXPECT_TRUE(zone) << name;
  return zone ? *zone : Zone::utc();
}

Instant at(const char* text) { return parse_rfc3339(text).value(); }

Civil civil(int year, int month, int day, int hour, int minute) {
  Civil c;
  c.year = year;
  c.month = month;
  c.day = day;
  c.hour = hour;
  c.minute = minute;
  return c;
}

TEST(Zones, GapMovesForwardAndOverlapTakesTheFirst) {
  Zone oslo = zone_of("Europe/Oslo");
  EXPECT_EQ(format_rfc3339(oslo.instant(civil(2026, 3, 29, 2, 30)), oslo), "2026-03-29T03:30:00+02:00");
  EXPECT_EQ(format_rfc3339(oslo.instant(civil(2026, 10, 25, 2, 30)), oslo), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(oslo.instant(civil(2026, 13, 1, 0, 0)), oslo.instant(civil(2027, 1, 1, 0, 0)));
}

TEST(Zones, DaysOfAnyLength) {
  Zone oslo = zone_of("Europe/Oslo");
  Instant t = at("2026-03-28T23:00:00Z"); // midnight before the short day
  EXPECT_EQ(oslo.start_of_day(t + std::chrono::hours(5)), t);
  EXPECT_EQ(oslo.add_days(t, 1) - t, std::chrono::hours(23));
  // Midnight itself does not exist on this day in Beirut.
  Zone beirut = zone_of("Asia/Beirut");
  EXPECT_EQ(format_rfc3339(beirut.start_of_day(at("2021-03-28T10:00:00Z")), beirut),
            "2021-03-28T01:00:00+03:00");
  EXPECT_EQ(format_rfc3339(oslo.start_of_iso_week(at("2026-04-01T10:00:00Z")), oslo),
            "2026-03-30T00:00:00+02:00");
  EXPECT_EQ(format_rfc3339(oslo.start_of_month(at("2026-03-31T23:00:00Z")), oslo),
            "2026-04-01T00:00:00+02:00");
  EXPECT_EQ(format_rfc3339(at("2050-07-01T00:00:00Z"), oslo), "2050-07-01T02:00:00+02:00");
}

TEST(Zones, UnknownNamesAreExplained) {
  auto wrong = Zone::load("Europe/Olso");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
  EXPECT_EQ(wrong.error().message, "unknown time zone \"Europe/Olso\" (did you mean \"Europe/Oslo\"?)");
  EXPECT_NE(Zone::load("oslo").error().message.find("Europe/Oslo"), std::string::npos);
  for (const char* name : {"", "/etc/passwd", "../../etc/passwd", "Europe/../UTC"})
    EXPECT_FALSE(Zone::load(name)) << name;
}

TEST(Zones, IsoWeeks) {
  EXPECT_EQ(iso_week(civil(2027, 1, 1, 0, 0)).year, 2026);
  EXPECT_EQ(iso_week(civil(2027, 1, 1, 0, 0)).week, 53);
  EXPECT_EQ(iso_week(civil(2024, 12, 30, 0, 0)).year, 2025);
  EXPECT_EQ(iso_week(civil(2024, 12, 30, 0, 0)).week, 1);
}

TEST(Formats, InstantsBeforeTheEpochAndFractions) {
  EXPECT_EQ(format_rfc3339(instant_of_micros(-1), Zone::utc()), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_rfc3339(instant_of_micros(500'000), Zone::utc()), "1970-01-01T00:00:00.5Z");
  EXPECT_EQ(format_minute(at("2026-01-05T10:00:59Z"), Zone::utc()), "2026-01-05 10:00");
  EXPECT_EQ(format_rfc5322(at("2026-01-05T10:00:00Z"), Zone::utc()), "Mon, 5 Jan 2026 10:00:00 +0000");
}

TEST(Formats, Durations) {
  auto s = [](double seconds) { return format_duration(Duration(static_cast<std::int64_t>(seconds * 1e6))); };
  EXPECT_EQ(s(0), "0 s");
  EXPECT_EQ(s(45), "45 s");
  EXPECT_EQ(s(59.6), "1 min");
  EXPECT_EQ(s(14'700), "4 h 05 min");
  EXPECT_EQ(s(3599.9), "1 h");
  EXPECT_EQ(s(86'399), "1 d");
  EXPECT_EQ(s(3 * 86'400 + 7'200), "3 d 2 h");
  EXPECT_EQ(s(-45), "-45 s");
  EXPECT_EQ(s(-0.2), "0 s");
  EXPECT_FALSE(format_duration(Duration::min()).empty());
  EXPECT_EQ(format_seconds(Duration(500'000)), "0.5");
  EXPECT_EQ(format_seconds(Duration(-14'400'000'000)), "-14400");
}

TEST(Formats, RelativeTimes) {
  Instant now = at("2026-11-22T12:00:00Z");
  auto relative = [&](const char* t) { return format_relative(at(t), now, Zone::utc()); };
  EXPECT_EQ(relative("2026-11-22T11:59:30Z"), "just now");
  EXPECT_EQ(relative("2026-11-22T11:55:00Z"), "5 min ago");
  EXPECT_EQ(relative("2026-11-22T09:00:00Z"), "3 h ago");
  EXPECT_EQ(relative("2026-11-21T14:05:00Z"), "yesterday 14:05");
  EXPECT_EQ(relative("2026-11-12T14:05:00Z"), "12 Nov");
  EXPECT_EQ(relative("2024-11-12T14:05:00Z"), "12 Nov 2024");
  EXPECT_EQ(relative("2026-11-22T12:05:00Z"), "in 5 min");
}

TEST(Parsing, WhatPeopleType) {
  Zone oslo = zone_of("Europe/Oslo");
  Instant now = at("2026-11-22T11:00:00Z"); // a Sunday, noon in Oslo
  struct Case {
    const char* text;
    const char* expected;
  };
  for (const Case& c : std::initializer_list<Case>{{"2026-01-05", "2026-01-05T00:00:00+01:00"},
                                                   {"2026-01-05 10:00", "2026-01-05T10:00:00+01:00"},
                                                   {"2026-01-05 10:00:30", "2026-01-05T10:00:30+01:00"},
                                                   {"2026-01-05T10:00:00Z", "2026-01-05T11:00:00+01:00"},
                                                   {" Today ", "2026-11-22T00:00:00+01:00"},
                                                   {"yesterday", "2026-11-21T00:00:00+01:00"},
                                                   {"tomorrow", "2026-11-23T00:00:00+01:00"},
                                                   {"now", "2026-11-22T12:00:00+01:00"},
                                                   {"friday", "2026-11-20T00:00:00+01:00"},
                                                   {"sunday", "2026-11-15T00:00:00+01:00"},
                                                   {"next fri", "2026-11-27T00:00:00+01:00"},
                                                   {"2w", "2026-11-08T12:00:00+01:00"},
                                                   {"3d ago", "2026-11-19T12:00:00+01:00"},
                                                   {"-36h", "2026-11-21T00:00:00+01:00"},
                                                   {"in 2 hours", "2026-11-22T14:00:00+01:00"},
                                                   {"last week", "2026-11-09T00:00:00+01:00"},
                                                   {"last month", "2026-10-01T00:00:00+02:00"},
                                                   {"@1767600000", "2026-01-05T09:00:00+01:00"}}) {
    auto t = parse_instant(c.text, now, oslo);
    ASSERT_TRUE(t) << c.text;
    EXPECT_EQ(format_rfc3339(*t, oslo), c.expected) << c.text;
  }
  EXPECT_EQ(format_rfc3339(*parse_instant("monday", now, oslo, Prefer::future), oslo),
            "2026-11-23T00:00:00+01:00");
  for (const char* text :
       {"", "2026-02-30", "2026-13-01", "12", "soon", "@", "@99999999999999999", "5m5m", "2026-01-05 25:00"})
    EXPECT_FALSE(parse_instant(text, now, oslo)) << text;
}

TEST(Parsing, Durations) {
  auto seconds = [](const char* text) {
    auto d = parse_duration(text);
    return d ? d->count() / 1'000'000 : -1;
  };
  EXPECT_EQ(seconds("90s"), 90);
  EXPECT_EQ(seconds("15m"), 900);
  EXPECT_EQ(seconds("15min"), 900);
  EXPECT_EQ(seconds("1h30m"), 5400);
  EXPECT_EQ(seconds("1 h 30 min"), 5400);
  EXPECT_EQ(seconds("3w"), 3 * 7 * 86'400);
  EXPECT_EQ(seconds("1y"), 365 * 86'400);
  for (const char* text : {"", "5", "h", "5x", "-5m", "1m1h", "999999999999y", "99999999999999999999s"})
    EXPECT_EQ(seconds(text), -1) << text;
}

TEST(Parsing, Rfc3339Only) {
  EXPECT_TRUE(parse_rfc3339("2026-01-05 10:00:00+0000"));
  EXPECT_EQ(parse_rfc3339("2026-01-05T10:00:00.25+01:00"), instant_of_micros(1'767'603'600'250'000));
  for (const char* text : {"2026-01-05", "2026-01-05T10:00:00", "2026-01-05T10:00:00+1",
                           "2026-01-05T10:00:00Zx", "2026-1-05T10:00:00Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

} // namespace
