// Logs in files: tickets, events, messages and calls as CSV, TSV, NDJSON or JSON, read only.
#pragma once

#include "backend/backend.hpp"

namespace helpdesk::backend {

extern const Kind k_table_kind;

} // namespace helpdesk::backend
