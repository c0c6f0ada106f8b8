// One pass over all timelines for everything that a document of statistics shows, in as many threads as help.
#pragma once

#include "metrics/collect.hpp"
#include "metrics/evidence.hpp"
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
};

// wanted: metrics that are shown.
Result<Gathered> gather(const Desk& desk, const StatsOptions& options,
                        const std::vector<metrics::Metric>& wanted);

// f(0) to f(n - 1), each once, in several threads and in any order.
void in_threads(std::size_t threads, std::size_t n, const std::function<void(std::size_t)>& f);
std::size_t helpful_threads(std::size_t asked); // 0 asked: as many as help

// The instants that backlog is told for: ends of the periods of a breakdown by time, else the period's end.
std::vector<Instant> backlog_instants(const Desk& desk, const StatsOptions& options);

} // namespace helpdesk::report
