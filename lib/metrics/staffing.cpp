#include "metrics/staffing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace helpdesk::metrics {

namespace {
constexpr int k_most_people = 10'000;
} // namespace

double erlang_b(double erlangs, int servers) {
  if (erlangs <= 0) return servers > 0 ? 0 : 1;
  double inverse = 1;
  for (int k = 1; k <= servers; ++k) inverse = 1 + k / erlangs * inverse;
  return 1 / inverse;
}

double erlang_c(double erlangs, int servers) {
  if (erlangs >= servers) return 1;
  const double b = erlang_b(erlangs, servers);
  return servers * b / (servers - erlangs * (1 - b));
}

std::optional<Line> line_without_patience(const Load& load, int people, double answer_within) {
  const double a = load.erlangs();
  if (a >= people) return std::nullopt;
  Line line{.people = people, .waits = erlang_c(a, people)};
  const double free_rate = (people - a) / load.handling; // at which those who wait get their turn
  line.service_level = 1 - line.waits * std::exp(-free_rate * answer_within);
  line.mean_wait = line.waits / free_rate;
  line.p90_wait = line.waits > 0.1 ? std::log(line.waits / 0.1) / free_rate : 0;
  line.occupancy = a / people;
  line.queue = load.arrivals * line.mean_wait;
  return line;
}

int fewest_to_try(const Load& load, const Goal& goal) {
  return std::max(1, static_cast<int>(std::ceil(goal.service_level * load.erlangs() - 1e-9)));
}

namespace {

// Service level grows and occupancy falls with every one more: the first that reaches the goal is searched by
// doubling and halving.
std::optional<Line> fewest_with_patience(const Load& load, const Goal& goal, double patience) {
  auto reaches = [&](int n) {
    const Line line = line_with_patience(load, patience, n, goal.answer_within);
    return line.service_level >= goal.service_level && line.occupancy <= goal.occupancy_cap;
  };
  int too_few = fewest_to_try(load, goal) - 1;
  int enough = too_few + 1;
  for (int step = 1; !reaches(enough); step *= 2) {
    too_few = enough;
    enough += step;
    if (enough > k_most_people) return std::nullopt;
  }
  while (enough - too_few > 1) {
    const int middle = too_few + (enough - too_few) / 2;
    (reaches(middle) ? enough : too_few) = middle;
  }
  return line_with_patience(load, patience, enough, goal.answer_within);
}

} // namespace

std::optional<Line> fewest_people(const Load& load, const Goal& goal, double patience) {
  const double a = load.erlangs();
  if (!(a < k_most_people)) return std::nullopt;
  if (patience > 0) return fewest_with_patience(load, goal, patience);
  const int least = std::max(static_cast<int>(std::floor(a)), static_cast<int>(a / goal.occupancy_cap) - 1);
  for (int n = least + 1; n <= k_most_people; ++n) {
    if (a / n > goal.occupancy_cap) continue;
    const std::optional<Line> line = line_without_patience(load, n, goal.answer_within);
    if (line && line->service_level >= goal.service_level) return line;
  }
  return std::nullopt;
}

int people_with_shrinkage(int people, double shrinkage) {
  // 14 / 0.7 is a hair above 20 in binary and must stay 20.
  return static_cast<int>(std::ceil(people / (1 - shrinkage) - 1e-9));
}

double chat_concurrency(int at_once) {
  constexpr std::array<double, 5> k_factor{1, 1.7, 2.5, 2.9, 3.5};
  return k_factor[static_cast<std::size_t>(std::clamp(at_once, 1, 5) - 1)];
}

double full_time_people(double arrivals_a_day, double handling, double hours_a_day, double occupancy,
                        double shrinkage) {
  return arrivals_a_day * handling / 3600 / (hours_a_day * occupancy * (1 - shrinkage));
}

double cost_per_contact(double loaded_hourly, double handling, double occupancy, double shrinkage,
                        double platform_per_contact) {
  return loaded_hourly * handling / 3600 / (occupancy * (1 - shrinkage)) + platform_per_contact;
}

Feasibility earliest_due_first(std::span<const OpenWork> work, int people, double utilisation) {
  std::vector<OpenWork> sorted(work.begin(), work.end());
  std::sort(sorted.begin(), sorted.end(), [](const OpenWork& a, const OpenWork& b) { return a.due < b.due; });
  Feasibility out;
  double sum = 0, needed = 0;
  bool hopeless = false;
  for (const OpenWork& one : sorted) {
    sum += one.handling;
    if (one.due <= 0) {
      hopeless = hopeless || one.handling > 0;
    } else {
      needed = std::max(needed, sum / (one.due * utilisation));
    }
    if (out.feasible && sum > std::max(one.due, 0.0) * people * utilisation * (1 + 1e-12)) {
      out.feasible = false;
      out.first_missed = one.due;
    }
  }
  out.people_needed = hopeless ? 0 : static_cast<int>(std::ceil(needed - 1e-9));
  return out;
}

std::string_view meaning(LevelFormula formula) {
  switch (formula) {
  case LevelFormula::gone_in_time_is_good: return "answered or hung up in time, of all";
  case LevelFormula::answered_alone: return "answered in time, of the answered";
  case LevelFormula::all_gone_is_bad: return "answered in time, of all";
  case LevelFormula::late_gone_is_bad: return "answered in time, of all but those who hung up in time";
  case LevelFormula::at_once_is_good: return "answered in time or hung up at once, of all";
  }
  return "";
}

std::optional<double> service_level(const Answering& a, LevelFormula formula) {
  std::int64_t good = a.answered_in_time;
  std::int64_t all = a.offered();
  switch (formula) {
  case LevelFormula::gone_in_time_is_good: good += a.gone_in_time; break;
  case LevelFormula::answered_alone: all = a.answered; break;
  case LevelFormula::all_gone_is_bad: break;
  case LevelFormula::late_gone_is_bad: all -= a.gone_in_time; break;
  case LevelFormula::at_once_is_good: good += a.gone_at_once; break;
  }
  if (all <= 0) return std::nullopt;
  return static_cast<double>(good) / static_cast<double>(all);
}

std::optional<double> patience_from(double waited, std::int64_t gone) {
  if (gone <= 0 || waited <= 0) return std::nullopt;
  return waited / static_cast<double>(gone);
}

std::optional<double> dispersion_of(std::span<const std::int64_t> counts) {
  if (counts.size() < 2) return std::nullopt;
  double mean = 0;
  for (std::int64_t n : counts) mean += static_cast<double>(n);
  mean /= static_cast<double>(counts.size());
  if (mean == 0) return std::nullopt;
  double squares = 0;
  for (std::int64_t n : counts) squares += (static_cast<double>(n) - mean) * (static_cast<double>(n) - mean);
  return squares / static_cast<double>(counts.size() - 1) / mean;
}

} // namespace helpdesk::metrics
