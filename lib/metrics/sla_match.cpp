#include "metrics/sla_match.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

using model::EntryKind;
using model::EventKind;
using model::TimelineEntry;

bool contains(const std::vector<std::string>& list, std::string_view text) {
  std::string lowered = lower(text);
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return lower(one) == lowered; });
}

bool allows(const std::vector<std::string>& list, std::string_view text) {
  return list.empty() || contains(list, text);
}

// The values before a change.
void undo(SlaValues& values, const TimelineEntry& e, Terms& terms) {
  switch (e.kind) {
  case EventKind::priority:
    values.priority = model::parse<model::Priority>(terms.text(e.from)).value_or(model::Priority::none);
    return;
  case EventKind::channel:
    values.channel = model::parse<model::Channel>(terms.text(e.from)).value_or(values.channel);
    return;
  case EventKind::queue: values.queue = e.from; return;
  case EventKind::tag:
    if (e.to != 0) std::erase(values.tags, e.to);
    if (e.from != 0 && std::find(values.tags.begin(), values.tags.end(), e.from) == values.tags.end())
      values.tags.push_back(e.from);
    return;
  default: return;
  }
}

bool decides(const TimelineEntry& e) {
  return e.entry == EntryKind::event && (e.kind == EventKind::priority || e.kind == EventKind::channel ||
                                         e.kind == EventKind::queue || e.kind == EventKind::tag);
}

struct ValuesFrom {
  Instant from{};
  SlaValues values;
};

// Newest first.
std::vector<ValuesFrom> values_over_time(const model::Timeline& timeline, const History& history,
                                         Terms& terms) {
  SlaValues values{timeline.priority, timeline.channel,      timeline.queue,
                   timeline.account,  timeline.organisation, timeline.tags};
  std::vector<ValuesFrom> all;
  const auto& entries = history.entries;
  for (std::size_t i = entries.size(); i-- > 0;) {
    if (!decides(entries[i])) continue;
    // What changed in one instant changed at once.
    if (all.empty() || all.back().from != entries[i].time) all.push_back({entries[i].time, values});
    undo(values, entries[i], terms);
  }
  all.push_back({Instant::min(), std::move(values)});
  return all;
}

void add(std::string& out, std::string_view what, const std::vector<std::string>& list) {
  if (list.empty()) return;
  if (!out.empty()) out += ", ";
  out += what;
  for (std::size_t i = 0; i < list.size(); ++i) out += (i == 0 ? " " : " or ") + list[i];
}

} // namespace

bool matches(const SlaMatch& match, const SlaValues& v, Terms& terms) {
  auto has = [&](const std::string& tag) {
    std::string lowered = lower(tag);
    return std::any_of(v.tags.begin(), v.tags.end(),
                       [&](model::Term term) { return lower(terms.text(term)) == lowered; });
  };
  return allows(match.priority, model::text(v.priority)) && allows(match.channel, model::text(v.channel)) &&
         allows(match.queue, terms.text(v.queue)) && allows(match.account, terms.text(v.account)) &&
         allows(match.organisation, terms.text(v.organisation)) &&
         (match.tags_any.empty() || std::any_of(match.tags_any.begin(), match.tags_any.end(), has)) &&
         std::all_of(match.tags_all.begin(), match.tags_all.end(), has) &&
         std::none_of(match.tags_none.begin(), match.tags_none.end(), has);
}

std::string reason(const SlaMatch& match) {
  std::string out;
  add(out, "priority", match.priority);
  add(out, "channel", match.channel);
  add(out, "queue", match.queue);
  add(out, "account", match.account);
  add(out, "organisation", match.organisation);
  add(out, "tag", match.tags_any);
  for (const std::string& tag : match.tags_all) add(out, "tag", {tag});
  for (const std::string& tag : match.tags_none) add(out, "not tag", {tag});
  return out.empty() ? "every ticket" : out;
}

std::vector<SlaStretch> match_policies(const model::Timeline& timeline, const History& history,
                                       const std::vector<SlaPolicy>& policies, Terms& terms) {
  std::vector<ValuesFrom> values = values_over_time(timeline, history, terms);
  std::vector<Instant> changes;
  for (const ValuesFrom& v : values) changes.push_back(v.from);
  for (const SlaPolicy& policy : policies)
    if (policy.valid_from) changes.push_back(*policy.valid_from);
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());

  std::vector<SlaStretch> stretches;
  std::size_t current = values.size() - 1; // oldest
  for (Instant from : changes) {
    while (current > 0 && values[current - 1].from <= from) --current;
    const SlaValues& v = values[current].values;
    SlaStretch stretch{from, k_no_policy, v.priority};
    for (std::size_t i = 0; i < policies.size(); ++i)
      if ((!policies[i].valid_from || *policies[i].valid_from <= from) &&
          matches(policies[i].match, v, terms)) {
        stretch.policy = i;
        break;
      }
    if (stretches.empty() || stretches.back().policy != stretch.policy ||
        stretches.back().priority != stretch.priority)
      stretches.push_back(stretch);
  }
  return stretches;
}

} // namespace helpdesk::metrics
