#include "metrics/quantile.hpp"

#include <algorithm>
#include <cmath>

namespace helpdesk::metrics {
namespace {

template <class T> double interpolated(std::span<const T> sorted, double position) { // position from 1
  auto n = static_cast<double>(sorted.size());
  position = std::clamp(position, 1.0, n);
  auto below = static_cast<std::size_t>(position);
  double fraction = position - static_cast<double>(below);
  auto low = static_cast<double>(sorted[below - 1]);
  if (fraction <= 0 || below >= sorted.size()) return low;
  return low + fraction * (static_cast<double>(sorted[below]) - low);
}

} // namespace

double quantile(std::span<const double> sorted, double p, QuantileRule rule) {
  auto n = static_cast<double>(sorted.size());
  constexpr double fuzz = 1e-12; // n*p that is a whole number but for rounding
  switch (rule) {
  case QuantileRule::r1: return interpolated(sorted, std::ceil(n * p - fuzz));
  case QuantileRule::r2: {
    double position = n * p;
    double whole = std::round(position);
    if (std::fabs(position - whole) > fuzz) return interpolated(sorted, std::ceil(position));
    return (interpolated(sorted, whole) + interpolated(sorted, whole + 1)) / 2;
  }
  case QuantileRule::r6: return interpolated(sorted, (n + 1) * p);
  case QuantileRule::r7: return interpolated(sorted, (n - 1) * p + 1);
  case QuantileRule::r8: return interpolated(sorted, (n + 1.0 / 3) * p + 1.0 / 3);
  }
  return 0;
}

double quantile(std::span<const std::int64_t> sorted, double p) {
  return interpolated(sorted, (static_cast<double>(sorted.size()) - 1) * p + 1);
}

std::optional<std::int64_t> mean(std::span<const std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  __extension__ __int128 sum = 0;
  for (std::int64_t v : values) sum += v;
  auto n = static_cast<std::int64_t>(values.size());
  __extension__ __int128 doubled = sum * 2 + (sum < 0 ? -n : n);
  return static_cast<std::int64_t>(doubled / (2 * static_cast<decltype(doubled)>(n)));
}

std::int64_t least_values(double p) {
  if (!(p > 0 && p < 1)) return 0;
  // The largest value bounds the quantile from above but with probability p^n; two-sided, 2.5 % of error on
  // each side.
  return static_cast<std::int64_t>(std::ceil(std::log(0.025) / std::log(p) - 1e-9));
}

Interval wilson(std::int64_t k, std::int64_t n) {
  if (n <= 0) return {};
  constexpr double z = 1.959963984540054;
  auto count = static_cast<double>(n);
  double rate = static_cast<double>(k) / count;
  double scale = 1 + z * z / count;
  double middle = (rate + z * z / (2 * count)) / scale;
  double half = z * std::sqrt(rate * (1 - rate) / count + z * z / (4 * count * count)) / scale;
  return {k == 0 ? 0 : std::max(0.0, middle - half), k == n ? 1 : std::min(1.0, middle + half)};
}

} // namespace helpdesk::metrics
