#include "backend/table/time_text.hpp"

#include "backend/table/time_scan.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Seconds since 1970 up to nanoseconds, told apart by their size; 10 digits and a fraction too.
std::optional<Instant> read_epoch(std::string_view text) {
  std::string_view whole = text, fraction;
  if (std::size_t point = text.find('.'); point != std::string_view::npos) {
    whole = text.substr(0, point);
    fraction = text.substr(point + 1);
    if (!is_digits(fraction)) return std::nullopt;
  }
  if (!is_digits(whole) || whole.size() < 9 || whole.size() > 19) return std::nullopt;
  std::int64_t value = 0;
  if (std::from_chars(whole.data(), whole.data() + whole.size(), value).ec != std::errc())
    return std::nullopt;
  std::int64_t us = 0;
  if (whole.size() <= 11) {
    us = value * 1'000'000;
    std::int64_t unit = 100'000;
    for (char c : fraction) {
      us += (c - '0') * unit;
      unit /= 10;
    }
  } else {
    us = whole.size() <= 14 ? value * 1000 : whole.size() <= 17 ? value : value / 1000;
  }
  return instant_of_micros(us);
}

enum class Ambiguous : bool { no, yes };

// "2016-02-29 …", "29.02.2016 …", "2/29/2016 …", "29 Feb 2016 …", "Feb 29, 2016 …".
bool read_date(TimeScanner& scan, DateOrder order, CivilText& out, Ambiguous& ambiguous) {
  Civil& c = out.civil;
  scan.weekday();
  if (auto month = scan.month()) { // Feb 29, 2016
    scan.skip_spaces();
    auto day = scan.number(2);
    scan.skip(',');
    scan.skip_spaces();
    auto year = scan.number(4);
    if (!day || !year || scan.digits() != 4) return false;
    c.month = *month;
    c.day = *day;
    c.year = *year;
    return true;
  }
  auto first = scan.number(8);
  if (!first) return false;
  int digits = scan.digits();
  if (digits == 8) { // 20160229
    c.year = *first / 10000;
    c.month = *first / 100 % 100;
    c.day = *first % 100;
    return true;
  }
  char separator = scan.peek();
  if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') return false;
  scan.skip(separator);
  if (digits <= 2) scan.skip_spaces();
  if (auto month = scan.month()) { // 29 Feb 2016, 29-Feb-16
    if (digits > 2) return false;
    if (!scan.skip(separator)) scan.skip_spaces();
    scan.skip(',');
    scan.skip_spaces();
    auto year = scan.number(4);
    if (!year) return false;
    c = {.year = scan.digits() == 2 ? *year + (*year < 69 ? 2000 : 1900) : *year,
         .month = *month,
         .day = *first};
    return true;
  }
  auto second = scan.number(2);
  if (!second || !scan.skip(separator) || separator == ' ') return false;
  auto third = scan.number(4);
  if (!third) return false;
  if (digits == 4) {
    c = {.year = *first, .month = *second, .day = *third};
    return scan.digits() <= 2;
  }
  if (digits > 2) return false;
  int year = scan.digits() == 4 ? *third : scan.digits() == 2 ? *third + (*third < 69 ? 2000 : 1900) : 0;
  if (order == DateOrder::unknown) {
    // A number over twelve is no month, and points stand between day and month only.
    if (*first > 12 || separator == '.') {
      order = DateOrder::day;
    } else if (*second > 12) {
      order = DateOrder::month;
    } else if (*first != *second) {
      ambiguous = Ambiguous::yes;
      return false;
    }
  }
  c = order == DateOrder::month ? Civil{.year = year, .month = *first, .day = *second}
                                : Civil{.year = year, .month = *second, .day = *first};
  return true;
}

// "2016-02-29T12:34:56Z", or with a space, or without the Z: what most logs write, at fixed places.
bool read_iso(std::string_view text, CivilText& out) {
  if (text.size() != 19 && (text.size() != 20 || text[19] != 'Z')) return false;
  constexpr std::string_view k_form = "dddd-dd-dd?dd:dd:dd";
  for (std::size_t i = 0; i < k_form.size(); ++i) {
    const char c = text[i];
    if (k_form[i] == 'd' ? c < '0' || c > '9' : k_form[i] == '?' ? c != 'T' && c != ' ' : c != k_form[i])
      return false;
  }
  const auto two = [text](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  Civil& c = out.civil;
  c.year = two(0) * 100 + two(2);
  c.month = two(5);
  c.day = two(8);
  c.hour = two(11);
  c.minute = two(14);
  c.second = two(17);
  if (text.size() == 20) out.offset = 0;
  out.date_only = false;
  return true;
}

std::optional<CivilText> read_text(std::string_view text, DateOrder order, Ambiguous& ambiguous) {
  CivilText out;
  if (read_iso(text, out)) return is_sound(out.civil) ? std::optional(out) : std::nullopt;
  TimeScanner scan(text);
  if (!read_date(scan, order, out, ambiguous)) return std::nullopt;
  scan.skip(',');
  if (!scan.skip('T')) scan.skip_spaces();
  if (!scan.at_end()) {
    if (!read_clock(scan, out)) return std::nullopt;
    scan.skip_spaces();
    if (!scan.at_end()) {
      out.offset = scan.offset();
      if (!out.offset || !scan.at_end()) return std::nullopt;
    }
  }
  if (!is_sound(out.civil)) return std::nullopt;
  return out;
}

bool same_clock(const Civil& a, const Civil& b) {
  return a.day == b.day && a.hour == b.hour && a.minute == b.minute;
}

// A day past the month's end, of a pattern with the day of the year, counts on.
Instant utc_instant(const Civil& c) {
  namespace chrono = std::chrono;
  const auto month =
      chrono::sys_days(chrono::year(c.year) / chrono::month(static_cast<unsigned>(c.month)) / 1);
  return month + chrono::days(c.day - 1) + chrono::hours(c.hour) + chrono::minutes(c.minute) +
         chrono::seconds(c.second) + chrono::microseconds(c.microsecond);
}

ReadTime settle(const Part& part, const CivilText& read) {
  ReadTime out;
  out.date_only = read.date_only;
  if (read.instant) {
    out.time = *read.instant;
    return out;
  }
  if (read.offset || part.zone_name == "UTC") {
    out.time = utc_instant(read.civil) - std::chrono::seconds(read.offset.value_or(0));
    return out;
  }
  out.time = part.zone.instant(read.civil);
  Civil back = part.zone.civil(out.time);
  if (read.civil.hour < 24 && !same_clock(back, read.civil)) {
    out.in_gap = !read.date_only; // a day that begins in a gap begins behind it
    return out;
  }
  // The clock is set back within a day, to the same reading again.
  int later = part.zone.civil(out.time + std::chrono::hours(24)).offset_seconds;
  if (later < back.offset_seconds) {
    Instant again = out.time + std::chrono::seconds(back.offset_seconds - later);
    Civil second = part.zone.civil(again);
    out.in_overlap = second.offset_seconds == later && same_clock(second, read.civil) && !read.date_only;
  }
  return out;
}

} // namespace

Result<ReadTime> read_time(const Part& part, std::string_view text) {
  text = trim(text);
  if (text.size() > 64) return failed(fmt::format("\"{}\" is no time", ellipsize(clean_utf8(text), 40)));
  if (!part.time_formats.empty()) {
    for (const std::string& pattern : part.time_formats)
      if (auto read = read_by_pattern(text, pattern)) return settle(part, *read);
    return failed(fmt::format("\"{}\" does not fit time_format", clean_utf8(text)));
  }
  Ambiguous ambiguous = Ambiguous::no;
  if (auto read = read_text(text, part.date_order, ambiguous)) return settle(part, *read);
  if (ambiguous == Ambiguous::yes)
    return failed(fmt::format(
        "\"{}\" may have the day or the month first: set date_order to \"dmy\" or \"mdy\"", text));
  if (auto epoch = read_epoch(text)) return ReadTime{.time = *epoch};
  if (auto mail = parse_mail_date(text); mail && text.find(',') != std::string_view::npos)
    return ReadTime{.time = *mail};
  return failed(fmt::format("\"{}\" is no time", clean_utf8(text)));
}

Result<ReadTime> TimeReader::read(std::string_view text) {
  if (auto time = on_same_day(text)) return ReadTime{.time = *time};
  auto read = read_time(part_, text);
  // Only what stands at fixed places and needs no zone; a time that on_same_day takes for this day's has no
  // more.
  const bool is_fixed = text.size() == 20 ? text[19] == 'Z' : is_utc_ && text.size() == 19;
  if (!read || !knows_days_ || !is_fixed || text[4] != '-' || text[7] != '-') return read;
  const Instant midnight = std::chrono::floor<std::chrono::days>(read->time);
  std::memcpy(day_, text.data(), sizeof day_);
  midnight_ = midnight;
  if (on_same_day(text) != read->time) day_[0] = 0; // "2016-02-29 1:02:03 PM", or a day that ends in 24:00:00
  return read;
}

DateOrder order_of(std::string_view text) {
  TimeScanner scan(trim(text));
  auto first = scan.number(4);
  if (!first) return DateOrder::unknown;
  if (scan.digits() == 4) return DateOrder::year;
  char separator = scan.peek();
  if ((separator != '-' && separator != '/' && separator != '.') || !scan.skip(separator))
    return DateOrder::unknown;
  auto second = scan.number(2);
  if (!second) return DateOrder::unknown;
  if (*first > 12 || separator == '.') return DateOrder::day;
  return *second > 12 ? DateOrder::month : DateOrder::unknown;
}

} // namespace helpdesk::backend::table
