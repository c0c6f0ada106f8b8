#include "metrics/sample.hpp"

#include <algorithm>

namespace helpdesk::metrics {

void Sample::merge(const Sample& other) {
  happened.insert(happened.end(), other.happened.begin(), other.happened.end());
  competing.insert(competing.end(), other.competing.begin(), other.competing.end());
  waiting.insert(waiting.end(), other.waiting.begin(), other.waiting.end());
  entries.insert(entries.end(), other.entries.begin(), other.entries.end());
}

void Sample::merge_sorted(const Sample& other) {
  auto add = [](std::vector<std::int64_t>& mine, const std::vector<std::int64_t>& theirs) {
    auto middle = static_cast<std::ptrdiff_t>(mine.size());
    mine.insert(mine.end(), theirs.begin(), theirs.end());
    std::inplace_merge(mine.begin(), mine.begin() + middle, mine.end());
  };
  add(happened, other.happened);
  add(competing, other.competing);
  add(waiting, other.waiting);
  add(entries, other.entries);
}

std::size_t Sample::at_risk(std::int64_t time, std::size_t ended) const {
  std::size_t entered = size();
  if (!entries.empty())
    entered =
        static_cast<std::size_t>(std::lower_bound(entries.begin(), entries.end(), time) - entries.begin());
  return entered - ended;
}

void Sample::sort() {
  std::sort(happened.begin(), happened.end());
  std::sort(competing.begin(), competing.end());
  std::sort(waiting.begin(), waiting.end());
  std::sort(entries.begin(), entries.end());
}

} // namespace helpdesk::metrics
