// Erlang A: the birth and death chain of callers who hang up.
#include "metrics/staffing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

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
// an answer or by hanging up. By uniformisation: the chain steps at the times of one Poisson process. What
// became of the caller after m steps does not depend on time: it is kept, so that many times cost one walk.
struct Fate {
  double answered = 0, gone = 0;
};

class MarkedCaller {
 public:
  MarkedCaller(std::vector<double> ahead, double served_rate, double hang_up)
      : ahead_(std::move(ahead)), served_rate_(served_rate), hang_up_(hang_up),
        step_rate_(served_rate + static_cast<double>(ahead_.size() + 1) * hang_up) {}

  Fate within(double time) {
    Fate fate;
    if (time <= 0) return fate;
    const double steps = step_rate_ * time;
    double log_weight = -steps; // of exactly m steps within the time
    const auto last = static_cast<std::size_t>(steps + 12 * std::sqrt(steps) + 60);
    for (std::size_t m = 0; m <= last; ++m) {
      if (m == after_.size()) step();
      const double weight = std::exp(log_weight);
      fate.answered += weight * after_[m].answered;
      fate.gone += weight * after_[m].gone;
      log_weight += std::log(steps) - std::log(static_cast<double>(m) + 1.0);
    }
    return fate;
  }

 private:
  std::vector<double> ahead_; // probability of so many ahead, after the last step
  double served_rate_, hang_up_, step_rate_;
  std::vector<Fate> after_{Fate{}}; // so many steps

  void step() {
    Fate fate = after_.back();
    fate.answered += ahead_[0] * served_rate_ / step_rate_;
    for (std::size_t i = 0; i < ahead_.size(); ++i) {
      const double move = served_rate_ + static_cast<double>(i) * hang_up_;
      fate.gone += ahead_[i] * hang_up_ / step_rate_;
      const double from_behind =
          i + 1 < ahead_.size()
              ? ahead_[i + 1] * (served_rate_ + static_cast<double>(i + 1) * hang_up_) / step_rate_
              : 0;
      ahead_[i] = ahead_[i] * (1 - (move + hang_up_) / step_rate_) + from_behind;
    }
    after_.push_back(fate);
  }
};

} // namespace

double steps_with_patience(const Load& load, double patience, int people, double answer_within) {
  if (load.arrivals <= 0 || load.handling <= 0) return 0;
  const double too_many = std::max(0.0, load.arrivals - people / load.handling); // a second, who must hang up
  const double line = too_many * patience + 12 * std::sqrt(load.arrivals * patience) + people;
  const double time = std::max(answer_within, too_many > 0 ? 3 * patience : 3 * load.handling);
  return line * std::max(load.arrivals, people / load.handling) * 2 * time;
}

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
  MarkedCaller caller(std::move(ahead), people * service, hang_up);
  line.service_level = 1 - line.waits + caller.within(answer_within).answered;
  if (line.waits > 0.1) {
    auto still_waits = [&](double time) {
      const Fate f = caller.within(time);
      return line.waits - f.answered - f.gone;
    };
    double low = 0, high = std::min(load.handling / people, patience);
    while (still_waits(high) > 0.1) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < 50 && high - low > 1e-4 * high; ++i) {
      const double middle = (low + high) / 2;
      (still_waits(middle) > 0.1 ? low : high) = middle;
    }
    line.p90_wait = (low + high) / 2;
  }
  return line;
}

} // namespace helpdesk::metrics
