// How many people a load needs (metrics specification, section 6). Calls and chats: Erlang C (nobody hangs
// up) and Erlang A (they do). Mail and forums wait in a list, not in a line: hours of work, and whether what
// is open can be done by its due times. Pure; times in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

struct Load {
  double arrivals = 0; // a second
  double handling = 0; // seconds of one person's time for each
  double erlangs() const { return arrivals * handling; }
};

// What a line of n people does.
struct Line {
  int people = 0;
  double waits = 0;         // share of callers that must wait
  double service_level = 0; // share of all callers answered within the time asked for
  double mean_wait = 0;     // over all callers, seconds
  double p90_wait = 0;      // seconds; 0 when fewer than a tenth wait
  double occupancy = 0;     // share of their time that people talk
  double abandoned = 0;     // share of callers that hang up; 0 by Erlang C
  double queue = 0;         // mean number of those who wait
};

// Share of calls that find all lines busy and are lost. Recursion of Jagerman, stable for any load.
double erlang_b(double erlangs, int servers);
// Share of calls that wait: 1 where the load is not less than the servers.
double erlang_c(double erlangs, int servers);

// M/M/n. None where the load is not less than the people: the line grows for ever and no number is true.
std::optional<Line> line_without_patience(const Load& load, int people, double answer_within);
// M/M/n+M (Palm 1957; Garnett, Mandelbaum, Reiman 2002): callers hang up after an exponential time with the
// mean patience. Stable for any load. Service level and wait by uniformisation of a marked caller.
Line line_with_patience(const Load& load, double patience, int people, double answer_within);
// About how many elementary steps that takes: it grows with the square of the line where people are far too
// few. Callers refuse above a billion.
double steps_with_patience(const Load& load, double patience, int people, double answer_within);

struct Goal {
  double service_level = 0.8;
  double answer_within = 20;   // seconds
  double occupancy_cap = 0.85; // nobody talks more of the time than this
};
// The fewest people that reach the goal; patience 0: Erlang C. None above 10,000. With patience the first
// number looked at is fewest_to_try().
std::optional<Line> fewest_people(const Load& load, const Goal& goal, double patience);

// No fewer than this can answer the share that the goal asks for, whoever hangs up.
int fewest_to_try(const Load& load, const Goal& goal);

// People on the payroll for so many at work: breaks, holidays and meetings take the share shrinkage.
int people_with_shrinkage(int people, double shrinkage);

// One person's chats at the same time cost more than one call each, and less than all of them: factors for 1
// to 5 by industry figures, flat beyond.
double chat_concurrency(int at_once);

// Hours of work a day of what does not queue in a line: full-time people for so many arrivals a day.
double full_time_people(double arrivals_a_day, double handling, double hours_a_day, double occupancy,
                        double shrinkage);

// Price of one contact and of one that stayed solved.
double cost_per_contact(double loaded_hourly, double handling, double occupancy, double shrinkage,
                        double platform_per_contact);

// Earliest due date first: can what is open be done in time?
struct OpenWork {
  double due = 0;      // working seconds from now until it is due; negative: past
  double handling = 0; // seconds of work
};
struct Feasibility {
  bool feasible = true;
  double first_missed = 0; // due of the first that comes too late
  int people_needed = 0;   // so many would do; 0: no number would (something is past due already)
};
Feasibility earliest_due_first(std::span<const OpenWork> work, int people, double utilisation);

// What became of those who came, and the shares that go by the name of service level: products differ in what
// they do with callers who hang up.
struct Answering {
  std::int64_t answered = 0, answered_in_time = 0;
  std::int64_t gone = 0, gone_in_time = 0; // hung up; before the time of the aim
  std::int64_t gone_at_once = 0;           // within k_at_once
  std::int64_t offered() const { return answered + gone; }
};
inline constexpr double k_at_once = 5; // seconds: who hangs up sooner did not wait
enum class LevelFormula : unsigned char {
  gone_in_time_is_good, // 1: (answered in time + gone in time) / all
  answered_alone,       // 2: answered in time / answered
  all_gone_is_bad,      // 3: answered in time / all
  late_gone_is_bad,     // 4: answered in time / (answered + gone after the time): ours
  at_once_is_good,      // 5: (answered in time + gone at once) / all
};
inline constexpr std::size_t k_level_formulas = 5;
std::string_view meaning(LevelFormula formula);
// None when nobody counts.
std::optional<double> service_level(const Answering& answering, LevelFormula formula);

// Mean of an exponential patience, by all the waiting there was over those who hung up; nothing when nobody
// did.
std::optional<double> patience_from(double waited, std::int64_t gone);

// Variance over mean of counts per interval: 1 for Poisson arrivals, above 1.5 Erlang is too kind. None with
// fewer than two counts or none arriving.
std::optional<double> dispersion_of(std::span<const std::int64_t> counts);

} // namespace helpdesk::metrics
