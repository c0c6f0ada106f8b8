// V-EB, V-EC1..3, V-EA1..3, V-CC of the metrics specification, and what must hold for any load.
#include "metrics/staffing.hpp"

#include <gtest/gtest.h>

using namespace helpdesk::metrics;

namespace {

constexpr Load k_calls{.arrivals = 100.0 / 1800,
                       .handling = 180}; // 100 calls in half an hour, 3 minutes each

} // namespace

TEST(Staffing, ErlangB) {
  EXPECT_NEAR(erlang_b(1, 1), 0.5, 1e-12);
  EXPECT_NEAR(erlang_b(5, 10), 0.018385, 5e-7);
  EXPECT_NEAR(erlang_b(10, 10), 0.214582, 5e-7);
  EXPECT_NEAR(erlang_b(10, 15), 0.036497, 5e-7);
  EXPECT_NEAR(erlang_b(20, 30), 0.008457, 5e-7);
}

TEST(Staffing, ErlangCOfACallCentre) {
  const double waits[] = {.682118, .449388, .285270, .174132, .102042};
  const double levels[] = {.389614, .640158, .795595, .888350, .941453};
  const double means[] = {122.78, 40.44, 17.12, 7.84, 3.67};
  for (int i = 0; i < 5; ++i) {
    const auto line = line_without_patience(k_calls, 11 + i, 20);
    ASSERT_TRUE(line);
    EXPECT_NEAR(line->waits, waits[i], 5e-7);
    EXPECT_NEAR(line->service_level, levels[i], 5e-7);
    EXPECT_NEAR(line->mean_wait, means[i], 5e-3);
  }
  const auto fewest =
      fewest_people(k_calls, {.service_level = .8, .answer_within = 20, .occupancy_cap = 1}, 0);
  ASSERT_TRUE(fewest);
  EXPECT_EQ(fewest->people, 14);
  EXPECT_EQ(people_with_shrinkage(14, .3), 20) << "14 / 0.7 is 20, not 21";
  const auto calmer =
      fewest_people(k_calls, {.service_level = .8, .answer_within = 20, .occupancy_cap = .7}, 0);
  ASSERT_TRUE(calmer);
  EXPECT_EQ(calmer->people, 15);
  EXPECT_EQ(people_with_shrinkage(15, .3), 22);
}

TEST(Staffing, ErlangCWorkedExamples) {
  const auto line = line_without_patience({.arrivals = 360.0 / 1800, .handling = 240}, 55, 15);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->occupancy, .8727, 5e-5);
  EXPECT_NEAR(line->waits, .238701, 5e-7);
  EXPECT_NEAR(line->mean_wait, 8.1840, 5e-5);
  EXPECT_NEAR(line->service_level, .845883, 5e-7);
  EXPECT_NEAR(erlang_c(.8, 1), .8, 1e-12) << "M/M/1: the load itself";
  EXPECT_NEAR(erlang_c(1, 2), 1.0 / 3, 1e-12);
  EXPECT_NEAR(erlang_c(18, 21), .395872, 5e-7);
}

TEST(Staffing, ALineThatOnlyGrowsHasNoNumbers) {
  EXPECT_FALSE(line_without_patience(k_calls, 10, 20)) << "10 erlangs, 10 people";
  EXPECT_EQ(erlang_c(10, 10), 1);
}

TEST(Staffing, ErlangA) {
  const auto line = line_with_patience(k_calls, 300, 14, 20);
  EXPECT_NEAR(line.waits, .145260, 5e-7);
  EXPECT_NEAR(line.abandoned, .013984, 5e-7);
  EXPECT_NEAR(line.occupancy, .704297, 5e-7);
  EXPECT_NEAR(line.mean_wait / 60, .069919, 5e-7);
  EXPECT_NEAR(line.service_level, .916792, 5e-7);
  EXPECT_NEAR(line_with_patience(k_calls, 300, 13, 20).service_level, .858178, 5e-7);
  EXPECT_NEAR(line_with_patience(k_calls, 300, 12, 20).service_level, .772279, 5e-7);
  const auto fewest =
      fewest_people(k_calls, {.service_level = .8, .answer_within = 20, .occupancy_cap = 1}, 300);
  ASSERT_TRUE(fewest);
  EXPECT_EQ(fewest->people, 13);
}

TEST(Staffing, PatienceChangesEverythingNearFullLoad) {
  const Load load{.arrivals = 48.0 / 60, .handling = 60};
  const auto without = line_without_patience(load, 50, 20);
  ASSERT_TRUE(without);
  EXPECT_NEAR(without->mean_wait, 20.83, 5e-3);
  EXPECT_NEAR(without->p90_wait, 58.14, 5e-3);
  EXPECT_NEAR(without->occupancy, .96, 1e-12);
  const auto with = line_with_patience(load, 120, 50, 20);
  EXPECT_NEAR(with.abandoned, .030912, 5e-7);
  EXPECT_NEAR(with.mean_wait, 3.709, 5e-4);
  EXPECT_NEAR(with.p90_wait, 12.44, 5e-3);
  EXPECT_NEAR(with.queue, 2.968, 5e-4);
  EXPECT_NEAR(with.occupancy, .9303, 5e-5);
}

TEST(Staffing, OverloadLosesCallersAndStaysStable) {
  const auto line = line_with_patience({.arrivals = 12.0 / 60, .handling = 60}, 120, 10, 0);
  EXPECT_NEAR(line.abandoned, .195656, 5e-7);
  EXPECT_NEAR(line.mean_wait / 60, .391312, 5e-7);
  EXPECT_NEAR(line.occupancy, .965213, 5e-7);
}

TEST(Staffing, EndlessPatienceIsErlangC) {
  for (int n = 11; n <= 16; ++n) {
    const auto c = line_without_patience(k_calls, n, 20);
    const auto a = line_with_patience(k_calls, 1e8, n, 20);
    EXPECT_NEAR(a.service_level, c->service_level, 1e-4) << n;
    EXPECT_NEAR(a.mean_wait, c->mean_wait, 1e-2 * c->mean_wait + 1e-3) << n;
  }
}

TEST(Staffing, TheFewestAreFoundByHalvingAsByTrying) {
  for (const double arrivals : {.001, .05})
    for (const double patience : {5.0, 300.0})
      for (const double cap : {.5, 1.0}) {
        const Load load{.arrivals = arrivals, .handling = 120};
        const Goal goal{.service_level = .9, .answer_within = 30, .occupancy_cap = cap};
        int n = 1;
        for (;; ++n) {
          const Line line = line_with_patience(load, patience, n, goal.answer_within);
          if (line.service_level >= goal.service_level && line.occupancy <= cap) break;
        }
        const auto fewest = fewest_people(load, goal, patience);
        ASSERT_TRUE(fewest);
        EXPECT_EQ(fewest->people, n) << arrivals << " " << patience << " " << cap;
        EXPECT_GE(n, fewest_to_try(load, goal));
      }
  EXPECT_GT(steps_with_patience({.arrivals = 1000, .handling = 600}, 36'000, 1, 20), 1e9);
  EXPECT_LT(steps_with_patience(k_calls, 300, 8, 20), 1e9);
}

TEST(Staffing, MorePeopleNeverServeWorse) {
  double before_c = 0, before_a = 0;
  for (int n = 11; n <= 30; ++n) {
    const double c = line_without_patience(k_calls, n, 20)->service_level;
    const double a = line_with_patience(k_calls, 200, n, 20).service_level;
    EXPECT_GE(c, before_c);
    EXPECT_GE(a, before_a);
    before_c = c;
    before_a = a;
  }
}

TEST(Staffing, CostAndFullTimePeople) {
  EXPECT_NEAR(cost_per_contact(30, 720, .85, .3, 0), 10.0840, 5e-5);
  EXPECT_NEAR(full_time_people(200, 360, 7, .7, 0), 4.0816, 5e-5);
  EXPECT_EQ(chat_concurrency(1), 1);
  EXPECT_EQ(chat_concurrency(3), 2.5);
  EXPECT_EQ(chat_concurrency(9), 3.5);
}

TEST(Staffing, EarliestDueFirst) {
  // One person, all their time: an hour, two hours and one more of work, due after 1, 2 and 5 hours.
  const OpenWork work[] = {{18'000, 3600}, {3600, 3600}, {7200, 7200}};
  auto plan = earliest_due_first(work, 1, 1);
  EXPECT_FALSE(plan.feasible);
  EXPECT_EQ(plan.first_missed, 7200);
  EXPECT_EQ(plan.people_needed, 2);
  EXPECT_TRUE(earliest_due_first(work, 2, 1).feasible);
  EXPECT_FALSE(earliest_due_first(work, 2, .7).feasible) << "three hours of work against 2.8";
  const OpenWork late[] = {{-60, 600}, {7200, 600}};
  plan = earliest_due_first(late, 5, 1);
  EXPECT_FALSE(plan.feasible);
  EXPECT_EQ(plan.first_missed, -60);
  EXPECT_EQ(plan.people_needed, 0) << "nobody can be on time any more";
  EXPECT_TRUE(earliest_due_first({}, 1, 1).feasible);
}

TEST(Staffing, Dispersion) {
  const std::int64_t even[] = {4, 4, 4, 4}, bursts[] = {0, 0, 0, 16};
  EXPECT_EQ(dispersion_of(even), 0);
  EXPECT_EQ(dispersion_of(bursts), 16);
  EXPECT_FALSE(dispersion_of(std::span(even).first(1)));
}

// The worked example of section 6: 1000 answered, 860 of them in time; 60 hung up, 20 in time, 10 at once.
TEST(Staffing, FiveFormulasOfTheServiceLevel) {
  constexpr Answering k_day{1000, 860, 60, 20, 10};
  EXPECT_NEAR(service_level(k_day, LevelFormula::gone_in_time_is_good).value(), .8302, 5e-5);
  EXPECT_NEAR(service_level(k_day, LevelFormula::answered_alone).value(), .8600, 5e-5);
  EXPECT_NEAR(service_level(k_day, LevelFormula::all_gone_is_bad).value(), .8113, 5e-5);
  EXPECT_NEAR(service_level(k_day, LevelFormula::late_gone_is_bad).value(), .8269, 5e-5);
  EXPECT_NEAR(service_level(k_day, LevelFormula::at_once_is_good).value(), .8208, 5e-5);
  EXPECT_FALSE(service_level({}, LevelFormula::late_gone_is_bad));
  EXPECT_FALSE(
      service_level({0, 0, 7, 7, 0}, LevelFormula::late_gone_is_bad)); // nobody was there to be late for
}

TEST(Staffing, PatienceIsAllTheWaitingOverThoseWhoHungUp) {
  EXPECT_DOUBLE_EQ(patience_from(3600, 12).value(), 300);
  EXPECT_FALSE(patience_from(3600, 0));
  EXPECT_FALSE(patience_from(0, 3));
}
