// Two periods side by side (metrics specification, section 5): is the difference more than chance, and does
// it come from faster work or from other work?
#pragma once

#include "metrics/quantile.hpp"
#include "metrics/sample.hpp"
#include "metrics/survival.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

// The generator of all resampling: the same seed gives the same interval on every machine.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t n); // the high 64 bits of next() * n

 private:
  std::uint64_t state_;
};

inline constexpr int k_resamples = 2000;

// Percentile interval (95 %) of a statistic of the data, drawn with replacement k_resamples times. sorted
// ascending; the statistic gets sorted draws.
struct Bootstrap {
  Interval interval;
  double mean = 0; // of the statistic over the resamples
};
Bootstrap bootstrap(std::span<const double> sorted,
                    const std::function<double(std::span<const double>)>& statistic, std::uint64_t seed);

// Mean wait within a limit, those who wait longer counting as the limit; its standard error by Greenwood's
// formula. Seconds. Sorted sample.
struct RestrictedMean {
  double value = 0, standard_error = 0;
};
RestrictedMean restricted_mean(const Sample& sample, double limit);

// "now" less "then".
struct Comparison {
  std::int64_t n_then = 0, n_now = 0;
  double limit = 0; // seconds: up to where both were observed
  RestrictedMean then, now;
  double difference = 0; // of the restricted means, seconds; negative: faster
  Interval interval{
      0, 0}; // 95 %; by resampling up to k_most_resampled observations, then by Greenwood's formula
  std::optional<double> median_difference; // Kaplan-Meier; nothing when one is not reached
  std::optional<Interval> median_interval; // by resampling; nothing when too many draws do not reach it
  LogRank test;
  bool is_evidence() const { return interval.lower > 0 || interval.upper < 0; }
};
inline constexpr std::size_t k_most_resampled = 5000;
// Nothing when one of them is empty. Sorted samples. The seed of the resampling: seed_of() what is compared.
std::optional<Comparison> compare(const Sample& then, const Sample& now, std::uint64_t seed = 0);
std::uint64_t seed_of(std::string_view metric, std::string_view cohort);

// Log-rank test of sorted samples, in linear time.
LogRank log_rank(const Sample& a, const Sample& b);

// Kitagawa 1955: how much of the change of a mean comes from another mix of groups and how much from other
// values in them; they add up.
struct MixGroup {
  double weight_then = 0, value_then = 0; // share of all, and its mean
  double weight_now = 0, value_now = 0;
};
struct MixShift {
  double then = 0, now = 0, mix = 0, rate = 0;
  bool simpson() const { return (mix < 0 && rate > 0) || (mix > 0 && rate < 0); }
};
// Weights are made to add up to 1. A group that is missing in one period counts its other value there.
MixShift mix_shift(std::span<const MixGroup> groups);

} // namespace helpdesk::metrics
