#include "backend/table/time_text.hpp"

#include <gtest/gtest.h>

namespace helpdesk::backend::table {
namespace {

std::string read(std::string_view text, const Part& part = {}) {
  auto time = read_time(part, text);
  if (!time) return "failed: " + time.error().message;
  std::string said = format_rfc3339(time->time, Zone::utc());
  if (time->date_only) said += " date";
  if (time->in_gap) said += " gap";
  if (time->in_overlap) said += " overlap";
  return said;
}

TEST(TableTime, FormsThatLogsUse) {
  for (std::string_view text :
       {"2016-02-29 11:29", "2016/02/29 11:29:00.000", "2016-02-29T11:29:00Z", "2016-02-29T12:29:00+01:00",
        "2016-02-29T06:29:00-0500", "29-02-2016 11:29", "29.02.2016, 11:29", "2/29/2016 11:29 AM",
        "29 Feb 2016 11:29", "Feb 29, 2016 11:29 am", "Mon, 29 Feb 2016 11:29:00 +0000", "29-Feb-16 11:29",
        "2016-02-29 11:29:00 UTC", "20160229 11:29", "1456745340", "1456745340000", "1456745340000000",
        "1456745340.000"})
    EXPECT_EQ(read(text), "2016-02-29T11:29:00Z") << text;
  EXPECT_EQ(read("2012/10/09 14:50:17.250"), "2012-10-09T14:50:17.25Z");
  EXPECT_EQ(read("7/29/2013"), "2013-07-29T00:00:00Z date");
  EXPECT_EQ(read("12:00 PM"), "failed: \"12:00 PM\" is no time");
  EXPECT_EQ(read("2/29/2016 12:05 AM"), "2016-02-29T00:05:00Z");
  EXPECT_EQ(read("2026-01-05 24:00"), "2026-01-06T00:00:00Z");
}

TEST(TableTime, WhatIsNoTime) {
  for (std::string_view text :
       {"", "?", "yesterday", "2015-02-29", "2016-13-01", "2016-02-29 25:00", "2016-02-29 11:60", "12345",
        "2016-02-29 11:29 Europe", "99999999999999999999", "2016-02-29T11:29:00Zx"})
    EXPECT_TRUE(read(text).starts_with("failed")) << text;
}

TEST(TableTime, DayOrMonthFirst) {
  EXPECT_EQ(read("03/04/2026"),
            "failed: \"03/04/2026\" may have the day or the month first: set date_order to "
            "\"dmy\" or \"mdy\"");
  EXPECT_EQ(read("04/04/2026"), "2026-04-04T00:00:00Z date");
  Part part;
  part.date_order = DateOrder::day;
  EXPECT_EQ(read("03/04/2026", part), "2026-04-03T00:00:00Z date");
  part.date_order = DateOrder::month;
  EXPECT_EQ(read("03/04/2026", part), "2026-03-04T00:00:00Z date");
  EXPECT_TRUE(read("29/02/2016", part).starts_with("failed"));
  EXPECT_EQ(order_of("29-02-2016 01:16"), DateOrder::day);
  EXPECT_EQ(order_of("2/29/2016"), DateOrder::month);
  EXPECT_EQ(order_of("03/04/2026"), DateOrder::unknown);
}

TEST(TableTime, GapsMoveForwardAndOverlapsTakeTheFirst) {
  Part part;
  auto oslo = Zone::load("Europe/Oslo");
  ASSERT_TRUE(oslo);
  part.zone = *oslo;
  part.zone_name = "Europe/Oslo";
  EXPECT_EQ(read("2026-01-05 10:00", part), "2026-01-05T09:00:00Z");
  EXPECT_EQ(read("2026-03-29 02:30", part), "2026-03-29T01:30:00Z gap");
  EXPECT_EQ(read("2026-10-25 02:30", part), "2026-10-25T00:30:00Z overlap");
  EXPECT_EQ(read("2026-10-25 01:30", part), "2026-10-24T23:30:00Z");
  EXPECT_EQ(read("2026-10-25 03:00", part), "2026-10-25T02:00:00Z");
  EXPECT_EQ(read("2026-03-29 02:30Z", part), "2026-03-29T02:30:00Z");
}

TEST(TableTime, Patterns) {
  Part part;
  part.time_formats = {"%d|%m|%y %I.%M %p", "%Y%j", "%s"};
  EXPECT_EQ(read("05|01|26 09.30 PM", part), "2026-01-05T21:30:00Z");
  EXPECT_EQ(read("1456745340", part), "2016-02-29T11:29:00Z");
  EXPECT_EQ(read("2016-02-29", part), "failed: \"2016-02-29\" does not fit time_format");
  EXPECT_EQ(read("2026032", part), "2026-02-01T00:00:00Z date");
}

// Reading many is reading each: in any order, also what is no time, in zones with gaps and with a pattern.
TEST(TableTime, ManyAreReadAsEachIs) {
  const std::vector<std::string> texts = {"2016-02-29T12:34:56Z",
                                          "2016-02-29T23:59:59Z",
                                          "2016-02-29 00:00:00Z",
                                          "2016-02-29T24:00:00Z",
                                          "2016-02-29T12:34:60Z",
                                          "2016-02-30T12:34:56Z",
                                          "2016-02-29T12:60:00Z",
                                          "2016-02-29x12:34:56Z",
                                          "2016/02/29 12:34:56Z",
                                          "2016-02-29 12:34:56",
                                          "2016-03-27 02:30:00",
                                          "2016-03-27 03:30:00",
                                          "2016-10-30 02:30:00",
                                          "2016-10-30T02:30:00Z",
                                          "2016-02-29",
                                          "2016-02-29T1a:34:56Z",
                                          "29.02.2016 12:34:56",
                                          "1456749296",
                                          "",
                                          "2016-02-29T12:34:56+1",
                                          "2016-03-01T12:34:56Z",
                                          "0000-00-00T00:00:00Z",
                                          "2016-02-2912:34:5612"};
  for (const char* zone : {"UTC", "Europe/Oslo", "America/New_York"})
    for (const char* pattern : {"", "%Y-%m-%d %H:%M:%S"}) {
      Part part;
      part.zone = *Zone::load(zone);
      part.zone_name = zone;
      if (*pattern) part.time_formats = {pattern};
      TimeReader reader(part);
      for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t j = 0; j < texts.size(); ++j)
          for (const std::string& text : {texts[i], texts[j]}) {
            auto many = reader.read(text), one = read_time(part, text);
            ASSERT_EQ(many.has_value(), one.has_value()) << zone << " " << text;
            if (!one) continue;
            EXPECT_EQ(many->time, one->time) << zone << " " << text;
            EXPECT_EQ(many->date_only, one->date_only) << text;
            EXPECT_EQ(many->in_gap, one->in_gap) << text;
            EXPECT_EQ(many->in_overlap, one->in_overlap) << text;
          }
    }
}

} // namespace
} // namespace helpdesk::backend::table
