// What customers said of the service (metrics specification, section 5.1). Products print different formulas
// under one name: these say which they are.
#pragma once

#include "metrics/quantile.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace helpdesk::metrics {

// Good out of good and bad; neutral ones count in n only.
struct SatisfactionScore {
  std::int64_t good = 0, neutral = 0, bad = 0, offered = 0; // offered: 0 when it is not known
  std::int64_t rated() const { return good + neutral + bad; }
  std::optional<double> csat() const; // nothing without a good or bad one
  Interval interval() const { return wilson(good, good + bad); }
  // If everybody who was asked and did not answer was bad, or good.
  Interval bounds() const;
};
enum class Rating : unsigned char { bad, neutral, good };
// "good", "bad", "1" to "5", "satisfied" …; nothing for what is none of them.
std::optional<Rating> parse_rating(std::string_view value);

// Share of 9 and 10 less share of 0 to 6, in points.
struct PromoterScore {
  std::int64_t promoters = 0, passives = 0, detractors = 0;
  double score = 0, standard_error = 0;
  Interval interval{-100, 100};
};
PromoterScore promoter_score(std::int64_t promoters, std::int64_t passives, std::int64_t detractors);

// Ratings of many tickets, by their events: the field says the scale ("nps", else a satisfaction), the new
// value the rating; "offered" says that somebody was asked.
struct Ratings {
  SatisfactionScore score;
  std::int64_t promoters = 0, passives = 0, detractors = 0;
  void add(std::string_view scale, std::string_view value);
  void merge(const Ratings& other);
  std::int64_t promoted() const { return promoters + passives + detractors; }
};
inline constexpr std::int64_t k_least_ratings = 10; // fewer are not worth a share

} // namespace helpdesk::metrics
