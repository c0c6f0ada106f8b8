// The first pull of a log of events that holds no texts: read by several threads, and put into the store by
// the thousand, as pull, decode and derive would have put it ticket by ticket.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/ingest.hpp"
#include "sync/policy.hpp"

#include <functional>
#include <optional>

namespace helpdesk::sync {

struct LogLoad {
  IngestCounts counts;
  backend::Page page; // what is left for Ingest: the rows that cannot be read, and the cursor
};

// nullopt: this is for pull, and nothing was put. An error after the first ticket leaves what the next pull
// goes on from.
Result<std::optional<LogLoad>> load_log(store::Store& store, const backend::Settings& settings,
                                        const Policy& policy,
                                        const std::function<void(std::uint64_t rows)>& progress = {});

} // namespace helpdesk::sync
