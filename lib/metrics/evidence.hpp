// What the honesty checks (metrics specification, section 8) need to know of every ticket: counted beside the
// statistics, in any order, merged over threads.
#pragma once

#include "metrics/clock.hpp"
#include "metrics/measure.hpp"
#include "metrics/promises.hpp"
#include "metrics/satisfaction.hpp"
#include "metrics/terms.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace helpdesk::metrics {

struct EvidenceOptions {
  std::optional<Instant> since, until; // of tickets created; what ended is seen in the same period
  std::optional<Duration> target;      // of replies, by the business clock where there is one
  const Clock* business = nullptr;
  const std::vector<SlaPolicy>* policies = nullptr; // promises; outlive the evidence
  TermText text;
};

struct Shifted { // attempts that came back, of how many
  std::int64_t of = 0, back = 0;
};

class Evidence {
 public:
  explicit Evidence(EvidenceOptions options);
  void add(const model::Timeline& timeline, const History& history, const TicketMetrics& measured);
  void merge(const Evidence& other);
  void finish(); // after the last of them: sorts, keeps the oldest
  const EvidenceOptions& options() const { return options_; }

  std::int64_t tickets = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> oldest; // start of the wait, ticket; the five oldest
  Sample acknowledged;                                       // first question to the first automatic message
  Sample replied_or_acknowledged;                            // first reply, were a receipt one
  Sample with_outbound; // first reply, counting what we wrote first as answered at once
  std::int64_t outbound = 0;
  std::int64_t cycles = 0, cycles_by_ai = 0;
  Shifted after_ai, after_human;            // solves, and those reopened
  std::int64_t solves = 0, solved_late = 0; // all; within the last seven days before the data ends
  std::int64_t solves_without_reply = 0, reopened_in_72h = 0, reopened_by_customer_in_1h = 0;
  Duration paused_while_owed{};
  std::map<model::Term, std::int64_t> paused_by;                       // microseconds, by assignee
  std::int64_t turns_answered = 0, near_target = 0, within_target = 0; // near: its last tenth
  std::int64_t replies = 0, bursts = 0;          // bursts: within two minutes of another of the same agent
  std::int64_t replies_timed = 0, off_hours = 0; // first and next replies; those of no business time at all
  std::int64_t downgrades = 0, reassigned_before_reply = 0;
  std::int64_t without_question = 0;      // no message from outside at all
  std::int64_t reopened = 0, reopens = 0; // tickets, times
  std::int64_t bad_clock = 0, clamped = 0, future = 0;
  std::map<std::int64_t, std::int64_t> per_left_out; // tickets left out that began in this period, by reason
  std::map<std::int64_t, std::int64_t> per_left_out_before; // and in the one of equal length before it
  std::int64_t before = 0;                                  // tickets of the one before
  std::int64_t arrivals = 0, departures = 0;                // of the period
  __extension__ __int128 unsolved_time = 0;                 // microseconds inside the period
  __extension__ __int128 time_of_departed = 0;              // unsolved time of what was solved in it, whole
  Ratings ratings;
  Promises promises;

 private:
  bool in_period(Instant t) const {
    return (!options_.since || t >= *options_.since) && (!options_.until || t < *options_.until);
  }
  void count_left_out(const History& history, Reason reason);
  void count_turns(const model::Timeline& timeline, const History& history);
  void count_solves(const History& history);
  void count_entries(const History& history);
  void count_flow(const History& history);
  void keep_oldest();
  EvidenceOptions options_;
  Terms terms_;
  std::unique_ptr<PromiseWatch> watch_; // with policies
};

} // namespace helpdesk::metrics
