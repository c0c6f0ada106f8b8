#include "metrics/trend.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace helpdesk::metrics {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

Trend mann_kendall(std::span<const double> values) {
  Trend t;
  t.points = values.size();
  std::vector<double> slopes;
  std::map<double, std::int64_t> ties;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ++ties[values[i]];
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      t.s += (values[j] > values[i]) - (values[j] < values[i]);
      slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
    }
  }
  t.slope = median(std::move(slopes));
  auto term = [](double n) { return n * (n - 1) * (2 * n + 5); };
  t.variance = term(static_cast<double>(values.size()));
  for (const auto& [value, n] : ties) t.variance -= term(static_cast<double>(n));
  t.variance /= 18;
  if (t.variance <= 0) return t;
  auto s = static_cast<double>(t.s);
  t.z = s == 0 ? 0 : (s - (s > 0 ? 1 : -1)) / std::sqrt(t.variance);
  t.p = std::erfc(std::fabs(t.z) / std::sqrt(2.0));
  return t;
}

std::vector<double> weekday_adjusted(std::span<const double> values, std::span<const int> weekdays) {
  std::vector<double> adjusted(values.begin(), values.end());
  std::array<std::vector<double>, 8> of;
  for (std::size_t i = 0; i < values.size() && i < weekdays.size(); ++i)
    of[static_cast<std::size_t>(weekdays[i]) % 8].push_back(values[i]);
  if (std::any_of(of.begin(), of.end(), [](const auto& list) { return list.size() == 1; })) return adjusted;
  double all = median(adjusted);
  for (std::size_t i = 0; i < values.size() && i < weekdays.size(); ++i)
    adjusted[i] = values[i] - median(of[static_cast<std::size_t>(weekdays[i]) % 8]) + all;
  return adjusted;
}

ControlChart control_chart(std::span<const double> values, std::size_t baseline) {
  ControlChart chart;
  baseline = std::min(baseline, values.size());
  if (baseline < 2) return chart;
  double sum = 0;
  double ranges = 0;
  for (std::size_t i = 0; i < baseline; ++i) {
    sum += values[i];
    if (i > 0) ranges += std::fabs(values[i] - values[i - 1]);
  }
  chart.mean = sum / static_cast<double>(baseline);
  chart.moving_range = ranges / static_cast<double>(baseline - 1);
  chart.lower = chart.mean - 2.66 * chart.moving_range;
  chart.upper = chart.mean + 2.66 * chart.moving_range;
  int run = 0; // signed: above or below the mean
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < chart.lower || values[i] > chart.upper) chart.beyond.push_back(i);
    int side = (values[i] > chart.mean) - (values[i] < chart.mean);
    run = side == 0 ? 0 : (run != 0 && (run > 0) == (side > 0)) ? run + side : side;
    if (std::abs(run) == 8) chart.runs.push_back(i);
  }
  return chart;
}

std::optional<double> modified_z(std::span<const double> values, double x) {
  double middle = median({values.begin(), values.end()});
  std::vector<double> deviations;
  for (double v : values) deviations.push_back(std::fabs(v - middle));
  double mad = median(std::move(deviations));
  if (mad <= 0) return std::nullopt;
  constexpr double k_quartile = 0.6744897501960817; // of the normal distribution
  return k_quartile * (x - middle) / mad;
}

double poisson_tail(double mean, std::int64_t k) {
  if (k <= 0) return 1;
  double below = 0;
  for (std::int64_t i = 0; i < k; ++i)
    below += std::exp(-mean + static_cast<double>(i) * std::log(std::max(mean, 1e-300)) -
                      std::lgamma(static_cast<double>(i) + 1));
  return std::clamp(1 - below, 0.0, 1.0);
}

} // namespace helpdesk::metrics
