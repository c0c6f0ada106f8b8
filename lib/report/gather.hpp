// One pass over all timelines for everything that a document of statistics shows, in as many threads as help.
#pragma once

#include "metrics/collect.hpp"
#include "metrics/evidence.hpp"
#include "metrics/process.hpp"
#include "report/desk.hpp"
#include "report/stats.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace helpdesk::report {

struct Gathered {
  std::unique_ptr<metrics::Collector> main;
  std::unique_ptr<metrics::Collector> then;              // the period to compare with
  std::unique_ptr<metrics::Collector> mix_now, mix_then; // by channel and priority
  std::unique_ptr<metrics::Collector> started;           // the default cohort beside another one
  std::unique_ptr<metrics::Evidence> evidence;           // for the doubts
  std::unique_ptr<metrics::Process> process;             // of what was created in the period
  metrics::ImportSuspects suspects;
};

// wanted: metrics that are shown.
Result<Gathered> gather(const Desk& desk, const StatsOptions& options,
                        const std::vector<metrics::Metric>& wanted);

// Seconds of tickets that were imported without their times: none, mostly, at the cost of a pass over all.
Result<metrics::ImportSeconds> find_imports(const Desk& desk, std::size_t threads);
// The second pass alone, over what the first one found; without a pass when it found nothing.
Result<metrics::ImportSeconds> find_imports(const Desk& desk, std::size_t threads,
                                            const metrics::ImportSuspects& suspects);

// The ways of all tickets, for forecasts.
Result<metrics::Process> find_process(const Desk& desk, std::size_t threads);

std::size_t helpful_threads(std::size_t asked); // 0 asked: as many as help

// The instants that backlog is told for: ends of the periods of a breakdown by time, else the period's end.
std::vector<Instant> backlog_instants(const Desk& desk, const StatsOptions& options);

} // namespace helpdesk::report
