// The numeric vectors of the metrics specification, computed independently of this code.
#include "metrics/quantile.hpp"
#include "metrics/survival.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace helpdesk::metrics {
namespace {

std::vector<Observation> observations(const std::vector<double>& events,
                                      const std::vector<double>& censored) {
  std::vector<Observation> all;
  for (double t : events) all.push_back({t, true});
  for (double t : censored) all.push_back({t, false});
  return all;
}
std::vector<Observation> six_mp(double last) {
  return observations({6, 6, 6, 7, 10, 13, 16, 22, 23}, {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, last});
}
std::vector<Observation> six_mp_control() {
  return observations({1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, {});
}

void expect_survival(const Survival& curve, const std::vector<double>& expected, double tolerance = 5e-5) {
  ASSERT_EQ(curve.steps().size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(curve.steps()[i].survival, expected[i], tolerance) << i;
}

TEST(KaplanMeier, KM1) {
  Survival curve = Survival::estimate(six_mp(35));
  expect_survival(curve, {.8571, .8067, .7529, .6902, .6275, .5378, .4482});
  Quantile median = curve.quantile(0.5);
  EXPECT_EQ(median.value, 23);
  EXPECT_EQ(median.lower, 13);
  EXPECT_FALSE(median.upper);
  EXPECT_EQ(curve.quantile(0.5, Band::log).lower, 16);
  EXPECT_FALSE(curve.quantile(0.5, Band::log).upper);
  EXPECT_NEAR(curve.restricted_mean(35), 23.2874, 5e-5);
}

TEST(KaplanMeier, KM2) {
  Survival curve = Survival::estimate(six_mp_control());
  Quantile median = curve.quantile(0.5);
  EXPECT_EQ(median.value, 8);
  EXPECT_EQ(median.lower, 4);
  EXPECT_EQ(median.upper, 11);
  LogRank test = log_rank(six_mp(25), six_mp_control());
  EXPECT_NEAR(test.chi_squared, 16.7929, 5e-5);
  EXPECT_NEAR(test.p, 4.1688e-5, 5e-9);
}

TEST(KaplanMeier, KM3) {
  Survival curve = Survival::estimate(observations({9, 13, 18, 23, 31, 34, 48}, {13, 28, 45, 161}));
  expect_survival(curve, {.9091, .8182, .7159, .6136, .4909, .3682, .1841});
  EXPECT_EQ(curve.quantile(0.5).value, 31);
  EXPECT_EQ(curve.quantile(0.5, Band::log).lower, 18);
  EXPECT_FALSE(curve.quantile(0.5, Band::log).upper);
  EXPECT_EQ(curve.quantile(0.5).lower, 13);
}

TEST(KaplanMeier, KM4) {
  Survival curve = Survival::estimate(observations({9, 19, 32, 34}, {48, 50}));
  expect_survival(curve, {.8333, .6667, .5, .3333});
  const double lower[] = {.2731, .1946, .1109, .0461};
  const double upper[] = {.9747, .9044, .8037, .6756};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(Survival::lower(curve.steps()[i], Band::log_log), lower[i], 5e-5);
    EXPECT_NEAR(Survival::upper(curve.steps()[i], Band::log_log), upper[i], 5e-5);
  }
  EXPECT_EQ(curve.quantile(0.5).value, 33);
}

TEST(KaplanMeier, KM5DelayedEntry) {
  std::vector<Observation> data{{2, true, 1}, {10, true, 2}, {5, true, 4}, {4, true, 0}, {3, true, 0}};
  expect_survival(Survival::estimate(data), {.6667, .4444, .2222, .1111, 0});
}

Sample waits_of_16() {
  Sample sample;
  for (double h : {1, 2, 2, 3, 3, 4, 7, 8, 9})
    sample.add(Duration(static_cast<std::int64_t>(h * 3600e6)), Outcome::happened);
  for (double h : {1.5, 2.5, 5.0, 6.0, 10.0, 12.0, 24.0})
    sample.add(Duration(static_cast<std::int64_t>(h * 3600e6)), Outcome::waiting);
  sample.sort();
  return sample;
}

TEST(KaplanMeier, HonestWaits) {
  Sample sample = waits_of_16();
  EXPECT_NEAR(static_cast<double>(*mean(sample.happened)) / 3600e6, 4.3333, 5e-5);
  EXPECT_NEAR(quantile(sample.happened, 0.5) / 3600e6, 3, 1e-9);
  Survival curve = Survival::estimate(sample);
  EXPECT_NEAR(*curve.quantile(0.5).value / 3600, 7, 1e-9);
  EXPECT_NEAR(*curve.quantile(0.5).lower / 3600, 3, 1e-9);
  EXPECT_FALSE(curve.quantile(0.5).upper);
  EXPECT_FALSE(curve.quantile(0.75).value);
  EXPECT_FALSE(curve.quantile(0.9).value);
  EXPECT_NEAR(curve.restricted_mean(24 * 3600) / 3600, 10.4115, 5e-5);
  EXPECT_NEAR(curve.at(4 * 3600), .5844, 5e-5);
  EXPECT_NEAR(curve.at(2 * 3600), .8036, 5e-5);
  EXPECT_NEAR(curve.conditional(4 * 3600, 2 * 3600), .7273, 5e-5);
}

TEST(AalenJohansen, AJ) {
  Sample sample;
  for (int t : {1, 2, 4, 6}) sample.add(Duration(t), Outcome::happened);
  for (int t : {2, 5}) sample.add(Duration(t), Outcome::competing);
  for (int t : {3, 8}) sample.add(Duration(t), Outcome::waiting);
  sample.sort();
  Incidence result = incidence(sample, 8);
  EXPECT_NEAR(result.happened, .5625, 1e-12);
  EXPECT_NEAR(result.competing, .28125, 1e-12);
  EXPECT_NEAR(result.waiting, .15625, 1e-12);
  EXPECT_NEAR(1 - Survival::estimate(sample).steps().back().survival, .71875, 1e-12);
}

TEST(Quantiles, Q) {
  const std::vector<double> data{15, 20, 35, 40, 50};
  const double p[] = {.05, .4, .9};
  auto expect = [&](QuantileRule rule, std::vector<double> expected) {
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NEAR(quantile(data, p[i], rule), expected[i], 1e-9) << static_cast<int>(rule) << " " << p[i];
  };
  expect(QuantileRule::r7, {16, 29, 46});
  expect(QuantileRule::r6, {15, 26, 50});
  expect(QuantileRule::r8, {15, 27, 50});
  expect(QuantileRule::r1, {15, 20, 50});
  expect(QuantileRule::r2, {15, 27.5, 50});
  std::vector<double> ten;
  for (int i = 1; i <= 10; ++i) ten.push_back(i);
  EXPECT_NEAR(quantile(ten, .9), 9.1, 1e-9);
  EXPECT_NEAR(quantile(ten, .95), 9.55, 1e-9);
  EXPECT_NEAR(quantile(ten, .99), 9.91, 1e-9);
}

TEST(Quantiles, LeastValuesForABound) {
  EXPECT_EQ(least_values(.5), 6);
  EXPECT_EQ(least_values(.9), 36);
  EXPECT_EQ(least_values(.95), 72);
  EXPECT_EQ(least_values(.99), 368);
}

TEST(Quantiles, MeanIsExactAndDividesOnce) {
  EXPECT_EQ(mean(std::vector<std::int64_t>{}), std::nullopt);
  EXPECT_EQ(mean(std::vector<std::int64_t>{1, 2}), 2); // half up
  EXPECT_EQ(mean(std::vector<std::int64_t>{INT64_MAX, INT64_MAX}), INT64_MAX);
}

TEST(Wilson, W) {
  auto expect = [](std::int64_t k, std::int64_t n, double lower, double upper) {
    EXPECT_NEAR(wilson(k, n).lower, lower, 5e-7) << k << "/" << n;
    EXPECT_NEAR(wilson(k, n).upper, upper, 5e-7) << k << "/" << n;
  };
  expect(8, 10, .490162, .943318);
  expect(0, 10, 0, .277533);
  expect(170, 200, .793944, .892864);
  expect(1, 1, .206549, 1);
}

TEST(Properties, AWaitingTicketNeverLowersAQuantile) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    Sample sample;
    for (std::size_t i = 1 + random() % 30; i > 0; --i)
      sample.add(Duration(random() % 40), static_cast<Outcome>(random() % 3));
    sample.sort();
    Sample more = sample;
    more.add(Duration(random() % 60), Outcome::waiting);
    more.sort();
    for (double p : {.1, .5, .9}) {
      auto before = Survival::estimate(sample).quantile(p).value;
      auto after = Survival::estimate(more).quantile(p).value;
      EXPECT_GE(after.value_or(INFINITY), before.value_or(INFINITY)) << round << " " << p;
    }
  }
}

// The short cut of quantiles and the definition: the first step whose bound is at or below the level.
TEST(Properties, QuantileBoundsAreTheFirstCrossings) {
  std::mt19937 random(9);
  for (int round = 0; round < 400; ++round) {
    Sample sample;
    for (std::size_t i = 1 + random() % 60; i > 0; --i)
      sample.add(Duration(static_cast<std::int64_t>(random() % 30) * 1'000'000),
                 static_cast<Outcome>(random() % 4 == 0 ? 1 + random() % 2 : 0));
    sample.sort();
    Survival curve = Survival::estimate(sample);
    for (double p : {.1, .25, .5, .75, .9, .95}) {
      auto first = [&](auto&& bound) -> std::optional<double> {
        const auto& steps = curve.steps();
        for (std::size_t i = 0; i < steps.size(); ++i) {
          double s = bound(steps[i]);
          if (!(s <= 1 - p + 1e-12)) continue;
          return std::fabs(s - (1 - p)) < 1e-12 && i + 1 < steps.size()
                     ? (steps[i].time + steps[i + 1].time) / 2
                     : steps[i].time;
        }
        return std::nullopt;
      };
      Quantile q = curve.quantile(p);
      EXPECT_EQ(q.value, first([](const SurvivalStep& s) { return s.survival; }));
      EXPECT_EQ(q.lower, first([](const SurvivalStep& s) {
                  return s.survival <= 0 ? 0 : Survival::lower(s, Band::log_log);
                }));
      EXPECT_EQ(q.upper, first([](const SurvivalStep& s) { return Survival::upper(s, Band::log_log); }));
    }
  }
}

TEST(Properties, BothEstimatesAgree) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    Sample sample;
    std::vector<Observation> list;
    for (std::size_t i = 1 + random() % 40; i > 0; --i) {
      Duration length(static_cast<std::int64_t>(random() % 20) * 1'000'000);
      auto outcome = static_cast<Outcome>(random() % 3);
      sample.add(length, outcome);
      list.push_back({static_cast<double>(length.count()) / 1e6, outcome == Outcome::happened});
    }
    sample.sort();
    Survival a = Survival::estimate(sample);
    Survival b = Survival::estimate(list);
    ASSERT_EQ(a.steps().size(), b.steps().size());
    for (std::size_t i = 0; i < a.steps().size(); ++i) {
      EXPECT_EQ(a.steps()[i].at_risk, b.steps()[i].at_risk);
      EXPECT_DOUBLE_EQ(a.steps()[i].survival, b.steps()[i].survival);
    }
    Incidence parts = incidence(sample, INT64_MAX);
    EXPECT_NEAR(parts.happened + parts.competing + parts.waiting, 1, 1e-9);
  }
}

} // namespace
} // namespace helpdesk::metrics
