// Waiting times of many tickets, with what became of them. Those who still wait are data, not noise.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <vector>

namespace helpdesk::metrics {

// happened: what the customer waited for came. competing: it can no longer come (closed without a reply).
// waiting: not yet, when the data ends.
enum class Outcome : unsigned char { happened, competing, waiting };

// Lengths in microseconds. Order does not matter: every statistic sorts first, so that results do not depend
// on arrival.
struct Sample {
  std::vector<std::int64_t> happened, competing, waiting;
  // Of a period view: how long each had waited when it came into view, -1 for what began in it. One for each
  // of the lengths, in any order; empty: all are seen from their beginning.
  std::vector<std::int64_t> entries;

  void add(Duration length, Outcome outcome) {
    auto& list = outcome == Outcome::happened    ? happened
                 : outcome == Outcome::competing ? competing
                                                 : waiting;
    list.push_back(length.count());
  }
  void add(Duration length, Outcome outcome, Duration entry) {
    add(length, outcome);
    entries.push_back(entry.count());
  }
  // How many of a sorted sample are at risk at a time, when so many ended before it.
  std::size_t at_risk(std::int64_t time, std::size_t ended) const;
  void merge(const Sample& other);
  void merge_sorted(const Sample& other); // both are sorted, and so is what comes of it
  void sort();
  std::size_t size() const { return happened.size() + competing.size() + waiting.size(); }
};

} // namespace helpdesk::metrics
