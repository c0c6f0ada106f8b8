#include "metrics/sla_report.hpp"

namespace helpdesk::metrics {
namespace {

double seconds(Duration d) { return static_cast<double>(d.count()) / 1e6; }

// Where the curve has ended nobody waited so long, and it says nothing.
std::optional<double> breach_probability(const Survival& curve, const SlaClock& clock) {
  double elapsed = seconds(clock.elapsed);
  if (curve.at(elapsed) <= 0) return std::nullopt;
  return curve.conditional(seconds(clock.target + clock.grace), elapsed);
}

} // namespace

void Attainment::add(const SlaClock& clock) {
  switch (clock.state) {
  case SlaState::met: ++met; break;
  case SlaState::breached: ++breached; break;
  case SlaState::overdue: ++overdue; break;
  case SlaState::running: ++undecided; break;
  case SlaState::paused:
    ++undecided;
    ++paused;
    break;
  case SlaState::voided: ++voided; break;
  }
  if (clock.breach_at && clock.cause == SlaCause::policy_change) ++by_policy;
  if (may_pause(clock.metric) && clock.metric != SlaMetric::full_resolution &&
      (clock.state == SlaState::met || clock.breach_at))
    for (const SlaEvent& e : clock.events)
      if (e.kind == SlaEventKind::pause) {
        ++pausing;
        break;
      }
}

void RiskModel::add(const SlaClock& clock, model::Channel channel) {
  if (clock.start < since_) return;
  bool ended = clock.stopped && clock.state != SlaState::voided;
  Observation seen{seconds(clock.elapsed), ended, -1};
  seen_[{clock.metric, clock.policy, channel}].push_back(seen);
  pooled_seen_[clock.metric].push_back(seen);
}

void RiskModel::finish() {
  for (auto& [key, list] : seen_) curves_[key] = Survival::estimate(std::move(list));
  for (auto& [key, list] : pooled_seen_) pooled_[key] = Survival::estimate(std::move(list));
  seen_.clear();
  pooled_seen_.clear();
}

std::optional<double> RiskModel::probability(const SlaClock& clock, model::Channel channel) const {
  if (!is_open(clock.state)) return std::nullopt;
  if (clock.breach_at) return 1.0;
  auto pooled = pooled_.find(clock.metric);
  if (pooled == pooled_.end() || pooled->second.size() < k_least) return std::nullopt;
  auto of_all = breach_probability(pooled->second, clock);
  auto own = curves_.find({clock.metric, clock.policy, channel});
  if (own == curves_.end()) return of_all;
  auto of_own = breach_probability(own->second, clock);
  if (!of_own || !of_all) return of_own ? of_own : of_all;
  double n = static_cast<double>(own->second.size());
  return (n * *of_own + k_shrink_weight * *of_all) / (n + k_shrink_weight);
}

} // namespace helpdesk::metrics
