// Counts and shares of tickets, unsolved work of the past, and the sums of statuses and updates.
#include "builder.hpp"
#include "metrics/backlog.hpp"
#include "metrics/tally.hpp"

#include <random>

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;
using model::Source;
using model::Status;

TicketTally tallied(const Builder& b, Instant now) {
  History h;
  read_history(b.timeline, now, h);
  return tally(b.timeline, h);
}
std::int64_t count(const TicketTally& t, Count c) { return t.counts[static_cast<std::size_t>(c)]; }
std::optional<Verdict> verdict(const TicketTally& t, Share s) {
  return t.shares[static_cast<std::size_t>(s)];
}

Builder& assign(Builder& b, Instant t, model::Term from, model::Term to, EventKind kind = EventKind::assign) {
  b.event(t, kind);
  b.timeline.entries.back().from = from;
  b.timeline.entries.back().to = to;
  (kind == EventKind::assign ? b.timeline.assignee : b.timeline.queue) = to;
  return b;
}

TEST(Tally, CountsOfATicket) {
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9));
  assign(b, at(monday, 9, 10), 0, 5);
  assign(b, at(monday, 9, 20), 5, 6);
  assign(b, at(monday, 9, 30), 6, 5);
  assign(b, at(monday, 9, 40), 20, 21, EventKind::queue);
  b.note(at(monday, 10)).reply(at(monday, 11)).automatic(at(monday, 11, 1), model::Automation::survey);
  b.reply(at(monday, 12)).status(at(monday, 12), Status::solved);
  b.in(at(tuesday, 9)).status(at(tuesday, 9), Status::open, Source::rule);
  TicketTally t = tallied(b, at(sunday, 12));
  EXPECT_EQ(count(t, Count::replies), 2);
  EXPECT_EQ(count(t, Count::touches), 3);
  EXPECT_EQ(count(t, Count::stations), 4); // two agents, two queues
  EXPECT_EQ(count(t, Count::handoffs), 2);
  EXPECT_EQ(count(t, Count::reopens), 1);
}

TEST(Tally, SolvedByOneReply) {
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 10)).status(at(monday, 10), Status::solved);
  EXPECT_EQ(verdict(tallied(b, at(wednesday, 9)), Share::fcr), Verdict::undecided);
  EXPECT_EQ(verdict(tallied(b, at(sunday, 24 + 10)), Share::fcr), Verdict::yes); // a week to the hour
  EXPECT_EQ(verdict(tallied(b, at(sunday, 24 + 10)), Share::durable_resolution), Verdict::yes);
  Builder two = b;
  two.timeline.entries.insert(two.timeline.entries.begin() + 2, two.timeline.entries[2]);
  EXPECT_EQ(verdict(tallied(two, at(sunday, 24 + 10)), Share::fcr), Verdict::no);
  Builder asked = b;
  asked.in(at(friday, 9)); // comes back, though nobody reopened it
  EXPECT_EQ(verdict(tallied(asked, at(saturday, 9)), Share::fcr), Verdict::no);
  EXPECT_EQ(verdict(tallied(asked, at(saturday, 9)), Share::durable_resolution), Verdict::undecided);
  asked.status(at(friday, 9), Status::open, Source::rule);
  EXPECT_EQ(verdict(tallied(asked, at(saturday, 9)), Share::durable_resolution), Verdict::no);
  Builder open;
  open.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 10));
  EXPECT_FALSE(verdict(tallied(open, at(sunday, 9)), Share::fcr));
  Builder late = b;
  late.in(at(sunday, 24 + 11)).status(at(sunday, 24 + 11), Status::open, Source::rule); // after the week
  EXPECT_EQ(verdict(tallied(late, at(sunday, 48)), Share::durable_resolution), Verdict::yes);
}

TEST(Tally, NamesReadBack) {
  for (std::size_t i = 0; i < k_count_count; ++i)
    EXPECT_EQ(parse_count(key(static_cast<Count>(i))), static_cast<Count>(i));
  for (std::size_t i = 0; i < k_share_count; ++i)
    EXPECT_EQ(parse_share(key(static_cast<Share>(i))), static_cast<Share>(i));
  EXPECT_FALSE(parse_count("fcr"));
  EXPECT_FALSE(parse_share("replies"));
}

TEST(Histogram, ExactQuantiles) {
  Histogram h;
  for (int i = 1; i <= 10; ++i) h.add(i);
  EXPECT_NEAR(h.quantile(0.9), 9.1, 1e-9);
  EXPECT_NEAR(h.quantile(0.95), 9.55, 1e-9);
  EXPECT_DOUBLE_EQ(h.mean(), 5.5);
  EXPECT_EQ(h.largest(), 10);
  EXPECT_EQ(Histogram{}.quantile(0.5), 0);
  Histogram more;
  more.add(10);
  h.merge(more);
  EXPECT_EQ(h.size(), 11);
  EXPECT_EQ(h.sum(), 65);
}

TEST(Backlog, ReplaysTheUnsolvedWork) {
  BacklogCounter counter({at(tuesday, 0), at(thursday, 0), at(saturday, 0)});
  auto add = [&](const Builder& b) {
    History h;
    read_history(b.timeline, at(sunday, 0), h);
    counter.add(h);
  };
  Builder solved;
  solved.created(at(monday, 9)).in(at(monday, 9)).status(at(wednesday, 9), Status::solved);
  add(solved);
  Builder back;
  back.created(at(monday, 10)).in(at(monday, 10)).status(at(monday, 12), Status::solved);
  back.in(at(friday, 9)).status(at(friday, 9), Status::open, Source::rule);
  add(back);
  Builder fresh;
  fresh.created(at(wednesday, 12)).in(at(wednesday, 12));
  add(fresh);
  std::vector<Backlog> b = counter.result();
  EXPECT_EQ(b[0].came_in, 2);
  EXPECT_EQ(b[0].solved, 1);
  EXPECT_EQ(b[0].ages, (std::vector<std::int64_t>{Duration(std::chrono::hours(15)).count()}));
  EXPECT_EQ(b[1].came_in, 1);
  EXPECT_EQ(b[1].solved, 1);
  EXPECT_EQ(b[1].ages.size(), 1U);
  EXPECT_EQ(b[2].came_in, 0);
  EXPECT_EQ(b[2].solved, -1); // one came back
  EXPECT_EQ(b[2].ages.size(), 2U);
}

TEST(Backlog, InflowLessOutflowIsTheChange) {
  std::mt19937 random(21);
  std::vector<Instant> instants;
  for (int day = 1; day < 7; ++day) instants.push_back(at(static_cast<Day>(day), 0));
  BacklogCounter counter(instants);
  for (int i = 0; i < 300; ++i) {
    Builder b;
    Instant t = at(monday, 0) + std::chrono::minutes(random() % 8000);
    b.created(t).in(t);
    for (std::size_t k = random() % 5; k > 0; --k) {
      t += std::chrono::minutes(1 + random() % 2000);
      b.status(t, static_cast<Status>(random() % 6), static_cast<Source>(random() % 4));
    }
    History h;
    read_history(b.timeline, at(sunday, 23), h);
    counter.add(h);
  }
  std::int64_t unsolved = 0;
  for (const Backlog& b : counter.result()) {
    unsolved += b.came_in - b.solved;
    EXPECT_EQ(unsolved, static_cast<std::int64_t>(b.ages.size()));
  }
}

TEST(Updates, FromOneReplyToTheNext) {
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 10)).status(at(monday, 10), Status::pending);
  b.in(at(monday, 20)).status(at(monday, 20), Status::open, Source::rule);
  b.reply(at(tuesday, 0)).reply(at(tuesday, 6)).status(at(tuesday, 8), Status::solved);
  Measured m = measured(b.timeline, at(sunday, 12));
  EXPECT_DOUBLE_EQ(m.hours(Metric::periodic, 0), 14);
  EXPECT_DOUBLE_EQ(m.hours(Metric::pausable, 0), 4);
  EXPECT_DOUBLE_EQ(m.hours(Metric::periodic, 1), 6);
  EXPECT_DOUBLE_EQ(m.hours(Metric::pausable, 1), 6);
  EXPECT_EQ(m.outcome(Metric::periodic, 2), Outcome::competing);
  EXPECT_DOUBLE_EQ(m.hours(Metric::periodic, 2), 2);
  EXPECT_FALSE(m.find(Metric::periodic, 3));
  Builder waiting;
  waiting.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 10));
  EXPECT_EQ(measured(waiting.timeline, at(monday, 12)).outcome(Metric::periodic), Outcome::waiting);
  Builder solved;
  solved.created(at(monday, 9))
      .in(at(monday, 9))
      .reply(at(monday, 10))
      .status(at(monday, 10), Status::solved);
  EXPECT_FALSE(measured(solved.timeline, at(monday, 12)).find(Metric::periodic));
}

TEST(Statuses, WorkAndHold) {
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).status(at(monday, 10), Status::open);
  b.status(at(monday, 12), Status::hold).status(at(monday, 15), Status::open);
  b.status(at(monday, 16), Status::pending).status(at(monday, 20), Status::solved);
  Measured m = measured(b.timeline, at(sunday, 12));
  EXPECT_DOUBLE_EQ(m.hours(Metric::agent_work), 4);
  EXPECT_DOUBLE_EQ(m.hours(Metric::on_hold), 3);
  EXPECT_EQ(m.find(Metric::agent_work)->length + m.find(Metric::on_hold)->length,
            m.find(Metric::requester_wait)->length);
}

} // namespace
} // namespace helpdesk::metrics::test
