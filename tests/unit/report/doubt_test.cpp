// Each honesty check: what makes it speak up, and what it says.
#include "report/doubt.hpp"

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

using metrics::Outcome;
using metrics::Sample;
using std::chrono::hours;

Sample sample(const std::vector<int>& happened, const std::vector<int>& waiting = {}) {
  Sample s;
  for (int h : happened) s.add(hours(h), Outcome::happened);
  for (int h : waiting) s.add(hours(h), Outcome::waiting);
  s.sort();
  return s;
}
metrics::Evidence evidence() { return metrics::Evidence({}); }

void expect(const std::optional<Doubt>& d, int number, Weight weight, std::string_view part) {
  ASSERT_TRUE(d);
  EXPECT_EQ(d->number, number);
  EXPECT_EQ(static_cast<int>(d->weight), static_cast<int>(weight)) << d->text;
  EXPECT_NE(d->text.find(part), std::string::npos) << d->text;
}

TEST(Doubts, Censoring) { // V-H: naive median 3 h, with those who wait 7 h
  Sample s;
  for (double h : {1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 7.0, 8.0, 9.0})
    s.add(Duration(static_cast<std::int64_t>(h * 3600e6)), Outcome::happened);
  for (double h : {1.5, 2.5, 5.0, 6.0, 10.0, 12.0, 24.0})
    s.add(Duration(static_cast<std::int64_t>(h * 3600e6)), Outcome::waiting);
  s.sort();
  expect(doubts::censoring("First reply", metrics::summarise(s)), 1, Weight::alarm,
         "median 7h counting them, 3h without");
  expect(doubts::censoring("x", metrics::summarise(sample({1, 2, 3}))), 1, Weight::fine, "0 of 3");
  EXPECT_FALSE(doubts::censoring("x", {}));
}

TEST(Doubts, ImmortalQueue) {
  auto e = evidence();
  EXPECT_FALSE(doubts::oldest_waiting(e, Instant{}));
  Instant now = instant_of_seconds(100 * 86400);
  e.oldest = {{micros(now - hours(24 * 20)), 7}, {micros(now - hours(2)), 9}};
  expect(doubts::oldest_waiting(e, now), 2, Weight::alarm, "#7 20d, #9 2h");
  e.oldest = {{micros(now - hours(2)), 9}};
  expect(doubts::oldest_waiting(e, now), 2, Weight::note, "#9 2h");
}

TEST(Doubts, Recency) {
  auto e = evidence();
  EXPECT_FALSE(doubts::recency(e));
  e.solves = 10;
  e.solved_late = 4;
  expect(doubts::recency(e), 4, Weight::note, "4 of 10 solves");
}

TEST(Doubts, Receipts) {
  auto e = evidence();
  EXPECT_FALSE(doubts::receipts(e));
  e.acknowledged.add(std::chrono::seconds(5), Outcome::happened);
  e.with_outbound = sample({9});
  e.replied_or_acknowledged.add(std::chrono::seconds(5), Outcome::happened);
  expect(doubts::receipts(e), 5, Weight::note, "first reply would be 5s");
}

TEST(Doubts, Bots) {
  auto e = evidence();
  EXPECT_FALSE(doubts::bots(e));
  e.cycles = 10;
  e.cycles_by_ai = 4;
  e.after_ai = {4, 2};
  e.after_human = {6, 1};
  expect(doubts::bots(e), 6, Weight::alarm, "AI alone answered 4 of 10 cycles (40 %)");
}

TEST(Doubts, Outbound) {
  auto e = evidence();
  e.tickets = 4;
  e.outbound = 1;
  e.with_outbound = sample({0, 2, 3});
  expect(doubts::outbound(e), 7, Weight::note,
         "we wrote first in 1 of 4 (25 %): left out of first reply, which would be 2h");
}

TEST(Doubts, Exclusions) {
  auto e = evidence();
  EXPECT_FALSE(doubts::exclusions(e));
  e.tickets = 10;
  e.per_left_out[static_cast<std::int64_t>(metrics::Reason::spam)] = 10;
  e.before = 90;
  e.per_left_out_before[static_cast<std::int64_t>(metrics::Reason::spam)] = 10;
  expect(doubts::exclusions(e), 8, Weight::alarm,
         "10 of 20 tickets left out (50 %): spam 10; in the period before 10 %");
}

TEST(Doubts, SolveAndReopen) {
  auto e = evidence();
  EXPECT_FALSE(doubts::solve_and_reopen(e));
  e.solves = 20;
  e.reopened_in_72h = 5;
  e.reopened_by_customer_in_1h = 2;
  e.solves_without_reply = 4;
  expect(doubts::solve_and_reopen(e), 9, Weight::alarm,
         "of 20 solves 5 came back within 72 h (25 %), 2 by the customer within 1 h; 4 had no reply");
}

TEST(Doubts, PausedWhileOwed) {
  auto e = evidence();
  EXPECT_FALSE(doubts::paused_while_owed(e, ""));
  e.turns_answered = 1;
  expect(doubts::paused_while_owed(e, ""), 10, Weight::fine, "nothing was set aside");
  e.paused_while_owed = hours(48);
  expect(doubts::paused_while_owed(e, "ada"), 10, Weight::note,
         "2d in pending or hold while the customer waited, most of it with ada");
}

TEST(Doubts, Heaping) {
  metrics::EvidenceOptions options;
  options.target = hours(4);
  metrics::Evidence e(options);
  EXPECT_FALSE(doubts::heaping(e));
  e.within_target = 20;
  e.near_target = 8;
  expect(doubts::heaping(e), 11, Weight::alarm, "8 of 20 replies within the target of 4h");
  e.near_target = 2;
  expect(doubts::heaping(e), 11, Weight::fine, "2 of 20");
}

TEST(Doubts, Bursts) {
  auto e = evidence();
  EXPECT_FALSE(doubts::bursts(e));
  e.replies = 9;
  e.bursts = 3;
  expect(doubts::bursts(e), 12, Weight::note, "3 of 9 replies");
}

TEST(Doubts, OffHours) {
  EXPECT_FALSE(doubts::off_hours(evidence()));
  metrics::EvidenceOptions options;
  options.business = &metrics::wall_clock();
  metrics::Evidence e(options);
  e.replies_timed = 10;
  e.off_hours = 3;
  expect(doubts::off_hours(e), 13, Weight::alarm, "3 of 10 replies (30 %) took no business time");
}

TEST(Doubts, DowngradesAndReassignments) {
  auto e = evidence();
  EXPECT_FALSE(doubts::downgrades(e));
  EXPECT_FALSE(doubts::reassignments(e));
  e.tickets = 5;
  e.downgrades = 2;
  expect(doubts::downgrades(e), 15, Weight::note, "lowered 2 times");
  expect(doubts::reassignments(e), 16, Weight::fine, "0 tickets");
}

TEST(Doubts, PromisesThatWereSavedByALowerPriority) {
  std::vector<metrics::SlaPolicy> policies(1);
  policies[0].clock = &metrics::wall_clock();
  metrics::EvidenceOptions options;
  options.policies = &policies;
  metrics::Evidence e(options);
  e.tickets = 12;
  e.promises.kept.met = 9;
  e.promises.kept.breached = 1;
  e.promises.unpaused.met = 7;
  e.promises.unpaused.breached = 3;
  e.promises.downgrades = 3;
  expect(doubts::downgrades(e), 15, Weight::note, "3 times within 30 min before a promise would have broken");
  e.promises.rescued_met = 2;
  expect(doubts::downgrades(e), 15, Weight::alarm, "90 % kept as it stands, 70 % at the original priority");
  e.promises.reassigned = 4;
  expect(doubts::reassignments(e), 16, Weight::note, "4 promises broke within 30 min after");
  EXPECT_FALSE(doubts::paused_while_owed(e, ""));
  e.promises.kept.pausing = 2;
  expect(doubts::paused_while_owed(e, ""), 10, Weight::note,
         "90 % of the promises were kept, 70 % if no clock had been paused");
}

TEST(Doubts, Tail) {
  std::vector<int> many(99, 1);
  EXPECT_FALSE(doubts::tail("x", sample({1, 2})));
  many.push_back(1000);
  expect(doubts::tail("First reply", sample(many)), 17, Weight::note, "the longest 1 make 91 % of the mean");
  expect(doubts::tail("x", sample(std::vector<int>(100, 5))), 17, Weight::fine, "mean 5h against median 5h");
}

TEST(Doubts, SmallN) {
  expect(doubts::small_n("x", metrics::summarise(sample({1, 2, 3}))), 18, Weight::alarm, "3 are too few");
  std::vector<int> narrow;
  for (int i = 0; i < 50; ++i) narrow.push_back(100 + i);
  expect(doubts::small_n("x", metrics::summarise(sample(narrow))), 18, Weight::fine, "of its value");
  std::vector<int> wide;
  for (int i = 1; i <= 10; ++i) wide.push_back(i * 10);
  expect(doubts::small_n("x", metrics::summarise(sample(wide))), 18, Weight::note, "inconclusive");
  expect(doubts::small_n("x", metrics::summarise(sample(std::vector<int>(50, 5)))), 18, Weight::note,
         "open at one end");
}

TEST(Doubts, Ranking) {
  auto ranked = [](double value, double lower, double upper, const char* name) {
    metrics::Quantile q;
    q.value = value;
    q.lower = lower;
    q.upper = upper;
    return doubts::Ranked{name, q};
  };
  EXPECT_FALSE(doubts::ranking({ranked(1, 0, 2, "a")}));
  expect(doubts::ranking({ranked(1, 0, 3, "ada"), ranked(4, 2, 6, "bo")}), 18, Weight::alarm,
         "even ada and bo cannot be told apart");
  expect(doubts::ranking({ranked(1, 0, 2, "ada"), ranked(4, 3, 6, "bo")}), 18, Weight::fine,
         "differ by more than chance");
}

TEST(Doubts, MixShift) {
  const metrics::MixGroup groups[] = {{80, 36000, 40, 39600}, {20, 3600, 60, 4320}}; // V-KIT in hours
  expect(doubts::mix("First reply", metrics::mix_shift(groups)), 19, Weight::alarm, "-3h46 of the change");
}

TEST(Doubts, LittlesLaw) {
  auto e = evidence();
  EXPECT_FALSE(doubts::little(e, hours(100)));
  e.arrivals = 100;
  e.departures = 100;
  e.unsolved_time = static_cast<std::int64_t>(Duration(hours(1000)).count());
  e.time_of_departed = static_cast<std::int64_t>(Duration(hours(1000)).count()); // 10 h each
  expect(doubts::little(e, hours(100)), 20, Weight::fine, "10.0 unsolved on average, 10.0 if");
  e.unsolved_time *= 2;
  expect(doubts::little(e, hours(100)), 20, Weight::alarm, "backlog was growing");
}

TEST(Doubts, Survey) {
  auto e = evidence();
  EXPECT_FALSE(doubts::survey(e));
  e.ratings.score.good = 3;
  expect(doubts::survey(e), 21, Weight::alarm, "3 ratings are too few");
  e.ratings.score.good = 8;
  e.ratings.score.bad = 2;
  e.ratings.score.offered = 40;
  expect(doubts::survey(e), 21, Weight::note,
         "CSAT good/(good+bad) 80 % [49..94] of 10 ratings; 25 % of those asked answered: between 20 % and "
         "95 %");
}

TEST(Doubts, DataQuality) {
  auto e = evidence();
  EXPECT_FALSE(doubts::data_quality(e));
  e.tickets = 100;
  e.without_question = 6;
  expect(
      doubts::data_quality(e), 22, Weight::alarm,
      "6 of 100 tickets have no message from outside (6 %): first and next reply speak only of the others");
  e.without_question = 0;
  expect(doubts::data_quality(e), 22, Weight::fine, "0 of 100");
}

TEST(Doubts, ClockChanges) {
  auto zone = Zone::load("Europe/Paris");
  ASSERT_TRUE(zone);
  Instant march = *parse_rfc3339("2026-03-01T00:00:00Z");
  expect(doubts::clock_changes(*zone, march, march + hours(24 * 60)), 24, Weight::note, "2026-03-29");
  expect(doubts::clock_changes(*zone, march, march + hours(24 * 10)), 24, Weight::fine, "no change");
  EXPECT_FALSE(doubts::clock_changes(*zone, march, march));
}

TEST(Doubts, CalendarEditsAndHolidays) {
  metrics::Calendar calendar;
  calendar.name = "office";
  metrics::CalendarVersion old;
  old.holidays = {{{0, 1, 1}, "New Year"}, {{2026, 3, 5}, ""}};
  metrics::CalendarVersion later;
  later.valid_from = metrics::Date{2026, 3, 2};
  later.holidays = {{{2026, 3, 17}, "Patrick"}};
  calendar.versions = {old, later};
  Instant march = *parse_rfc3339("2026-03-01T00:00:00Z");
  expect(doubts::calendar_edits(calendar, march, march + hours(24 * 20)), 14, Weight::note,
         "changed on 2026-03-02");
  expect(doubts::calendar_edits(calendar, march + hours(48), march + hours(24 * 20)), 14, Weight::fine,
         "did not change");
  expect(doubts::holidays(calendar, march, march + hours(24 * 20)), 24, Weight::note,
         "1 of the calendar's holidays in the period, which business hours leave out: Patrick");
  expect(doubts::holidays(calendar, march - hours(24 * 70), march), 24, Weight::note, "New Year");
  expect(doubts::holidays(calendar, march, march + hours(24)), 24, Weight::fine, "no holiday");
}

TEST(Doubts, DoubleCounting) {
  auto e = evidence();
  e.solves = 9;
  e.reopened = 2;
  e.reopens = 3;
  expect(doubts::double_counting(e), 25, Weight::note, "2 tickets were reopened 3 times");
}

TEST(Doubts, DefinitionsChangeWithTheIntervals) {
  std::vector<metrics::UserInterval> one{*metrics::parse_interval("a", "", "created", "reply")};
  std::vector<metrics::UserInterval> other{*metrics::parse_interval("a", "", "created", "last reply")};
  EXPECT_NE(definitions_hash(metrics::MetricNames(&one)), definitions_hash(metrics::MetricNames(&other)));
  EXPECT_EQ(definitions_hash(metrics::MetricNames(&one)), definitions_hash(metrics::MetricNames(&one)));
  expect(doubts::definitions({}), 26, Weight::fine, definitions_hash({}));
}

} // namespace
} // namespace helpdesk::report
