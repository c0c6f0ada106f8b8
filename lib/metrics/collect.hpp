// Statistics over many timelines: takes them one by one, keeps one number an observation. Collectors of
// several threads are merged; the result does not depend on who took what.
#pragma once

#include "metrics/backlog.hpp"
#include "metrics/group.hpp"
#include "metrics/interval.hpp"
#include "metrics/measure.hpp"
#include "metrics/sample.hpp"
#include "metrics/satisfaction.hpp"
#include "metrics/survival.hpp"
#include "metrics/tally.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace helpdesk::metrics {

// Which observations belong to a period (metrics specification, section 5).
enum class Cohort : unsigned char {
  started,  // what began in it: who waits still counts as waiting
  answered, // what ended in it: never shows those who wait, as many products do
  period,   // what was under way in it, with what it had waited before as delayed entry
};
std::string_view text(Cohort cohort);
std::optional<Cohort> parse_cohort(std::string_view text);
// The period view is about single stretches of time: false for sums of several.
bool has_period_view(Metric metric);

struct CollectOptions {
  Instant now{};
  std::function<Instant(model::Term account)>
      now_of;                          // of accounts whose data ends earlier; empty: now for all
  std::optional<Instant> since, until; // [since, until)
  Cohort cohort = Cohort::started;
  std::vector<Dimension> by;
  Zone zone = Zone::utc();
  MeasureOptions measuring;        // its clock is not used, nor its intervals
  const Clock* business = nullptr; // measured beside calendar time
  const std::vector<UserInterval>* intervals = nullptr;
  TermText text;                     // of the store; needed by intervals, custom fields and past priorities
  std::vector<Metric> wanted;        // empty: all
  bool measure_all = false;          // measured() tells of every metric, wanted or not
  bool tallies = false;              // counts and shares too
  std::vector<Instant> backlog_at{}; // ascending; unsolved work at these instants
};

struct Group {
  std::vector<Sample> samples;  // by metric, calendar time
  std::vector<Sample> business; // empty without a calendar
  std::vector<std::array<std::int64_t, k_reason_count>> excluded;
  std::array<Histogram, k_count_count> counts;
  std::array<Shares, k_share_count> shares;
  Ratings ratings; // of the tickets, whenever they were given

  const Sample& sample(Metric metric, bool in_business_hours = false) const;
  std::int64_t excluded_of(Metric metric) const; // for any reason
  void merge(Group&& other, bool sorted);        // sorted: the samples of both
};

struct Totals {
  std::int64_t tickets = 0;                            // seen, left out or not
  std::array<std::int64_t, k_reason_count> left_out{}; // tickets out of everything, by reason
  std::int64_t outbound = 0, clamped = 0, future = 0, paused_while_owed = 0, reopens = 0;
  void merge(const Totals& other);
};

class Collector {
 public:
  explicit Collector(CollectOptions options);
  Collector(Collector&&) = delete;
  void add(const model::Timeline& timeline);
  void merge(Collector&& other);
  // Sorted samples.
  const std::map<GroupKey, Group>& groups();
  const Totals& totals() const { return totals_; }
  const BacklogCounter& backlog() const { return backlog_; }
  // Of the timeline last added.
  const History& history() const { return history_; }
  const TicketMetrics& measured() const { return measured_; }

 private:
  Group& group(const GroupKey& key);
  Instant now_of(model::Term account);
  void add_one(const Measurement& m, const model::Timeline& timeline);
  struct Observed { // of a measurement, by one clock, as the cohort sees it
    Duration length{};
    Outcome outcome = Outcome::happened;
    Duration entry{};
  };
  Observed observed(const Measurement& m, Duration length, const Clock& clock) const;
  void put(Sample& sample, const Observed& seen) const;
  bool in_cohort(Instant start) const {
    return (!options_.since || start >= *options_.since) && (!options_.until || start < *options_.until);
  }
  CollectOptions options_;
  std::optional<IntervalReader> intervals_;
  Terms terms_;
  Grouper grouper_;
  std::vector<bool> wanted_; // by metric
  std::map<GroupKey, Group> groups_;
  std::array<std::pair<GroupKey, Group*>, 256> recent_{}; // of groups_, by a hash
  Totals totals_;
  BacklogCounter backlog_;
  History history_;
  TicketMetrics measured_;
  std::vector<GroupKey> keys_;
  bool sorted_ = false;
  std::optional<model::Term> known_account_; // whose now is known_now_
  Instant known_now_{};
};

struct Summary {
  std::int64_t n = 0, happened = 0, competing = 0, waiting = 0;
  Quantile median, p90;                             // Kaplan-Meier, seconds
  std::vector<Quantile> percentiles;                // those that were asked for, in their order
  double longest = 0;                               // seconds, of any outcome
  std::optional<Duration> naive_mean, naive_median; // over those that happened only
  Incidence by_longest;                             // what became of all of them
};
Summary summarise(const Sample& sorted, const std::vector<int>& percentiles = {});

} // namespace helpdesk::metrics
