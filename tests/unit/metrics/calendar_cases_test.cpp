// The cases M3 to M14 of the metrics specification in business time: Monday to Friday, nine to five.
#include "builder.hpp"
#include "calendars.hpp"

namespace helpdesk::metrics::test {
namespace {

using model::Source;
using model::Status;

double hours_of(const Builder& b, Metric metric, Instant now = at(sunday, 12)) {
  static const CalendarClock clock = compiled(weekly("UTC", {"mon-fri 09:00-17:00"}));
  Measured m;
  read_history(b.timeline, now, m.history);
  MeasureOptions options;
  options.clock = &clock;
  measure(b.timeline, m.history, options, m.metrics);
  return m.hours(metric);
}

TEST(BusinessCases, M3WeWroteFirst) {
  Builder b;
  b.created(at(monday, 9)).reply(at(monday, 9)).status(at(monday, 9), Status::pending);
  b.in(at(tuesday, 9, 30)).status(at(tuesday, 9, 30), Status::open, Source::rule);
  b.reply(at(tuesday, 10)).status(at(tuesday, 10), Status::solved);
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::next_reply), 0.5);
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::agent_wait), 8.5);
}

TEST(BusinessCases, M4ReplyAndPending) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 11)).status(at(monday, 11), Status::pending);
  b.in(at(wednesday, 10)).status(at(wednesday, 10), Status::open, Source::rule);
  b.reply(at(wednesday, 12)).status(at(wednesday, 12), Status::solved);
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::agent_wait), 15);
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::full_resolution), 18);
}

TEST(BusinessCases, M7AndM8OffHours) {
  Builder night;
  night.in(at(friday, 18)).reply(at(saturday, 10));
  EXPECT_DOUBLE_EQ(hours_of(night, Metric::first_reply), 0);
  Builder weekend;
  weekend.in(at(friday, 16, 30)).reply(utc("2026-01-12T09:15:00Z"));
  EXPECT_DOUBLE_EQ(hours_of(weekend, Metric::first_reply, utc("2026-01-13T00:00:00Z")), 0.75);
}

TEST(BusinessCases, M13SetPendingWithoutAReply) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).status(at(monday, 10, 5), Status::pending);
  b.reply(at(wednesday, 10));
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::first_reply), 16);
}

TEST(BusinessCases, M14LeftOpenAfterTheReply) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 11)).status(at(tuesday, 11), Status::solved);
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::customer_wait), 1);
  EXPECT_DOUBLE_EQ(hours_of(b, Metric::requester_wait), 9);
}

} // namespace
} // namespace helpdesk::metrics::test
