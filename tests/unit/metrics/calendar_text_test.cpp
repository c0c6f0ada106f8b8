// How calendars are written, what is refused and with which words; holidays out of iCalendar files.
#include "calendars.hpp"
#include "metrics/icalendar.hpp"

namespace helpdesk::metrics::test {
namespace {

std::string refused(std::string_view hours) {
  CalendarVersion version;
  auto added = add_hours(hours, version);
  return added ? "" : added.error().message;
}

TEST(CalendarText, HoursReadBack) {
  auto shown = [](const std::vector<std::string>& hours) {
    return hours_text(weekly("UTC", hours).versions.front());
  };
  EXPECT_EQ(shown({"mon-fri 09:00-17:00"}), "mon-fri 09:00-17:00");
  EXPECT_EQ(shown({"Monday - Friday 9:00-12:00, 13:00-17:00", "sat 10:00-14:00"}),
            "mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00");
  EXPECT_EQ(shown({"fri-mon 22:00-06:00"}), "mon,fri-sun 22:00-06:00");
  EXPECT_EQ(shown({"daily 00:00-24:00"}), "mon-sun 00:00-24:00");
  EXPECT_EQ(shown({"sat,sun 08:00-20:00"}), "sat,sun 08:00-20:00");
  EXPECT_EQ(shown({"mon 09:00-10:00", "mon 11:00-12:00:30"}), "mon 09:00-10:00,11:00-12:00:30");
  EXPECT_EQ(shown({"24/7"}), "24/7");
  EXPECT_EQ(shown({"always"}), "24/7");
}

TEST(CalendarText, WhatIsRefusedAndWhy) {
  EXPECT_EQ(
      refused("mon-fri 9-17"),
      "\"mon-fri 9-17\" is not like \"mon-fri 09:00-17:00\", \"sat,sun 10:00-14:00\", \"fri 22:00-06:00\" or "
      "\"24/7\"");
  EXPECT_EQ(refused("mon-fir 09:00-17:00"),
            "mon-fir 09:00-17:00: \"fir\" is no day of the week (did you mean "
            "\"fri\"?): mon, tue, wed, thu, fri, sat, sun or daily");
  EXPECT_EQ(refused("daily 00:00-23:59"),
            "daily 00:00-23:59: \"00:00-23:59\" leaves the end of the day closed: write 24:00 for midnight");
  EXPECT_EQ(refused("mon 09:00-09:00"),
            "mon 09:00-09:00: \"09:00-09:00\" ends when it begins: write 00:00-24:00 for a whole day");
  EXPECT_EQ(refused("mon 09:00-12:00,11:00-13:00"),
            "mon 09:00-12:00,11:00-13:00: \"09:00-12:00,11:00-13:00\" has hours that overlap");
  for (const char* bad :
       {"", "mon", "09:00-17:00", "mon 24:00-09:00", "mon 09:60-10:00", "mon 09:00-25:00", "mon 9:0-17:00",
        "mon 09:00", "mon,, 09:00-10:00", "mon 09:00-10:00;", "\xff mon 1:00-2:00"})
    EXPECT_NE(refused(bad), "") << bad;
  CalendarVersion version;
  ASSERT_TRUE(add_hours("mon-fri 09:00-17:00", version));
  EXPECT_FALSE(add_hours("wed 16:00-18:00", version));
}

TEST(CalendarText, Dates) {
  EXPECT_EQ(to_text(*parse_date("2026-05-17")), "2026-05-17");
  EXPECT_EQ(to_text(*parse_date("02-29")), "02-29");
  for (const char* bad : {"", "2026-02-29", "13-01", "04-31", "17.05.2026", "2026-5-17", "20260517",
                          "1899-01-01", "2026/05/17", "00-00"})
    EXPECT_FALSE(parse_date(bad)) << bad;
  auto range = parse_holidays("2026-12-30..2027-01-02 Between the years");
  ASSERT_TRUE(range);
  ASSERT_EQ(range->size(), 4U);
  EXPECT_EQ((*range)[3], (Holiday{{2027, 1, 2}, "Between the years"}));
  EXPECT_FALSE(parse_holidays("12-24..12-26"));
  EXPECT_FALSE(parse_holidays("2026-01-02..2026-01-01"));
  EXPECT_FALSE(parse_holidays("2026-01-01..2199-01-01"));
  auto special = parse_special("12-24 09:00-12:00,13:00-14:00 Christmas Eve");
  ASSERT_TRUE(special);
  EXPECT_EQ(special->spans.size(), 2U);
  EXPECT_EQ(special->name, "Christmas Eve");
  EXPECT_TRUE(parse_special("2026-06-05 closed")->spans.empty());
  EXPECT_FALSE(parse_special("2026-06-05"));
  EXPECT_FALSE(parse_special("2026-06-05 9-12"));
}

std::string file_of(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events + "END:VCALENDAR\r\n";
}
std::string event(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20200101T000000Z\r\n" + lines + "\r\nEND:VEVENT\r\n";
}
std::vector<std::string> days_of(const std::string& file) {
  std::vector<std::string> days;
  auto read = read_icalendar(file, 2028);
  if (!read) return {read.error().message};
  for (const Holiday& day : read->days)
    days.push_back(to_text(day.date) + (day.name.empty() ? "" : " " + day.name));
  return days;
}

TEST(Icalendar, WholeDays) {
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20260517\r\nSUMMARY:Constitution\\, Day"))),
            (std::vector<std::string>{"2026-05-17 Constitution, Day"}));
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227"))),
            (std::vector<std::string>{"2026-12-24", "2026-12-25", "2026-12-26"}));
  EXPECT_EQ(days_of(file_of(event("DTSTART:20260101T000000\r\nDTEND:20260102T000000"))),
            (std::vector<std::string>{"2026-01-01"}));
}

TEST(Icalendar, Repetitions) {
  EXPECT_EQ(days_of(file_of(
                event("DTSTART;VALUE=DATE:20251225\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20261225"))),
            (std::vector<std::string>{"2025-12-25", "2027-12-25", "2028-12-25"}));
  // The fourth Thursday of November.
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"))),
            (std::vector<std::string>{"2026-11-26", "2027-11-25", "2028-11-23"}));
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;COUNT=2"))),
            (std::vector<std::string>{"2026-01-01", "2027-01-01"}));
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20260101\r\nRDATE;VALUE=DATE:20260301"))),
            (std::vector<std::string>{"2026-01-01", "2026-03-01"}));
}

TEST(Icalendar, WhatIsNoHoliday) {
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20260517\r\nSTATUS:CANCELLED"))),
            (std::vector<std::string>{}));
  auto read = read_icalendar(file_of(event("DTSTART:20260101T100000Z\r\nDTEND:20260101T110000Z")), 2028);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->days.empty());
  EXPECT_EQ(read->not_whole_days, 1);
}

TEST(Icalendar, HostileFiles) {
  EXPECT_EQ(days_of("hello"), (std::vector<std::string>{"is no iCalendar file: it has no VCALENDAR"}));
  EXPECT_EQ(days_of(""), (std::vector<std::string>{"is no iCalendar file: it has no VCALENDAR"}));
  EXPECT_EQ(days_of(file_of("")), (std::vector<std::string>{}));
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20261332"))), (std::vector<std::string>{}));
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=SECONDLY"))),
            (std::vector<std::string>{"2026-01-01"}));
  EXPECT_EQ(
      days_of(file_of(event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"))),
      (std::vector<std::string>{"2026-01-01"}));
  EXPECT_EQ(days_of(file_of(event("DTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20280101"))),
            (std::vector<std::string>{"has an event that lasts longer than a year"}));
  EXPECT_EQ(days_of(file_of(event(std::string("SUMMARY:\0\xff\xfe", 11)))), (std::vector<std::string>{}));
  EXPECT_FALSE(read_icalendar("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101", 2028));
}

} // namespace
} // namespace helpdesk::metrics::test
