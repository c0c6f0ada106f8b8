// What came and went in a period: counted from the timelines.
#pragma once

#include "metrics/history.hpp"
#include "model/timeline.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace helpdesk::report {

struct Movement {
  std::int64_t new_tickets = 0, questions = 0, replies = 0, solved = 0, reopened = 0;
  std::int64_t unsolved_before = 0, unsolved_now = 0;    // at the period's start, and at its end
  std::map<std::int64_t, std::int64_t> questions_by_day; // start of the day in microseconds
  std::map<model::Term, std::int64_t> tags;              // tickets with a question in the period
};

class MovementCounter {
 public:
  MovementCounter(Instant since, const Zone& zone) : since_(since), zone_(zone) {}
  // Tickets that statistics leave out must not be given.
  void add(const model::Timeline& timeline, const metrics::History& history);
  const Movement& result() const { return movement_; }

 private:
  Instant since_;
  Zone zone_;
  Movement movement_;
};

} // namespace helpdesk::report
