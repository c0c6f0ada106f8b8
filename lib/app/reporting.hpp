// What the commands that show numbers share: the desk with its warnings, and the period that was asked for.
#pragma once

#include "app/app.hpp"
#include "cli/command.hpp"
#include "metrics/calendar.hpp"
#include "metrics/group.hpp"
#include "metrics/interval.hpp"
#include "report/desk.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::app {

// Reads --account. Warns of accounts that went quiet, and of those with no known outgoing mail: there every
// ticket looks unanswered.
Result<report::Desk> open_desk(App& app, const cli::Invocation& call);
// The metrics that users define, [intervals.NAME], in the order of the configuration. Usage error with
// file:line.
Result<std::vector<metrics::UserInterval>> intervals_of(App& app);
// A built-in metric or one of the intervals; usage error with a suggestion.
// also: other names that would do.
Result<metrics::Metric> metric_named(const metrics::MetricNames& names, std::string_view name,
                                     const std::vector<std::string_view>& also = {});
// The calendar of --calendar, else the standard one when there is one; "none" for calendar time alone.
Result<std::optional<metrics::CalendarClock>> business_clock(App& app, const cli::Invocation& call);
// The same for data that lies elsewhere than in the store.
Result<std::optional<metrics::CalendarClock>> business_clock(App& app, const cli::Invocation& call,
                                                             store::Reader& data);
// "previous" (as long, right before since), "2026-01-01..2026-02-01": [since, until).
Result<std::pair<Instant, Instant>> period_of(App& app, std::string_view text, std::optional<Instant> since,
                                              std::optional<Instant> until);
// --since and --until; usage error when nothing lies between them.
struct AskedPeriod {
  std::optional<Instant> since, until;
};
Result<AskedPeriod> asked_period(App& app, const cli::Invocation& call);
// --by, empty when it was not given.
Result<std::vector<metrics::Dimension>> asked_dimensions(const cli::Invocation& call);
// The instant of a flag, nothing when it was not given.
Result<std::optional<Instant>> instant_of(App& app, const cli::Invocation& call, std::string_view flag);

} // namespace helpdesk::app
