// What became of the replies that began with a template: did the customer ask again, was the ticket reopened,
// how long did it take to close. Out of the queue's journal and the timelines.
#pragma once

#include "base/time.hpp"
#include "metrics/sample.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::reply {

// Of the replies that are decided: it happened within the window, or the window has passed.
struct DecidedShare {
  std::int64_t happened = 0, decided = 0;
  std::optional<double> share() const {
    if (decided == 0) return std::nullopt;
    return static_cast<double>(happened) / static_cast<double>(decided);
  }
};

struct TemplateStats {
  std::string name;
  std::int64_t sent = 0;
  std::int64_t lost = 0;    // of them: the ticket is not in the store any more
  DecidedShare asked_again; // the customer's next message needs a reply, within the window
  DecidedShare reopened;    // of the tickets closed after it: not closed any more, within the window
  metrics::Sample to_close; // from the reply to the first solved or closed; open ones wait still
  std::optional<Instant> last;
};

struct TemplateStatsOptions {
  Instant now{};
  std::optional<Instant> since, until;       // replies that left in [since, until)
  Duration window = std::chrono::hours(168); // a week, as for "solved by one reply"
};

// By name; samples are sorted. Replies without a template are one row with an empty name.
Result<std::vector<TemplateStats>> template_stats(store::Reader& store, const TemplateStatsOptions& options);

} // namespace helpdesk::reply
