// Many tickets' clocks: how often promises were kept, and which of the open ones will probably break.
#pragma once

#include "metrics/quantile.hpp"
#include "metrics/sla_clock.hpp"
#include "metrics/survival.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace helpdesk::metrics {

// k/n with everything beside it; nothing that is late is left out.
struct Attainment {
  std::int64_t met = 0, breached = 0;
  std::int64_t overdue = 0;   // open and late: missed already
  std::int64_t undecided = 0; // open and in time
  std::int64_t paused = 0;    // of them
  std::int64_t voided = 0;
  std::int64_t by_policy = 0; // missed because the target was changed
  std::int64_t pausing = 0;   // decided ones whose clock stood still by the policy's pause_on

  std::int64_t decided() const { return met + breached + overdue; }
  std::optional<double> share() const {
    if (decided() == 0) return std::nullopt;
    return static_cast<double>(met) / static_cast<double>(decided());
  }
  auto interval() const { return wilson(met, decided()); } // 95 %, of decided() > 0
  void add(const SlaClock& clock);
};

// P(breach | in time so far): conditional Kaplan-Meier S(target)/S(elapsed) of clocks of the same metric,
// policy and channel, drawn towards the curve of all clocks of the metric by k_shrink_weight observations.
// Times are the clocks' own.
class RiskModel {
 public:
  static constexpr std::int64_t k_least = 30; // in the pooled curve; below it nothing is said
  static constexpr double k_shrink_weight = 30;
  static constexpr Duration k_window = std::chrono::hours(24 * 60); // what started so long before now

  explicit RiskModel(Instant now) : since_(now - k_window) {}
  void add(const SlaClock& clock, model::Channel channel);
  void finish(); // after the last add
  // 1 for a clock that is late; nothing for one that ended, or when too little is known.
  std::optional<double> probability(const SlaClock& clock, model::Channel channel) const;

 private:
  using Key = std::tuple<SlaMetric, std::size_t, model::Channel>;
  Instant since_;
  std::map<Key, std::vector<Observation>> seen_;
  std::map<SlaMetric, std::vector<Observation>> pooled_seen_;
  std::map<Key, Survival> curves_;
  std::map<SlaMetric, Survival> pooled_;
};

} // namespace helpdesk::metrics
