// One run of helpdesk ack: who would get an acknowledgement, who does not and why, and sending them through
// the queue.
#pragma once

#include "app/app.hpp"
#include "metrics/expectation.hpp"
#include "reply/queue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helpdesk::app {

struct AckRow {
  std::int64_t number = 0; // of the ticket
  std::string account, channel, to, subject, language;
  std::string state;  // "would send", "queued", "sent", "failed", "unknown", "skipped"
  std::string reason; // of what was skipped
  std::string within; // "4 hours", in the customer's language; empty: too little is known
  std::optional<metrics::Expectation> expectation;
  std::string text, item;
  Instant asked{};
};

struct AckRun {
  bool enabled = false; // [ack] enabled
  std::vector<AckRow> rows;
  std::vector<std::string> switched_on; // accounts whose first run this was: nothing was sent for them
  std::vector<Error> errors;            // accounts that could not be looked at
  reply::DeliveryReport report;
  int left = 0; // would get one, but a run sends no more
  bool dry = true;
};

// accounts: those of --account; empty: [ack] accounts, else all that may send.
Result<AckRun> acknowledge(App& app, const std::vector<std::string>& accounts, bool dry_run);

} // namespace helpdesk::app
