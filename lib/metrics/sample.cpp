#include "metrics/sample.hpp"

#include <algorithm>

namespace helpdesk::metrics {

void Sample::merge(const Sample& other) {
  happened.insert(happened.end(), other.happened.begin(), other.happened.end());
  competing.insert(competing.end(), other.competing.begin(), other.competing.end());
  waiting.insert(waiting.end(), other.waiting.begin(), other.waiting.end());
  entries.insert(entries.end(), other.entries.begin(), other.entries.end());
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
