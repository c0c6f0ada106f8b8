// Tickets that were imported without their times (metrics specification, section 1), and what Zammad's import
// mode forgets: those with their times count.
#include "builder.hpp"
#include "metrics/imports.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::Status;

Builder at_once(Instant t) {
  Builder b;
  b.created(t).in(t).reply(t).status(t, Status::solved);
  return b;
}

ImportSeconds found(const std::vector<model::Timeline>& timelines) {
  ImportSuspects suspects;
  for (const model::Timeline& t : timelines) suspects.add(t);
  ImportCounter counter(&suspects);
  for (const model::Timeline& t : timelines) counter.add(t);
  return counter.seconds();
}

TEST(Imports, TwentyInOneSecond) {
  const Instant t = at(monday, 10, 7, 13);
  std::vector<model::Timeline> tickets(19, at_once(t).timeline);
  EXPECT_TRUE(found(tickets).empty());
  tickets.push_back(at_once(t + std::chrono::milliseconds(900)).timeline);
  ImportSeconds seconds = found(tickets);
  ASSERT_EQ(seconds.size(), 1U);
  for (const model::Timeline& ticket : tickets) EXPECT_TRUE(is_import_without_times(ticket, seconds));
  EXPECT_FALSE(is_import_without_times(at_once(t + std::chrono::seconds(1)).timeline, seconds));
  Measured m;
  read_history(tickets.front(), at(sunday, 12), m.history);
  MeasureOptions options;
  options.imports = &seconds;
  measure(tickets.front(), m.history, options, m.metrics);
  EXPECT_EQ(m.metrics.left_out, Reason::import_no_times);
  EXPECT_TRUE(m.metrics.measured.empty());
}

TEST(Imports, WithTheirTimesTheyCount) {
  std::vector<model::Timeline> tickets;
  for (int i = 0; i < 40; ++i) {
    Builder b;
    b.created(at(monday, 10, 7, 13)).in(at(monday, 10, 7, 13)).reply(at(monday, 11, i));
    tickets.push_back(b.timeline);
  }
  EXPECT_TRUE(found(tickets).empty());
}

// Left out, those who wait would be hidden.
TEST(Imports, WhatWasOnlyAskedWaits) {
  Builder b;
  b.created(at(monday, 10, 7, 13)).in(at(monday, 10, 7, 13));
  EXPECT_FALSE(import_second(b.timeline));
  EXPECT_TRUE(found(std::vector<model::Timeline>(50, b.timeline)).empty());
}

TEST(Imports, DaysWithoutTimesAreNoImport) {
  EXPECT_TRUE(found(std::vector<model::Timeline>(50, at_once(at(monday, 0)).timeline)).empty());
}

TEST(Imports, TheFirstPassMergesAndFindsGroupsOnly) {
  ImportSuspects one;
  ImportSuspects other;
  for (int i = 0; i < 10; ++i) one.add(at_once(at(monday, 10, 7, 13)).timeline);
  for (int i = 0; i < 10; ++i)
    other.add(at_once(at(monday, 10, 7, 13) + std::chrono::seconds(4096)).timeline);
  EXPECT_FALSE(one.any());
  one.merge(other);
  EXPECT_TRUE(one.any()); // of one group; the second pass tells them apart
  ImportCounter counter(&one);
  for (int i = 0; i < 10; ++i) counter.add(at_once(at(monday, 10, 7, 13)).timeline);
  EXPECT_TRUE(counter.seconds().empty());
}

TEST(Abandon, CallersHangUpOrAreAnswered) {
  Builder gone;
  gone.timeline.channel = model::Channel::phone;
  gone.in(at(monday, 10)).event(at(monday, 10, 0, 45), model::EventKind::call);
  Measured m = measured(gone.timeline, at(monday, 12));
  EXPECT_EQ(m.outcome(Metric::abandon), Outcome::happened);
  EXPECT_DOUBLE_EQ(m.hours(Metric::abandon), 45 / 3600.0);
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::waiting); // for the call back
  Builder answered;
  answered.timeline.channel = model::Channel::phone;
  answered.in(at(monday, 10)).reply(at(monday, 10, 0, 14)).event(at(monday, 10, 4), model::EventKind::call);
  m = measured(answered.timeline, at(monday, 12));
  EXPECT_EQ(m.outcome(Metric::abandon), Outcome::competing);
  EXPECT_DOUBLE_EQ(m.hours(Metric::abandon), 14 / 3600.0);
  Builder mail;
  mail.in(at(monday, 10));
  EXPECT_FALSE(measured(mail.timeline, at(monday, 12)).find(Metric::abandon));
}

// Metrics specification, section 3: a competing event for the first reply.
TEST(Abandon, AChatThatWasGivenUpHasNoFirstReply) {
  Builder b;
  b.timeline.channel = model::Channel::chat;
  b.in(at(monday, 10)).event(at(monday, 10, 3), model::EventKind::call);
  Measured m = measured(b.timeline, at(monday, 12));
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::competing);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 0.05);
  EXPECT_EQ(m.outcome(Metric::abandon), Outcome::happened);
  b.in(at(monday, 10, 20)).reply(at(monday, 10, 21));
  m = measured(b.timeline, at(monday, 12));
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::competing);
  EXPECT_EQ(m.outcome(Metric::next_reply), Outcome::happened);
}

} // namespace
} // namespace helpdesk::metrics::test
