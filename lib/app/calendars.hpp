// The calendars of the configuration: [calendars.NAME], and [hours.NAME] as they were called before.
#pragma once

#include "app/app.hpp"
#include "metrics/calendar.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

inline constexpr std::string_view k_standard_calendar = "standard";
inline constexpr std::string_view k_always_calendar = "24/7"; // always there

// In the order of the configuration.
Result<std::vector<std::string>> calendar_names(App& app);
// Holiday files are read here. Usage error with file:line for what cannot be read, with a suggestion for an
// unknown name.
// remarks: what is worth a word though nothing is wrong; not wanted by commands that only count.
Result<metrics::Calendar> calendar_named(App& app, std::string_view name,
                                         std::vector<std::string>* remarks = nullptr);
// Compiled for data from `oldest` (the store's first event; nothing: the last years) to a year from now.
Result<metrics::CalendarClock> calendar_clock(App& app, std::string_view name, std::optional<Instant> oldest,
                                              std::vector<std::string>* remarks = nullptr);
// "standard"; nothing when no calendar of that name is configured: then there is no business time.
Result<std::optional<metrics::CalendarClock>> standard_clock(App& app, std::optional<Instant> oldest);

} // namespace helpdesk::app
