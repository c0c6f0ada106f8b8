// Intervals that users define ([intervals.NAME] in the configuration): from one event to another. They get
// every statistic that the built-in metrics have.
//
//   point := ["first" | "last"] term { "or" term }
//   term  := word | subject [("==" | "!=") "value"]
//   word  := created, message, inbound, outbound, question, reply, ai_reply, receipt, note, anything
//   subject := event, status, priority, queue, assignee, tag, channel, field.NAME
//
// A subject alone is any change of it; with a value the change to it. event == "X" is an event that the
// source calls X. "to" is looked for at "from" and after it; first is the default, last takes the latest.
#pragma once

#include "base/result.hpp"
#include "metrics/history.hpp"
#include "metrics/measure.hpp"
#include "metrics/terms.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

enum class Subject : unsigned char {
  created,
  message,
  inbound,
  outbound,
  question,
  reply,
  ai_reply,
  receipt,
  note,
  anything, // words end here
  event,
  status,
  priority,
  queue,
  assignee,
  tag,
  channel,
  field
};

struct Condition {
  Subject subject = Subject::anything;
  std::string field; // with Subject::field
  bool has_value = false, negated = false;
  std::string value;
  model::Status status = model::Status::fresh; // value of Subject::status
};

struct Point {
  bool last = false;
  std::vector<Condition> any_of;
};
Result<Point> parse_point(std::string_view text); // usage error that says what was expected

struct UserInterval {
  std::string name, title, meaning; // meaning: for people, out of the two texts
  Point from, to;
};
// title may be empty. Usage error for a bad point or a name that a built-in metric has.
Result<UserInterval> parse_interval(std::string name, std::string title, std::string_view from,
                                    std::string_view to);

constexpr Metric interval_metric(std::size_t i) { return static_cast<Metric>(k_metric_count + i); }
inline constexpr std::size_t k_most_intervals = 200;

// Names of all metrics, built-in ones and the user's. Cheap to copy; the intervals must outlive it.
class MetricNames {
 public:
  MetricNames() = default;
  explicit MetricNames(const std::vector<UserInterval>* intervals) : intervals_(intervals) {}
  std::string_view key(Metric metric) const;
  std::string_view title(Metric metric) const;
  std::string_view meaning(Metric metric) const;
  std::optional<Metric> parse(std::string_view key) const;
  std::size_t size() const { return k_metric_count + (intervals_ ? intervals_->size() : 0); }
  std::vector<std::string_view> keys() const;

 private:
  const std::vector<UserInterval>* intervals_ = nullptr;
};

// Finds the ends of intervals in histories. Of one thread; keeps what it learned about the store's terms.
class IntervalReader {
 public:
  IntervalReader(const std::vector<UserInterval>* intervals, TermText text);
  const std::vector<UserInterval>& intervals() const { return *intervals_; }

  struct Found {
    bool begun = false;
    Instant start{};
    std::size_t first = k_no_entry; // none: created
    std::size_t last = k_no_entry;  // none: not yet
  };
  Found find(std::size_t interval, const History& history);

 private:
  struct Known {                      // what a condition says of a term
    std::vector<signed char> by_term; // -1: not asked yet
  };
  bool matches(const Condition& condition, std::size_t known, const model::TimelineEntry& entry,
               std::size_t i);
  bool is_text(std::size_t known, model::Term term, std::string_view text);
  // The point's entry at or after `from`.
  std::size_t find(const Point& point, std::size_t known, const History& history, std::size_t from);
  const std::vector<UserInterval>* intervals_;
  Terms terms_;
  std::vector<Known> known_;        // two a condition, in order of the intervals
  std::vector<std::size_t> offset_; // of each interval in known_
};

} // namespace helpdesk::metrics
