// Unsolved work at any instant of the past, exact: replayed from the histories, never sampled.
#pragma once

#include "base/time.hpp"
#include "metrics/history.hpp"

#include <cstdint>
#include <vector>

namespace helpdesk::metrics {

struct Backlog {
  Instant at{};
  std::int64_t came_in = 0;       // created since the instant before; of the first one: ever
  std::int64_t solved = 0;        // went from unsolved to solved since then, less what came back
  std::vector<std::int64_t> ages; // of what was unsolved then, in microseconds
};

// Noise and what is left out must not be given.
class BacklogCounter {
 public:
  explicit BacklogCounter(const std::vector<Instant>& instants); // ascending
  void add(const History& history);
  void merge(const BacklogCounter& other);
  std::vector<Backlog> result() const; // ages sorted

 private:
  std::vector<Backlog> at_;
};

} // namespace helpdesk::metrics
