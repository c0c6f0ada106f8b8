// What was done to promises shortly before they broke (metrics specification, section 8, checks 10, 15 and
// 16): a priority lowered, a ticket handed on, a clock that stood still.
#pragma once

#include "metrics/sla_clock.hpp"
#include "metrics/sla_report.hpp"

#include <cstdint>
#include <vector>

namespace helpdesk::metrics {

inline constexpr Duration k_shortly = std::chrono::minutes(30); // before a breach

struct Promises {
  Attainment kept;             // as it stands
  Attainment unpaused;         // the same clocks, had no policy paused them
  std::int64_t downgrades = 0; // priorities lowered shortly before a clock would have broken its promise
  std::int64_t rescued_met = 0, rescued_open = 0; // clocks that are in time by such a downgrade alone
  std::int64_t reassigned = 0; // tickets' clocks that broke shortly after somebody else got the ticket

  void merge(const Promises& other);
  // Share kept had no priority been lowered shortly before a breach; nothing without a decided clock.
  std::optional<double> share_at_original_priority() const;
};

// Of one thread. The policies outlive it.
class PromiseWatch {
 public:
  PromiseWatch(const std::vector<SlaPolicy>* policies, TermText text);
  void add(const model::Timeline& timeline, Instant now, Promises& out);

 private:
  void look_at_downgrade(const model::Timeline& timeline, std::size_t entry, Instant now, Promises& out);
  void look_at_handover(const model::TimelineEntry& entry, Promises& out) const;
  bool lowers(const model::TimelineEntry& entry);

  std::vector<SlaPolicy> unpaused_policies_;
  SlaReader reader_, unpaused_reader_;
  Terms terms_;
  bool pauses_ = false; // some policy does
  TicketSla actual_, other_;
};

} // namespace helpdesk::metrics
