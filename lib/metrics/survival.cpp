#include "metrics/survival.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace helpdesk::metrics {
namespace {

constexpr double k_z = 1.959963984540054; // two-sided 95 %
constexpr double k_exactly = 1e-12;       // S counts as equal to 1-p
constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

double bound(const SurvivalStep& step, Band band, double sign) {
  double s = step.survival;
  if (s <= 0) return k_nan;
  if (step.greenwood <= 0 || s >= 1) return s;
  double se = std::sqrt(step.greenwood);
  if (band == Band::log) return std::min(1.0, s * std::exp(sign * k_z * se));
  return std::pow(s, std::exp(-sign * k_z * se / std::fabs(std::log(s))));
}

} // namespace

double Survival::lower(const SurvivalStep& step, Band band) { return bound(step, band, -1); }
double Survival::upper(const SurvivalStep& step, Band band) { return bound(step, band, 1); }

void Survival::add_step(double time, std::int64_t at_risk, std::int64_t events) {
  double before = steps_.empty() ? 1 : steps_.back().survival;
  double greenwood = steps_.empty() ? 0 : steps_.back().greenwood;
  auto n = static_cast<double>(at_risk);
  auto d = static_cast<double>(events);
  double survival = events == at_risk ? 0 : before * (1 - d / n);
  if (events < at_risk) greenwood += d / (n * (n - d));
  steps_.push_back({time, at_risk, events, survival, greenwood});
}

Survival Survival::estimate(std::vector<Observation> observations) {
  Survival result;
  result.size_ = static_cast<std::int64_t>(observations.size());
  std::sort(observations.begin(), observations.end(),
            [](const Observation& a, const Observation& b) { return a.time < b.time; });
  std::vector<double> entries;
  for (const Observation& o : observations) entries.push_back(o.entry);
  std::sort(entries.begin(), entries.end());
  if (!observations.empty()) result.longest_ = observations.back().time;
  std::size_t entered = 0;
  for (std::size_t i = 0; i < observations.size();) {
    double time = observations[i].time;
    while (entered < entries.size() && entries[entered] < time) ++entered;
    auto at_risk = static_cast<std::int64_t>(entered) - static_cast<std::int64_t>(i);
    std::int64_t events = 0;
    for (; i < observations.size() && observations[i].time == time; ++i) events += observations[i].event;
    if (events > 0 && at_risk > 0) result.add_step(time, at_risk, std::min(events, at_risk));
  }
  return result;
}

Survival Survival::estimate(const Sample& sample) {
  Survival result;
  const auto& events = sample.happened;
  std::size_t n = sample.size();
  result.size_ = static_cast<std::int64_t>(n);
  std::int64_t longest = 0;
  for (const auto* list : {&sample.happened, &sample.competing, &sample.waiting})
    if (!list->empty()) longest = std::max(longest, list->back());
  result.longest_ = static_cast<double>(longest) / 1e6;
  result.steps_.reserve(events.size());
  std::size_t competing = 0; // ended before the time at hand
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < events.size();) {
    std::int64_t time = events[i];
    while (competing < sample.competing.size() && sample.competing[competing] < time) ++competing;
    while (waiting < sample.waiting.size() && sample.waiting[waiting] < time) ++waiting;
    std::size_t at_risk = sample.at_risk(time, i + competing + waiting);
    std::size_t next = i;
    while (next < events.size() && events[next] == time) ++next;
    // With delayed entries nobody may be at risk: what ends as it comes into view tells nothing.
    std::size_t ended = std::min(next - i, at_risk);
    if (ended > 0)
      result.add_step(static_cast<double>(time) / 1e6, static_cast<std::int64_t>(at_risk),
                      static_cast<std::int64_t>(ended));
    i = next;
  }
  return result;
}

double Survival::at(double time) const {
  auto it = std::upper_bound(steps_.begin(), steps_.end(), time,
                             [](double t, const SurvivalStep& s) { return t < s.time; });
  return it == steps_.begin() ? 1 : std::prev(it)->survival;
}

double Survival::conditional(double target, double elapsed) const {
  double now = at(elapsed);
  if (now <= 0) return 0;
  return target <= elapsed ? 1 : at(target) / now;
}

// A cheap look that spares the powers of every step before the crossing. Its slack is far above rounding, so
// that what follows decides. -ln S and the sum of Greenwood only grow: the ends of a block bound all in it.
std::size_t Survival::before_crossing(double level, double sign) const {
  constexpr double k_slack = 1 - 1e-6;
  constexpr std::size_t k_block = 32;
  const double wanted = -std::log(level + k_exactly) * k_slack;
  auto hazard = [](const SurvivalStep& s) { return -std::log(s.survival); };
  auto scaled = [&](const SurvivalStep& s) {
    if (s.survival <= 0) return std::numeric_limits<double>::infinity();
    double h = hazard(s);
    if (s.greenwood <= 0 || s.survival >= 1) return h;
    double width = std::exp(k_z * std::sqrt(s.greenwood) / h);
    return sign < 0 ? h * width : h / width;
  };
  for (std::size_t begin = 0; begin < steps_.size(); begin += k_block) {
    const std::size_t end = std::min(begin + k_block, steps_.size());
    const SurvivalStep& first = steps_[begin];
    const SurvivalStep& last = steps_[end - 1];
    if (last.survival > 0 && first.survival < 1) {
      double most = hazard(last);
      most *= sign < 0 ? std::exp(k_z * std::sqrt(last.greenwood) / hazard(first))
                       : std::exp(-k_z * std::sqrt(first.greenwood) / most);
      if (most < wanted * k_slack) continue;
    }
    for (std::size_t i = begin; i < end; ++i)
      if (scaled(steps_[i]) >= wanted) return i;
  }
  return steps_.size();
}

Quantile Survival::quantile(double p, Band band) const {
  double level = 1 - p;
  // The first step whose curve is at or below the level; a curve that lies exactly there gives the middle to
  // the next event.
  auto crossing = [&](std::size_t from, auto&& curve) -> std::optional<double> {
    for (std::size_t i = from; i < steps_.size(); ++i) {
      double s = curve(steps_[i]);
      if (!(s <= level + k_exactly)) continue; // not a number: the curve has no value any more
      if (std::fabs(s - level) < k_exactly && i + 1 < steps_.size())
        return (steps_[i].time + steps_[i + 1].time) / 2;
      return steps_[i].time;
    }
    return std::nullopt;
  };
  bool quick = band == Band::log_log;
  Quantile result;
  auto first = std::partition_point(steps_.begin(), steps_.end(),
                                    [&](const SurvivalStep& s) { return s.survival > level + k_exactly; });
  result.value = crossing(static_cast<std::size_t>(first - steps_.begin()),
                          [](const SurvivalStep& s) { return s.survival; });
  result.lower = crossing(quick ? before_crossing(level, -1) : 0,
                          [&](const SurvivalStep& s) { return s.survival <= 0 ? 0 : lower(s, band); });
  result.upper =
      crossing(quick ? before_crossing(level, 1) : 0, [&](const SurvivalStep& s) { return upper(s, band); });
  return result;
}

double Survival::restricted_mean(double limit) const {
  double area = 0;
  double from = 0;
  double survival = 1;
  for (const SurvivalStep& step : steps_) {
    if (step.time >= limit) break;
    area += survival * (step.time - from);
    from = step.time;
    survival = step.survival;
  }
  return area + survival * std::max(0.0, limit - from);
}

} // namespace helpdesk::metrics
