// The numeric vectors of the metrics specification for comparison, trend, resampling and satisfaction.
#include "metrics/compare.hpp"
#include "metrics/satisfaction.hpp"
#include "metrics/trend.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace helpdesk::metrics {
namespace {

Sample sample_of(const std::vector<double>& events, const std::vector<double>& waiting) {
  Sample s;
  for (double t : events) s.add(Duration(static_cast<std::int64_t>(t * 1e6)), Outcome::happened);
  for (double t : waiting) s.add(Duration(static_cast<std::int64_t>(t * 1e6)), Outcome::waiting);
  s.sort();
  return s;
}
Sample six_mp(double last) {
  return sample_of({6, 6, 6, 7, 10, 13, 16, 22, 23}, {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, last});
}
Sample six_mp_control() {
  return sample_of({1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, {});
}

TEST(Compare, LogRankOfSamplesIsThatOfTheVector) { // V-KM2
  LogRank test = log_rank(six_mp(25), six_mp_control());
  EXPECT_NEAR(test.chi_squared, 16.7929, 5e-5);
  EXPECT_NEAR(test.p, 4.1688e-5, 5e-9);
}

TEST(Compare, RestrictedMean) { // V-KM1
  RestrictedMean mean = restricted_mean(six_mp(35), 35);
  EXPECT_NEAR(mean.value, 23.2874, 5e-5);
  // Greenwood's formula by hand for 1, 2, 3+ up to 3: S 2/3 after 1, 1/3 after 2; areas 1 and 1/3.
  RestrictedMean small = restricted_mean(sample_of({1, 2}, {3}), 3);
  EXPECT_NEAR(small.value, 1 + 2.0 / 3 + 1.0 / 3, 1e-12);
  EXPECT_NEAR(small.standard_error, std::sqrt(1.0 / (3 * 2) + 1.0 / 9 / (2 * 1)), 1e-12);
}

TEST(Compare, ADifferenceAndNone) {
  auto c = compare(six_mp_control(), six_mp(35));
  ASSERT_TRUE(c);
  EXPECT_EQ(c->n_then, 21);
  EXPECT_EQ(c->limit, 23);
  EXPECT_TRUE(c->is_evidence());
  EXPECT_GT(c->difference, 0);
  auto same = compare(six_mp(35), six_mp(35));
  ASSERT_TRUE(same);
  EXPECT_EQ(same->difference, 0);
  EXPECT_FALSE(same->is_evidence());
  EXPECT_NEAR(same->test.p, 1, 1e-12);
  EXPECT_FALSE(compare(Sample{}, six_mp(35)));
}

// Section 5: means, restricted means and differences of medians by resampling, the same on every machine.
TEST(Compare, IntervalsByResampling) {
  Sample then;
  Sample now;
  for (int i = 1; i <= 40; ++i)
    then.add(std::chrono::hours(i), i % 10 ? Outcome::happened : Outcome::waiting);
  for (int i = 1; i <= 40; ++i)
    now.add(std::chrono::hours(i + 10), i % 8 ? Outcome::happened : Outcome::waiting);
  then.sort();
  now.sort();
  auto c = compare(then, now, seed_of("frt", "started"));
  ASSERT_TRUE(c && c->median_difference && c->median_interval);
  EXPECT_LT(c->interval.lower, c->difference);
  EXPECT_GT(c->interval.upper, c->difference);
  // By Greenwood's formula, which holds for many: near it.
  double half = 1.96 * std::hypot(c->then.standard_error, c->now.standard_error);
  EXPECT_NEAR(c->interval.lower, c->difference - half, half / 4);
  EXPECT_NEAR(c->interval.upper, c->difference + half, half / 4);
  EXPECT_LE(c->median_interval->lower, *c->median_difference);
  EXPECT_GE(c->median_interval->upper, *c->median_difference);
  auto again = compare(then, now, seed_of("frt", "started"));
  EXPECT_EQ(again->interval.lower, c->interval.lower);
  auto other = compare(then, now, seed_of("turn", "started"));
  EXPECT_NE(other->interval.lower, c->interval.lower);
}

TEST(Compare, AMedianThatIsHardlyReachedHasNoInterval) {
  Sample then;
  Sample now;
  for (int i = 1; i <= 12; ++i) then.add(std::chrono::hours(i), Outcome::happened);
  for (int i = 1; i <= 12; ++i) now.add(std::chrono::hours(i), i <= 6 ? Outcome::happened : Outcome::waiting);
  then.sort();
  now.sort();
  auto c = compare(then, now);
  ASSERT_TRUE(c && c->median_difference);
  EXPECT_FALSE(c->median_interval);
}

TEST(Compare, BothLogRanksAgree) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    Sample samples[2];
    std::vector<Observation> lists[2];
    for (int g = 0; g < 2; ++g) {
      for (std::size_t i = 1 + random() % 30; i > 0; --i) {
        auto t = static_cast<std::int64_t>(random() % 15);
        auto outcome = static_cast<Outcome>(random() % 3);
        samples[g].add(Duration(t * 1'000'000), outcome);
        lists[g].push_back({static_cast<double>(t), outcome == Outcome::happened});
      }
      samples[g].sort();
    }
    EXPECT_NEAR(log_rank(samples[0], samples[1]).chi_squared, log_rank(lists[0], lists[1]).chi_squared, 1e-9);
  }
}

TEST(Kitagawa, KIT) { // V-KIT
  const MixGroup groups[] = {{80, 10, 40, 11}, {20, 1, 60, 1.2}};
  MixShift m = mix_shift(groups);
  EXPECT_NEAR(m.then, 8.2, 1e-12);
  EXPECT_NEAR(m.now, 5.12, 1e-12);
  EXPECT_NEAR(m.mix, -3.76, 1e-12);
  EXPECT_NEAR(m.rate, 0.68, 1e-12);
  EXPECT_TRUE(m.simpson());
}

TEST(Kitagawa, ThePartsAddUp) {
  std::mt19937 random(6);
  for (int round = 0; round < 500; ++round) {
    std::vector<MixGroup> groups;
    for (std::size_t i = 1 + random() % 5; i > 0; --i)
      groups.push_back({static_cast<double>(random() % 9), static_cast<double>(random() % 100),
                        static_cast<double>(random() % 9), static_cast<double>(random() % 100)});
    MixShift m = mix_shift(groups);
    EXPECT_NEAR(m.mix + m.rate, m.now - m.then, 1e-9) << round;
  }
}

TEST(Bootstrap, BS) { // V-BS
  SplitMix64 random(0);
  EXPECT_EQ(random.next(), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(random.next(), 0x6e789e6aa1b965f4ULL);
  EXPECT_EQ(random.next(), 0x06c45d188009454fULL);
  const std::vector<double> data{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 60};
  Bootstrap b = bootstrap(data, [](std::span<const double> drawn) { return quantile(drawn, 0.5); }, 42);
  EXPECT_DOUBLE_EQ(b.interval.lower, 3);
  EXPECT_DOUBLE_EQ(b.interval.upper, 9);
  EXPECT_NEAR(b.mean, 6.0625, 5e-5);
}

TEST(Trend, MK) { // V-MK
  const double values[] = {10, 12, 11, 14, 15, 15, 18};
  Trend t = mann_kendall(values);
  EXPECT_EQ(t.s, 18);
  EXPECT_NEAR(t.variance, 43.3333, 5e-5);
  EXPECT_NEAR(t.z, 2.5825, 5e-5);
  EXPECT_NEAR(t.p, .00981, 5e-6);
  EXPECT_DOUBLE_EQ(t.slope, 1.25);
  const double flat[] = {4, 4, 4, 4};
  EXPECT_EQ(mann_kendall(flat).p, 1);
}

TEST(Trend, WeekendsAreNoTrend) {
  std::vector<double> values;
  std::vector<int> weekdays;
  for (int day = 0; day < 28; ++day) {
    weekdays.push_back(day % 7 + 1);
    values.push_back(day % 7 >= 5 ? 50 : 10);
  }
  for (double v : weekday_adjusted(values, weekdays)) EXPECT_DOUBLE_EQ(v, 10);
  values.resize(8);
  weekdays.resize(8); // most weekdays have but one value
  EXPECT_EQ(weekday_adjusted(values, weekdays), values);
}

TEST(ControlChart, XMR) { // V-XMR
  const std::vector<double> values{12, 15, 11, 14, 13, 16, 12, 30};
  ControlChart chart = control_chart(values, 7);
  EXPECT_NEAR(chart.mean, 13.2857, 5e-5);
  EXPECT_NEAR(chart.moving_range, 3, 1e-12);
  EXPECT_NEAR(chart.lower, 5.3057, 5e-5);
  EXPECT_NEAR(chart.upper, 21.2657, 5e-5);
  EXPECT_EQ(chart.beyond, (std::vector<std::size_t>{7}));
  EXPECT_NEAR(*modified_z(values, 30), 7.4194, 5e-5);
}

TEST(ControlChart, EightInARow) {
  std::vector<double> values{1, 3, 1, 3, 1, 3, 1, 3};
  for (int i = 0; i < 9; ++i) values.push_back(3);
  ControlChart chart = control_chart(values, 8);
  EXPECT_TRUE(chart.beyond.empty());
  EXPECT_EQ(chart.runs, (std::vector<std::size_t>{14}));
}

TEST(Spike, AFlatMedianUsesCounts) {
  const double flat[] = {2, 2, 2, 2, 9};
  EXPECT_FALSE(modified_z(flat, 9));
  EXPECT_LT(poisson_tail(2, 9), 1e-3);
  EXPECT_NEAR(poisson_tail(2, 1), 1 - std::exp(-2), 1e-12);
  EXPECT_EQ(poisson_tail(2, 0), 1);
}

TEST(Satisfaction, NPS) { // V-NPS
  PromoterScore s = promoter_score(70, 20, 10);
  EXPECT_NEAR(s.score, 60, 1e-9);
  EXPECT_NEAR(s.standard_error, 6.6332, 5e-5);
  EXPECT_NEAR(s.interval.lower, 47.0, 0.05);
  EXPECT_NEAR(s.interval.upper, 73.0, 0.05);
}

TEST(Satisfaction, NeutralCountsInNOnly) {
  SatisfactionScore s;
  s.good = 8;
  s.bad = 2;
  s.neutral = 5;
  s.offered = 40;
  EXPECT_DOUBLE_EQ(*s.csat(), 0.8);
  EXPECT_EQ(s.rated(), 15);
  EXPECT_NEAR(s.interval().lower, .490162, 5e-7);
  EXPECT_DOUBLE_EQ(s.bounds().lower, 8.0 / 35);
  EXPECT_DOUBLE_EQ(s.bounds().upper, 33.0 / 35);
  EXPECT_FALSE(SatisfactionScore{}.csat());
}

TEST(Satisfaction, RatingsByTheirEvents) {
  Ratings r;
  for (std::string_view value : {"5", "bad", "3", "offered", "who knows"}) r.add("csat", value);
  for (std::string_view value : {"10", "7", "0", "11", "9x"}) r.add("nps", value);
  EXPECT_EQ(r.score.good, 1);
  EXPECT_EQ(r.score.bad, 1);
  EXPECT_EQ(r.score.rated(), 3);
  EXPECT_EQ(r.score.offered, 1);
  EXPECT_EQ(r.promoted(), 3);
  EXPECT_EQ(promoter_score(r.promoters, r.passives, r.detractors).score, 0);
  Ratings twice = r;
  twice.merge(r);
  EXPECT_EQ(twice.score.rated(), 6);
  EXPECT_EQ(twice.promoted(), 6);
}

TEST(Satisfaction, Words) {
  EXPECT_EQ(parse_rating("5"), Rating::good);
  EXPECT_EQ(parse_rating("Satisfied"), Rating::good);
  EXPECT_EQ(parse_rating("3"), Rating::neutral);
  EXPECT_EQ(parse_rating("bad"), Rating::bad);
  EXPECT_FALSE(parse_rating("7"));
  EXPECT_FALSE(parse_rating(""));
}

} // namespace
} // namespace helpdesk::metrics
