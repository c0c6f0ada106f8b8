// How long somebody who writes now will wait: the grain that has enough, and those who wait still.
#include "metrics/expectation.hpp"

#include <gtest/gtest.h>

namespace helpdesk::metrics {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Monday 5 January 2026, 09:30 UTC, and weeks before it.
const Instant k_monday = *parse_rfc3339("2026-01-05T09:30:00Z");
Instant weeks_ago(int n) { return k_monday - hours(24 * 7 * n); }

model::Timeline asked(Instant at, std::optional<Duration> answered,
                      model::Channel channel = model::Channel::email,
                      model::Automation automation = model::Automation::none) {
  model::Timeline timeline;
  timeline.channel = channel;
  model::TimelineEntry created;
  created.entry = model::EntryKind::event;
  created.time = at;
  timeline.entries.push_back(created);
  model::TimelineEntry question;
  question.time = at;
  timeline.entries.push_back(question);
  if (answered) {
    model::TimelineEntry reply;
    reply.time = at + *answered;
    reply.direction = model::Direction::out;
    reply.author_role = model::Role::agent;
    reply.automation = automation;
    timeline.entries.push_back(reply);
  }
  return timeline;
}

TEST(Expectations, TheHourOfTheWeekWhenItHasEnough) {
  Expectations known(Zone::utc());
  for (int n = 1; n <= 20; ++n) known.add(asked(weeks_ago(n), minutes(10 * n)), k_monday);
  for (int n = 1; n <= 40; ++n) known.add(asked(weeks_ago(n) + hours(30), hours(24)), k_monday);
  auto found = known.of(model::Channel::email, k_monday, k_monday);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->grain, Grain::hour_of_week);
  EXPECT_EQ(found->n, 20);
  // 20 values 10, 20 … 200 minutes: S falls to 0.2 at the 16th, and lies there until the 17th.
  EXPECT_NEAR(found->seconds, 165 * 60, 5 * 60 + 1);
  EXPECT_DOUBLE_EQ(found->seconds, found->quantile);
}

TEST(Expectations, FallsBackToFewerDimensions) {
  Expectations known(Zone::utc());
  for (int n = 1; n <= 19; ++n) known.add(asked(weeks_ago(n), hours(1)), k_monday);
  auto everything = known.of(model::Channel::chat, k_monday, k_monday);
  ASSERT_TRUE(everything);
  EXPECT_EQ(everything->grain, Grain::everything);
  EXPECT_EQ(everything->n, 19);
  known.add(asked(weeks_ago(1) + hours(3), hours(1)), k_monday);
  EXPECT_EQ(known.of(model::Channel::email, k_monday, k_monday)->grain, Grain::weekday);
  EXPECT_EQ(known.of(model::Channel::email, k_monday + hours(24), k_monday + hours(24))->grain,
            Grain::channel);
  EXPECT_EQ(known.of(model::Channel::phone, k_monday, k_monday)->grain, Grain::everything);
}

TEST(Expectations, SaysNothingWithTooLittle) {
  Expectations known(Zone::utc());
  EXPECT_FALSE(known.of(model::Channel::email, k_monday, k_monday));
  for (int n = 1; n <= 4; ++n) known.add(asked(weeks_ago(n), hours(1)), k_monday);
  EXPECT_FALSE(known.of(model::Channel::email, k_monday, k_monday));
  known.add(asked(weeks_ago(5), hours(1)), k_monday);
  EXPECT_TRUE(known.of(model::Channel::email, k_monday, k_monday));
}

TEST(Expectations, ThoseWhoWaitStillAreNotLeftOut) {
  Expectations known(Zone::utc());
  for (int n = 1; n <= 8; ++n) known.add(asked(weeks_ago(n), hours(1)), k_monday);
  EXPECT_NEAR(known.of(model::Channel::email, k_monday, k_monday)->seconds, 3600, 1);
  for (int n = 9; n <= 16; ++n) known.add(asked(weeks_ago(n), std::nullopt), k_monday);
  EXPECT_FALSE(known.of(model::Channel::email, k_monday, k_monday)); // half never got one
}

TEST(Expectations, AnAcknowledgementIsNoFirstReply) {
  Expectations with(Zone::utc());
  for (int n = 1; n <= 10; ++n) {
    model::Timeline timeline =
        asked(weeks_ago(n), minutes(1), model::Channel::email, model::Automation::auto_reply);
    model::TimelineEntry reply = timeline.entries.back();
    reply.time += hours(5);
    reply.automation = model::Automation::none;
    timeline.entries.push_back(reply);
    with.add(timeline, k_monday);
  }
  auto found = with.of(model::Channel::email, k_monday, k_monday);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->seconds, 5 * 3600 + 60, 1);
}

TEST(Expectations, WhoHasWaitedAlreadyIsComparedWithThoseWhoHadToo) {
  Expectations known(Zone::utc());
  for (int n = 1; n <= 20; ++n) known.add(asked(weeks_ago(n), n <= 10 ? hours(1) : hours(10)), k_monday);
  auto found = known.of(model::Channel::email, k_monday, k_monday + hours(2));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->quantile, 10 * 3600, 1);
  EXPECT_NEAR(found->seconds, 8 * 3600, 1);
  EXPECT_FALSE(known.of(model::Channel::email, k_monday, k_monday + hours(11)));
}

} // namespace
} // namespace helpdesk::metrics
