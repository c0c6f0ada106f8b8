// Turns rows that come by falling id into messages in exact order: newest first, then by key.
#pragma once

#include "base/time.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace helpdesk::store {

// Row has time and key. A row's second is never later than its bound, and bounds fall: what waits is final as
// soon as its second is later than the bound of the row at hand.
template <class Row> class NewestFirst {
 public:
  // Gives out, through give(Row&&) -> bool, every waiting row that nothing to come can precede. False: give
  // said stop.
  template <class Give> bool add(Row row, std::int64_t bound, Give give) {
    if (!release(bound, give)) return false;
    waiting_.push_back(std::move(row));
    return true;
  }
  template <class Give> bool finish(Give give) {
    return release(std::numeric_limits<std::int64_t>::min(), give);
  }

 private:
  std::vector<Row> waiting_;

  template <class Give> bool release(std::int64_t bound, Give give) {
    // Times before 1970 lie in second 0 of the ids.
    auto final = [&](const Row& row) { return std::max<std::int64_t>(unix_seconds(row.time), 0) > bound; };
    auto rest = std::partition(waiting_.begin(), waiting_.end(), final);
    if (rest == waiting_.begin()) return true;
    std::sort(waiting_.begin(), rest,
              [](const Row& a, const Row& b) { return a.time != b.time ? a.time > b.time : a.key < b.key; });
    bool going = true;
    for (auto row = waiting_.begin(); row != rest && going; ++row) going = give(std::move(*row));
    waiting_.erase(waiting_.begin(), rest);
    return going;
  }
};

} // namespace helpdesk::store
