// Has an account gone quiet? From the arrival rate per hour of week in the last eight weeks, taken as a
// Poisson process.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>

namespace helpdesk::sync {

struct QuietWarning {
  Instant newest{};       // the last record that came in
  double expected = 0;    // arrivals expected since then
  double probability = 1; // exp(-expected): of silence this long if nothing is wrong
  Duration longest_gap{}; // in the eight weeks
};

// nullopt: no statement (fewer than 30 records in eight weeks) or nothing unusual. Warns when the probability
// is below 0.001 and the silence is longer than any gap of those weeks.
Result<std::optional<QuietWarning>> find_quiet(store::Reader& store, std::string_view account, Instant now,
                                               const Zone& zone);
// The pure part: arrivals in ascending order.
std::optional<QuietWarning> judge_quiet(const std::vector<Instant>& arrivals, Instant now, const Zone& zone);

// No message of the account went out, though at least five came in that wait: Sent is not pulled, or others
// answer elsewhere.
Result<bool> is_outgoing_unknown(store::Reader& store, std::string_view account);

} // namespace helpdesk::sync
