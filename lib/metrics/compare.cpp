#include "metrics/compare.hpp"

#include "metrics/log_rank.hpp"

#include <algorithm>
#include <cmath>

namespace helpdesk::metrics {
namespace {

constexpr double k_z = 1.959963984540054; // two-sided 95 %

double seconds(std::int64_t us) { return static_cast<double>(us) / 1e6; }

std::int64_t longest(const Sample& s) {
  std::int64_t t = 0;
  for (const auto* list : {&s.happened, &s.competing, &s.waiting})
    if (!list->empty()) t = std::max(t, list->back());
  return t;
}

// At risk and events of one sample at rising times.
class Walk {
 public:
  explicit Walk(const Sample& sample) : s_(sample) {}
  const std::int64_t* next() const { return event_ < s_.happened.size() ? &s_.happened[event_] : nullptr; }
  struct Step {
    double at_risk = 0, events = 0;
  };
  Step take(std::int64_t time) {
    while (competing_ < s_.competing.size() && s_.competing[competing_] < time) ++competing_;
    while (waiting_ < s_.waiting.size() && s_.waiting[waiting_] < time) ++waiting_;
    Step step;
    step.at_risk = static_cast<double>(s_.at_risk(time, event_ + competing_ + waiting_));
    for (; event_ < s_.happened.size() && s_.happened[event_] == time; ++event_) ++step.events;
    step.events = std::min(step.events, step.at_risk);
    return step;
  }

 private:
  const Sample& s_;
  std::size_t event_ = 0, competing_ = 0, waiting_ = 0;
};

} // namespace

std::uint64_t SplitMix64::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::size_t SplitMix64::below(std::size_t n) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((static_cast<Wide>(next()) * n) >> 64);
}

Bootstrap bootstrap(std::span<const double> sorted,
                    const std::function<double(std::span<const double>)>& statistic, std::uint64_t seed) {
  Bootstrap result;
  if (sorted.empty()) return result;
  SplitMix64 random(seed);
  std::vector<std::uint32_t> times(sorted.size());
  std::vector<double> drawn;
  drawn.reserve(sorted.size());
  std::vector<double> statistics;
  double sum = 0;
  for (int b = 0; b < k_resamples; ++b) {
    std::fill(times.begin(), times.end(), 0U);
    for (std::size_t i = 0; i < sorted.size(); ++i) ++times[random.below(sorted.size())];
    drawn.clear();
    for (std::size_t i = 0; i < sorted.size(); ++i) drawn.insert(drawn.end(), times[i], sorted[i]);
    statistics.push_back(statistic(drawn));
    sum += statistics.back();
  }
  std::sort(statistics.begin(), statistics.end());
  result.interval = {quantile(statistics, 0.025), quantile(statistics, 0.975)};
  result.mean = sum / k_resamples;
  return result;
}

RestrictedMean restricted_mean(const Sample& sample, double limit) {
  Survival curve = Survival::estimate(sample);
  RestrictedMean result;
  result.value = curve.restricted_mean(limit);
  // Each step counts by the area of the curve after it.
  double area = 0;
  double until = limit;
  double variance = 0;
  const auto& steps = curve.steps();
  for (std::size_t i = steps.size(); i-- > 0;) {
    const SurvivalStep& s = steps[i];
    if (s.time >= limit) continue;
    area += s.survival * (until - s.time);
    until = s.time;
    auto n = static_cast<double>(s.at_risk);
    auto d = static_cast<double>(s.events);
    if (d < n) variance += area * area * d / (n * (n - d));
  }
  result.standard_error = std::sqrt(variance);
  return result;
}

LogRank log_rank(const Sample& a, const Sample& b) {
  Walk left(a);
  Walk right(b);
  LogRankSums sums;
  while (left.next() || right.next()) {
    std::int64_t time = left.next() ? *left.next() : *right.next();
    if (right.next()) time = std::min(time, *right.next());
    auto [na, da] = left.take(time);
    auto [nb, db] = right.take(time);
    sums.add(na, da, nb, db);
  }
  return sums.result();
}

std::optional<Comparison> compare(const Sample& then, const Sample& now) {
  Comparison c;
  c.n_then = static_cast<std::int64_t>(then.size());
  c.n_now = static_cast<std::int64_t>(now.size());
  if (c.n_then == 0 || c.n_now == 0) return std::nullopt;
  c.limit = seconds(std::min(longest(then), longest(now)));
  c.then = restricted_mean(then, c.limit);
  c.now = restricted_mean(now, c.limit);
  c.difference = c.now.value - c.then.value;
  double half = k_z * std::hypot(c.then.standard_error, c.now.standard_error);
  c.interval = {c.difference - half, c.difference + half};
  c.test = log_rank(then, now);
  return c;
}

MixShift mix_shift(std::span<const MixGroup> groups) {
  double all_then = 0;
  double all_now = 0;
  for (const MixGroup& g : groups) {
    all_then += g.weight_then;
    all_now += g.weight_now;
  }
  MixShift m;
  if (all_then <= 0 || all_now <= 0) return m;
  for (const MixGroup& g : groups) {
    double w0 = g.weight_then / all_then;
    double w1 = g.weight_now / all_now;
    double v0 = g.weight_then > 0 ? g.value_then : g.value_now;
    double v1 = g.weight_now > 0 ? g.value_now : g.value_then;
    m.then += w0 * v0;
    m.now += w1 * v1;
    m.rate += (w0 + w1) / 2 * (v1 - v0);
    m.mix += (w1 - w0) * (v0 + v1) / 2;
  }
  return m;
}

} // namespace helpdesk::metrics
