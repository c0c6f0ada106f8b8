#include "app/target_marks.hpp"

#include "app/calendars.hpp"
#include "app/sla.hpp"
#include "metrics/sla_clock.hpp"

#include <algorithm>

namespace helpdesk::app {
namespace {

// The one promise of a desk without policies needs no timelines.
Result<TargetMarks> by_reply_target(App& app, const std::vector<model::Ticket>& tickets, Duration target) {
  TargetMarks marks;
  std::optional<Instant> oldest;
  for (const model::Ticket& t : tickets)
    if (t.waiting_since) oldest = std::min(oldest.value_or(*t.waiting_since), *t.waiting_since);
  if (!oldest) return marks;
  auto calendar = TRY(standard_clock(app, oldest));
  const metrics::Clock& clock =
      calendar ? static_cast<const metrics::Clock&>(*calendar) : metrics::wall_clock();
  Duration near = metrics::SlaWarn{}.at(target);
  for (const model::Ticket& t : tickets) {
    if (!t.waiting_since) continue;
    Duration waited = clock.elapsed(*t.waiting_since, app.now());
    if (waited > target)
      marks[t.number] = TargetMark::past;
    else if (waited >= near)
      marks[t.number] = TargetMark::near;
  }
  return marks;
}

Result<TargetMarks> by_policies(App& app, store::Reader& store, const std::vector<model::Ticket>& tickets) {
  TargetMarks marks;
  store::TimelineFilter filter;
  std::optional<Instant> oldest;
  for (const model::Ticket& t : tickets) {
    if (model::is_done(t.status)) continue;
    filter.tickets.push_back(t.number);
    oldest = std::min(oldest.value_or(t.created), t.created);
  }
  if (filter.tickets.empty()) return marks;
  SlaPolicies policies = TRY(sla_policies(app, oldest));
  metrics::SlaReader reader(&policies.policies,
                            [&](model::Term term) { return store.term_text(term).value_or(""); });
  metrics::TicketSla sla;
  TRY(store.timelines(filter, [&](const model::Timeline& timeline) {
    reader.read(timeline, app.now(), sla);
    TargetMark worst = TargetMark::none;
    for (const metrics::SlaClock& clock : sla.clocks)
      if (clock.state == metrics::SlaState::overdue)
        worst = TargetMark::past;
      else if (clock.is_near(app.now()))
        worst = std::max(worst, TargetMark::near);
    if (worst != TargetMark::none) marks[timeline.ticket] = worst;
    return true;
  }));
  return marks;
}

} // namespace

Result<TargetMarks> target_marks(App& app, store::Reader& store, const std::vector<model::Ticket>& tickets) {
  const config::Config& config = *TRY(app.config());
  if (!config.names("sla").empty()) return by_policies(app, store, tickets);
  auto target = config.duration("reply.target");
  if (!target) return TargetMarks();
  return by_reply_target(app, tickets, *target);
}

} // namespace helpdesk::app
