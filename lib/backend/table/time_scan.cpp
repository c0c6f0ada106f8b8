#include "backend/table/time_scan.hpp"

#include "base/text.hpp"

#include <array>

namespace helpdesk::backend::table {
namespace {

constexpr std::array<std::string_view, 12> k_months{"january",   "february", "march",    "april",
                                                    "may",       "june",     "july",     "august",
                                                    "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> k_weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }
bool is_letter_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

} // namespace

bool TimeScanner::skip_word(std::string_view word) {
  if (!equal_ignoring_case(text_.substr(pos_, word.size()), word)) return false;
  pos_ += word.size();
  return true;
}

void TimeScanner::skip_spaces() {
  while (peek() == ' ' || peek() == '\t') ++pos_;
}

std::optional<int> TimeScanner::number(int at_most) {
  int value = 0;
  digits_ = 0;
  while (digits_ < at_most && is_digit_byte(peek())) {
    value = value * 10 + (peek() - '0');
    ++digits_;
    ++pos_;
  }
  if (digits_ == 0) return std::nullopt;
  return value;
}

std::optional<int> TimeScanner::month() {
  if (!is_letter_byte(peek())) return std::nullopt;
  for (std::size_t i = 0; i < k_months.size(); ++i)
    if (skip_word(k_months[i]) || skip_word(k_months[i].substr(0, 3))) {
      skip('.');
      return static_cast<int>(i) + 1;
    }
  return std::nullopt;
}

bool TimeScanner::weekday() {
  if (!is_letter_byte(peek())) return false;
  for (std::string_view day : k_weekdays)
    if (skip_word(day) || skip_word(day.substr(0, 3))) {
      skip('.');
      skip(',');
      skip_spaces();
      return true;
    }
  return false;
}

int TimeScanner::fraction() {
  int micros = 0, unit = 100'000;
  while (is_digit_byte(peek())) {
    micros += (peek() - '0') * unit;
    unit /= 10;
    ++pos_;
  }
  return micros;
}

std::optional<int> TimeScanner::offset() {
  if (skip_word("UTC") || skip_word("GMT") || skip_word("Z")) return 0;
  int sign = peek() == '+' ? 1 : peek() == '-' ? -1 : 0;
  if (sign == 0) return std::nullopt;
  ++pos_;
  auto hours = number(2);
  if (!hours || *hours > 23) return std::nullopt;
  skip(':');
  int minutes = number(2).value_or(0);
  if (minutes > 59) return std::nullopt;
  return sign * (*hours * 3600 + minutes * 60);
}

bool is_sound(const Civil& c) {
  constexpr int k_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (c.year < 1900 || c.year > 2262 || c.month < 1 || c.month > 12 || c.day < 1) return false;
  if (c.day > k_days[c.month - 1]) return false;
  bool leap = (c.year % 4 == 0 && c.year % 100 != 0) || c.year % 400 == 0;
  if (c.month == 2 && c.day == 29 && !leap) return false;
  bool midnight_after = c.hour == 24 && c.minute == 0 && c.second == 0;
  return (c.hour < 24 || midnight_after) && c.hour >= 0 && c.minute >= 0 && c.minute < 60 && c.second >= 0 &&
         c.second <= 60;
}

bool read_clock(TimeScanner& scan, CivilText& out) {
  auto hour = scan.number(2);
  if (!hour || !scan.skip(':')) return false;
  auto minute = scan.number(2);
  if (!minute || scan.digits() != 2) return false;
  out.civil.hour = *hour;
  out.civil.minute = *minute;
  if (scan.skip(':')) {
    auto second = scan.number(2);
    if (!second) return false;
    out.civil.second = *second;
    if (scan.skip('.') || scan.skip(',')) out.civil.microsecond = scan.fraction();
  }
  out.date_only = false;
  scan.skip_spaces();
  bool pm = scan.skip_word("p.m.") || scan.skip_word("pm");
  bool am = !pm && (scan.skip_word("a.m.") || scan.skip_word("am"));
  if (am || pm) {
    if (*hour < 1 || *hour > 12) return false;
    out.civil.hour = *hour % 12 + (pm ? 12 : 0);
    scan.skip_spaces();
  }
  return true;
}

namespace {

bool read_letter(TimeScanner& scan, char letter, CivilText& out, bool& pm, bool& twelve) {
  auto take = [&](int& to, int digits) {
    scan.skip_spaces();
    auto value = scan.number(digits);
    if (value) to = *value;
    return value.has_value();
  };
  Civil& c = out.civil;
  switch (letter) {
  case 'Y': return take(c.year, 4);
  case 'y':
    if (!take(c.year, 2)) return false;
    c.year += c.year < 69 ? 2000 : 1900;
    return true;
  case 'm': return take(c.month, 2);
  case 'd':
  case 'e': return take(c.day, 2);
  case 'j': c.month = 1; return take(c.day, 3);
  case 'I': twelve = true; [[fallthrough]];
  case 'H': out.date_only = false; return take(c.hour, 2);
  case 'M': out.date_only = false; return take(c.minute, 2);
  case 'S': return take(c.second, 2);
  case 'f': c.microsecond = scan.fraction(); return true;
  case 'p': pm = scan.skip_word("pm"); return pm || scan.skip_word("am");
  case 'b':
  case 'B': {
    auto month = scan.month();
    if (month) c.month = *month;
    return month.has_value();
  }
  case 'a':
  case 'A': scan.weekday(); return true;
  case 'z':
  case 'Z':
    scan.skip_spaces();
    out.offset = scan.offset();
    return out.offset.has_value();
  default: return letter == '%' && scan.skip('%');
  }
}

} // namespace

std::optional<CivilText> read_by_pattern(std::string_view text, std::string_view pattern) {
  std::string whole = replace_all(pattern, "%T", "%H:%M:%S");
  whole = replace_all(replace_all(whole, "%R", "%H:%M"), "%F", "%Y-%m-%d");
  whole = replace_all(whole, "%D", "%m/%d/%y");
  if (whole == "%s") {
    TimeScanner scan(text);
    std::int64_t seconds = 0;
    for (char c : text) {
      if (!is_digit_byte(c) || seconds > 99'999'999'999) return std::nullopt;
      seconds = seconds * 10 + (c - '0');
    }
    if (text.empty()) return std::nullopt;
    CivilText out;
    out.date_only = false;
    out.instant = instant_of_seconds(seconds);
    return out;
  }
  CivilText out;
  out.civil.month = out.civil.day = 1;
  bool pm = false, twelve = false;
  TimeScanner scan(text);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] == '%' && i + 1 < whole.size()) {
      if (!read_letter(scan, whole[++i], out, pm, twelve)) return std::nullopt;
    } else if (whole[i] == ' ') {
      scan.skip_spaces();
    } else if (!scan.skip(whole[i])) {
      return std::nullopt;
    }
  }
  scan.skip_spaces();
  if (!scan.at_end()) return std::nullopt;
  if (twelve && (out.civil.hour < 1 || out.civil.hour > 12)) return std::nullopt;
  if (twelve) out.civil.hour = out.civil.hour % 12 + (pm ? 12 : 0);
  bool day_of_year = whole.find("%j") != std::string::npos;
  if (day_of_year ? out.civil.day < 1 || out.civil.day > 366 : !is_sound(out.civil)) return std::nullopt;
  return out;
}

} // namespace helpdesk::backend::table
