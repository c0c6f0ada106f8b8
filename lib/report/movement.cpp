#include "report/movement.hpp"

namespace helpdesk::report {

void MovementCounter::add(const model::Timeline& timeline, const metrics::History& history) {
  if (metrics::is_noise(history)) return;
  if (history.created >= since_) ++movement_.new_tickets;
  bool asked = false;
  for (const model::TimelineEntry& e : history.entries) {
    if (e.time < since_) continue;
    if (metrics::is_question(e)) {
      asked = true;
      ++movement_.questions;
      ++movement_.questions_by_day[micros(zone_.start_of_day(e.time))];
    }
    if (metrics::is_human_reply(e)) ++movement_.replies;
  }
  if (asked)
    for (model::Term tag : timeline.tags) ++movement_.tags[tag];
  bool was_done = false;
  bool done_before = false;
  for (const metrics::Segment& s : history.segments) {
    bool done = model::is_done(s.status);
    if (s.from >= since_) {
      if (done && !was_done) ++movement_.solved;
      if (!done && was_done) ++movement_.reopened;
    } else {
      done_before = done;
    }
    was_done = done;
  }
  if (history.created < since_ && !done_before) ++movement_.unsolved_before;
  if (!model::is_done(history.status)) ++movement_.unsolved_now;
}

} // namespace helpdesk::report
