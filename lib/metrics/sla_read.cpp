// Which clocks a ticket has: the same starts and ends that the metrics of those names measure.
#include "metrics/sla_clock.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::TimelineEntry;

std::size_t first_entry(const TicketMetrics& measured, const Measurement& m) {
  return m.pieces > 0 ? measured.pieces[m.first_piece].first : k_no_entry;
}
std::size_t last_entry(const TicketMetrics& measured, const Measurement& m) {
  return m.pieces > 0 ? measured.pieces[m.first_piece + m.pieces - 1].last : k_no_entry;
}

// A wait that ends at one event: first reply, next reply, first solve.
SlaTask task_of(SlaMetric metric, const TicketMetrics& measured, const Measurement& m) {
  SlaTask task;
  task.metric = metric;
  task.start = m.start;
  task.first = first_entry(measured, m);
  if (m.outcome == Outcome::waiting) return task;
  task.last = last_entry(measured, m);
  task.stop = std::max(m.start, measured.pieces[m.first_piece + m.pieces - 1].to);
  task.voided = m.outcome == Outcome::competing;
  return task;
}

// A clock that goes on when the ticket is reopened.
SlaTask whole_task(SlaMetric metric, const History& history) {
  SlaTask task;
  task.metric = metric;
  task.start = history.created;
  if (!model::is_done(history.status)) return task;
  for (auto it = history.segments.rbegin(); it != history.segments.rend() && model::is_done(it->status);
       ++it) {
    task.stop = it->from;
    task.last = it->entry;
  }
  return task;
}

// From each reply by a human to the next one, or to the solve.
void periodic_tasks(SlaMetric metric, const History& h, std::vector<SlaTask>& out) {
  std::optional<SlaTask> open;
  auto stop = [&](std::size_t i) {
    if (!open) return;
    open->stop = h.entries[i].time;
    open->last = i;
    // Solved in the very act of replying: nobody was to be kept in touch with.
    if (*open->stop > open->start) out.push_back(*open);
    open.reset();
  };
  bool done = false;
  for (std::size_t i = 0; i < h.entries.size(); ++i) {
    const TimelineEntry& e = h.entries[i];
    if (is_human_reply(e)) {
      stop(i);
      if (!done) {
        open = SlaTask{};
        open->metric = metric;
        open->start = e.time;
        open->first = i;
      }
    } else if (is_status_event(e)) {
      done = model::is_done(status_to(e));
      if (std::find(h.solves.begin(), h.solves.end(), i) != h.solves.end()) stop(i);
    }
  }
  if (open) out.push_back(*open);
}

void add_tasks(const History& history, const TicketMetrics& measured, std::vector<SlaTask>& out) {
  bool resolves = false;
  for (const Measurement& m : measured.measured) switch (m.metric) {
    case Metric::first_reply: out.push_back(task_of(SlaMetric::first_reply, measured, m)); break;
    case Metric::next_reply: out.push_back(task_of(SlaMetric::next_reply, measured, m)); break;
    case Metric::first_resolution: out.push_back(task_of(SlaMetric::first_resolution, measured, m)); break;
    case Metric::full_resolution: resolves = true; break;
    default: break;
    }
  periodic_tasks(SlaMetric::periodic, history, out);
  periodic_tasks(SlaMetric::pausable, history, out);
  // What nobody asked and nobody solved (newsletters, receipts) is not work.
  if (resolves)
    for (SlaMetric metric : {SlaMetric::requester_wait, SlaMetric::agent_work, SlaMetric::full_resolution})
      out.push_back(whole_task(metric, history));
  std::stable_sort(out.begin(), out.end(), [](const SlaTask& a, const SlaTask& b) {
    return a.metric != b.metric ? a.metric < b.metric : a.start < b.start;
  });
}

} // namespace

SlaReader::SlaReader(const std::vector<SlaPolicy>* policies, TermText text, const ImportSeconds* imports)
    : policies_(policies), imports_(imports), terms_(std::move(text)) {}

void SlaReader::read(const model::Timeline& timeline, Instant now, TicketSla& out) {
  out.clocks.clear();
  out.stretches.clear();
  out.no_sla = false;
  read_history(timeline, now, history_);
  MeasureOptions measuring;
  measuring.imports = imports_;
  measure(timeline, history_, measuring, measured_);
  out.left_out = measured_.left_out;
  if (out.left_out) return;
  out.stretches = match_policies(timeline, history_, *policies_, terms_);
  std::vector<SlaTask> tasks;
  add_tasks(history_, measured_, tasks);
  std::array<int, k_sla_metric_count> instances{};
  for (const SlaTask& task : tasks) {
    auto clock = run_sla_clock(task, *policies_, out.stretches, history_.segments, history_.now);
    if (!clock) continue;
    clock->instance = ++instances[static_cast<std::size_t>(task.metric)];
    out.clocks.push_back(std::move(*clock));
  }
  // A ticket that nobody has to answer or solve needs no policy.
  out.no_sla = !tasks.empty() && out.clocks.empty();
}

} // namespace helpdesk::metrics
