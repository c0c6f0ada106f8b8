// Kaplan-Meier: how long people wait when some of them wait still (metrics specification, section 5).
#pragma once

#include "metrics/sample.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace helpdesk::metrics {

// One observation with a delayed entry: at risk in (entry, time]. Units are the caller's.
struct Observation {
  double time = 0;
  bool event = true; // false: censored, still at risk at its time
  double entry = -1;
};

enum class Band : unsigned char { log_log, log }; // scale of the confidence interval of S

struct SurvivalStep {
  double time = 0;
  std::int64_t at_risk = 0, events = 0;
  double survival = 1, greenwood = 0; // after this time; greenwood: sum of d/(n(n-d))
};

struct Quantile {
  std::optional<double> value;        // empty: not reached, longer than anything seen
  std::optional<double> lower, upper; // 95 % (Brookmeyer-Crowley); empty: no bound
};

class Survival {
 public:
  static Survival estimate(std::vector<Observation> observations);
  // Competing ends are censored at their times. Seconds. sample must be sorted.
  static Survival estimate(const Sample& sample);

  const std::vector<SurvivalStep>& steps() const { return steps_; } // one a time with events
  std::int64_t size() const { return size_; }
  double longest() const { return longest_; } // largest time seen
  double at(double time) const;               // S(time)
  // Still waiting at `target`, given waiting at `elapsed`.
  double conditional(double target, double elapsed) const;
  // inf{t: S(t) <= 1-p}; the middle of a flat piece that lies exactly at 1-p, as R does.
  Quantile quantile(double p, Band band = Band::log_log) const;
  double restricted_mean(double limit) const; // integral of S to the limit
  // 95 % bounds of S after a step; nan where S is 0.
  static double lower(const SurvivalStep& step, Band band);
  static double upper(const SurvivalStep& step, Band band);

 private:
  void add_step(double time, std::int64_t at_risk, std::int64_t events);
  // No step before this one has a bound at or below the level.
  std::size_t before_crossing(double level, double sign) const;
  std::vector<SurvivalStep> steps_;
  std::int64_t size_ = 0;
  double longest_ = 0;
};

// Aalen-Johansen: what became of everybody by a time; the three add up to 1.
struct Incidence {
  double happened = 0, competing = 0, waiting = 1;
};
// Sorted sample; limit in microseconds.
Incidence incidence(const Sample& sample, std::int64_t limit);

// Log-rank test of two groups.
struct LogRank {
  double chi_squared = 0, p = 1;
};
LogRank log_rank(std::span<const Observation> a, std::span<const Observation> b);

} // namespace helpdesk::metrics
