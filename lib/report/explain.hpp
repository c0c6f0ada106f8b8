// Every pair of events behind each number of one ticket.
#pragma once

#include "metrics/interval.hpp"
#include "metrics/measure.hpp"
#include "model/values.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <optional>

namespace helpdesk::report {

struct ExplainOptions {
  std::optional<metrics::Metric> only;
  const std::vector<metrics::UserInterval>* intervals = nullptr; // of the user's
  const metrics::Clock* business = nullptr;                      // a calendar's, beside calendar time
  bool forecast = false;                           // how much longer it will take, by all other tickets
  const metrics::ImportSeconds* imports = nullptr; // found here when it is nothing and this ticket may be one
};
Result<render::Document> explain(const Desk& desk, const model::Ticket& ticket,
                                 const model::Timeline& timeline, const ExplainOptions& options = {});
// "customer wrote", "ada@example.org replied", "new -> open (rule)"
std::string entry_text(const Desk& desk, const model::TimelineEntry& entry);

} // namespace helpdesk::report
