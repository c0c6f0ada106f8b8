// The sums behind the log-rank test of two groups (Mantel 1966), time by time. Inside lib/metrics only.
#pragma once

#include "metrics/survival.hpp"

namespace helpdesk::metrics {

class LogRankSums {
 public:
  // At one time: how many of each group were at risk, and how many of them had the event.
  void add(double risk_a, double events_a, double risk_b, double events_b);
  LogRank result() const; // p = 1 where nothing can be told

 private:
  double difference_ = 0, variance_ = 0;
};

} // namespace helpdesk::metrics
