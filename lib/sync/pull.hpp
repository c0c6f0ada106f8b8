// Pulling accounts side by side: each in its own thread with its own store connection; one that fails does
// not stop the others.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/freshness.hpp"
#include "sync/ingest.hpp"
#include "sync/policy.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::sync {

struct PullAccount {
  backend::Settings settings;
  Policy policy;
  std::function<Result<std::unique_ptr<backend::Backend>>()> open;
};

struct PullRequest {
  std::vector<PullAccount> accounts;
  backend::PullOptions options;
  Duration grace{}; // a passing fault prints nothing until the account has failed that long
  std::function<Result<std::unique_ptr<store::Store>>()> open_store;
  std::function<void(std::string_view account, std::string_view stream, std::uint64_t done,
                     std::uint64_t total)>
      progress; // any thread
};

struct PullOutcome {
  std::string account;
  std::optional<Error> error;
  bool silent = false;    // a passing fault within the grace
  bool recovered = false; // the first success after a failure that was reported
  std::optional<Instant> failing_since;
  IngestCounts counts;
  std::vector<std::string> examples_in, examples_out; // dry run: subjects with sender, five of each
  std::optional<QuietWarning> quiet;
  bool outgoing_unknown = false; // no outgoing message is known: every ticket looks unanswered
};

// In the order of the request. Never fails as a whole: each outcome carries its own error.
std::vector<PullOutcome> pull(const PullRequest& request);

// One account's INBOX and Sent (or what else can hold news) before something is sent to one of its customers.
Result<void> refresh(store::Store& store, const PullAccount& account, const backend::PullOptions& options);

} // namespace helpdesk::sync
