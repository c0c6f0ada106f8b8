#include "metrics/imports.hpp"

#include "metrics/entry_kind.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

constexpr std::int64_t k_second = 1'000'000, k_quarter = 900;

} // namespace

std::optional<std::int64_t> import_second(const model::Timeline& t) {
  if (t.entries.size() < 2) return std::nullopt;
  // Most tickets take longer than a second: two of their entries say so.
  const Instant first = t.entries.front().time;
  if (t.entries.back().time - first >= std::chrono::seconds(1)) return std::nullopt;
  const std::int64_t second = micros(first) / k_second;
  if (second % k_quarter == 0) return std::nullopt;
  bool handled = false;
  for (const model::TimelineEntry& e : t.entries) {
    if (micros(e.time) / k_second != second) return std::nullopt;
    handled = handled || is_human_reply(e) || (is_status_event(e) && model::is_done(status_to(e)));
  }
  if (!handled) return std::nullopt;
  return second;
}

bool is_import_without_times(const model::Timeline& timeline, const ImportSeconds& seconds) {
  if (seconds.empty()) return false;
  auto second = import_second(timeline);
  return second && seconds.contains(*second);
}

void ImportSuspects::add(const model::Timeline& timeline) {
  if (auto second = import_second(timeline)) ++counts_[group_of(*second)];
}

void ImportSuspects::merge(const ImportSuspects& other) {
  for (std::size_t i = 0; i < k_groups; ++i) counts_[i] += other.counts_[i];
}

bool ImportSuspects::any() const {
  return std::any_of(counts_.begin(), counts_.end(), [](std::int64_t n) { return n >= k_imported_at_once; });
}

void ImportCounter::add(const model::Timeline& timeline) {
  if (auto second = import_second(timeline); second && suspects_->suspects(*second)) ++counts_[*second];
}

void ImportCounter::merge(const ImportCounter& other) {
  for (const auto& [second, n] : other.counts_) counts_[second] += n;
}

ImportSeconds ImportCounter::seconds() const {
  ImportSeconds out;
  for (const auto& [second, n] : counts_)
    if (n >= k_imported_at_once) out.insert(second);
  return out;
}

} // namespace helpdesk::metrics
