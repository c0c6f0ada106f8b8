#include "metrics/sample.hpp"

#include <algorithm>

namespace helpdesk::metrics {

void Sample::merge(const Sample& other) {
  happened.insert(happened.end(), other.happened.begin(), other.happened.end());
  competing.insert(competing.end(), other.competing.begin(), other.competing.end());
  waiting.insert(waiting.end(), other.waiting.begin(), other.waiting.end());
}

void Sample::sort() {
  std::sort(happened.begin(), happened.end());
  std::sort(competing.begin(), competing.end());
  std::sort(waiting.begin(), waiting.end());
}

} // namespace helpdesk::metrics
