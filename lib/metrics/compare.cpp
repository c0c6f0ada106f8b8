#include "metrics/compare.hpp"

#include "base/text.hpp"
#include "metrics/log_rank.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

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
  for (;;) {
    const std::int64_t* l = left.next();
    const std::int64_t* r = right.next();
    if (!l && !r) break;
    std::int64_t time = !l ? *r : !r ? *l : std::min(*l, *r);
    auto [na, da] = left.take(time);
    auto [nb, db] = right.take(time);
    sums.add(na, da, nb, db);
  }
  return sums.result();
}

std::uint64_t seed_of(std::string_view metric, std::string_view cohort) {
  return fnv1a(std::string(metric) + "/" + std::string(cohort));
}

namespace {

// One draw of a sample after the other: its restricted mean and its median.
class Resampler {
 public:
  Resampler(const Sample& sample, double limit) : limit_(limit) {
    for (std::int64_t t : sample.happened) ends_.emplace_back(seconds(t), true);
    for (const auto* list : {&sample.competing, &sample.waiting})
      for (std::int64_t t : *list) ends_.emplace_back(seconds(t), false);
    std::sort(ends_.begin(), ends_.end());
    times_.resize(ends_.size());
  }

  struct Draw {
    double restricted_mean = 0;
    double median = std::numeric_limits<double>::infinity(); // when it is not reached
  };
  Draw draw(SplitMix64& random) {
    std::fill(times_.begin(), times_.end(), 0U);
    for (std::size_t i = 0; i < ends_.size(); ++i) ++times_[random.below(ends_.size())];
    Draw out;
    double survival = 1;
    double survival_at_limit = 1;
    double from = 0;
    auto at_risk = static_cast<double>(ends_.size());
    for (std::size_t i = 0; i < ends_.size();) {
      const double time = ends_[i].first;
      double events = 0;
      double all = 0;
      for (; i < ends_.size() && ends_[i].first == time; ++i) {
        all += times_[i];
        if (ends_[i].second) events += times_[i];
      }
      if (events > 0) {
        if (time < limit_) out.restricted_mean += survival * (time - from);
        survival *= 1 - events / at_risk;
        if (survival <= 0.5 + 1e-12) out.median = std::min(out.median, time);
        if (time < limit_) {
          from = time;
          survival_at_limit = survival;
        }
      }
      at_risk -= all;
    }
    out.restricted_mean += survival_at_limit * std::max(0.0, limit_ - from);
    return out;
  }

 private:
  double limit_;
  std::vector<std::pair<double, bool>> ends_; // ascending; true: happened
  std::vector<std::uint32_t> times_;
};

std::optional<Interval> percentile_interval(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  Interval interval{quantile(values, 0.025), quantile(values, 0.975)};
  if (!std::isfinite(interval.lower) || !std::isfinite(interval.upper)) return std::nullopt;
  return interval;
}

// Draws of both in turn, from one stream.
void resample(const Sample& then, const Sample& now, std::uint64_t seed, Comparison& c) {
  SplitMix64 random(seed);
  Resampler first(then, c.limit);
  Resampler second(now, c.limit);
  std::vector<double> means;
  std::vector<double> medians;
  for (int b = 0; b < k_resamples; ++b) {
    auto a = first.draw(random);
    auto z = second.draw(random);
    means.push_back(z.restricted_mean - a.restricted_mean);
    constexpr double k_beyond = std::numeric_limits<double>::infinity();
    medians.push_back(!std::isfinite(z.median)   ? k_beyond
                      : !std::isfinite(a.median) ? -k_beyond
                                                 : z.median - a.median);
  }
  if (auto interval = percentile_interval(std::move(means))) c.interval = *interval;
  if (c.median_difference) c.median_interval = percentile_interval(std::move(medians));
}

} // namespace

std::optional<Comparison> compare(const Sample& then, const Sample& now, std::uint64_t seed) {
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
  auto median_then = Survival::estimate(then).quantile(0.5).value;
  auto median_now = Survival::estimate(now).quantile(0.5).value;
  if (median_then && median_now) c.median_difference = *median_now - *median_then;
  bool whole = then.entries.empty() && now.entries.empty();
  if (whole && std::max(then.size(), now.size()) <= k_most_resampled) resample(then, now, seed, c);
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
