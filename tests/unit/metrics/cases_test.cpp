// The cases M1 to M15 of the metrics specification, in calendar time.
#include "builder.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics::test {
namespace {

using model::Automation;
using model::Source;
using model::Status;

const Instant k_later = at(sunday, 12);

TEST(Cases, M1AutomaticMailIsNoReply) {
  Builder b;
  b.created(at(monday, 10))
      .in(at(monday, 10))
      .automatic(at(monday, 10, 0, 5), Automation::auto_reply)
      .note(at(monday, 10, 20));
  b.reply(at(monday, 11, 30)).status(at(monday, 11, 30), Status::solved);
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 1.5);
  EXPECT_EQ(m.find(Metric::auto_ack)->length, std::chrono::seconds(5));
  EXPECT_EQ(m.history.replies, 1);
  for (Automation kind : {Automation::survey, Automation::campaign, Automation::rule,
                          Automation::out_of_office, Automation::bounce}) {
    Builder other;
    other.in(at(monday, 10)).automatic(at(monday, 10, 1), kind).reply(at(monday, 12));
    EXPECT_DOUBLE_EQ(measured(other.timeline, k_later).hours(Metric::first_reply), 2) << text(kind);
  }
}

TEST(Cases, M2TheOldestQuestionCounts) {
  Builder b;
  b.in(at(monday, 10)).in(at(monday, 12)).reply(at(monday, 13));
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 3);
  EXPECT_EQ(m.history.turns.size(), 1U);
  EXPECT_FALSE(m.find(Metric::next_reply));
}

TEST(Cases, M3WeWroteFirst) {
  Builder b;
  b.created(at(monday, 9)).reply(at(monday, 9)).status(at(monday, 9), Status::pending);
  b.in(at(tuesday, 9, 30)).status(at(tuesday, 9, 30), Status::open, Source::rule);
  b.reply(at(tuesday, 10)).status(at(tuesday, 10), Status::solved);
  Measured m = measured(b.timeline, k_later);
  EXPECT_EQ(m.reason(Metric::first_reply), Reason::outbound);
  EXPECT_DOUBLE_EQ(m.hours(Metric::next_reply), 0.5);
  EXPECT_DOUBLE_EQ(m.hours(Metric::agent_wait), 24.5);
  EXPECT_DOUBLE_EQ(m.hours(Metric::full_resolution), 25);
}

TEST(Cases, M4ReplyAndPending) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 11)).status(at(monday, 11), Status::pending);
  b.in(at(wednesday, 10)).status(at(wednesday, 10), Status::open, Source::rule);
  b.reply(at(wednesday, 12)).status(at(wednesday, 12), Status::solved);
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 1);
  EXPECT_DOUBLE_EQ(m.hours(Metric::next_reply), 2);
  EXPECT_DOUBLE_EQ(m.hours(Metric::requester_wait), 3);
  EXPECT_DOUBLE_EQ(m.hours(Metric::agent_wait), 47);
  EXPECT_DOUBLE_EQ(m.hours(Metric::full_resolution), 50);
}

TEST(Cases, M5SolvedReopenedSolved) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 12)).status(at(monday, 12), Status::solved);
  b.in(at(monday, 14)).status(at(monday, 14), Status::open, Source::rule);
  b.reply(at(monday, 15)).status(at(monday, 15), Status::solved);
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_resolution), 2);
  EXPECT_DOUBLE_EQ(m.hours(Metric::full_resolution), 5);
  EXPECT_DOUBLE_EQ(m.hours(Metric::time_unsolved), 3);
  EXPECT_EQ(m.history.reopens, 1);
  EXPECT_EQ(m.history.cycles.size(), 2U);
  Measured halfway = measured(b.timeline, at(monday, 14, 30));
  EXPECT_EQ(halfway.outcome(Metric::full_resolution), Outcome::waiting);
  EXPECT_DOUBLE_EQ(halfway.hours(Metric::full_resolution), 4.5);
  EXPECT_EQ(halfway.outcome(Metric::first_resolution), Outcome::happened);
}

TEST(Cases, M6ThanksAfterSolved) {
  Builder b;
  b.in(at(monday, 10)).reply(at(monday, 11)).status(at(monday, 11), Status::solved);
  b.in(at(monday, 11, 5)).status(at(monday, 11, 10), Status::closed);
  Measured m = measured(b.timeline, k_later);
  ASSERT_EQ(m.history.turns.size(), 2U);
  EXPECT_EQ(m.history.turns[0].how, TurnEnd::answered_human);
  EXPECT_EQ(m.history.turns[1].how, TurnEnd::closed_unanswered);
  EXPECT_EQ(m.history.turns[1].end - m.history.turns[1].start, std::chrono::minutes(5));
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 1);
  EXPECT_EQ(m.outcome(Metric::next_reply), Outcome::competing);
  Builder known;
  known.in(at(monday, 10)).reply(at(monday, 11)).status(at(monday, 11), Status::solved);
  known.in(at(monday, 11, 5), model::NeedsReply::no);
  EXPECT_EQ(measured(known.timeline, k_later).history.turns.size(), 1U);
}

TEST(Cases, M7M8CalendarHours) {
  Builder off;
  off.in(at(friday, 18)).reply(at(saturday, 10));
  EXPECT_DOUBLE_EQ(measured(off.timeline, k_later).hours(Metric::first_reply), 16);
  Builder weekend;
  weekend.in(at(friday, 16, 30)).reply(at(sunday, 23));
  weekend.timeline.entries.back().time = at(sunday, 33, 15);
  EXPECT_DOUBLE_EQ(measured(weekend.timeline, at(sunday, 48)).hours(Metric::first_reply), 64.75);
}

TEST(Cases, M9NoAnswerYet) {
  Builder b;
  b.in(at(monday, 10));
  Measured m = measured(b.timeline, at(monday, 16));
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 6);
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::waiting);
}

TEST(Cases, M10AnAiAnsweredFirst) {
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).automatic(at(monday, 9, 0, 20), Automation::ai);
  b.status(at(monday, 9, 5), Status::solved, Source::bot);
  b.in(at(friday, 14)).status(at(friday, 14), Status::open, Source::rule);
  b.reply(at(friday, 14, 10)).status(at(friday, 14, 10), Status::solved);
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply) * 60, 10);
  EXPECT_EQ(m.find(Metric::first_answer)->length, std::chrono::seconds(20));
  EXPECT_EQ(m.history.reopens, 1);
  EXPECT_NEAR(m.hours(Metric::full_resolution), 101.1667, 5e-5);
  EXPECT_DOUBLE_EQ(m.hours(Metric::requester_wait), 0.25);
  EXPECT_FALSE(m.find(Metric::next_reply));
  Builder alone;
  alone.in(at(monday, 9)).automatic(at(monday, 9, 0, 20), Automation::ai);
  EXPECT_EQ(measured(alone.timeline, k_later).reason(Metric::first_reply), Reason::ai_only);
}

TEST(Cases, M11SolvedWithoutAReply) {
  Builder b;
  b.in(at(monday, 10)).status(at(monday, 10, 30), Status::solved);
  Measured m = measured(b.timeline, at(monday, 16));
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::competing);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 0.5);
}

TEST(Cases, M13PendingWithoutAReply) {
  Builder b;
  b.created(at(monday, 10))
      .in(at(monday, 10))
      .status(at(monday, 10, 5), Status::pending)
      .reply(at(wednesday, 10));
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 48);
  EXPECT_DOUBLE_EQ(m.hours(Metric::requester_wait) * 60, 5);
  EXPECT_TRUE(m.history.paused_while_owed);
}

TEST(Cases, M14AnsweredButLeftOpen) {
  Builder b;
  b.created(at(monday, 10))
      .in(at(monday, 10))
      .status(at(monday, 10), Status::open, Source::rule)
      .reply(at(monday, 11));
  b.status(at(tuesday, 11), Status::solved);
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::customer_wait), 1);
  EXPECT_DOUBLE_EQ(m.hours(Metric::requester_wait), 25);
}

TEST(Cases, M15TheClockRunsFromTheMessage) {
  Builder b;
  b.created(at(monday, 8)).in(at(monday, 10)).reply(at(monday, 11));
  EXPECT_DOUBLE_EQ(measured(b.timeline, k_later).hours(Metric::first_reply), 1);
}

TEST(Cases, BouncedRepliesDoNotAnswer) {
  Builder b;
  b.in(at(monday, 10)).reply(at(monday, 11)).reply(at(monday, 15));
  b.timeline.entries[1].delivery = model::Delivery::bounced;
  EXPECT_DOUBLE_EQ(measured(b.timeline, k_later).hours(Metric::first_reply), 5);
}

TEST(Cases, OutOfOfficeAndBouncesAskNothing) {
  for (Automation kind : {Automation::out_of_office, Automation::bounce, Automation::auto_reply}) {
    Builder b;
    b.in(at(monday, 10));
    b.timeline.entries[0].automation = kind;
    EXPECT_EQ(measured(b.timeline, k_later).reason(Metric::first_reply), Reason::no_question) << text(kind);
  }
}

TEST(Cases, NewslettersAreNoUnsolvedWork) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10), model::NeedsReply::no);
  EXPECT_EQ(measured(b.timeline, k_later).reason(Metric::full_resolution), Reason::no_question);
  b.status(at(monday, 12), Status::solved);
  EXPECT_DOUBLE_EQ(measured(b.timeline, k_later).hours(Metric::full_resolution), 2);
}

TEST(Cases, UnsureWaits) {
  Builder b;
  b.in(at(monday, 10), model::NeedsReply::unsure);
  EXPECT_EQ(measured(b.timeline, k_later).outcome(Metric::first_reply), Outcome::waiting);
}

TEST(Cases, LeftOutTicketsMeasureNothing) {
  auto reason = [](auto&& change) {
    Builder b;
    b.in(at(monday, 10)).reply(at(monday, 11));
    change(b.timeline);
    Measured m = measured(b.timeline, k_later);
    EXPECT_TRUE(m.metrics.measured.empty());
    return m.metrics.left_out;
  };
  EXPECT_EQ(reason([](auto& t) { t.spam = true; }), Reason::spam);
  EXPECT_EQ(reason([](auto& t) { t.deleted = true; }), Reason::deleted);
  EXPECT_EQ(reason([](auto& t) { t.merged = true; }), Reason::merged);
  EXPECT_EQ(reason([](auto& t) { t.history_only = true; }), Reason::history_only);
  EXPECT_EQ(reason([](auto& t) { t.entries[0].author_role = model::Role::agent; }), Reason::internal);
  EXPECT_EQ(reason([](auto& t) {
              for (auto& e : t.entries) e.time += std::chrono::hours(2400);
            }),
            Reason::future);
}

TEST(Cases, AHandOffNeedsAHuman) {
  Builder b;
  b.in(at(monday, 9))
      .automatic(at(monday, 9, 1), Automation::ai)
      .event(at(monday, 9, 2), model::EventKind::handoff);
  Measured m = measured(b.timeline, at(monday, 12));
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::waiting);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 3);
}

TEST(Cases, ASlipOfTheHandSolvesNothing) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).status(at(monday, 10, 30), Status::solved);
  b.status(at(monday, 10, 30, 20), Status::open).reply(at(monday, 12));
  Measured m = measured(b.timeline, k_later);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 2);
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::happened);
  EXPECT_EQ(m.history.reopens, 0);
}

TEST(Cases, ClosedOverAnUnseenWordStillWaits) {
  Builder b;
  b.in(at(monday, 10))
      .status(at(monday, 11), Status::solved)
      .status(at(monday, 11), Status::open, Source::rule);
  Measured m = measured(b.timeline, at(monday, 15));
  EXPECT_EQ(m.outcome(Metric::first_reply), Outcome::waiting);
  EXPECT_DOUBLE_EQ(m.hours(Metric::first_reply), 5);
}

TEST(Cases, ClosedWithoutEverBeingSolved) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 11)).status(at(monday, 12), Status::closed);
  EXPECT_DOUBLE_EQ(measured(b.timeline, k_later).hours(Metric::first_resolution), 2);
}

TEST(Cases, EachNumberHasItsEvents) {
  Builder b;
  b.created(at(monday, 10)).in(at(monday, 10)).reply(at(monday, 11)).in(at(monday, 12)).reply(at(monday, 14));
  Measured m = measured(b.timeline, k_later);
  const Measurement* wait = m.find(Metric::customer_wait);
  ASSERT_EQ(wait->pieces, 2U);
  Duration sum{};
  for (std::size_t i = 0; i < wait->pieces; ++i) {
    const Piece& piece = m.metrics.pieces[wait->first_piece + i];
    EXPECT_EQ(m.history.entries[piece.first].time, piece.from);
    EXPECT_EQ(m.history.entries[piece.last].time, piece.to);
    sum += piece.to - piece.from;
  }
  EXPECT_EQ(sum, wait->length);
}

} // namespace
} // namespace helpdesk::metrics::test
