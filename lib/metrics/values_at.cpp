// What a ticket was at an instant: its values now, and the changes since undone.
#include "metrics/group.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::EntryKind;
using model::EventKind;
using model::Timeline;
using model::TimelineEntry;

// The first change after an instant says what it was before.
template <class Matches>
const TimelineEntry* first_change(const Timeline& timeline, EventKind kind, Instant t, Matches&& matches) {
  for (const TimelineEntry& e : timeline.entries)
    if (e.entry == EntryKind::event && e.kind == kind && e.time > t && matches(e)) return &e;
  return nullptr;
}
const TimelineEntry* first_change(const Timeline& timeline, EventKind kind, Instant t) {
  return first_change(timeline, kind, t, [](const TimelineEntry&) { return true; });
}

} // namespace

model::Term queue_at(const Timeline& timeline, Instant t) {
  const auto* change = first_change(timeline, EventKind::queue, t);
  return change ? change->from : timeline.queue;
}

model::Priority priority_at(const Timeline& timeline, Instant t, Terms& terms) {
  const auto* change = first_change(timeline, EventKind::priority, t);
  if (!change) return timeline.priority;
  return model::parse<model::Priority>(terms.text(change->from)).value_or(model::Priority::none);
}

model::Channel channel_at(const Timeline& timeline, Instant t, Terms& terms) {
  const auto* change = first_change(timeline, EventKind::channel, t);
  if (!change) return timeline.channel;
  return model::parse<model::Channel>(terms.text(change->from)).value_or(timeline.channel);
}

model::Term field_at(const Timeline& timeline, std::string_view field, Instant t, Terms& terms) {
  const auto* change = first_change(timeline, EventKind::field, t,
                                    [&](const TimelineEntry& e) { return terms.text(e.field) == field; });
  if (change) return change->from;
  for (const model::FieldValue& f : timeline.fields)
    if (terms.text(f.field) == field) return f.value;
  // A source may tell of a field by its events alone.
  for (auto it = timeline.entries.rbegin(); it != timeline.entries.rend(); ++it)
    if (it->entry == EntryKind::event && it->kind == EventKind::field && terms.text(it->field) == field)
      return it->to;
  return 0;
}

std::vector<model::Term> tags_at(const Timeline& timeline, Instant t) {
  std::vector<model::Term> tags = timeline.tags;
  for (auto it = timeline.entries.rbegin(); it != timeline.entries.rend() && it->time > t; ++it) {
    if (it->entry != EntryKind::event || it->kind != EventKind::tag) continue;
    if (it->to != 0) std::erase(tags, it->to);
    if (it->from != 0 && std::find(tags.begin(), tags.end(), it->from) == tags.end())
      tags.push_back(it->from);
  }
  return tags;
}

} // namespace helpdesk::metrics
