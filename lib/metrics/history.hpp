// The normal forms of one ticket's timeline (metrics specification, section 1.1): turns, cycles and status
// segments. Pure.
#pragma once

#include "base/time.hpp"
#include "metrics/entry_kind.hpp"
#include "model/timeline.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace helpdesk::metrics {

inline constexpr std::size_t k_no_entry = static_cast<std::size_t>(-1);
inline constexpr Duration k_skew_tolerance =
    std::chrono::seconds(120); // clocks of two machines differ by so much
inline constexpr Duration k_slip_of_the_hand =
    std::chrono::seconds(60); // solved and taken back: never solved

enum class TurnEnd : unsigned char { answered_human, answered_ai, closed_unanswered, open };
std::string_view text(TurnEnd end);

// The customer waits: from the oldest unanswered public message that needs a reply until somebody answered or
// closed.
struct Turn {
  Instant start{}, end{}; // end of an open turn: now
  TurnEnd how = TurnEnd::open;
  std::size_t first = k_no_entry, last = k_no_entry; // entries that opened and closed it
  std::size_t cycle = 0;
};

// From a first question to the next one after everything was solved.
struct Cycle {
  Instant start{};
  std::size_t first = k_no_entry; // entry that began it
  std::size_t first_turn = 0, turns = 0;
  bool handed_off = false; // a bot gave it to a person
};

struct Segment { // of one status
  Instant from{}, to{};
  model::Status status = model::Status::fresh;
  std::size_t entry = k_no_entry; // status event that began it
};

struct History {
  std::span<const model::TimelineEntry>
      entries; // ordered; nothing later than now. Views the timeline or `sorted`
  std::vector<model::TimelineEntry>
      sorted; // used when the timeline's entries were out of order or in the future
  Instant created{}, now{};
  std::vector<Turn> turns;
  std::vector<Cycle> cycles;
  std::vector<Segment> segments;   // partition of [created, now)
  std::vector<std::size_t> solves; // status events that solved or closed it and were not taken back at once
  bool outbound = false;           // we spoke first
  bool internal = false;           // every question came from one of ours
  bool paused_while_owed = false;  // set to pending or hold while the customer waited
  int reopens = 0;
  int replies = 0;                             // public, by people
  int future = 0;                              // entries left out because they lie after now
  model::Status status = model::Status::fresh; // at now

  History() = default;
  History(const History&) = delete; // entries may view sorted
  History& operator=(const History&) = delete;
  History(History&&) = default;
  History& operator=(History&&) = default;
};

// Newsletters, receipts, thanks: nobody asked, we did not write first, and nobody ever solved it. Not work,
// so not unsolved work.
bool is_noise(const History& history);

// Refills out, keeping its buffers. The timeline must outlive it.
void read_history(const model::Timeline& timeline, Instant now, History& out);

} // namespace helpdesk::metrics
