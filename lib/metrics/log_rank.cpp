#include "metrics/log_rank.hpp"

#include <cmath>

namespace helpdesk::metrics {

void LogRankSums::add(double risk_a, double events_a, double risk_b, double events_b) {
  const double n = risk_a + risk_b;
  const double d = events_a + events_b;
  if (n <= 0) return;
  difference_ += events_a - d * risk_a / n;
  if (n > 1) variance_ += d * (risk_a / n) * (risk_b / n) * (n - d) / (n - 1);
}

LogRank LogRankSums::result() const {
  LogRank result;
  if (variance_ <= 0) return result;
  result.chi_squared = difference_ * difference_ / variance_;
  result.p = std::erfc(std::sqrt(result.chi_squared / 2)); // one degree of freedom
  return result;
}

} // namespace helpdesk::metrics
