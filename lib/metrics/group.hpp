// By what statistics are broken down: values as they were when the measured time began, where the history
// tells.
#pragma once

#include "base/time.hpp"
#include "metrics/measure.hpp"
#include "model/timeline.hpp"

#include <cstdint>
#include <optional>
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
  hour,
  weekday,
  day,
  week,
  month
};
std::string_view text(GroupBy by);
std::optional<GroupBy> parse_group_by(std::string_view text);
const std::vector<std::string_view>& group_names(); // all but nothing

// What a code of a group stands for.
enum class CodeKind : unsigned char { none, term, channel, priority, instant, hour, weekday };
CodeKind code_kind(GroupBy by);

// Codes of the groups that a measurement of a ticket belongs to: one, several for tags. Terms as their codes,
// periods as the instant they start (microseconds), hours 0-23, weekdays 1-7 from Monday.
void group_codes(GroupBy by, const model::Timeline& timeline, const Measurement& measurement,
                 const Zone& zone, std::vector<std::int64_t>& out);

// A term field of the ticket as it was at an instant.
model::Term queue_at(const model::Timeline& timeline, Instant t);
std::vector<model::Term> tags_at(const model::Timeline& timeline, Instant t);

} // namespace helpdesk::metrics
