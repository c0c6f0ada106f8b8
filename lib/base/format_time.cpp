// Writing instants and durations.
#include "base/time.hpp"

#include <cstdlib>

#include <fmt/core.h>

namespace helpdesk {
namespace {

constexpr const char* k_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr const char* k_weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string fraction(std::int64_t us) { // ".5" of 500000, empty of 0
  if (us == 0) return {};
  std::string out = fmt::format(".{:06}", us);
  while (out.back() == '0') out.pop_back();
  return out;
}

std::string year4(std::int32_t year) {
  return year < 0 ? fmt::format("-{:04}", -year) : fmt::format("{:04}", year);
}

} // namespace

std::string format_rfc3339(Instant t, const Zone& zone) {
  Civil c = zone.civil(t);
  // RFC 3339 has whole minutes only: with a zone of the nineteenth century say the same instant in UTC.
  if (c.offset_seconds % 60 != 0) return format_rfc3339(t, Zone::utc());
  std::string out = fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}{}", year4(c.year), c.month, c.day, c.hour,
                                c.minute, c.second, fraction(c.microsecond));
  if (zone.name() == "UTC") return out + "Z";
  int minutes = std::abs(c.offset_seconds) / 60;
  return out + fmt::format("{}{:02}:{:02}", c.offset_seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string format_minute(Instant t, const Zone& zone) {
  Civil c = zone.civil(t);
  return fmt::format("{}-{:02}-{:02} {:02}:{:02}", year4(c.year), c.month, c.day, c.hour, c.minute);
}

std::string format_rfc5322(Instant t, const Zone& zone) {
  Civil c = zone.civil(t);
  if (c.offset_seconds % 60 != 0) c = Zone::utc().civil(t);
  int minutes = std::abs(c.offset_seconds) / 60;
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02}", k_weekdays[c.weekday - 1], c.day,
                     k_months[c.month - 1], year4(c.year), c.hour, c.minute, c.second,
                     c.offset_seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string format_relative(Instant t, Instant now, const Zone& zone) {
  const bool past = t <= now;
  const std::int64_t seconds = std::abs(micros(now) / 1'000'000 - micros(t) / 1'000'000);
  auto ago = [past](std::int64_t n, const char* unit) {
    return past ? fmt::format("{} {} ago", n, unit) : fmt::format("in {} {}", n, unit);
  };
  if (seconds < 60) return past ? "just now" : "in a moment";
  if (seconds < 3600) return ago(seconds / 60, "min");
  Instant today = zone.start_of_day(now);
  Civil c = zone.civil(t), today_civil = zone.civil(now);
  std::string clock = fmt::format("{:02}:{:02}", c.hour, c.minute);
  Instant day = zone.start_of_day(t);
  if (day == today || seconds < 6 * 3600) return ago(seconds / 3600, "h");
  Instant noon = today + Duration(12LL * 3'600'000'000);
  if (day == zone.start_of_day(zone.add_days(noon, -1))) return "yesterday " + clock;
  if (day == zone.start_of_day(zone.add_days(noon, 1))) return "tomorrow " + clock;
  if (c.year == today_civil.year) return fmt::format("{} {}", c.day, k_months[c.month - 1]);
  return fmt::format("{} {} {}", c.day, k_months[c.month - 1], year4(c.year));
}

std::string format_duration(Duration d) {
  const bool negative = d.count() < 0;
  // Unsigned: the smallest int64 has no positive counterpart.
  std::uint64_t us =
      negative ? 0 - static_cast<std::uint64_t>(d.count()) : static_cast<std::uint64_t>(d.count());
  auto round = [us](std::uint64_t unit) { return us / unit + (us % unit * 2 >= unit ? 1 : 0); };
  constexpr std::uint64_t k_second = 1'000'000, k_minute = 60 * k_second, k_hour = 60 * k_minute;
  std::string out;
  // Each step is taken by the rounded value, so that "59 min 60 s" cannot come out.
  if (std::uint64_t s = round(k_second); s < 60)
    out = fmt::format("{} s", s);
  else if (s < 3600)
    out = s % 60 ? fmt::format("{} min {:02} s", s / 60, s % 60) : fmt::format("{} min", s / 60);
  else if (std::uint64_t m = round(k_minute); m < 24 * 60)
    out = m % 60 ? fmt::format("{} h {:02} min", m / 60, m % 60) : fmt::format("{} h", m / 60);
  else {
    std::uint64_t h = round(k_hour);
    out = h % 24 ? fmt::format("{} d {} h", h / 24, h % 24) : fmt::format("{} d", h / 24);
  }
  return negative && out != "0 s" ? "-" + out : out;
}

std::string format_seconds(Duration d) {
  const bool negative = d.count() < 0;
  std::uint64_t us =
      negative ? 0 - static_cast<std::uint64_t>(d.count()) : static_cast<std::uint64_t>(d.count());
  return fmt::format("{}{}{}", negative ? "-" : "", us / 1'000'000,
                     fraction(static_cast<std::int64_t>(us % 1'000'000)));
}

} // namespace helpdesk
