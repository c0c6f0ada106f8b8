// Times as logs write them: ISO and its relatives, day or month first, month names, twelve-hour clocks, epoch
// seconds to nanoseconds, or by a pattern of the mapping.
#pragma once

#include "backend/table/mapping.hpp"

#include <cstring>
#include <optional>
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
  // The time of a text of the day that was read last, where it stands at fixed places: "2016-02-29T12:34:56Z"
  // or with a space. nullopt: ask read. A few instructions, since rows mostly differ in the clock alone.
  std::optional<Instant> on_same_day(std::string_view text) const;

 private:
  const Part& part_;
  bool knows_days_, is_utc_;
  char day_[10] = {}; // "2016-02-29"
  Instant midnight_{};
};

inline std::optional<Instant> TimeReader::on_same_day(std::string_view text) const {
  if (text.size() != 20 && !(is_utc_ && text.size() == 19)) return std::nullopt;
  const char* at = text.data();
  if (std::memcmp(at, day_, sizeof day_) != 0 || (at[10] != 'T' && at[10] != ' ') ||
      (text.size() == 20 && at[19] != 'Z') || at[13] != ':' || at[16] != ':')
    return std::nullopt;
  auto two = [at](std::size_t i) { // over 99: no digits
    const unsigned tens = static_cast<unsigned char>(at[i]) - unsigned{'0'},
                   ones = static_cast<unsigned char>(at[i + 1]) - unsigned{'0'};
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
  };
  const unsigned hour = two(11), minute = two(14), second = two(17);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return midnight_ + std::chrono::seconds(hour * 3600 + minute * 60 + second);
}

// For proposals: which orders the digits of a numeric date allow. unknown: both, or it is none.
DateOrder order_of(std::string_view text);

} // namespace helpdesk::backend::table
