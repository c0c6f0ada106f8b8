#include "metrics/satisfaction.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace helpdesk::metrics {

std::optional<double> SatisfactionScore::csat() const {
  if (good + bad == 0) return std::nullopt;
  return static_cast<double>(good) / static_cast<double>(good + bad);
}

Interval SatisfactionScore::bounds() const {
  std::int64_t silent = std::max<std::int64_t>(0, offered - rated());
  auto all = static_cast<double>(good + bad + silent);
  if (all <= 0) return {0, 1};
  return {static_cast<double>(good) / all, static_cast<double>(good + silent) / all};
}

std::optional<Rating> parse_rating(std::string_view value) {
  std::string v = ascii_lower(trim(value));
  for (std::string_view good : {"good", "satisfied", "positive", "happy", "4", "5", "4.0", "5.0", "yes"})
    if (v == good) return Rating::good;
  for (std::string_view bad :
       {"bad", "unsatisfied", "dissatisfied", "negative", "unhappy", "1", "2", "1.0", "2.0", "no"})
    if (v == bad) return Rating::bad;
  for (std::string_view neutral : {"neutral", "3", "3.0", "okay", "ok"})
    if (v == neutral) return Rating::neutral;
  return std::nullopt;
}

void Ratings::add(std::string_view scale, std::string_view value) {
  if (value == "offered") {
    ++score.offered;
    return;
  }
  if (scale == "nps") {
    int points = -1;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), points);
    if (error != std::errc() || end != value.data() + value.size() || points < 0 || points > 10) return;
    ++(points >= 9 ? promoters : points >= 7 ? passives : detractors);
    return;
  }
  auto rating = parse_rating(value);
  if (!rating) return;
  ++(*rating == Rating::good ? score.good : *rating == Rating::bad ? score.bad : score.neutral);
}

void Ratings::merge(const Ratings& o) {
  score.good += o.score.good;
  score.neutral += o.score.neutral;
  score.bad += o.score.bad;
  score.offered += o.score.offered;
  promoters += o.promoters;
  passives += o.passives;
  detractors += o.detractors;
}

PromoterScore promoter_score(std::int64_t promoters, std::int64_t passives, std::int64_t detractors) {
  PromoterScore s;
  s.promoters = promoters;
  s.passives = passives;
  s.detractors = detractors;
  auto n = static_cast<double>(promoters + passives + detractors);
  if (n <= 0) return s;
  double p = static_cast<double>(promoters) / n;
  double d = static_cast<double>(detractors) / n;
  s.score = (p - d) * 100;
  s.standard_error = std::sqrt((p + d - (p - d) * (p - d)) / n) * 100;
  constexpr double z = 1.959963984540054;
  s.interval = {std::max(-100.0, s.score - z * s.standard_error),
                std::min(100.0, s.score + z * s.standard_error)};
  return s;
}

} // namespace helpdesk::metrics
