// Tickets that another system handed over without their times (metrics specification, section 1): all that
// happened in them, an answer or a solve among it, lies in one second, in which many such tickets lie. Their
// waits of nothing would flatter, so they are left out and counted. What was only asked in that second is no
// such ticket: it waits.
#pragma once

#include "base/time.hpp"
#include "model/timeline.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace helpdesk::metrics {

inline constexpr std::int64_t k_imported_at_once = 20; // tickets in one second

// The second of a ticket that could be one; nothing for others. Whole quarters of an hour are none: logs that
// know the day only put everything at midnight.
std::optional<std::int64_t> import_second(const model::Timeline& timeline);

using ImportSeconds = std::set<std::int64_t>;
bool is_import_without_times(const model::Timeline& timeline, const ImportSeconds& seconds);

// Finds them in two passes over the tickets, in little memory: which groups of seconds are worth a second
// look, then which seconds. Mostly the first finds none.
class ImportSuspects {
 public:
  ImportSuspects() : counts_(k_groups) {}
  void add(const model::Timeline& timeline);
  void merge(const ImportSuspects& other);
  bool any() const;
  bool suspects(std::int64_t second) const { return counts_[group_of(second)] >= k_imported_at_once; }

 private:
  static constexpr std::size_t k_groups = 4096;
  static std::size_t group_of(std::int64_t second) { return static_cast<std::size_t>(second) % k_groups; }
  std::vector<std::int64_t> counts_; // tickets in the seconds of a group
};

class ImportCounter {
 public:
  explicit ImportCounter(const ImportSuspects* suspects) : suspects_(suspects) {}
  void add(const model::Timeline& timeline);
  void merge(const ImportCounter& other);
  ImportSeconds seconds() const;

 private:
  const ImportSuspects* suspects_;
  std::map<std::int64_t, std::int64_t> counts_;
};

} // namespace helpdesk::metrics
