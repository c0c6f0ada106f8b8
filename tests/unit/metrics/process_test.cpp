// The process view of the metrics specification, section 3.
#include "builder.hpp"
#include "metrics/process.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;
using model::Source;
using model::Status;

History history_of(const model::Timeline& timeline, Instant now) {
  History h;
  read_history(timeline, now, h);
  return h;
}

Process process_of(const std::vector<Builder>& tickets, Instant now) {
  Process p;
  for (const Builder& b : tickets) p.add(b.timeline, history_of(b.timeline, now));
  p.finish();
  return p;
}

Builder usual() { // M4 of the specification
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 11)).status(at(monday, 11), Status::pending);
  b.in(at(wednesday, 10)).status(at(wednesday, 10), Status::open, Source::rule);
  b.reply(at(wednesday, 12)).status(at(wednesday, 12), Status::solved);
  return b;
}

double hours_of(Microseconds t) { return static_cast<double>(t) / 3600e6; }

TEST(Process, TheWayOfATicket) {
  EXPECT_EQ(Way(history_of(usual().timeline, at(sunday, 1))).text(), "in>out>pending>in>out>solved");
  Builder twice;
  twice.in(at(monday, 10))
      .in(at(monday, 11))
      .note(at(monday, 12))
      .reply(at(monday, 13))
      .reply(at(monday, 14));
  EXPECT_EQ(Way(history_of(twice.timeline, at(sunday, 1))).text(), "in>out");
  Builder endless;
  for (int i = 0; i < 20; ++i) endless.in(at(monday, i)).reply(at(monday, i, 30));
  EXPECT_EQ(Way(history_of(endless.timeline, at(sunday, 1))).text(), "in>out>in>out>in>out>in>out>…");
}

TEST(Process, BeginsWith) {
  Way whole(history_of(usual().timeline, at(sunday, 1)));
  Way before(history_of(usual().timeline, at(tuesday, 1)));
  EXPECT_EQ(before.text(), "in>out>pending");
  EXPECT_TRUE(whole.begins_with(before));
  EXPECT_TRUE(whole.begins_with(whole));
  EXPECT_FALSE(before.begins_with(whole));
  EXPECT_TRUE(before.begins_with(Way()));
  EXPECT_NE(before, whole);
}

// The identity of section 3: the parts are the unsolved time, neither more nor less.
TEST(Process, TimeByStatusAndPassage) {
  Process p = process_of({usual(), usual()}, at(sunday, 1));
  EXPECT_DOUBLE_EQ(hours_of(p.spent.in_status[static_cast<std::size_t>(Status::fresh)]), 2);
  EXPECT_DOUBLE_EQ(hours_of(p.spent.in_status[static_cast<std::size_t>(Status::pending)]), 94);
  EXPECT_DOUBLE_EQ(hours_of(p.spent.in_status[static_cast<std::size_t>(Status::open)]), 4);
  EXPECT_DOUBLE_EQ(hours_of(p.spent.all()), 100);
  const Passage& back = p.passages.at({Status::pending, Status::open});
  EXPECT_EQ(back.times, 2);
  EXPECT_DOUBLE_EQ(hours_of(back.stayed), 94);
  EXPECT_EQ(p.back_from_pending, 2);
  EXPECT_EQ(p.tickets_back, 2);
  ASSERT_EQ(p.ways.size(), 1U);
  EXPECT_EQ(p.ways.begin()->second.happened, (std::vector<std::int64_t>(2, 50 * 3600'000'000LL)));
}

Builder handed(std::initializer_list<std::pair<model::Term, model::Term>> changes) {
  Builder b;
  b.in(at(monday, 9));
  int hour = 10;
  for (auto [from, to] : changes) {
    b.event(at(monday, hour++), EventKind::assign);
    b.timeline.entries.back().from = from;
    b.timeline.entries.back().to = to;
    b.timeline.assignee = to;
  }
  return b;
}

TEST(Process, CirclesAndNobody) {
  Process p = process_of({handed({{0, 5}, {5, 6}, {6, 5}})}, at(monday, 15));
  EXPECT_EQ(p.ping_pong, 1);
  EXPECT_EQ(p.reassigned_before_reply, 1);
  EXPECT_DOUBLE_EQ(hours_of(p.spent.ownerless), 1);
  p = process_of({handed({{0, 5}, {5, 6}, {6, 7}})}, at(monday, 15));
  EXPECT_EQ(p.ping_pong, 0);
  p = process_of({handed({{5, 0}})}, at(monday, 15));
  EXPECT_DOUBLE_EQ(hours_of(p.spent.ownerless), 5);
  EXPECT_EQ(p.reassigned_before_reply, 0);
  p = process_of({handed({})}, at(monday, 15));
  EXPECT_DOUBLE_EQ(hours_of(p.spent.ownerless), 6);
}

TEST(Process, TheLongestTenthShowsTheBottleneck) {
  std::vector<Builder> tickets;
  for (int i = 0; i < 18; ++i) {
    Builder b;
    b.in(at(monday, 9)).reply(at(monday, 10)).status(at(monday, 10), Status::solved);
    tickets.push_back(b);
  }
  for (int i = 0; i < 2; ++i) tickets.push_back(usual());
  Process p = process_of(tickets, at(sunday, 1));
  TimeSpent longest = p.longest_tenth();
  EXPECT_EQ(longest.tickets, 2);
  EXPECT_DOUBLE_EQ(hours_of(longest.in_status[static_cast<std::size_t>(Status::pending)]), 94);
}

TEST(Process, ForecastOfAnOpenTicket) {
  std::vector<Builder> tickets;
  for (int i = 1; i <= 40; ++i) { // solved after 1 to 40 hours, all by one reply
    Builder b;
    b.in(at(monday, 0)).reply(at(monday, i)).status(at(monday, i), Status::solved);
    tickets.push_back(b);
  }
  Process p = process_of(tickets, at(sunday, 1));
  Builder open;
  open.in(at(monday, 0));
  Way way(history_of(open.timeline, at(monday, 10)));
  auto f = forecast(p, way, std::chrono::hours(10));
  ASSERT_TRUE(f);
  EXPECT_EQ(f->alike, 30);
  EXPECT_DOUBLE_EQ(f->median.value() / 3600, 15.5);       // of 11 to 40 the middle is 25.5
  EXPECT_FALSE(forecast(p, way, std::chrono::hours(21))); // 19 took longer
  Builder other;
  other.in(at(monday, 0)).status(at(monday, 1), Status::hold);
  EXPECT_FALSE(forecast(p, Way(history_of(other.timeline, at(monday, 2))), std::chrono::hours(2)));
}

TEST(Process, MergedInAnyOrderItIsTheSame) {
  std::vector<Builder> some{usual(), handed({{0, 5}, {5, 6}, {6, 5}})};
  std::vector<Builder> others{handed({{5, 0}}), usual()};
  Process a = process_of(some, at(sunday, 1));
  Process b = process_of(others, at(sunday, 1));
  Process ab = a;
  ab.merge(b);
  Process ba = b;
  ba.merge(a);
  ab.finish();
  ba.finish();
  EXPECT_EQ(ab.tickets, 4);
  EXPECT_TRUE(ab.spent.all() == ba.spent.all());
  EXPECT_EQ(ab.ways.begin()->second.happened, ba.ways.begin()->second.happened);
  EXPECT_EQ(ab.ways.size(), ba.ways.size());
  EXPECT_EQ(ab.ping_pong, ba.ping_pong);
}

} // namespace
} // namespace helpdesk::metrics::test
