// The way that tickets take (metrics specification, section 3, process view): where their time goes, which
// ways are usual and how long they take, what goes round in circles.
#pragma once

#include "metrics/history.hpp"
#include "metrics/sample.hpp"
#include "metrics/survival.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace helpdesk::metrics {

inline constexpr std::size_t k_status_count = 6;
__extension__ using Microseconds = __int128; // sums of any number of tickets

// A ticket's way, at most k_most_steps of it: in, out, and the statuses that somebody has to set. What
// repeats counts once. Codes of steps, three bits each from the highest; equal ways are equal numbers.
class Way {
 public:
  static constexpr std::size_t k_most_steps = 8;
  explicit Way(const History& history);
  Way() = default;

  std::string text() const; // "in>out>pending>in>out>solved"; ends in "…" when it went on
  bool begins_with(const Way& prefix) const;
  auto operator<=>(const Way&) const = default;

 private:
  void add(unsigned step);
  std::uint32_t steps_ = 0;
  std::uint8_t size_ = 0;
  bool more_ = false;
};

struct Passage { // from one status to another
  std::int64_t times = 0;
  Microseconds stayed = 0; // in the first, before
};

// What the unsolved time of tickets was spent on.
struct TimeSpent {
  std::int64_t tickets = 0;
  std::array<Microseconds, k_status_count> in_status{};
  Microseconds ownerless = 0; // nobody had it
  Microseconds all() const;   // in_status
  void merge(const TimeSpent& other);
};

class Process {
 public:
  Process();
  // Noise and what is left out must not be given.
  void add(const model::Timeline& timeline, const History& history);
  void merge(const Process& other);
  void finish(); // sorts

  TimeSpent spent;
  std::map<std::pair<model::Status, model::Status>, Passage> passages;
  std::map<Way, Sample> ways; // creation to solved for good, by calendar time
  std::int64_t tickets = 0;
  std::int64_t back_from_pending = 0, tickets_back = 0; // pending to open; tickets that did
  std::int64_t ping_pong = 0;                           // from A to B and back to A
  std::int64_t reassigned_before_reply = 0;             // tickets

  // Time of the tickets that took longest: about a tenth of them, by classes of a sixteenth of an octave.
  TimeSpent longest_tenth() const;

 private:
  std::vector<TimeSpent> by_length_;
};

// How much longer an open ticket will take: of those whose way began as its own did and who took as long,
// half are solved within `median` from now. Nothing in value: not reached; no forecast from fewer than
// k_least_alike.
struct Forecast {
  std::int64_t alike = 0;            // tickets at risk at its age
  std::optional<double> median, p90; // seconds from now
};
inline constexpr std::int64_t k_least_alike = 20;
std::optional<Forecast> forecast(const Process& process, const Way& way, Duration age);

} // namespace helpdesk::metrics
