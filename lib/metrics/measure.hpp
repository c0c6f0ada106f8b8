// What one ticket contributes to each metric (metrics specification, section 3), with the pair of events
// behind each number.
#pragma once

#include "base/time.hpp"
#include "metrics/clock.hpp"
#include "metrics/history.hpp"
#include "metrics/imports.hpp"
#include "metrics/sample.hpp"
#include "model/timeline.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

enum class Metric : unsigned char {
  first_reply,      // frt: first human reply since the question that needed a human
  first_answer,     // frt_any: the same, an answer by AI counts
  next_reply,       // turn: every later question to its human reply
  first_resolution, // created to first solved
  full_resolution,  // created to last solved
  requester_wait,   // in new, open and hold
  agent_wait,       // in pending
  time_unsolved,    // in all of them
  customer_wait,    // sum of the turns
  auto_ack,         // first question to the first automatic message
  agent_work,       // in new and open
  on_hold,          // in hold
  periodic,         // from one human reply to the next while unsolved
  pausable,         // the same, counting new, open and hold only
  abandon,          // a call or chat to the caller's hanging up; answered: competing
};
// What users define ([intervals.NAME]) follows the built-in ones: see interval.hpp.
inline constexpr std::size_t k_metric_count = 15;
constexpr std::size_t index(Metric metric) { return static_cast<std::size_t>(metric); }
std::string_view key(Metric metric);   // "frt", "turn", …: contract; built-in ones only
std::string_view title(Metric metric); // for people
std::string_view meaning(Metric metric);
std::optional<Metric> parse_metric(std::string_view key);

enum class Reason : unsigned char {
  spam,
  deleted,
  merged,
  history_only,
  internal,
  future,          // the ticket is left out altogether
  outbound,        // we wrote first: no first reply
  no_question,     // nobody asked anything that needs a reply
  ai_only,         // an AI answered and nobody else was needed
  ai_answered,     // this turn was answered by an AI
  bad_clock,       // ends before it starts by more than clocks may differ
  not_begun,       // the event that begins a user's interval never came
  import_no_times, // handed over by another system without its times; of everything
};
inline constexpr std::size_t k_reason_count = 13;
std::string_view key(Reason reason);
std::string_view title(Reason reason);

// A stretch of running time; a measurement is their sum.
struct Piece {
  Instant from{}, to{};
  std::size_t first = k_no_entry, last = k_no_entry; // entries at its ends; none: created, or now
};

struct Measurement {
  Metric metric = Metric::first_reply;
  Outcome outcome = Outcome::happened;
  Duration length{};
  Duration beside{};       // the same stretches by the second clock
  Instant start{};         // decides the cohort
  Instant end{};           // of what is one stretch of time; now for what waits
  Instant as_of{};         // begin of the cycle: breakdowns take the values of then
  bool is_stretch = false; // from start to end without a gap, so that a part of it has a length
  model::Term agent = 0;   // who answered; of open ones the assignee
  std::size_t first_piece = 0, pieces = 0; // in TicketMetrics::pieces
};

struct Exclusion {
  Metric metric;
  Reason reason;
};

struct TicketMetrics {
  std::optional<Reason> left_out; // of everything
  std::vector<Measurement> measured;
  std::vector<Piece> pieces;
  std::vector<Exclusion> excluded;
  int clamped = 0; // ended a little before they started: counted as 0

  void clear();
};

enum class Turns : unsigned char { later, all }; // which turns next_reply counts

class IntervalReader;

struct MeasureOptions {
  const Clock* clock = &wall_clock();
  const Clock* beside = nullptr; // a second one, measured in the same pass
  Turns turns = Turns::later;
  IntervalReader* intervals = nullptr;       // of the user's; not shared by threads
  bool keep_pieces = true;                   // false: lengths only, for statistics
  const ImportSeconds* imports = nullptr;    // whose tickets are left out
  const std::vector<bool>* wanted = nullptr; // by metric; null: all. What is not wanted may be measured still
};

// Why the whole ticket counts in no number. imports: none are known.
std::optional<Reason> left_out(const model::Timeline& timeline, const History& history,
                               const ImportSeconds* imports = nullptr);

// Refills out. history is of the same timeline.
void measure(const model::Timeline& timeline, const History& history, const MeasureOptions& options,
             TicketMetrics& out);

} // namespace helpdesk::metrics
