// How long somebody who writes now will wait for a first reply, out of how long others waited: the
// Kaplan-Meier quantile of those who wrote by the same channel at the same hour of the week. Those who wait
// still are data too, so that a desk that falls behind says so.
#pragma once

#include "metrics/history.hpp"
#include "metrics/measure.hpp"
#include "metrics/sample.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

namespace helpdesk::metrics {

// What the answer is about, the finest that has enough observations.
enum class Grain : std::uint8_t { hour_of_week, weekday, channel, everything };
std::string_view text(Grain grain); // "channel and hour of the week", …

struct Expectation {
  double seconds = 0;  // from now on, for this share of people
  double quantile = 0; // of the whole wait, from the message on
  Grain grain = Grain::everything;
  std::int64_t n = 0, waiting = 0; // observations, and how many of them wait still
};

class Expectations {
 public:
  static constexpr double k_share = 0.8;
  static constexpr std::int64_t k_enough = 20; // observations of a grain
  static constexpr std::int64_t k_least = 5;   // of everything together

  explicit Expectations(const Zone& zone) : zone_(zone) {}
  // First replies of one conversation. known_until: how far its account's data reaches.
  void add(const model::Timeline& timeline, Instant known_until, const ImportSeconds* imports = nullptr);
  // For a question of `asked` that has waited until now: 80 % of those who had waited as long got their reply
  // within `seconds` more. Nothing when too few are known, or when so many never got one.
  std::optional<Expectation> of(model::Channel channel, Instant asked, Instant now) const;
  std::int64_t size() const { return size_; }

 private:
  struct Key {
    Grain grain = Grain::everything;
    int channel = 0, slot = 0; // slot: hour of the week, or weekday
    auto operator<=>(const Key&) const = default;
  };
  Key key(Grain grain, model::Channel channel, Instant asked) const;
  Zone zone_;
  std::map<Key, Sample> samples_;
  std::int64_t size_ = 0;
  History history_;
  TicketMetrics measured_;
};

} // namespace helpdesk::metrics
