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

  void add(Duration length, Outcome outcome) {
    auto& list = outcome == Outcome::happened    ? happened
                 : outcome == Outcome::competing ? competing
                                                 : waiting;
    list.push_back(length.count());
  }
  void merge(const Sample& other);
  void sort();
  std::size_t size() const { return happened.size() + competing.size() + waiting.size(); }
};

} // namespace helpdesk::metrics
