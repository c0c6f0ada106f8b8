#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/date.hpp"
#include "liquid/letters.hpp"

#include <algorithm>
#include <chrono>

namespace helpdesk::liquid {

namespace {

constexpr int k_most_width = 1024; // "%999999999d" must not fill the memory

// The parts of a date that formats ask for.
struct Parts {
  explicit Parts(const Date& date, std::string_view language) : date(date), names(date_names(language)) {
    const auto micros_all = micros(date.instant) + static_cast<std::int64_t>(date.offset) * 1'000'000;
    const auto local =
        std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(micros_all));
    const auto day_point = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day ymd(day_point);
    year = static_cast<int>(ymd.year());
    month = static_cast<int>(static_cast<unsigned>(ymd.month()));
    day = static_cast<int>(static_cast<unsigned>(ymd.day()));
    weekday = static_cast<int>(std::chrono::weekday(day_point).c_encoding());
    yearday = static_cast<int>((day_point - std::chrono::sys_days(ymd.year() / 1 / 1)).count()) + 1;
    const auto in_day = (local - day_point).count();
    hour = static_cast<int>(in_day / 3'600'000'000);
    minute = static_cast<int>(in_day / 60'000'000 % 60);
    second = static_cast<int>(in_day / 1'000'000 % 60);
    microsecond = static_cast<int>(in_day % 1'000'000);
    // The ISO week is that of the week's Thursday.
    const auto thursday = day_point + std::chrono::days(3 - (weekday + 6) % 7);
    iso_year = static_cast<int>(std::chrono::year_month_day(thursday).year());
    iso_week =
        static_cast<int>((thursday - std::chrono::sys_days(std::chrono::year(iso_year) / 1 / 1)).count()) /
            7 +
        1;
  }
  int hour12() const { return hour % 12 == 0 ? 12 : hour % 12; }

  const Date& date;
  const DateNames& names;
  int year, month, day, weekday, yearday, hour, minute, second, microsecond, iso_year, iso_week;
};

struct Flags {
  char padding = 0; // '-' none, '_' spaces, '0' zeros
  bool upper = false, swap = false;
  int colons = 0, width = -1;
};

std::string padded(std::string text, int width, char fill) {
  width = std::min(width, k_most_width);
  const auto length = static_cast<int>(count_code_points(text));
  if (length >= width) return text;
  const bool negative = fill == '0' && text.starts_with('-');
  text.insert(negative ? 1 : 0, static_cast<std::size_t>(width - length), fill);
  return text;
}

std::string number(std::int64_t value, int width, char fill, const Flags& flags) {
  auto text = std::to_string(value);
  if (flags.padding == '-') return text;
  if (flags.padding != 0) fill = flags.padding == '_' ? ' ' : '0';
  return padded(std::move(text), flags.width >= 0 ? flags.width : width, fill);
}

std::string word(std::string text, const Flags& flags) {
  if (flags.upper || flags.swap) text = to_upper(text);
  return flags.width < 0 ? text : padded(std::move(text), flags.width, flags.padding == '0' ? '0' : ' ');
}

std::string offset_text(int offset, int colons, const Flags& flags) {
  const auto magnitude = std::abs(offset);
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  auto text = two(magnitude / 3600) + (colons > 0 ? ":" : "") + two(magnitude / 60 % 60);
  if (colons > 1) text += ":" + two(magnitude % 60);
  if (flags.width > 0) text = padded(text, flags.width - 1, '0');
  return (offset < 0 ? "-" : "+") + text;
}

std::string format(const Parts& p, std::string_view pattern, bool day_given, int depth);

// One directive; empty optional when it is unknown.
std::optional<std::string> directive(const Parts& p, char c, const Flags& flags, bool day_given, int depth) {
  const auto composite = [&](std::string_view pattern) {
    return depth > 0 ? word(format(p, pattern, day_given, depth - 1), flags) : std::string();
  };
  const auto month = static_cast<std::size_t>(p.month - 1), weekday = static_cast<std::size_t>(p.weekday);
  switch (c) {
  case 'Y': return number(p.year, p.year < 0 ? 5 : 4, '0', flags);
  case 'C': return number(p.year / 100, 2, '0', flags);
  case 'y': return number(((p.year % 100) + 100) % 100, 2, '0', flags);
  case 'm': return number(p.month, 2, '0', flags);
  case 'B': return word(day_given ? p.names.months_with_day[month] : p.names.months[month], flags);
  case 'b':
  case 'h': return word(p.names.short_months[month], flags);
  case 'd': return number(p.day, 2, '0', flags);
  case 'e': return number(p.day, 2, ' ', flags);
  case 'j': return number(p.yearday, 3, '0', flags);
  case 'H': return number(p.hour, 2, '0', flags);
  case 'k': return number(p.hour, 2, ' ', flags);
  case 'I': return number(p.hour12(), 2, '0', flags);
  case 'l': return number(p.hour12(), 2, ' ', flags);
  case 'P': return word(p.hour < 12 ? "am" : "pm", flags);
  case 'p': return flags.swap ? (p.hour < 12 ? "am" : "pm") : word(p.hour < 12 ? "AM" : "PM", flags);
  case 'M': return number(p.minute, 2, '0', flags);
  case 'S': return number(p.second, 2, '0', flags);
  case 'L':
  case 'N': {
    auto digits = padded(std::to_string(p.microsecond), 6, '0') + "000";
    const auto width = static_cast<std::size_t>(std::min(flags.width > 0 ? flags.width
                                                         : c == 'L'      ? 3
                                                                         : 9,
                                                         k_most_width));
    digits.resize(width, '0');
    return digits;
  }
  case 'z': return offset_text(p.date.offset, flags.colons, flags);
  case 'Z': {
    auto name = p.date.zone_name;
    return flags.swap ? word(ascii_lower(name), {}) : word(name, flags);
  }
  case 'A': return word(p.names.days[weekday], flags);
  case 'a': return word(p.names.short_days[weekday], flags);
  case 'u': return number(p.weekday == 0 ? 7 : p.weekday, 1, '0', flags);
  case 'w': return number(p.weekday, 1, '0', flags);
  case 'G': return number(p.iso_year, 4, '0', flags);
  case 'g': return number(((p.iso_year % 100) + 100) % 100, 2, '0', flags);
  case 'V': return number(p.iso_week, 2, '0', flags);
  case 'U': return number((p.yearday - 1 + 7 - p.weekday) / 7, 2, '0', flags);
  case 'W': return number((p.yearday - 1 + 7 - (p.weekday + 6) % 7) / 7, 2, '0', flags);
  case 's': return number(unix_seconds(p.date.instant), 1, '0', flags);
  case 'n': return "\n";
  case 't': return "\t";
  case '%': return "%";
  case 'c': return composite("%a %b %e %H:%M:%S %Y");
  case 'D':
  case 'x': return composite("%m/%d/%y");
  case 'F': return composite("%Y-%m-%d");
  case 'v': return composite("%e-%^b-%Y");
  case 'X':
  case 'T': return composite("%H:%M:%S");
  case 'R': return composite("%H:%M");
  case 'r': return composite("%I:%M:%S %p");
  case '+': return composite("%a %b %e %H:%M:%S %Z %Y");
  default: return std::nullopt;
  }
}

std::string format(const Parts& p, std::string_view pattern, bool day_given, int depth) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 >= pattern.size()) {
      out += pattern[i];
      continue;
    }
    Flags flags;
    auto at = i + 1;
    for (; at < pattern.size(); ++at) {
      const char c = pattern[at];
      if (c == '-' || c == '_' || c == '0')
        flags.padding = c;
      else if (c == '^')
        flags.upper = true;
      else if (c == '#')
        flags.swap = true;
      else if (c == ':')
        ++flags.colons;
      else
        break;
    }
    for (; at < pattern.size() && is_ascii_digit(pattern[at]); ++at)
      flags.width = std::min(k_most_width, std::max(flags.width, 0) * 10 + (pattern[at] - '0'));
    if (at < pattern.size() && (pattern[at] == 'E' || pattern[at] == 'O')) ++at;
    const auto text = at < pattern.size() ? directive(p, pattern[at], flags, day_given, depth) : std::nullopt;
    if (text) {
      out += *text;
      i = at;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

bool names_day(std::string_view pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    auto at = i + 1;
    while (at < pattern.size() && (pattern[at] == '-' || pattern[at] == '_' || pattern[at] == '0')) ++at;
    if (at < pattern.size() && (pattern[at] == 'd' || pattern[at] == 'e')) return true;
  }
  return false;
}

std::string ordinal(int n) {
  const auto tens = n % 100;
  const char* suffix = tens >= 11 && tens <= 13 ? "th"
                       : n % 10 == 1            ? "st"
                       : n % 10 == 2            ? "nd"
                       : n % 10 == 3            ? "rd"
                                                : "th";
  return std::to_string(n) + suffix;
}

// moment.js token -> strftime.
constexpr std::pair<std::string_view, std::string_view> k_moment[] = {
    {"YYYY", "%Y"},
    {"YY", "%y"},
    {"MMMM", "%B"},
    {"MMM", "%b"},
    {"MM", "%m"},
    {"M", "%-m"},
    {"DDDD", "%j"},
    {"DD", "%d"},
    {"D", "%-d"},
    {"dddd", "%A"},
    {"ddd", "%a"},
    {"dd", "%a"},
    {"d", "%w"},
    {"HH", "%H"},
    {"H", "%-H"},
    {"hh", "%I"},
    {"h", "%-I"},
    {"mm", "%M"},
    {"m", "%-M"},
    {"ss", "%S"},
    {"s", "%-S"},
    {"SSS", "%L"},
    {"A", "%p"},
    {"a", "%P"},
    {"ZZ", "%z"},
    {"Z", "%:z"},
    {"WW", "%V"},
    {"W", "%-V"},
    {"GGGG", "%G"},
    {"E", "%u"},
    {"X", "%s"},
    {"LTS", "%-I:%M:%S %p"},
    {"LT", "%-I:%M %p"},
    {"LLLL", "%A, %B %-d, %Y %-I:%M %p"},
    {"LLL", "%B %-d, %Y %-I:%M %p"},
    {"LL", "%B %-d, %Y"},
    {"L", "%m/%d/%Y"},
};

} // namespace

std::string format_date(const Date& date, std::string_view pattern, std::string_view language) {
  return format(Parts(date, language), pattern, names_day(pattern), 4);
}

std::string format_moment(const Date& date, std::string_view pattern, std::string_view language) {
  const Parts parts(date, language);
  const bool day_given = pattern.find('D') != std::string_view::npos;
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '[') {
      const auto end = std::min(pattern.find(']', i), pattern.size());
      out += pattern.substr(i + 1, end - i - 1);
      i = end + 1;
      continue;
    }
    if (pattern.substr(i).starts_with("Do")) {
      out += parts.names.code == "en" ? ordinal(parts.day) : std::to_string(parts.day) + ".";
      i += 2;
      continue;
    }
    const std::pair<std::string_view, std::string_view>* best = nullptr;
    for (const auto& token : k_moment)
      if (pattern.substr(i).starts_with(token.first) && (!best || token.first.size() > best->first.size()))
        best = &token;
    if (best) {
      out += format(parts, best->second, day_given, 4);
      i += best->first.size();
    } else {
      out += pattern[i++];
    }
  }
  return out;
}

} // namespace helpdesk::liquid
