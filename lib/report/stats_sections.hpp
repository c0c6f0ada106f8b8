// The parts of the stats document beside the table of waiting times.
#pragma once

#include "metrics/compare.hpp"
#include "report/gather.hpp"
#include "report/stats.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helpdesk::report {

struct NamedGroup {
  std::vector<std::string> texts; // one a dimension
  metrics::GroupKey key;
  const metrics::Group* group;
};
std::vector<NamedGroup> named_groups(const Desk& desk, const std::vector<metrics::Dimension>& by,
                                     const std::map<metrics::GroupKey, metrics::Group>& groups);
std::vector<std::string> group_titles(const std::vector<metrics::Dimension>& by); // "Channel", "Week"

// Counts and shares a ticket that were asked for; nothing when none were.
void add_tallies(render::Section& section, const Desk& desk, const StatsOptions& options, Gathered& gathered);
// Against another period; nothing when none was asked for.
void add_comparison(render::Section& section, const Desk& desk, const StatsOptions& options,
                    Gathered& gathered, const std::vector<metrics::Metric>& wanted);
// How much of the change between the periods comes from other channels and priorities; waits longer than the
// limit (seconds) count as it. Nothing when there is only one kind of ticket.
std::optional<metrics::MixShift> mix_between(Gathered& gathered, metrics::Metric metric, double limit);
// Trend and control chart of a breakdown by day, week or month alone.
void add_trends(render::Section& section, const Desk& desk, const StatsOptions& options, Gathered& gathered,
                const std::vector<metrics::Metric>& wanted);
void add_backlog(render::Section& section, const Gathered& gathered);
// Time by status, usual ways and circles; nothing when they were not asked for.
void add_process(render::Section& section, const Gathered& gathered);

// Shares that may still change.
std::vector<std::string> provisional_lines(const StatsOptions& options, Gathered& gathered);

} // namespace helpdesk::report
