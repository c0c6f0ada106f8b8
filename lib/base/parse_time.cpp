// Reading what people type: durations, dates, "3d ago".
#include "base/text.hpp"
#include "base/time.hpp"

#include <array>
#include <charconv>

namespace helpdesk {
namespace {

constexpr std::int64_t k_second = 1'000'000, k_day = 86'400 * k_second;
// Three centuries either way: enough for every ticket, far from overflow in sums.
constexpr std::int64_t k_longest = 300 * 365 * k_day;

std::int64_t unit_micros(std::string_view unit) {
  struct Unit {
    std::string_view names;
    std::int64_t us;
  };
  constexpr std::array<Unit, 6> k_units{{{" s sec secs second seconds ", k_second},
                                         {" m min mins minute minutes ", 60 * k_second},
                                         {" h hr hrs hour hours ", 3600 * k_second},
                                         {" d day days ", k_day},
                                         {" w week weeks ", 7 * k_day},
                                         {" y year years ", 365 * k_day}}};
  std::string padded = " " + ascii_lower(unit) + " ";
  for (const Unit& u : k_units)
    if (u.names.find(padded) != std::string_view::npos) return u.us;
  return 0;
}

std::optional<Duration> read_duration(std::string_view s) {
  s = trim(s);
  std::int64_t total = 0, last_unit = INT64_MAX;
  if (s.empty()) return std::nullopt;
  while (!s.empty()) {
    std::size_t digits = 0;
    while (digits < s.size() && s[digits] >= '0' && s[digits] <= '9') ++digits;
    if (digits == 0 || digits > 12) return std::nullopt;
    std::int64_t n = 0;
    std::from_chars(s.data(), s.data() + digits, n);
    s = trim_left(s.substr(digits));
    std::size_t letters = 0;
    while (letters < s.size() && is_letter(static_cast<unsigned char>(s[letters]))) ++letters;
    std::int64_t unit = unit_micros(s.substr(0, letters));
    // Each unit once and the large one first: "5m5m" or "5m1h" is a slip of the finger.
    if (unit == 0 || unit >= last_unit || n > k_longest / unit) return std::nullopt;
    last_unit = unit;
    total += n * unit;
    if (total > k_longest) return std::nullopt;
    s = trim_left(s.substr(letters));
  }
  return Duration(total);
}

int weekday_of(std::string_view word) {
  constexpr std::array<std::string_view, 7> k_names{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};
  for (std::size_t i = 0; i < k_names.size(); ++i)
    if (word == k_names[i] || word == k_names[i].substr(0, 3)) return static_cast<int>(i) + 1;
  return 0;
}

struct Digits {
  std::string_view s;
  // Exactly n digits, and after them the character next (0: nothing).
  bool take(int n, int& out) {
    if (s.size() < static_cast<std::size_t>(n)) return false;
    out = 0;
    for (int i = 0; i < n; ++i) {
      if (s[i] < '0' || s[i] > '9') return false;
      out = out * 10 + (s[i] - '0');
    }
    s.remove_prefix(n);
    return true;
  }
  bool skip(char c) {
    if (s.empty() || s[0] != c) return false;
    s.remove_prefix(1);
    return true;
  }
};

bool valid_date(const Civil& c) {
  if (c.month < 1 || c.month > 12 || c.day < 1) return false;
  constexpr int k_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (c.year % 4 == 0 && c.year % 100 != 0) || c.year % 400 == 0;
  return c.day <= k_days[c.month - 1] + (leap && c.month == 2 ? 1 : 0);
}

bool take_date(Digits& d, Civil& c) {
  int year = 0;
  if (!d.take(4, year) || !d.skip('-') || !d.take(2, c.month) || !d.skip('-') || !d.take(2, c.day))
    return false;
  c.year = year;
  return valid_date(c);
}

// "10:00[:30[.25]]"; seconds of 60 are a leap second and become the next minute.
bool take_clock(Digits& d, Civil& c) {
  if (!d.take(2, c.hour) || !d.skip(':') || !d.take(2, c.minute)) return false;
  if (d.skip(':')) {
    if (!d.take(2, c.second)) return false;
    if (d.skip('.') || d.skip(',')) {
      int digit, scale = 100'000, count = 0;
      while (d.take(1, digit)) {
        c.microsecond += digit * scale;
        scale /= 10;
        ++count;
      }
      if (count == 0) return false;
    }
  }
  return (c.hour < 24 || (c.hour == 24 && c.minute == 0 && c.second == 0 && c.microsecond == 0)) &&
         c.minute < 60 && c.second <= 60;
}

std::optional<Instant> local_date_time(std::string_view s, const Zone& zone) {
  Digits d{s};
  Civil c;
  if (!take_date(d, c)) return std::nullopt;
  if (d.s.empty()) {
    c.hour = 12;
    return zone.start_of_day(zone.instant(c));
  }
  if (!d.skip(' ') && !d.skip('T') && !d.skip('t')) return std::nullopt;
  if (!take_clock(d, c) || !d.s.empty()) return std::nullopt;
  return zone.instant(c);
}

Instant noon_of(Instant t, const Zone& zone) {
  Civil c = zone.civil(t);
  c.hour = 12;
  c.minute = c.second = c.microsecond = 0;
  return zone.instant(c);
}

Instant day_start(Instant now, int days, const Zone& zone) {
  return zone.start_of_day(zone.add_days(noon_of(now, zone), days));
}

std::optional<Instant> months_from(Instant now, int months, const Zone& zone) {
  Civil c = zone.civil(now);
  c.month += months;
  c.day = 1;
  c.hour = 12;
  return zone.start_of_month(zone.instant(c));
}

std::optional<Instant> named_day(std::string_view word, Instant now, const Zone& zone, Prefer prefer) {
  if (word == "now") return now;
  if (word == "today") return day_start(now, 0, zone);
  if (word == "yesterday") return day_start(now, -1, zone);
  if (word == "tomorrow") return day_start(now, 1, zone);
  auto week = [&](int n) { return zone.start_of_iso_week(zone.add_days(noon_of(now, zone), 7 * n)); };
  if (word == "this week") return week(0);
  if (word == "last week") return week(-1);
  if (word == "next week") return week(1);
  if (word == "this month") return months_from(now, 0, zone);
  if (word == "last month") return months_from(now, -1, zone);
  if (word == "next month") return months_from(now, 1, zone);
  auto year = [&](int n) {
    Civil c = zone.civil(now);
    c.year += n;
    c.month = c.day = 1;
    c.hour = 12;
    return zone.start_of_day(zone.instant(c));
  };
  if (word == "this year") return year(0);
  if (word == "last year") return year(-1);
  if (word == "next year") return year(1);
  if (word.starts_with("last ")) {
    word.remove_prefix(5);
    prefer = Prefer::past;
  } else if (word.starts_with("next ")) {
    word.remove_prefix(5);
    prefer = Prefer::future;
  }
  if (int weekday = weekday_of(word)) {
    int back = (zone.civil(now).weekday - weekday + 7) % 7;
    // Today's own name means a week away: "today" says today.
    return day_start(now, prefer == Prefer::past ? -(back == 0 ? 7 : back) : 7 - back, zone);
  }
  return std::nullopt;
}

} // namespace

std::optional<Instant> parse_rfc3339(std::string_view text) {
  Digits d{trim(text)};
  Civil c;
  if (!take_date(d, c) || !(d.skip('T') || d.skip('t') || d.skip(' ')) || !take_clock(d, c))
    return std::nullopt;
  d.skip(' ');
  int offset = 0;
  if (!d.skip('Z') && !d.skip('z')) {
    bool minus = d.skip('-');
    if (!minus && !d.skip('+')) return std::nullopt;
    int hours = 0, minutes = 0;
    if (!d.take(2, hours)) return std::nullopt;
    d.skip(':');
    if (!d.s.empty() && !d.take(2, minutes)) return std::nullopt;
    if (hours > 23 || minutes > 59) return std::nullopt;
    offset = (hours * 3600 + minutes * 60) * (minus ? -1 : 1);
  }
  if (!d.s.empty()) return std::nullopt;
  return Zone::utc().instant(c) - Duration(offset * k_second);
}

Result<Duration> parse_duration(std::string_view text) {
  if (auto d = read_duration(text)) return *d;
  return usage_error("cannot read \"" + ellipsize(clean_utf8(text), 60) +
                     "\" as a duration: write 90s, 15m, 4h, 1h30m, 2d, 3w or 1y");
}

Result<Instant> parse_instant(std::string_view text, Instant now, const Zone& zone, Prefer prefer) {
  std::string word = ascii_lower(collapse_spaces(clean_utf8(text)));
  std::string_view s = word;
  if (auto t = named_day(s, now, zone, prefer)) return *t;
  if (auto t = parse_rfc3339(s)) return *t;
  if (auto t = local_date_time(s, zone)) return *t;
  if (s.starts_with('@')) {
    std::int64_t seconds = 0;
    auto [end, error] = std::from_chars(s.data() + 1, s.data() + s.size(), seconds);
    if (error == std::errc() && end == s.data() + s.size() && seconds >= -k_longest / k_second &&
        seconds <= k_longest / k_second)
      return instant_of_seconds(seconds);
  }
  int sign = prefer == Prefer::past ? -1 : 1;
  if (s.ends_with(" ago")) {
    s.remove_suffix(4);
    sign = -1;
  } else if (s.starts_with("in ")) {
    s.remove_prefix(3);
    sign = 1;
  } else if (s.starts_with('-') || s.starts_with('+')) {
    sign = s[0] == '-' ? -1 : 1;
    s.remove_prefix(1);
  }
  if (auto d = read_duration(s)) return now + *d * sign;
  return usage_error(
      "cannot read \"" + ellipsize(clean_utf8(text), 60) +
      "\" as a time: write 2026-01-05, \"2026-01-05 10:00\", 2026-01-05T10:00:00Z, today, yesterday, monday, "
      "\"last week\", 3d, \"2w ago\" or @1767600000");
}

} // namespace helpdesk
