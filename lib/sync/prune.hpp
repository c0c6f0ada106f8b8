// store prune: big attachments of old mails go, the mails stay. What went stands in the journal.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/policy.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace helpdesk::sync {

struct PruneRequest {
  Instant before{};                 // mails received earlier than this
  std::uint64_t larger = 100 << 10; // bytes of a part as it lies in the mail
  bool dry_run = true;
  std::string actor;
  Instant now{};
  std::function<void(std::uint64_t done)> progress; // records looked at
};

struct PruneCounts {
  std::uint64_t looked_at = 0, mails = 0, parts = 0, bytes = 0;
  std::uint64_t unreachable =
      0; // of mails: no longer on the server, so that their attachments are gone for good
};

// One account. Whoever calls it holds the store's lock, and runs vacuum afterwards. In batches, each one
// transaction with its receipt: journal kind "prune", subject the account.
Result<PruneCounts> prune(store::Store& store, const backend::Settings& settings, const Policy& policy,
                          const PruneRequest& request);

} // namespace helpdesk::sync
