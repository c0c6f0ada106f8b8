// What holds for every calendar, whatever its hours and wherever it is.
#include "calendars.hpp"

#include <random>

namespace helpdesk::metrics::test {
namespace {

using std::chrono::hours;

constexpr const char* k_zones[] = {
    "UTC",          "Europe/Paris",  "America/New_York",  "Australia/Lord_Howe",
    "Asia/Beirut",  "Asia/Kolkata",  "America/Sao_Paulo", "Pacific/Apia",
    "Africa/Cairo", "Europe/Dublin", "Africa/Casablanca", "Antarctica/Troll"};

Calendar random_calendar(std::mt19937& random) {
  Calendar c = weekly(k_zones[random() % std::size(k_zones)], {});
  CalendarVersion& v = c.versions.front();
  v.week[random() % 7].push_back({9 * 3600, 17 * 3600});
  for (auto& spans : v.week) {
    if (random() % 3 == 0) continue;
    spans.clear();
    int from = static_cast<int>(random() % 20) * 1800;
    spans.push_back({from, from + 1800 * (1 + static_cast<int>(random() % 12))});
    int second = spans.back().to + 600;
    if (second < 86400 && random() % 2 == 0)
      spans.push_back({second, second + 60 * (1 + static_cast<int>(random() % 900))});
  }
  for (std::size_t i = random() % 6; i > 0; --i)
    v.holidays.push_back({{random() % 2 == 0 ? 0 : 2026, 1 + static_cast<int>(random() % 12),
                           1 + static_cast<int>(random() % 28)},
                          ""});
  for (std::size_t i = random() % 4; i > 0; --i)
    v.special.push_back(
        {{0, 1 + static_cast<int>(random() % 12), 1 + static_cast<int>(random() % 28)}, {{3600, 90000}}, ""});
  if (random() % 4 == 0) {
    CalendarVersion later = v;
    later.valid_from = Date{2026, 6, 1 + static_cast<int>(random() % 28)};
    later.week[3] = {{0, 86400}};
    if (random() % 3 == 0) later.always = true;
    c.versions.push_back(later);
  }
  return c;
}

Instant random_instant(std::mt19937& random) {
  return utc("2025-06-01T00:00:00Z") + std::chrono::seconds(random() % (2 * 365 * 86400U)) +
         Duration(random() % 1'000'000);
}

TEST(CalendarProperties, PartsAddUp) {
  std::mt19937 random(21);
  for (int round = 0; round < 300; ++round) {
    CalendarClock c = compiled(random_calendar(random), "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    for (int i = 0; i < 20; ++i) {
      Instant a = random_instant(random), b = random_instant(random), d = random_instant(random);
      EXPECT_EQ(c.elapsed(a, d), c.elapsed(a, b) + c.elapsed(b, d));
      EXPECT_EQ(c.elapsed(a, b), -c.elapsed(b, a));
    }
  }
}

TEST(CalendarProperties, DueIsWhenSoMuchHasElapsed) {
  std::mt19937 random(22);
  for (int round = 0; round < 300; ++round) {
    CalendarClock c = compiled(random_calendar(random), "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    for (int i = 0; i < 20; ++i) {
      Instant a = random_instant(random);
      Duration d(random() % 1000 == 0 ? 0 : static_cast<std::int64_t>(random()) * 1000);
      auto close = c.due_close(a, d), next = c.due_next(a, d);
      ASSERT_TRUE(close && next);
      EXPECT_EQ(c.elapsed(a, *close), d);
      EXPECT_EQ(c.elapsed(a, *next), d);
      EXPECT_LE(*close, *next);
      if (d > Duration::zero()) {
        EXPECT_LT(c.elapsed(a, *close - Duration(1)), d);
      }
      EXPECT_GT(c.elapsed(a, *next + Duration(1)), d);
      EXPECT_EQ(c.elapsed(*close, *next), Duration::zero());
    }
  }
}

TEST(CalendarProperties, BusinessTimeIsNoLongerThanCalendarTime) {
  std::mt19937 random(23);
  for (int round = 0; round < 300; ++round) {
    CalendarClock c = compiled(random_calendar(random), "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    for (int i = 0; i < 20; ++i) {
      Instant a = random_instant(random), b = random_instant(random);
      if (b < a) std::swap(a, b);
      EXPECT_LE(c.elapsed(a, b), b - a);
      EXPECT_GE(c.elapsed(a, b), Duration::zero());
      Duration sum{};
      Instant last = a;
      for (const OpenInterval& interval : c.open(a, b)) {
        EXPECT_LT(interval.from, interval.to);
        EXPECT_GE(interval.from, last);
        last = interval.to;
        sum += interval.to - interval.from;
      }
      EXPECT_LE(last, b);
      EXPECT_EQ(sum, c.elapsed(a, b));
    }
  }
}

// The compiled hours against the definition, minute by minute of the wall clock, away from the days on which
// clocks change.
TEST(CalendarProperties, TheWallClockDecides) {
  std::mt19937 random(24);
  for (int round = 0; round < 60; ++round) {
    Calendar calendar = random_calendar(random);
    calendar.versions.resize(1);
    const CalendarVersion& v = calendar.versions.front();
    CalendarClock c = compiled(calendar, "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    auto spans_of = [&](const Date& date, int weekday) {
      const std::vector<DaySpan>* spans = &v.week[static_cast<std::size_t>(weekday - 1)];
      static const std::vector<DaySpan> closed;
      for (const Holiday& holiday : v.holidays)
        if (holiday.date.month == date.month && holiday.date.day == date.day &&
            (holiday.date.year == 0 || holiday.date.year == date.year))
          spans = &closed;
      for (const SpecialDay& day : v.special)
        if (day.date.month == date.month && day.date.day == date.day) spans = &day.spans;
      return spans;
    };
    for (int i = 0; i < 500; ++i) {
      Instant t = random_instant(random);
      Civil now = v.zone.civil(t), before = v.zone.civil(t - hours(48)), after = v.zone.civil(t + hours(48));
      if (before.offset_seconds != after.offset_seconds || before.offset_seconds != now.offset_seconds)
        continue;
      int second = now.hour * 3600 + now.minute * 60 + now.second;
      bool open = false;
      for (const DaySpan& span : *spans_of({now.year, now.month, now.day}, now.weekday))
        open = open || (second >= span.from && second < span.to);
      Civil eve = v.zone.civil(t - hours(24));
      for (const DaySpan& span : *spans_of({eve.year, eve.month, eve.day}, eve.weekday))
        open = open || second + 86400 < span.to;
      EXPECT_EQ(c.is_open(t), open) << format_rfc3339(t, v.zone);
    }
  }
}

TEST(CalendarProperties, ASequenceOfOneCalendarIsThatCalendar) {
  std::mt19937 random(25);
  for (int round = 0; round < 100; ++round) {
    CalendarClock c = compiled(random_calendar(random), "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    Instant middle = random_instant(random);
    ClockSequence parts({{utc("2025-02-01T00:00:00Z"), &c}, {middle, &c}, {middle + hours(30), &c}});
    for (int i = 0; i < 20; ++i) {
      Instant a = random_instant(random), b = random_instant(random);
      Duration d(static_cast<std::int64_t>(random()) * 100);
      EXPECT_EQ(parts.elapsed(a, b), c.elapsed(a, b));
      EXPECT_EQ(parts.due_close(a, d), c.due_close(a, d));
      EXPECT_EQ(parts.due_next(a, d), c.due_next(a, d));
      EXPECT_EQ(parts.open(a, b), c.open(a, b));
    }
  }
}

} // namespace
} // namespace helpdesk::metrics::test
