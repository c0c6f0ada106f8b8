// Times as logs write them: ISO and its relatives, day or month first, month names, twelve-hour clocks, epoch
// seconds to nanoseconds, or by a pattern of the mapping.
#pragma once

#include "backend/table/mapping.hpp"

#include <string>
#include <string_view>

namespace helpdesk::backend::table {

struct ReadTime {
  Instant time{};
  bool date_only = false;  // no time of day: its start in the zone
  bool in_gap = false;     // that clock time did not exist: moved forward
  bool in_overlap = false; // it happened twice: the first
};

// Failed (without a place) saying what is wrong. A time without an offset is in the part's zone.
Result<ReadTime> read_time(const Part& part, std::string_view text);

// Reads many times of one part, of which neighbours mostly share their day.
class TimeReader {
 public:
  explicit TimeReader(const Part& part)
      : part_(part), knows_days_(part.time_formats.empty()), is_utc_(part.zone_name == "UTC") {}
  Result<ReadTime> read(std::string_view text); // as read_time

 private:
  const Part& part_;
  bool knows_days_, is_utc_;
  char day_[10] = {}; // "2016-02-29"
  Instant midnight_{};
};

// For proposals: which orders the digits of a numeric date allow. unknown: both, or it is none.
DateOrder order_of(std::string_view text);

} // namespace helpdesk::backend::table
