// When it is day where the customer is.
#include "app/departure.hpp"

#include <gtest/gtest.h>

namespace helpdesk::app {
namespace {

Instant at(const char* text) { return *parse_rfc3339(text); }
Instant daylight(const char* now, int offset_hours, DayHours hours = {}) {
  return next_daylight(at(now), hours, [&](Instant) { return offset_hours * 3600; });
}

TEST(Daylight, NowWhenItIsDay) {
  EXPECT_EQ(daylight("2026-01-05T10:00:00Z", 0), at("2026-01-05T10:00:00Z"));
  EXPECT_EQ(daylight("2026-01-05T08:00:00Z", 0), at("2026-01-05T08:00:00Z"));
  EXPECT_EQ(daylight("2026-01-05T19:59:59Z", 0), at("2026-01-05T19:59:59Z"));
  EXPECT_EQ(daylight("2026-01-04T23:30:00Z", 12), at("2026-01-04T23:30:00Z")); // 11:30 there
}

TEST(Daylight, ElseTheNextMorningThere) {
  EXPECT_EQ(daylight("2026-01-05T20:00:00Z", 0), at("2026-01-06T08:00:00Z"));
  EXPECT_EQ(daylight("2026-01-05T03:00:00Z", 0), at("2026-01-05T08:00:00Z"));
  EXPECT_EQ(daylight("2026-01-05T10:00:00Z", 13), at("2026-01-05T19:00:00Z"));
  EXPECT_EQ(daylight("2026-01-05T10:00:00Z", -8), at("2026-01-05T16:00:00Z"));
  EXPECT_EQ(daylight("2026-01-05T10:00:00Z", -3, {12 * 60, 13 * 60}), at("2026-01-05T15:00:00Z"));
  EXPECT_EQ(daylight("1969-12-31T23:00:00Z", 0), at("1970-01-01T08:00:00Z"));
}

TEST(Daylight, AClockThatIsPutForwardInTheNight) {
  Zone oslo = *Zone::load("Europe/Oslo");
  auto offset = [&](Instant t) { return oslo.civil(t).offset_seconds; };
  EXPECT_EQ(next_daylight(at("2026-03-28T22:00:00Z"), {}, offset), at("2026-03-29T06:00:00Z"));
  EXPECT_EQ(next_daylight(at("2026-10-24T21:00:00Z"), {}, offset), at("2026-10-25T07:00:00Z"));
}

TEST(Daylight, HoursOfADay) {
  EXPECT_EQ(parse_day_hours("09:30-17:00")->from, 9 * 60 + 30);
  EXPECT_EQ(parse_day_hours(" 00:00 - 24:00 ")->to, 24 * 60);
  for (const char* text :
       {"", "9-17", "17:00-09:00", "09:00-09:00", "08:00-24:01", "08:60-20:00", "aa:bb-cc:dd"})
    EXPECT_FALSE(parse_day_hours(text)) << text;
}

class CustomerOffset : public testing::Test {
 protected:
  void mail(const std::string& id, Instant time, const std::string& from, const std::string& date) {
    auto tx = store_->begin(store::Durability::full);
    store::RawRecord record;
    record.account = "shop";
    record.key = id;
    record.format = "mail";
    record.bytes = "From: " + from + "\r\nDate: " + date + "\r\n\r\nHello\r\n";
    model::Message m;
    m.key = "shop:message:" + id;
    m.ticket = ticket_.key;
    m.raw = id;
    m.time = time;
    m.author = {"", from};
    ASSERT_TRUE((*tx)->put_raw(record) && (*tx)->put_ticket(ticket_) && (*tx)->put_message(m) &&
                (*tx)->commit());
  }
  std::optional<int> offset() { return customer_offset(*store_, ticket_).value(); }
  void SetUp() override {
    ticket_.key = "shop:ticket:1";
    ticket_.account = "shop";
    ticket_.requester_address = "kari@example.org";
  }
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  model::Ticket ticket_;
};

TEST_F(CustomerOffset, IsThatOfTheirNewestMailThatTellsIt) {
  EXPECT_FALSE(offset());
  mail("1", at("2026-01-01T10:00:00Z"), "kari@example.org", "Thu, 1 Jan 2026 23:00:00 +1300");
  EXPECT_EQ(offset(), 13 * 3600);
  mail("2", at("2026-01-02T10:00:00Z"), "kari@example.org", "Fri, 2 Jan 2026 06:30:00 -0330 (NST)");
  EXPECT_EQ(offset(), -(3 * 3600 + 30 * 60));
  mail("3", at("2026-01-03T10:00:00Z"), "kari@example.org", "Sat, 3 Jan 2026 10:00:00 -0000"); // says nothing
  mail("4", at("2026-01-03T11:00:00Z"), "other@example.org", "Sat, 3 Jan 2026 12:00:00 +0100");
  mail("5", at("2026-01-03T12:00:00Z"), "kari@example.org", "yesterday");
  mail("6", at("2026-01-03T13:00:00Z"), "kari@example.org", "Sat, 3 Jan 2026 13:00:00 +9999");
  EXPECT_EQ(offset(), -(3 * 3600 + 30 * 60));
}

} // namespace
} // namespace helpdesk::app
