// Promises kept and missed: the documents of the sla commands.
#pragma once

#include "metrics/sla_report.hpp"
#include "model/values.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helpdesk::report {

// Which clocks a command looks at.
struct SlaSelection {
  std::optional<std::string> policy; // its name
  std::optional<metrics::SlaMetric> metric;
  bool includes(const metrics::SlaClock& clock, const std::vector<metrics::SlaPolicy>& policies) const;
};

// A time on a clock: "65 h 12 min" by a calendar, where a day of 24 hours says nothing; "2 d 17 h" by the
// wall.
std::string clock_text(Duration d, const metrics::Clock& clock);

struct SlaStatusOptions {
  SlaSelection selection;
  std::optional<Instant> since, until; // clocks that started in [since, until)
  bool configured = true;              // false: the policy follows from [reply] target
};
// Attainment by policy and metric. Known until when the accounts' data is.
Result<render::Document> sla_status(const Desk& desk, const std::vector<metrics::SlaPolicy>& policies,
                                    const SlaStatusOptions& options);

// One open clock.
struct SlaItem {
  std::int64_t ticket = 0;
  model::Channel channel = model::Channel::email;
  metrics::SlaClock clock;
  bool near = false;
  std::optional<double> risk; // of being missed
};
// Every open clock of the desk by the wall clock, the most urgent first: late ones (the latest first), then
// by risk, then by when they are due.
Result<std::vector<SlaItem>> sla_open(const Desk& desk, const std::vector<metrics::SlaPolicy>& policies,
                                      const SlaSelection& selection);

// Every clock of one ticket: the policies in force, when each clock ran, its events.
Result<render::Document> sla_explain(const Desk& desk, const model::Ticket& ticket,
                                     const model::Timeline& timeline,
                                     const std::vector<metrics::SlaPolicy>& policies,
                                     const SlaSelection& selection);

} // namespace helpdesk::report
