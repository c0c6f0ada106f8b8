// The SLA vectors of the metrics specification (S…, ZM…), and what peers got wrong.
#include "sla_support.hpp"

namespace helpdesk::metrics::test {
namespace {

using model::EventKind;
using model::Priority;
using model::Source;
using model::Status;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const CalendarClock& cal1() {
  static const CalendarClock clock = compiled(weekly("UTC", {"mon-fri 09:00-17:00"}));
  return clock;
}
const CalendarClock& berlin(const char* hours) {
  static std::map<std::string, CalendarClock> known;
  auto it = known.find(hours);
  if (it == known.end())
    it = known.emplace(hours, compiled(weekly("Europe/Berlin", {hours}, {"2016-11-01"}))).first;
  return it->second;
}

TEST(SlaVectors, S1OverTheWeekend) {
  Builder b;
  b.in(at(friday, 16));
  SlaClock c =
      clock_of(sla_of(b.timeline, at(friday, 16, 30), {policy(cal1(), SlaMetric::first_reply, hours(2))}),
               SlaMetric::first_reply);
  EXPECT_EQ(c.due, utc("2026-01-12T10:00:00Z"));
  EXPECT_EQ(c.state, SlaState::running);
  EXPECT_EQ(c.elapsed, minutes(30));
  EXPECT_EQ(c.remaining(), minutes(90));
}

TEST(SlaVectors, S2MetAtTheOpeningBreachedASecondLater) {
  for (int second : {0, 1}) {
    Builder b;
    b.in(at(friday, 16));
    b.reply(utc("2026-01-12T09:00:00Z") + seconds(second));
    SlaClock c = clock_of(
        sla_of(b.timeline, utc("2026-01-13T00:00:00Z"), {policy(cal1(), SlaMetric::first_reply, hours(1))}),
        SlaMetric::first_reply);
    EXPECT_EQ(c.due, utc("2026-01-09T17:00:00Z"));
    EXPECT_EQ(c.due_next, utc("2026-01-12T09:00:00Z"));
    EXPECT_EQ(c.state, second == 0 ? SlaState::met : SlaState::breached);
    EXPECT_EQ(c.overdue, seconds(second));
    EXPECT_EQ(c.breach_at, second == 0 ? std::nullopt : std::optional(utc("2026-01-12T09:00:00Z")));
  }
}

TEST(SlaVectors, S5ATighterTargetBreachesWhenItComes) {
  Builder b;
  b.in(at(monday, 9));
  change(b, at(monday, 11), EventKind::priority, 0, t_urgent);
  b.timeline.priority = Priority::urgent;
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(8));
  also(p, SlaMetric::first_reply, hours(1), Priority::urgent);
  SlaClock before = clock_of(sla_of(b.timeline, at(monday, 11), {p}), SlaMetric::first_reply);
  EXPECT_EQ(before.breach_at, at(monday, 11));
  EXPECT_EQ(before.overdue, hours(1));
  EXPECT_EQ(before.cause, SlaCause::policy_change);
  SlaClock c = clock_of(sla_of(b.timeline, at(monday, 12), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.breach_at, at(monday, 11));
  EXPECT_EQ(c.state, SlaState::overdue);
  EXPECT_EQ(c.target, hours(1));
  EXPECT_EQ(c.overdue, hours(2)); // and it grows
  std::vector<SlaEvent> expected{{at(monday, 9), SlaEventKind::activate, k_no_policy, std::nullopt},
                                 {at(monday, 9), SlaEventKind::apply_sla, 0, hours(8)},
                                 {at(monday, 11), SlaEventKind::apply_sla, 0, hours(1)},
                                 {at(monday, 11), SlaEventKind::warn, k_no_policy, std::nullopt},
                                 {at(monday, 11), SlaEventKind::breach, k_no_policy, std::nullopt}};
  EXPECT_EQ(c.events, expected);
}

// The warning was computed by another clock than the target, and came at midnight.
TEST(SlaVectors, S6TheWarningRunsByTheSameClock) {
  CalendarClock hours_8_18 = compiled(weekly("UTC", {"mon-fri 08:00-18:00"}));
  Builder b;
  b.in(at(monday, 17));
  SlaPolicy p = policy(hours_8_18, SlaMetric::first_reply, hours(4));
  p.warn.before = hours(1);
  SlaClock c = clock_of(sla_of(b.timeline, at(tuesday, 10, 30), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.due, at(tuesday, 11));
  EXPECT_EQ(c.warn_at, at(tuesday, 10));
  EXPECT_TRUE(c.is_near(at(tuesday, 10, 30)));
  p.warn = {75, std::nullopt}; // three of four hours: the same
  c = clock_of(sla_of(b.timeline, at(tuesday, 9), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.warn_at, at(tuesday, 10));
  EXPECT_FALSE(c.is_near(at(tuesday, 9)));
}

TEST(SlaVectors, Zm1AndZm2ThreeTargets) {
  Instant asked = utc("2013-03-21T09:30:00Z");
  SlaPolicy p = policy(berlin("mon-fri 08:00-18:00"), SlaMetric::first_reply, minutes(60));
  also(p, SlaMetric::first_resolution, minutes(120));
  also(p, SlaMetric::full_resolution, minutes(180));
  Builder b;
  b.created(asked).in(asked);
  TicketSla open = sla_of(b.timeline, asked + minutes(5), {p});
  EXPECT_EQ(clock_of(open, SlaMetric::first_reply).due, utc("2013-03-21T10:30:00Z"));
  EXPECT_EQ(clock_of(open, SlaMetric::first_resolution).due, utc("2013-03-21T11:30:00Z"));
  EXPECT_EQ(clock_of(open, SlaMetric::full_resolution).due, utc("2013-03-21T12:30:00Z"));
  b.reply(utc("2013-03-21T14:00:00Z"));
  SlaClock late = clock_of(sla_of(b.timeline, utc("2013-03-21T15:00:00Z"), {p}), SlaMetric::first_reply);
  EXPECT_EQ(late.elapsed, minutes(270));
  EXPECT_EQ(late.remaining(), minutes(-210));
  EXPECT_EQ(late.overdue, minutes(210));
}

TEST(SlaVectors, Zm3PendingAndClosedDoNotCount) {
  SlaPolicy p = policy(berlin("daily 09:00-18:00"), SlaMetric::full_resolution, minutes(120));
  pause(p, SlaMetric::full_resolution, Status::pending);
  Builder b;
  b.created(utc("2013-06-04T09:00:00Z")).in(utc("2013-06-04T09:00:00Z"));
  b.status(utc("2013-06-04T09:30:00Z"), Status::pending).status(utc("2013-06-04T09:45:00Z"), Status::open);
  b.status(utc("2013-06-04T10:00:00Z"), Status::closed).status(utc("2013-06-04T10:30:00Z"), Status::open);
  SlaClock c = clock_of(sla_of(b.timeline, utc("2013-06-04T11:00:00Z"), {p}), SlaMetric::full_resolution);
  EXPECT_EQ(c.due, utc("2013-06-04T11:45:00Z"));
  EXPECT_EQ(c.elapsed, minutes(75));
  EXPECT_EQ(c.runs.size(), 3U);
  SlaClock closed =
      clock_of(sla_of(b.timeline, utc("2013-06-04T10:15:00Z"), {p}), SlaMetric::full_resolution);
  EXPECT_EQ(closed.state, SlaState::met);
  EXPECT_EQ(closed.stopped, utc("2013-06-04T10:00:00Z"));
}

TEST(SlaVectors, Zm4DueAtTheEndOfTheDay) {
  SlaPolicy p = policy(berlin("daily 09:00-18:00"), SlaMetric::full_resolution, minutes(120));
  pause(p, SlaMetric::full_resolution, Status::pending);
  Builder b;
  b.created(utc("2013-06-04T09:00:00Z")).in(utc("2013-06-04T09:00:00Z"));
  b.status(utc("2013-06-04T10:00:00Z"), Status::pending).status(utc("2013-06-04T15:00:00Z"), Status::open);
  SlaClock c = clock_of(sla_of(b.timeline, utc("2013-06-04T15:30:00Z"), {p}), SlaMetric::full_resolution);
  EXPECT_EQ(c.due, utc("2013-06-04T16:00:00Z"));
  EXPECT_EQ(c.due_next, utc("2013-06-05T07:00:00Z"));
  SlaClock paused =
      clock_of(sla_of(b.timeline, utc("2013-06-04T14:00:00Z"), {p}), SlaMetric::full_resolution);
  EXPECT_EQ(paused.state, SlaState::paused);
  EXPECT_EQ(paused.due, std::nullopt); // it depends on when the customer answers
  EXPECT_EQ(paused.remaining(), minutes(60));
}

TEST(SlaVectors, Zm5ExactToTheSecond) {
  SlaPolicy p = policy(berlin("mon-fri 08:00-20:00"), SlaMetric::full_resolution, minutes(1200));
  pause(p, SlaMetric::full_resolution, Status::pending);
  Builder b;
  b.created(utc("2016-11-01T15:59:14Z")).in(utc("2016-11-01T15:59:14Z"));
  b.status(utc("2016-11-01T15:59:58Z"), Status::pending).status(utc("2016-11-07T13:26:36Z"), Status::open);
  SlaClock c = clock_of(sla_of(b.timeline, utc("2016-11-07T14:00:00Z"), {p}), SlaMetric::full_resolution);
  EXPECT_EQ(c.due, utc("2016-11-09T09:26:36Z"));
}

// ---- what peers got wrong

// A reply of the desk made the ticket escalate: the clock of the next reply ran against the desk's own word.
TEST(SlaDefects, AReplyOfOursStartsNoClockAgainstUs) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(1));
  also(p, SlaMetric::next_reply, hours(1));
  Builder b;
  b.in(at(monday, 10)).reply(at(monday, 10, 30)).reply(at(monday, 11));
  TicketSla sla = sla_of(b.timeline, at(friday, 10), {p});
  EXPECT_EQ(clock_of(sla, SlaMetric::first_reply).state, SlaState::met);
  EXPECT_FALSE(has_clock(sla, SlaMetric::next_reply));
}

// The update clock overtook the first reply that was still owed.
TEST(SlaDefects, NoNextReplyBeforeTheFirst) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(8));
  also(p, SlaMetric::next_reply, hours(1));
  Builder b;
  b.in(at(monday, 10)).in(at(monday, 11));
  TicketSla sla = sla_of(b.timeline, at(monday, 15), {p});
  EXPECT_EQ(clock_of(sla, SlaMetric::first_reply).state, SlaState::running);
  EXPECT_FALSE(has_clock(sla, SlaMetric::next_reply));
  b.reply(at(monday, 16)).in(at(tuesday, 9)).in(at(tuesday, 9, 30));
  sla = sla_of(b.timeline, at(tuesday, 11), {p});
  EXPECT_EQ(clock_of(sla, SlaMetric::next_reply).start, at(tuesday, 9)); // the oldest question
  EXPECT_EQ(clock_of(sla, SlaMetric::next_reply).state, SlaState::overdue);
}

// Only the longest exchange was kept, and the ones before it were forgotten.
TEST(SlaDefects, EveryExchangeKeepsItsOwnClock) {
  SlaPolicy p = policy(cal1(), SlaMetric::next_reply, hours(1));
  Builder b;
  b.in(at(monday, 10)).reply(at(monday, 11));
  b.in(at(monday, 12)).reply(at(monday, 12, 30));
  b.in(at(tuesday, 9)).reply(at(tuesday, 14));
  b.in(at(wednesday, 9)).reply(at(wednesday, 9, 10));
  TicketSla sla = sla_of(b.timeline, at(friday, 10), {p});
  EXPECT_EQ(clock_of(sla, SlaMetric::next_reply, 1).state, SlaState::met);
  EXPECT_EQ(clock_of(sla, SlaMetric::next_reply, 2).overdue, hours(4));
  EXPECT_EQ(clock_of(sla, SlaMetric::next_reply, 3).elapsed, minutes(10));
}

// Mails about deadlines at night.
TEST(SlaDefects, NothingIsDueAtNight) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(3));
  for (int hour = 0; hour < 24; ++hour) {
    Builder b;
    b.in(at(thursday, hour, 17));
    SlaClock c = clock_of(sla_of(b.timeline, utc("2026-02-01T00:00:00Z"), {p}), SlaMetric::first_reply);
    for (auto t : {c.warn_at, c.due, c.breach_at}) {
      ASSERT_TRUE(t);
      Civil civil = Zone::utc().civil(*t);
      EXPECT_TRUE(civil.hour >= 9 && (civil.hour < 17 || (civil.hour == 17 && civil.minute == 0))) << hour;
      EXPECT_LE(civil.weekday, 5);
    }
  }
}

// Solved too late counted as a hit, because a job looked at it only then.
TEST(SlaDefects, SolvedLateIsMissed) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_resolution, hours(2));
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 14)).status(at(monday, 14), Status::solved);
  SlaClock c = clock_of(sla_of(b.timeline, at(friday, 9), {p}), SlaMetric::first_resolution);
  EXPECT_EQ(c.state, SlaState::breached);
  EXPECT_EQ(c.breach_at, at(monday, 11));
  EXPECT_EQ(c.overdue, hours(3));
}

// Asked at night, a ticket got more than a day; and another system gave it no time at all.
TEST(SlaDefects, AskedAtNight) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(4));
  also(p, SlaMetric::full_resolution, hours(8));
  Builder b;
  b.created(at(monday, 22)).in(at(monday, 22));
  TicketSla sla = sla_of(b.timeline, at(monday, 23), {p});
  EXPECT_EQ(clock_of(sla, SlaMetric::first_reply).due, at(tuesday, 13));
  EXPECT_EQ(clock_of(sla, SlaMetric::full_resolution).due, at(tuesday, 17));
  EXPECT_EQ(clock_of(sla, SlaMetric::full_resolution).due_next, at(wednesday, 9));
}

// A note is no reply.
TEST(SlaDefects, ANoteStopsNothing) {
  Builder b;
  b.in(at(monday, 10)).note(at(monday, 10, 5)).automatic(at(monday, 10, 6), model::Automation::auto_reply);
  SlaClock c =
      clock_of(sla_of(b.timeline, at(monday, 15), {policy(cal1(), SlaMetric::first_reply, hours(1))}),
               SlaMetric::first_reply);
  EXPECT_EQ(c.state, SlaState::overdue);
  EXPECT_EQ(c.breach_at, at(monday, 11));
}

// ---- our own rules

TEST(Sla, APolicyThatComesLateMeasuresFromTheQuestion) {
  Builder b;
  b.in(at(monday, 9));
  change(b, at(monday, 12), EventKind::tag, 0, t_vip);
  b.timeline.tags = {t_vip};
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(4));
  p.match.tags_any = {"VIP"};
  SlaClock c = clock_of(sla_of(b.timeline, at(monday, 12, 30), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.due, at(monday, 13));
  EXPECT_EQ(c.elapsed, minutes(210));
  EXPECT_EQ(when(c, SlaEventKind::apply_sla), at(monday, 12));
  EXPECT_EQ(c.warn_at, at(monday, 12));
}

TEST(Sla, WhatEndedKeepsTheTargetOfThen) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(8));
  also(p, SlaMetric::first_reply, minutes(10), Priority::urgent);
  Builder b;
  b.in(at(monday, 9)).reply(at(monday, 10));
  change(b, at(monday, 10), EventKind::priority, 0, t_urgent);
  b.timeline.priority = Priority::urgent;
  SlaClock c = clock_of(sla_of(b.timeline, at(friday, 9), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.state, SlaState::met);
  EXPECT_EQ(c.target, hours(8));
}

TEST(Sla, ALooserTargetTakesNoBreachBack) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(8));
  also(p, SlaMetric::first_reply, hours(1), Priority::urgent);
  Builder b;
  b.in(at(monday, 9));
  change(b, at(monday, 11), EventKind::priority, t_urgent, t_low);
  b.timeline.priority = Priority::low;
  b.reply(at(monday, 12));
  SlaClock c = clock_of(sla_of(b.timeline, at(friday, 9), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.breach_at, at(monday, 10));
  EXPECT_EQ(c.state, SlaState::breached);
  EXPECT_EQ(c.cause, SlaCause::time);
}

TEST(Sla, ChangingTheCalendarMidFlightCountsEachStretchByItsOwn) {
  CalendarClock always = compiled(weekly("UTC", {"24/7"}));
  SlaPolicy day = policy(cal1(), SlaMetric::first_reply, hours(20));
  SlaPolicy night = policy(always, SlaMetric::first_reply, hours(20));
  night.match.queue = {"sales"};
  Builder b;
  b.in(at(monday, 15)); // two hours until 17:00, then none until the queue changes at 23:00
  change(b, at(monday, 23), EventKind::queue, 0, t_sales);
  b.timeline.queue = t_sales;
  SlaClock c = clock_of(sla_of(b.timeline, at(tuesday, 5), {night, day}), SlaMetric::first_reply);
  EXPECT_EQ(c.elapsed, hours(2 + 6));
  EXPECT_EQ(c.due, at(tuesday, 17));
  EXPECT_EQ(c.policy, 0U);
}

TEST(Sla, TheFirstPolicyThatMatchesAndIsValid) {
  SlaPolicy vip = policy(cal1(), SlaMetric::first_reply, hours(1));
  vip.match.tags_any = {"vip"};
  vip.match.tags_none = {"bug"};
  SlaPolicy later = policy(cal1(), SlaMetric::first_reply, hours(2));
  later.valid_from = at(wednesday, 0);
  SlaPolicy rest = policy(cal1(), SlaMetric::first_reply, hours(3));
  auto target_of = [&](Builder b, Instant now) {
    return clock_of(sla_of(b.timeline, now, {vip, later, rest}), SlaMetric::first_reply).target;
  };
  Builder plain;
  plain.in(at(monday, 9));
  EXPECT_EQ(target_of(plain, at(monday, 9, 5)), hours(3));
  EXPECT_EQ(target_of(plain, at(wednesday, 9)), hours(2)); // re-matched while it was open
  Builder tagged = plain;
  tagged.timeline.tags = {t_vip};
  EXPECT_EQ(target_of(tagged, at(monday, 9, 5)), hours(1));
  tagged.timeline.tags = {t_vip, t_bug};
  EXPECT_EQ(target_of(tagged, at(monday, 9, 5)), hours(3));
}

TEST(Sla, NoPolicyIsSaid) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(1));
  p.match.channel = {"phone"};
  Builder b;
  b.in(at(monday, 9));
  EXPECT_TRUE(sla_of(b.timeline, at(monday, 10), {p}).no_sla);
  Builder spam;
  spam.in(at(monday, 9));
  spam.timeline.spam = true;
  TicketSla out = sla_of(spam.timeline, at(monday, 10), {p});
  EXPECT_EQ(out.left_out, Reason::spam);
  EXPECT_FALSE(out.no_sla);
}

TEST(Sla, PausesOnlyWhereThePolicySaysSo) {
  Builder b;
  b.in(at(monday, 9)).status(at(monday, 10), Status::pending);
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(2));
  EXPECT_EQ(clock_of(sla_of(b.timeline, at(monday, 15), {p}), SlaMetric::first_reply).state,
            SlaState::overdue);
  pause(p, SlaMetric::first_reply, Status::pending);
  SlaClock c = clock_of(sla_of(b.timeline, at(monday, 15), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.state, SlaState::paused);
  EXPECT_EQ(when(c, SlaEventKind::pause), at(monday, 10));
}

TEST(Sla, ClosedWithoutAReplyIsVoidUnlessItWasLateAlready) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(2));
  for (int hour : {10, 12}) {
    Builder b;
    b.in(at(monday, 9)).status(at(monday, hour), Status::solved);
    SlaClock c = clock_of(sla_of(b.timeline, at(friday, 9), {p}), SlaMetric::first_reply);
    EXPECT_EQ(c.state, hour == 10 ? SlaState::voided : SlaState::breached);
    EXPECT_EQ(c.events.back().kind, SlaEventKind::void_);
  }
}

TEST(Sla, AReopenedTicketGoesOnWhereItStood) {
  SlaPolicy p = policy(cal1(), SlaMetric::full_resolution, hours(4));
  also(p, SlaMetric::requester_wait, hours(4));
  also(p, SlaMetric::agent_work, hours(4));
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 11)).status(at(monday, 11), Status::solved);
  b.in(at(wednesday, 9)).status(at(wednesday, 9), Status::open, Source::rule);
  b.status(at(wednesday, 10), Status::hold);
  TicketSla sla = sla_of(b.timeline, at(wednesday, 12), {p});
  SlaClock full = clock_of(sla, SlaMetric::full_resolution);
  EXPECT_EQ(full.elapsed, hours(5)); // two and three: the solved days do not count
  EXPECT_EQ(full.breach_at, at(wednesday, 11));
  EXPECT_EQ(clock_of(sla, SlaMetric::requester_wait).elapsed, hours(5));
  EXPECT_EQ(clock_of(sla, SlaMetric::agent_work).elapsed, hours(3));
  EXPECT_EQ(clock_of(sla, SlaMetric::agent_work).state, SlaState::paused);
}

TEST(Sla, KeepInTouch) {
  SlaPolicy p = policy(cal1(), SlaMetric::periodic, hours(8));
  also(p, SlaMetric::pausable, hours(8));
  Builder b;
  b.created(at(monday, 9)).in(at(monday, 9)).reply(at(monday, 10)).status(at(monday, 12), Status::pending);
  b.reply(at(wednesday, 10)).reply(at(wednesday, 11)).status(at(wednesday, 11), Status::solved);
  TicketSla sla = sla_of(b.timeline, at(friday, 9), {p});
  EXPECT_EQ(clock_of(sla, SlaMetric::periodic, 1).elapsed, hours(16));
  EXPECT_EQ(clock_of(sla, SlaMetric::periodic, 1).state, SlaState::breached);
  EXPECT_EQ(clock_of(sla, SlaMetric::periodic, 2).elapsed, hours(1));
  EXPECT_EQ(clock_of(sla, SlaMetric::pausable, 1).elapsed, hours(2));
  EXPECT_EQ(clock_of(sla, SlaMetric::pausable, 1).state, SlaState::met);
  // Nothing is owed after the solve.
  EXPECT_EQ(std::count_if(sla.clocks.begin(), sla.clocks.end(),
                          [](const SlaClock& c) { return c.metric == SlaMetric::periodic; }),
            2);
}

TEST(Sla, GraceIsSaidAndCounts) {
  SlaPolicy p = policy(cal1(), SlaMetric::first_reply, hours(1));
  p.grace = minutes(15);
  Builder b;
  b.in(at(monday, 9)).reply(at(monday, 10, 15));
  SlaClock c = clock_of(sla_of(b.timeline, at(friday, 9), {p}), SlaMetric::first_reply);
  EXPECT_EQ(c.state, SlaState::met);
  EXPECT_EQ(c.due, at(monday, 10));
  EXPECT_EQ(c.due_next, at(monday, 10, 15));
  EXPECT_EQ(c.grace, minutes(15));
}

TEST(Sla, MetricNamesReadBack) {
  for (std::string_view name : sla_metric_keys()) EXPECT_EQ(key(*parse_sla_metric(name)), name);
  EXPECT_EQ(sla_metric_keys().size(), k_sla_metric_count);
  EXPECT_FALSE(parse_sla_metric("first"));
}

} // namespace
} // namespace helpdesk::metrics::test
