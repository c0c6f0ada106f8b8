// By what statistics are broken down: values as they were when the measured cycle began, where the history
// tells.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "metrics/measure.hpp"
#include "metrics/terms.hpp"
#include "model/timeline.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::metrics {

enum class GroupBy : unsigned char {
  nothing,
  channel,
  account,
  agent,
  queue,
  tag,
  priority,
  language,
  organisation,
  hour,
  weekday,
  day,
  week,
  month,
  field // a custom one: field.NAME
};
std::string_view text(GroupBy by);
std::optional<GroupBy> parse_group_by(std::string_view text); // field is none of them
const std::vector<std::string_view>& group_names();           // all but nothing and field

struct Dimension {
  GroupBy by = GroupBy::nothing;
  std::string field; // of GroupBy::field
};
inline constexpr std::size_t k_most_dimensions = 2;
// "channel", "channel,week", "field.plan"; usage error that says what there is.
Result<std::vector<Dimension>> parse_dimensions(std::string_view text);
std::string name(const Dimension& dimension); // "week", "field.plan"

// What a code of a group stands for.
enum class CodeKind : unsigned char { none, term, channel, priority, instant, hour, weekday };
CodeKind code_kind(GroupBy by);

// Terms as their codes, periods as the instant they start (microseconds), hours 0-23, weekdays 1-7 from
// Monday. 0 for dimensions that are not asked for.
using GroupKey = std::array<std::int64_t, k_most_dimensions>;

// Tells which groups measurements belong to. Of one thread: it remembers the last periods and the terms.
class Grouper {
 public:
  Grouper(std::vector<Dimension> dimensions, const Zone& zone, TermText text);
  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  // One key; several for a ticket with several tags.
  void keys(const model::Timeline& timeline, const Measurement& measurement, std::vector<GroupKey>& out);

 private:
  struct Period { // a local hour, day, week or month that holds the instants last asked for
    Instant from{}, to{};
    std::int64_t code = 0;
  };
  void codes(std::size_t dimension, const model::Timeline& timeline, const Measurement& m,
             std::vector<std::int64_t>& out);
  std::int64_t period(std::size_t dimension, Instant t);
  std::vector<Dimension> dimensions_;
  Zone zone_;
  Terms terms_;
  std::array<std::vector<Period>, k_most_dimensions> periods_; // a few
  std::array<std::size_t, k_most_dimensions> last_period_{}, next_period_{};
  std::vector<std::int64_t> first_, second_;
};

// A value of the ticket as it was at an instant.
model::Term queue_at(const model::Timeline& timeline, Instant t);
std::vector<model::Term> tags_at(const model::Timeline& timeline, Instant t);
model::Priority priority_at(const model::Timeline& timeline, Instant t, Terms& terms);
model::Channel channel_at(const model::Timeline& timeline, Instant t, Terms& terms);
model::Term field_at(const model::Timeline& timeline, std::string_view field, Instant t, Terms& terms);

} // namespace helpdesk::metrics
