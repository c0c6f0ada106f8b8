// Which policy was in force for a ticket, and when: by the values it had then.
#pragma once

#include "metrics/history.hpp"
#include "metrics/sla.hpp"
#include "metrics/terms.hpp"

#include <vector>

namespace helpdesk::metrics {

struct SlaStretch { // until the next one's `from`
  Instant from{};   // of the first: Instant::min()
  std::size_t policy = k_no_policy;
  model::Priority priority = model::Priority::none;
};

// What of a ticket decides.
struct SlaValues {
  model::Priority priority = model::Priority::none;
  model::Channel channel = model::Channel::email;
  model::Term queue = 0, account = 0, organisation = 0;
  std::vector<model::Term> tags;
};

// Text is compared without regard to case.
bool matches(const SlaMatch& match, const SlaValues& values, Terms& terms);
// Why it does: "priority urgent, tag vip"; "every ticket" when it asks nothing.
std::string reason(const SlaMatch& match);

// At least one; neighbours differ. The first policy in order that is valid and matches is in force.
std::vector<SlaStretch> match_policies(const model::Timeline& timeline, const History& history,
                                       const std::vector<SlaPolicy>& policies, Terms& terms);

} // namespace helpdesk::metrics
