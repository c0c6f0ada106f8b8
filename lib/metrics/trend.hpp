// Is it getting better, and which days are out of the ordinary (metrics specification, section 5)?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace helpdesk::metrics {

// Mann-Kendall's test of a trend (ties and continuity corrected) with Theil-Sen's slope a step.
struct Trend {
  std::size_t points = 0;
  std::int64_t s = 0;
  double variance = 0, z = 0, p = 1, slope = 0;
};
inline constexpr std::size_t k_least_points = 8; // fewer allow no verdict
Trend mann_kendall(std::span<const double> values);

// Takes out what each weekday usually is, so that a trend is not the weekend: values less the median of their
// weekday, plus the median of all. Unchanged when a weekday has fewer than two values.
std::vector<double> weekday_adjusted(std::span<const double> values, std::span<const int> weekdays);

// Individuals and moving ranges: mean +- 2.66 of the mean moving range.
struct ControlChart {
  double mean = 0, moving_range = 0, lower = 0, upper = 0;
  std::vector<std::size_t> beyond; // indexes outside the limits
  std::vector<std::size_t> runs;   // indexes that end eight in a row on one side of the mean
};
// The limits come from the first `baseline` values.
ControlChart control_chart(std::span<const double> values, std::size_t baseline);

double median(std::vector<double> values); // 0 for none
// 0.6745 (x - median) / MAD; nothing when the MAD is 0.
std::optional<double> modified_z(std::span<const double> values, double x);
// P(X >= k) of a Poisson count, for spikes over a flat median.
double poisson_tail(double mean, std::int64_t k);

} // namespace helpdesk::metrics
