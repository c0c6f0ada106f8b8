// Erlang A: the birth and death chain of callers who hang up.
#include "metrics/staffing.hpp"

#include <algorithm>
#include <cmath>

namespace helpdesk::metrics {
namespace {

// Stationary probabilities of k callers in the system, cut where what is left is below 1e-19.
std::vector<double> stationary(double arrival, double service, double hang_up, int people) {
  std::vector<double> log_p{0};
  double most = 0;
  for (int k = 1;; ++k) {
    const double death = std::min(k, people) * service + std::max(k - people, 0) * hang_up;
    log_p.push_back(log_p.back() + std::log(arrival / death));
    most = std::max(most, log_p.back());
    if (k > people && log_p.back() < most - 44) break;
  }
  double sum = 0;
  for (double& p : log_p) sum += p = std::exp(p - most);
  for (double& p : log_p) p /= sum;
  return log_p;
}

// A marked caller who found `ahead` others waiting moves up as somebody is served or hangs up, and leaves by
// an answer or by hanging up. By uniformisation: the chain steps at the times of one Poisson process.
struct Fate {
  double answered = 0, gone = 0;
};

Fate fate_within(std::vector<double> ahead, double served_rate, double hang_up, double time) {
  const double step_rate = served_rate + static_cast<double>(ahead.size() + 1) * hang_up;
  const double steps = step_rate * time;
  Fate fate, so_far;
  double log_weight = -steps; // of exactly m steps within the time
  const int last = static_cast<int>(steps + 12 * std::sqrt(steps) + 60);
  std::size_t in_use = ahead.size();
  for (int m = 0; m <= last; ++m) {
    const double weight = std::exp(log_weight);
    fate.answered += weight * so_far.answered;
    fate.gone += weight * so_far.gone;
    if (in_use > 0) so_far.answered += ahead[0] * served_rate / step_rate;
    for (std::size_t i = 0; i < in_use; ++i) {
      const double move = served_rate + static_cast<double>(i) * hang_up;
      so_far.gone += ahead[i] * hang_up / step_rate;
      const double from_behind =
          i + 1 < in_use ? ahead[i + 1] * (served_rate + static_cast<double>(i + 1) * hang_up) / step_rate
                         : 0;
      ahead[i] = ahead[i] * (1 - (move + hang_up) / step_rate) + from_behind;
    }
    log_weight += std::log(steps) - std::log(m + 1.0);
  }
  return fate;
}

} // namespace

Line line_with_patience(const Load& load, double patience, int people, double answer_within) {
  Line line{.people = people};
  if (load.arrivals <= 0 || load.handling <= 0) {
    line.service_level = 1;
    return line;
  }
  const double service = 1 / load.handling, hang_up = 1 / patience;
  const std::vector<double> p = stationary(load.arrivals, service, hang_up, people);
  const auto n = static_cast<std::size_t>(people);
  std::vector<double> ahead(p.begin() + static_cast<std::ptrdiff_t>(n), p.end());
  double busy = 0;
  for (std::size_t k = 0; k < p.size(); ++k) busy += static_cast<double>(std::min(k, n)) * p[k];
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    line.waits += ahead[i];
    line.queue += static_cast<double>(i) * ahead[i];
  }
  line.occupancy = busy / people;
  line.mean_wait = line.queue / load.arrivals;
  line.abandoned = line.queue * hang_up / load.arrivals;
  auto fate = [&](double time) {
    return time > 0 ? fate_within(ahead, people * service, hang_up, time) : Fate{};
  };
  line.service_level = 1 - line.waits + fate(answer_within).answered;
  if (line.waits > 0.1) {
    auto still_waits = [&](double time) {
      const Fate f = fate(time);
      return line.waits - f.answered - f.gone;
    };
    double low = 0, high = load.handling;
    while (still_waits(high) > 0.1) high *= 2;
    for (int i = 0; i < 50 && high - low > 1e-4 * high; ++i) {
      const double middle = (low + high) / 2;
      (still_waits(middle) > 0.1 ? low : high) = middle;
    }
    line.p90_wait = (low + high) / 2;
  }
  return line;
}

} // namespace helpdesk::metrics
