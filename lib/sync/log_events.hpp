// A log of events into memory the fast way, where its backend has one.
#pragma once

#include "backend/backend.hpp"
#include "sync/log_contents.hpp"
#include "sync/log_reader.hpp"
#include "sync/policy.hpp"

namespace helpdesk::sync {

// False: nothing was taken, the log is to be pulled.
Result<bool> read_log_events(const backend::Kind& kind, const backend::Settings& settings,
                             const Policy& policy, const LogOptions& options, LogContents& contents);

} // namespace helpdesk::sync
