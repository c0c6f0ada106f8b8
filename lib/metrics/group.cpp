#include "metrics/group.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

constexpr std::string_view k_names[] = {"nothing", "channel",  "account",  "agent", "queue",
                                        "tag",     "priority", "language", "hour",  "weekday",
                                        "day",     "week",     "month"};

} // namespace

std::string_view text(GroupBy by) { return k_names[static_cast<std::size_t>(by)]; }

const std::vector<std::string_view>& group_names() {
  static const std::vector<std::string_view> names(std::begin(k_names) + 1, std::end(k_names));
  return names;
}

std::optional<GroupBy> parse_group_by(std::string_view name) {
  const auto& names = group_names();
  auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return std::nullopt;
  return static_cast<GroupBy>(it - names.begin() + 1);
}

CodeKind code_kind(GroupBy by) {
  switch (by) {
  case GroupBy::nothing: return CodeKind::none;
  case GroupBy::channel: return CodeKind::channel;
  case GroupBy::priority: return CodeKind::priority;
  case GroupBy::hour: return CodeKind::hour;
  case GroupBy::weekday: return CodeKind::weekday;
  case GroupBy::day:
  case GroupBy::week:
  case GroupBy::month: return CodeKind::instant;
  case GroupBy::account:
  case GroupBy::agent:
  case GroupBy::queue:
  case GroupBy::tag:
  case GroupBy::language: return CodeKind::term;
  }
  return CodeKind::none;
}

model::Term queue_at(const model::Timeline& timeline, Instant t) {
  for (const model::TimelineEntry& e : timeline.entries) // the first change after t says what it was before
    if (e.entry == model::EntryKind::event && e.kind == model::EventKind::queue && e.time > t) return e.from;
  return timeline.queue;
}

std::vector<model::Term> tags_at(const model::Timeline& timeline, Instant t) {
  std::vector<model::Term> tags = timeline.tags;
  for (auto it = timeline.entries.rbegin(); it != timeline.entries.rend() && it->time > t; ++it) {
    if (it->entry != model::EntryKind::event || it->kind != model::EventKind::tag) continue;
    if (it->to != 0) std::erase(tags, it->to);
    if (it->from != 0 && std::find(tags.begin(), tags.end(), it->from) == tags.end())
      tags.push_back(it->from);
  }
  return tags;
}

void group_codes(GroupBy by, const model::Timeline& timeline, const Measurement& m, const Zone& zone,
                 std::vector<std::int64_t>& out) {
  out.clear();
  switch (by) {
  case GroupBy::nothing: out.push_back(0); return;
  case GroupBy::channel: out.push_back(static_cast<std::int64_t>(timeline.channel)); return;
  case GroupBy::account: out.push_back(timeline.account); return;
  case GroupBy::agent: out.push_back(m.agent); return;
  case GroupBy::queue: out.push_back(queue_at(timeline, m.start)); return;
  case GroupBy::tag:
    for (model::Term tag : tags_at(timeline, m.start)) out.push_back(tag);
    if (out.empty()) out.push_back(0);
    return;
  case GroupBy::priority: out.push_back(static_cast<std::int64_t>(timeline.priority)); return;
  case GroupBy::language: out.push_back(timeline.language); return;
  case GroupBy::hour: out.push_back(zone.civil(m.start).hour); return;
  case GroupBy::weekday: out.push_back(zone.civil(m.start).weekday); return;
  case GroupBy::day: out.push_back(micros(zone.start_of_day(m.start))); return;
  case GroupBy::week: out.push_back(micros(zone.start_of_iso_week(m.start))); return;
  case GroupBy::month: out.push_back(micros(zone.start_of_month(m.start))); return;
  }
}

} // namespace helpdesk::metrics
