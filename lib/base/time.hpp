// Instants, durations, zones. Everything is int64 microseconds UTC; a zone matters only where people read or
// type time.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace helpdesk {

using Duration = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Duration>;

constexpr Instant instant_of_micros(std::int64_t us) { return Instant(Duration(us)); }
constexpr Instant instant_of_seconds(std::int64_t s) { return Instant(Duration(s * 1'000'000)); }
constexpr std::int64_t micros(Instant t) { return t.time_since_epoch().count(); }
constexpr std::int64_t unix_seconds(Instant t) { // floor
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}
Instant system_now();

// A civil time in some zone. weekday: 1 = Monday … 7 = Sunday (ISO).
struct Civil {
  std::int32_t year = 1970;
  int month = 1, day = 1, hour = 0, minute = 0, second = 0;
  int microsecond = 0;
  int weekday = 4;
  int offset_seconds = 0; // east of UTC
};

struct IsoWeek {
  std::int32_t year;
  int week;
};

// An IANA zone. Cheap to copy; immutable; safe in threads. In a gap a civil time moves forward, in an overlap
// the first is taken.
class Zone {
 public:
  static Zone utc();
  static Zone local();                             // $TZ, else /etc/localtime, else UTC
  static Result<Zone> load(std::string_view name); // usage error with a suggestion when unknown
  std::string_view name() const;
  Civil civil(Instant t) const;
  Instant
  instant(const Civil& c) const; // weekday and offset_seconds are ignored; out-of-range fields are normalised
  Instant start_of_day(Instant t) const;
  Instant start_of_iso_week(Instant t) const;
  Instant start_of_month(Instant t) const;
  Instant add_days(Instant t, int days) const; // same civil clock time

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
  explicit Zone(std::shared_ptr<const Impl> impl);
};

IsoWeek iso_week(const Civil& c);

// RFC 3339: "2026-01-05T10:00:00+01:00" in the zone, "…Z" for UTC; fraction only when not zero.
std::string format_rfc3339(Instant t, const Zone& zone);
// "2026-01-05 10:00"
std::string format_minute(Instant t, const Zone& zone);
// RFC 5322 date for a mail header: "Mon, 5 Jan 2026 10:00:00 +0100"
std::string format_rfc5322(Instant t, const Zone& zone);
// For a person: "just now", "5 min ago", "3 h ago", "yesterday 14:05", "12 Nov", "12 Nov 2024"; future: "in 5
// min"
std::string format_relative(Instant t, Instant now, const Zone& zone);
// "4 h 05 min", "3 d 2 h", "45 s", "0 s": two units at most, rounded half up at the second unit; negative
// with "-".
std::string format_duration(Duration d);
// ISO 8601 for machines is seconds as a decimal number: "14400", "0.5".
std::string format_seconds(Duration d);

// Accepts RFC 3339, "2026-01-05", "2026-01-05 10:00[:30]", "today", "yesterday", "tomorrow", "now", weekday
// names (the last one past, or the next to come with prefer_future), "2w", "3d ago", "-36h", "last week",
// "last month", "@1767600000" (epoch). A date without time is its start in the zone. Usage error names what
// is accepted.
enum class Prefer : unsigned char { past, future };
Result<Instant> parse_instant(std::string_view text, Instant now, const Zone& zone,
                              Prefer prefer = Prefer::past);
// "90s", "15m", "15min", "4h", "1h30m", "2d", "3w", "1y" (365 d), a bare number is refused.
Result<Duration> parse_duration(std::string_view text);
// RFC 5322 Date header with all obsolete forms people send (two-digit years, zone names, comments, missing
// seconds). nullopt when no date can be read out of it.
std::optional<Instant> parse_mail_date(std::string_view header);
// RFC 3339 / ISO 8601 with offset as APIs write it: "Z", "+00:00", "+0000", with or without fraction, 'T' or
// ' '.
std::optional<Instant> parse_rfc3339(std::string_view text);

} // namespace helpdesk
