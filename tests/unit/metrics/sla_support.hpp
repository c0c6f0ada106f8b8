// Policies and their clocks in few words, for tests.
#pragma once

#include "builder.hpp"
#include "calendars.hpp"
#include "metrics/sla_clock.hpp"

#include <map>

namespace helpdesk::metrics::test {

enum Tag : model::Term { t_vip = 101, t_bug = 102, t_sales = 103, t_high = 104, t_urgent = 105, t_low = 106 };

inline std::string term_text(model::Term term) {
  static const std::map<model::Term, std::string> texts{{t_vip, "vip"},       {t_bug, "bug"},
                                                        {t_sales, "sales"},   {t_high, "high"},
                                                        {t_urgent, "urgent"}, {t_low, "low"}};
  auto it = texts.find(term);
  return it == texts.end() ? "" : it->second;
}

inline SlaPolicy policy(const Clock& clock, SlaMetric metric, Duration target) {
  SlaPolicy p;
  p.name = "test";
  p.clock = &clock;
  p.targets[static_cast<std::size_t>(metric)][0] = target;
  return p;
}
inline SlaPolicy& also(SlaPolicy& p, SlaMetric metric, Duration target,
                       std::optional<model::Priority> priority = std::nullopt) {
  p.targets[static_cast<std::size_t>(metric)][priority ? 1 + static_cast<std::size_t>(*priority) : 0] =
      target;
  return p;
}
inline SlaPolicy& pause(SlaPolicy& p, SlaMetric metric, model::Status status) {
  p.pause_on[static_cast<std::size_t>(metric)][static_cast<std::size_t>(status)] = true;
  return p;
}

inline TicketSla sla_of(const model::Timeline& timeline, Instant now,
                        const std::vector<SlaPolicy>& policies) {
  SlaReader reader(&policies, term_text);
  TicketSla out;
  reader.read(timeline, now, out);
  return out;
}

// The nth clock of a metric.
inline SlaClock clock_of(const TicketSla& sla, SlaMetric metric, int instance = 1) {
  for (const SlaClock& c : sla.clocks)
    if (c.metric == metric && c.instance == instance) return c;
  ADD_FAILURE() << "no clock " << key(metric) << " " << instance;
  return {};
}
inline bool has_clock(const TicketSla& sla, SlaMetric metric) {
  for (const SlaClock& c : sla.clocks)
    if (c.metric == metric) return true;
  return false;
}
inline std::optional<Instant> when(const SlaClock& clock, SlaEventKind kind) {
  for (const SlaEvent& e : clock.events)
    if (e.kind == kind) return e.at;
  return std::nullopt;
}

// An event that changes a term: priority, queue, tag.
inline Builder& change(Builder& b, Instant t, model::EventKind kind, model::Term from, model::Term to) {
  b.event(t, kind);
  b.timeline.entries.back().from = from;
  b.timeline.entries.back().to = to;
  return b;
}

} // namespace helpdesk::metrics::test
