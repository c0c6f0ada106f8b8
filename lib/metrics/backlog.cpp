#include "metrics/backlog.hpp"

#include <algorithm>

namespace helpdesk::metrics {

BacklogCounter::BacklogCounter(const std::vector<Instant>& instants) {
  for (Instant t : instants) at_.push_back({t, 0, 0, {}});
}

void BacklogCounter::add(const History& h) {
  if (is_noise(h)) return;
  bool was_unsolved = false;
  std::size_t segment = 0;
  bool known = false;
  for (Backlog& b : at_) {
    if (h.created > b.at) continue;
    while (segment + 1 < h.segments.size() && h.segments[segment + 1].from <= b.at) ++segment;
    bool unsolved = segment < h.segments.size() && !model::is_done(h.segments[segment].status);
    if (!known) ++b.came_in;
    // What came in and what was left over make up what is unsolved now and what was solved.
    b.solved += (known ? was_unsolved : true) - unsolved;
    if (unsolved) b.ages.push_back((b.at - h.created).count());
    was_unsolved = unsolved;
    known = true;
  }
}

void BacklogCounter::merge(const BacklogCounter& other) {
  for (std::size_t i = 0; i < at_.size() && i < other.at_.size(); ++i) {
    at_[i].came_in += other.at_[i].came_in;
    at_[i].solved += other.at_[i].solved;
    at_[i].ages.insert(at_[i].ages.end(), other.at_[i].ages.begin(), other.at_[i].ages.end());
  }
}

std::vector<Backlog> BacklogCounter::result() const {
  std::vector<Backlog> result = at_;
  for (Backlog& b : result) std::sort(b.ages.begin(), b.ages.end());
  return result;
}

} // namespace helpdesk::metrics
