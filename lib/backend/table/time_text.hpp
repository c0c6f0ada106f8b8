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

// For proposals: which orders the digits of a numeric date allow. unknown: both, or it is none.
DateOrder order_of(std::string_view text);

} // namespace helpdesk::backend::table
