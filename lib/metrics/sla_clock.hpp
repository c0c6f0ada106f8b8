// The clocks of one ticket, read out of its timeline. Nothing is polled: every instant is computed, so a
// report that runs late loses no breach.
#pragma once

#include "metrics/measure.hpp"
#include "metrics/sla_match.hpp"

#include <optional>
#include <vector>

namespace helpdesk::metrics {

struct TicketSla {
  std::optional<Reason> left_out;    // of everything: spam, deleted, merged …
  bool no_sla = false;               // no policy with a target ever applied
  std::vector<SlaStretch> stretches; // policies in force
  std::vector<SlaClock> clocks;      // by metric, then by start
};

// Of one thread. The policies, and the imports whose tickets are left out, outlive it.
class SlaReader {
 public:
  SlaReader(const std::vector<SlaPolicy>* policies, TermText text, const ImportSeconds* imports = nullptr);
  // history is read here for the timeline at `now`; it may be asked for afterwards.
  void read(const model::Timeline& timeline, Instant now, TicketSla& out);
  const History& history() const { return history_; }

 private:
  const std::vector<SlaPolicy>* policies_;
  const ImportSeconds* imports_;
  Terms terms_;
  History history_;
  TicketMetrics measured_;
};

// What one clock is asked to do; when it runs follows from the status, its metric and the policy in force.
struct SlaTask {
  SlaMetric metric = SlaMetric::first_reply;
  Instant start{};
  std::optional<Instant> stop; // of clocks that go on when reopened: since when it is solved, if it is
  bool voided = false;         // at stop
  std::size_t first = k_no_entry, last = k_no_entry;
};

// Nothing when no policy gave this metric a target while it ran. segments: the statuses until now.
std::optional<SlaClock> run_sla_clock(const SlaTask& task, const std::vector<SlaPolicy>& policies,
                                      const std::vector<SlaStretch>& stretches,
                                      const std::vector<Segment>& segments, Instant now);

} // namespace helpdesk::metrics
