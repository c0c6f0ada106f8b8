// Every pair of events behind each number of one ticket.
#pragma once

#include "metrics/measure.hpp"
#include "model/values.hpp"
#include "render/document.hpp"
#include "report/desk.hpp"

#include <optional>

namespace helpdesk::report {

Result<render::Document> explain(const Desk& desk, const model::Ticket& ticket,
                                 const model::Timeline& timeline, std::optional<metrics::Metric> only);
// "customer wrote", "ada@example.org replied", "new -> open (rule)"
std::string entry_text(const Desk& desk, const model::TimelineEntry& entry);

} // namespace helpdesk::report
