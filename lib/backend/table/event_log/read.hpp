// The whole of a log of events, by several threads: see backend/event_log.hpp.
#pragma once

#include "backend/backend.hpp"
#include "backend/event_log.hpp"

#include <optional>

namespace helpdesk::backend::table {

// nullopt: these files or this mapping are for pull and decode; nothing was told.
Result<std::optional<EventLogSummary>> read_event_log(const Settings& settings,
                                                      const EventLogReading& reading);

} // namespace helpdesk::backend::table
