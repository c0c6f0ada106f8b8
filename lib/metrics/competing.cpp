#include "metrics/log_rank.hpp"
#include "metrics/survival.hpp"

#include <algorithm>

namespace helpdesk::metrics {

Incidence incidence(const Sample& sample, std::int64_t limit) {
  Incidence result;
  std::size_t h = 0;
  std::size_t c = 0;
  std::size_t w = 0;
  const auto& happened = sample.happened;
  const auto& competing = sample.competing;
  while (h < happened.size() || c < competing.size()) {
    std::int64_t time = h < happened.size() ? happened[h] : competing[c];
    if (c < competing.size()) time = std::min(time, competing[c]);
    if (time > limit) break;
    while (w < sample.waiting.size() && sample.waiting[w] < time) ++w;
    auto at_risk = static_cast<double>(sample.at_risk(time, h + c + w));
    std::size_t dh = 0;
    std::size_t dc = 0;
    for (; h < happened.size() && happened[h] == time; ++h) ++dh;
    for (; c < competing.size() && competing[c] == time; ++c) ++dc;
    if (at_risk < static_cast<double>(dh + dc) || at_risk <= 0) continue;
    double before = result.waiting;
    result.happened += before * static_cast<double>(dh) / at_risk;
    result.competing += before * static_cast<double>(dc) / at_risk;
    result.waiting = before * (1 - static_cast<double>(dh + dc) / at_risk);
  }
  return result;
}

LogRank log_rank(std::span<const Observation> a, std::span<const Observation> b) {
  std::vector<double> times;
  for (auto group : {a, b})
    for (const Observation& o : group)
      if (o.event) times.push_back(o.time);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  auto count = [](std::span<const Observation> group, double time) {
    std::pair<double, double> result{0, 0}; // at risk, events
    for (const Observation& o : group) {
      if (o.entry < time && o.time >= time) ++result.first;
      if (o.event && o.time == time) ++result.second;
    }
    return result;
  };
  LogRankSums sums;
  for (double time : times) {
    auto [na, da] = count(a, time);
    auto [nb, db] = count(b, time);
    sums.add(na, da, nb, db);
  }
  return sums.result();
}

} // namespace helpdesk::metrics
