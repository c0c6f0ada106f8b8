#include "metrics/sla.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

struct Name {
  std::string_view key, title;
};
constexpr std::array<Name, k_sla_metric_count> k_names{{
    {"frt", "First reply"},
    {"turn", "Next reply"},
    {"periodic", "Keep in touch"},
    {"pausable", "Keep in touch, not while pending"},
    {"requester_wait", "In our hands"},
    {"agent_work", "Worked on"},
    {"first_resolution", "First solved"},
    {"full_resolution", "Solved for good"},
}};

} // namespace

std::string_view key(SlaMetric metric) { return k_names[static_cast<std::size_t>(metric)].key; }
std::string_view title(SlaMetric metric) { return k_names[static_cast<std::size_t>(metric)].title; }

const std::vector<std::string_view>& sla_metric_keys() {
  static const std::vector<std::string_view> keys = [] {
    std::vector<std::string_view> all;
    for (const Name& name : k_names) all.push_back(name.key);
    return all;
  }();
  return keys;
}

std::optional<SlaMetric> parse_sla_metric(std::string_view name) {
  for (std::size_t i = 0; i < k_names.size(); ++i)
    if (k_names[i].key == name) return static_cast<SlaMetric>(i);
  return std::nullopt;
}

bool may_pause(SlaMetric metric) {
  switch (metric) {
  case SlaMetric::first_reply:
  case SlaMetric::next_reply:
  case SlaMetric::first_resolution:
  case SlaMetric::full_resolution: return true;
  default: return false;
  }
}

std::string_view text(SlaEventKind kind) {
  constexpr std::string_view k_texts[] = {"activate", "apply_sla", "pause",   "resume",
                                          "warn",     "breach",    "fulfill", "void"};
  return k_texts[static_cast<std::size_t>(kind)];
}

std::string_view text(SlaState state) {
  constexpr std::string_view k_texts[] = {"met", "breached", "overdue", "running", "paused", "void"};
  return k_texts[static_cast<std::size_t>(state)];
}

Duration SlaWarn::at(Duration target) const {
  if (before) return std::max(target - *before, Duration::zero());
  return target / 100 * percent + target % 100 * percent / 100;
}

std::optional<Duration> SlaPolicy::target(SlaMetric metric, model::Priority priority) const {
  const auto& row = targets[static_cast<std::size_t>(metric)];
  const auto& own = row[1 + static_cast<std::size_t>(priority)];
  return own ? own : row[0];
}

} // namespace helpdesk::metrics
