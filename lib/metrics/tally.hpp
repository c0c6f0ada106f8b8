// What is counted a ticket instead of timed: how often it was reopened, how many replies it took, whether one
// was enough (metrics specification, section 3).
#pragma once

#include "base/time.hpp"
#include "metrics/history.hpp"
#include "model/timeline.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

namespace helpdesk::metrics {

enum class Count : unsigned char {
  reopens,  // solved and not solved any more; slips of the hand are none
  replies,  // public, by people
  touches,  // replies and notes by people
  stations, // different agents and queues that had it
  handoffs, // from one agent to another
};
inline constexpr std::size_t k_count_count = 5;
std::string_view key(Count count);
std::string_view title(Count count);
std::string_view meaning(Count count);
std::optional<Count> parse_count(std::string_view key);

// Shares of tickets; what cannot be known yet is undecided.
enum class Share : unsigned char {
  fcr,                // of the solved ones: by one reply, and the customer did not come back
  durable_resolution, // of the solved ones: and stayed so
};
inline constexpr std::size_t k_share_count = 2;
std::string_view key(Share share);
std::string_view title(Share share);
std::string_view meaning(Share share);
std::optional<Share> parse_share(std::string_view key);

inline constexpr Duration k_durable = std::chrono::hours(7 * 24); // solved for so long: solved

enum class Verdict : unsigned char { no, yes, undecided };

struct TicketTally {
  std::array<std::int64_t, k_count_count> counts{};
  std::array<std::optional<Verdict>, k_share_count> shares; // empty: the share is not about this ticket
};
TicketTally tally(const model::Timeline& timeline, const History& history);

// How many tickets have each count. Small numbers, so that the exact quantiles of any number of tickets fit.
struct Histogram {
  std::map<std::int64_t, std::int64_t> tickets; // by count

  void add(std::int64_t count) { ++tickets[count]; }
  void merge(const Histogram& other);
  std::int64_t size() const;
  std::int64_t sum() const;
  double mean() const;             // 0 for none
  double quantile(double p) const; // type 7; 0 for none
  std::int64_t largest() const;    // 0 for none
};

struct Shares {
  std::int64_t yes = 0, no = 0, undecided = 0;
  void add(Verdict v) { ++(v == Verdict::yes ? yes : v == Verdict::no ? no : undecided); }
  void merge(const Shares& other) {
    yes += other.yes;
    no += other.no;
    undecided += other.undecided;
  }
  std::int64_t decided() const { return yes + no; }
};

} // namespace helpdesk::metrics
