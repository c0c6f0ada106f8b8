// Quantiles of complete data, and intervals of proportions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace helpdesk::metrics {

// Hyndman-Fan types of quantiles; r7 is what spreadsheets, numpy and R print by default.
enum class QuantileRule : unsigned char { r1, r2, r6, r7, r8 };

// Sorted data, not empty; p in [0, 1].
double quantile(std::span<const double> sorted, double p, QuantileRule rule = QuantileRule::r7);
double quantile(std::span<const std::int64_t> sorted, double p); // r7

// Sum in 128 bit, divided once, rounded half away from zero; nothing for no data.
std::optional<std::int64_t> mean(std::span<const std::int64_t> values);

// So many values are needed until a two-sided 95 % upper bound of this quantile exists.
std::int64_t least_values(double p);

struct Interval {
  double lower = 0, upper = 1;
};
// Wilson's 95 % interval of k out of n.
Interval wilson(std::int64_t k, std::int64_t n);

} // namespace helpdesk::metrics
