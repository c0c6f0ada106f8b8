// Defects of other systems (metrics specification, section 9) that no test of a vector stands for. The
// others:
//   Zammad #3180 CalendarDefects.TwentyFourSevenHasNoGap; #3140
//   SlaDefects.AReplyOfOursStartsNoClockAgainstUs; #5177 SlaDefects.NoNextReplyBeforeTheFirst; #4432, #2157
//   SlaDefects.NothingIsDueAtNight; update_in_min SlaDefects.EveryExchangeKeepsItsOwnClock; import mode
//   Imports.*. Chatwoot PR 12058 Cases.M10AnAiAnsweredFirst; resolved late SlaDefects.SolvedLateIsMissed.
//   FreeScout #5225 Cases.M2TheOldestQuestionCounts. Frappe #2075 SlaDefects.AskedAtNight. GLPI PR 22678
//   SlaVectors.S6TheWarningRunsByTheSameClock; #687 CalendarDefects.OffHoursDoNotCount. dbt_zendesk #35
//   SlaDefects.ANoteStopsNothing; schedule and priority history
//   CalendarVectors.Bh18EachStretchByTheCalendarInForce, Sla.WhatEndedKeepsTheTargetOfThen. working_hours
//   CalendarVectors.Bh13ASundayOf25And23Hours.
#include "builder.hpp"
#include "calendars.hpp"
#include "metrics/collect.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::Automation;
using model::Source;
using model::Status;

// Chatwoot PR 11787: the reply after a reopening was measured from long before it.
TEST(PeerDefects, AReplyAfterAReopeningCountsFromTheNewQuestion) {
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 10)).status(at(monday, 10), Status::solved);
  b.in(at(saturday, 9)).status(at(saturday, 9), Status::open, Source::rule).reply(at(saturday, 9, 20));
  Measured m = measured(b.timeline, at(sunday, 12));
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 1);
  EXPECT_DOUBLE_EQ(m.hours(Metric::next_reply) * 60, 20);
  // Reopened by hand, with nothing asked: nobody waits.
  Builder by_hand;
  by_hand.created(at(monday, 9))
      .in(at(monday, 9))
      .reply(at(monday, 10))
      .status(at(monday, 10), Status::solved);
  by_hand.status(at(friday, 9), Status::open).reply(at(saturday, 9, 20));
  EXPECT_FALSE(measured(by_hand.timeline, at(sunday, 12)).find(Metric::next_reply));
}

// Chatwoot PR 13181: a bot's answer left the conversation waiting.
TEST(PeerDefects, AnAnswerByABotEndsTheWaitForAnyAnswer) {
  Builder b;
  b.in(at(monday, 9))
      .automatic(at(monday, 9, 1), Automation::ai)
      .in(at(monday, 12))
      .reply(at(monday, 12, 30));
  Measured m = measured(b.timeline, at(sunday, 12));
  ASSERT_EQ(m.history.turns.size(), 2U);
  EXPECT_EQ(m.history.turns[0].how, TurnEnd::answered_ai);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_answer) * 60, 1);
  EXPECT_DOUBLE_EQ(m.hours(Metric::customer_wait) * 60, 31);
}

// Chatwoot's helper returns 0 where hours are disabled, and averages it in.
TEST(PeerDefects, WithoutACalendarThereIsNoBusinessTime) {
  Builder b;
  b.in(at(monday, 10)).reply(at(monday, 12));
  CollectOptions options;
  options.now = at(sunday, 12);
  Collector without(options);
  without.add(b.timeline);
  const Group& group = without.groups().begin()->second;
  EXPECT_TRUE(group.business.empty());
  EXPECT_EQ(group.sample(Metric::first_reply).size(), 1U);
  EXPECT_EQ(group.sample(Metric::first_reply, true).size(), 0U);
  // With one, and out of its hours, the 0 is there and counted.
  static const CalendarClock office = compiled(weekly("UTC", {"mon-fri 09:00-17:00"}));
  options.business = &office;
  Builder night;
  night.in(at(friday, 18)).reply(at(saturday, 10));
  Collector with(options);
  with.add(night.timeline);
  EXPECT_EQ(with.groups().begin()->second.sample(Metric::first_reply, true).happened,
            std::vector<std::int64_t>{0});
}

// Discourse: topics without a reply vanish from the average.
TEST(PeerDefects, WhatNobodyAnsweredStaysInTheNumber) {
  CollectOptions options;
  options.now = at(sunday, 12);
  Collector all(options);
  Builder answered;
  answered.in(at(monday, 10)).reply(at(monday, 11));
  Builder open;
  open.in(at(monday, 10));
  all.add(answered.timeline);
  for (int i = 0; i < 3; ++i) all.add(open.timeline);
  Summary s = summarise(all.groups().begin()->second.sample(Metric::first_reply));
  EXPECT_EQ(s.n, 4);
  EXPECT_EQ(s.waiting, 3);
  EXPECT_FALSE(s.median.value); // fewer than half were answered
  EXPECT_EQ(s.naive_median, std::chrono::hours(1));
}

} // namespace
} // namespace helpdesk::metrics::test
