// The SLA policies of the configuration: [sla.NAME], or the one that follows from [reply] target.
#pragma once

#include "app/app.hpp"
#include "metrics/calendar.hpp"
#include "metrics/sla.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::app {

struct SlaPolicies {
  std::map<std::string, std::unique_ptr<metrics::Clock>> clocks; // owned: the policies point at them
  std::vector<metrics::SlaPolicy> policies;                      // in their order
  bool configured = false; // false: one policy "standard": a reply within [reply] target, for every ticket
};

// Usage error with file:line and a suggestion for what cannot be. oldest: see calendar_clock().
Result<SlaPolicies> sla_policies(App& app, std::optional<Instant> oldest);

} // namespace helpdesk::app
