// Service levels (metrics specification, section 4): what was promised to whom, and one clock a promise.
#pragma once

#include "base/time.hpp"
#include "metrics/clock.hpp"
#include "model/enums.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

enum class SlaMetric : unsigned char {
  first_reply,      // frt: the first question that needed a human, to the first reply by a human
  next_reply,       // turn: each later question to its reply; begins to count once frt is over
  periodic,         // each reply by a human to the next one, or to the solve
  pausable,         // the same, stopped while pending
  requester_wait,   // time in new, open and hold; goes on when reopened
  agent_work,       // time in new and open; goes on when reopened
  first_resolution, // created to first solved
  full_resolution,  // created to solved, without the time it was solved; goes on when reopened
};
inline constexpr std::size_t k_sla_metric_count = 8;
std::string_view key(SlaMetric metric); // "frt", "turn", "periodic" …: contract
std::string_view title(SlaMetric metric);
std::optional<SlaMetric> parse_sla_metric(std::string_view key);
const std::vector<std::string_view>& sla_metric_keys();
// Whether pause_on of a policy means something for it; the others pause as their definition says.
bool may_pause(SlaMetric metric);

// What a ticket must be; an empty list asks nothing.
struct SlaMatch {
  std::vector<std::string> priority, channel, queue, account, organisation;
  std::vector<std::string> tags_any, tags_all, tags_none;
};

// When a clock is near its target.
struct SlaWarn {
  int percent = 75;               // of the target
  std::optional<Duration> before; // instead: so long before it, in the clock's own time
  Duration at(Duration target) const;
};

struct SlaPolicy {
  std::string name;
  SlaMatch match;
  const Clock* clock = nullptr; // outlives the policy
  // [metric][0] for every priority, [metric][1 + priority] above it
  std::array<std::array<std::optional<Duration>, 6>, k_sla_metric_count> targets{};
  // [metric][status]: stands still in it. Only where may_pause(); off by default.
  std::array<std::array<bool, 6>, k_sla_metric_count> pause_on{};
  SlaWarn warn;
  Duration grace{}; // after the target, before it counts as a breach
  std::optional<Instant> valid_from;

  std::optional<Duration> target(SlaMetric metric, model::Priority priority) const;
};

inline constexpr std::size_t k_no_policy = static_cast<std::size_t>(-1);

enum class SlaEventKind : unsigned char { activate, apply_sla, pause, resume, warn, breach, fulfill, void_ };
std::string_view text(SlaEventKind kind);

struct SlaEvent {
  Instant at{};
  SlaEventKind kind = SlaEventKind::activate;
  std::size_t policy = k_no_policy; // apply_sla
  std::optional<Duration> target;   // apply_sla
  bool operator==(const SlaEvent&) const = default;
};

enum class SlaState : unsigned char {
  met,      // ended in time
  breached, // ended too late
  overdue,  // goes on, too late already: counts as breached now
  running,  // goes on in time
  paused,   // stands still in time
  voided,   // can no longer be met nor missed: closed without a reply
};
std::string_view text(SlaState state);
constexpr bool is_open(SlaState s) {
  return s == SlaState::overdue || s == SlaState::running || s == SlaState::paused;
}

enum class SlaCause : unsigned char { time, policy_change };

// A stretch in which a clock ran, and how much of it counted.
struct SlaRun {
  Instant from{}, to{};
  const Clock* clock = nullptr;
  Duration length{};
};

// One clock of one ticket.
struct SlaClock {
  SlaMetric metric = SlaMetric::first_reply;
  int instance = 1; // of its metric on this ticket
  Instant start{};
  std::optional<Instant> stopped; // answered, solved or void
  SlaState state = SlaState::running;
  std::size_t policy = k_no_policy; // in force at the end (or at the breach, when none was later)
  Duration target{};                // of that policy
  Duration grace{};
  Duration elapsed{};              // in the time of the calendars in force
  std::optional<Instant> due;      // due_close: Friday 17:00; none while it is paused in time
  std::optional<Instant> due_next; // the instant after which it is late: Monday 09:00
  std::optional<Instant> warn_at;
  std::optional<Instant> breach_at; // once breached it stays so, whatever the policy becomes
  SlaCause cause = SlaCause::time;  // of the breach
  Duration overdue{};               // elapsed - target, when breached
  std::vector<SlaRun> runs;
  std::vector<SlaEvent> events; // in order
  std::size_t first = static_cast<std::size_t>(-1),
              last = static_cast<std::size_t>(-1); // entries of the history

  Duration remaining() const { return target - elapsed; }
  bool is_near(Instant now) const { return is_open(state) && !breach_at && warn_at && *warn_at <= now; }
};

} // namespace helpdesk::metrics
