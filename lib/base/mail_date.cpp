// Dates of mail headers: RFC 5322 with its obsolete forms, and what programs write instead of it. Tokens are
// taken by what they look like and not by their place, so that swapped, missing and doubled parts do no harm.
#include "base/text.hpp"
#include "base/time.hpp"

#include <array>

namespace helpdesk {
namespace {

// Header text without comments; nested parentheses and escapes as RFC 5322 has them.
std::string strip_comments(std::string_view s) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < s.size() && out.size() < 200; ++i) {
    if (s[i] == '\\' && depth > 0) {
      ++i;
    } else if (s[i] == '(') {
      ++depth;
      out += ' ';
    } else if (s[i] == ')') {
      if (depth > 0) --depth;
    } else if (depth == 0) {
      out += s[i];
    }
  }
  return out;
}

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }

// "09 :   55  :  06" of the obsolete forms becomes "09:55:06".
std::string close_up_clock(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == ':') {
      std::size_t end = out.find_last_not_of(" \t\r\n"), next = s.find_first_not_of(" \t\r\n", i + 1);
      if (end != std::string::npos && digit(out[end]) && next != std::string_view::npos && digit(s[next])) {
        out.resize(end + 1);
        i = next - 1;
        out += ':';
        continue;
      }
    }
    out += s[i];
  }
  return out;
}

int month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  constexpr std::string_view k_names = "janfebmaraprmayjunjulaugsepoctnovdec";
  std::string key = ascii_lower(word.substr(0, 3));
  std::size_t at = k_names.find(key);
  return at == std::string_view::npos || at % 3 ? 0 : static_cast<int>(at / 3) + 1;
}

// Seconds east of UTC. RFC 5322 says to read single letters as -0000, for their sign was once written
// wrongly.
std::optional<int> named_zone(std::string_view word) {
  struct Named {
    std::string_view name;
    int minutes;
  };
  constexpr std::array<Named, 32> k_zones{
      {{"utc", 0},    {"ut", 0},     {"gmt", 0},    {"z", 0},      {"wet", 0},    {"west", 60},
       {"bst", 60},   {"cet", 60},   {"met", 60},   {"mez", 60},   {"cest", 120}, {"mest", 120},
       {"mesz", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"msd", 240},  {"ist", 330},
       {"hkt", 480},  {"sgt", 480},  {"jst", 540},  {"kst", 540},  {"aest", 600}, {"aedt", 660},
       {"nzst", 720}, {"nzdt", 780}, {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},
       {"mst", -420}, {"mdt", -360}}};
  std::string key = ascii_lower(word);
  for (const Named& z : k_zones)
    if (z.name == key) return z.minutes * 60;
  if (key == "pst") return -480 * 60;
  if (key == "pdt") return -420 * 60;
  if (key == "akst") return -540 * 60;
  if (key == "hst") return -600 * 60;
  if (key.size() == 1) return 0;
  return std::nullopt;
}

struct Parts {
  int day = 0, month = 0, hour = 0, minute = 0, second = 0;
  int year = -1, offset = 0;
  bool clock = false, zone = false, pm = false, am = false, iso = false;
};

int number(std::string_view s) {
  int n = 0;
  for (char c : s) n = std::min(n * 10 + (c - '0'), 100'000);
  return n;
}

// "10:00", "10:00:30", "10:00:30.25", "10.00.30"; false when it is none.
bool read_clock(std::string_view s, Parts& p) {
  std::size_t i = 0, n = 0;
  int values[3] = {0, 0, 0};
  while (n < 3 && i < s.size() && digit(s[i])) {
    std::size_t begin = i;
    while (i < s.size() && digit(s[i])) ++i;
    if (i - begin > 2) return false;
    values[n++] = number(s.substr(begin, i - begin));
    if (i < s.size() && s[i] == ':')
      ++i;
    else
      break;
  }
  if (n < 2 || values[0] > 24 || values[1] > 59 || values[2] > 60) return false;
  p.hour = values[0];
  p.minute = values[1];
  p.second = values[2];
  p.clock = true;
  if (i < s.size() && (s[i] == '.' || s[i] == ','))
    for (++i; i < s.size() && digit(s[i]);) ++i;
  std::string_view rest = s.substr(i);
  if (equal_ignoring_case(rest, "am")) p.am = true;
  if (equal_ignoring_case(rest, "pm")) p.pm = true;
  return true;
}

// "+0100", "+01:00", "-5", "+100".
bool read_offset(std::string_view s, Parts& p) {
  bool minus = s[0] == '-';
  std::string digits;
  bool colon = false;
  for (char c : s.substr(1)) {
    if (c == ':' && !colon && !digits.empty())
      colon = true;
    else if (digit(c))
      digits += c;
    else
      return false;
  }
  if (digits.empty() || digits.size() > 4) return false;
  int n = number(digits), minutes = digits.size() <= 2 ? n * 60 : n / 100 * 60 + n % 100;
  if (n % 100 > 59 && digits.size() > 2) return false;
  // Past any place on earth the number is noise; the clock is then read as UTC.
  p.offset = minutes > 15 * 60 ? 0 : minutes * 60 * (minus ? -1 : 1);
  p.zone = true;
  return true;
}

void set_year(Parts& p, std::string_view s) {
  int n = number(s);
  // RFC 5322 4.3: two digits below 50 are this century, three digits count from 1900.
  if (s.size() <= 2)
    p.year = n < 50 ? 2000 + n : 1900 + n;
  else
    p.year = s.size() == 3 ? 1900 + n : n;
}

// "5-Jan-2026", "5/Jan/26", "2026-01-05", "05.01.2026", "1/5/2026" (day first unless only month first is
// possible).
bool read_joined(std::string_view s, Parts& p) {
  std::string_view part[3];
  std::size_t n = 0;
  for (std::size_t begin = 0; begin <= s.size();) {
    std::size_t end = std::min(s.find_first_of("-/.", begin), s.size());
    if (end == begin || n == 3) return false;
    part[n++] = s.substr(begin, end - begin);
    begin = end + 1;
  }
  if (n != 3) return false;
  auto all_digits = [](std::string_view t) {
    return t.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (!all_digits(part[0]) || !all_digits(part[2])) return false;
  if (int month = month_of(part[1]); month && part[0].size() <= 2) {
    p.day = number(part[0]);
    p.month = month;
    set_year(p, part[2]);
    return true;
  }
  if (!all_digits(part[1])) {
    if (int month = month_of(part[1]); month && part[0].size() == 4) {
      set_year(p, part[0]);
      p.month = month;
      p.day = number(part[2]);
      return true;
    }
    return false;
  }
  if (part[0].size() == 4) {
    set_year(p, part[0]);
    p.month = number(part[1]);
    p.day = number(part[2]);
    return true;
  }
  p.day = number(part[0]);
  p.month = number(part[1]);
  if (p.month > 12) std::swap(p.day, p.month);
  set_year(p, part[2]);
  return true;
}

void read_number(std::string_view s, Parts& p) {
  if (s.size() <= 2 && p.day == 0 && number(s) >= 1 && number(s) <= 31)
    p.day = number(s);
  else if (p.year < 0 && s.size() <= 4)
    set_year(p, s);
}

void read_word(std::string_view s, Parts& p) {
  if (int month = month_of(s); month && p.month == 0)
    p.month = month;
  else if (equal_ignoring_case(s, "am") && p.clock)
    p.am = true;
  else if (equal_ignoring_case(s, "pm") && p.clock)
    p.pm = true;
  else if (auto offset = named_zone(s); offset && p.clock && !p.zone) {
    p.offset = *offset;
    p.zone = true;
  }
}

void read_token(std::string_view s, Parts& p) {
  // "GMT+0100", "UTC-05:00": the number counts.
  if (std::size_t at = s.find_first_of("+-");
      at != std::string_view::npos && at > 0 && named_zone(s.substr(0, at))) {
    if (read_offset(s.substr(at), p)) return;
  }
  if ((s[0] == '+' || s[0] == '-') && s.size() > 1) {
    if (p.clock && !p.zone) read_offset(s, p);
    return;
  }
  if (digit(s[0])) {
    // "10:00:00+0100" and "10:00:00Z" without a space.
    if (s.find(':') != std::string_view::npos) {
      if (p.clock) return;
      std::size_t at = s.find_first_not_of("0123456789:.,");
      if (!read_clock(s, p) || at == std::string_view::npos) return;
      std::string_view rest = s.substr(at);
      if (rest[0] == '+' || rest[0] == '-')
        read_offset(rest, p);
      else
        read_word(rest, p);
      return;
    }
    std::size_t end = s.find_first_not_of("0123456789");
    if (end == std::string_view::npos) return read_number(s, p);
    if (s.find_first_of("-/.") != std::string_view::npos && p.year < 0 && p.day == 0 && read_joined(s, p))
      return;
    // "5th", "1st", "05Jan2026".
    read_number(s.substr(0, end), p);
    std::size_t next = s.find_first_of("0123456789", end);
    read_word(s.substr(end, next == std::string_view::npos ? next : next - end), p);
    if (next != std::string_view::npos && s.find_first_not_of("0123456789", next) == std::string_view::npos)
      read_number(s.substr(next), p);
    return;
  }
  // "Mon,5", "Jan-05-2026"
  if (std::size_t at = s.find_first_of("0123456789");
      at != std::string_view::npos && month_of(s.substr(0, at))) {
    read_word(s.substr(0, at), p);
    for (std::string_view rest : split(s.substr(at), '-'))
      if (!rest.empty() && rest.find_first_not_of("0123456789") == std::string_view::npos)
        read_number(rest, p);
    return;
  }
  read_word(s, p);
}

} // namespace

std::optional<Instant> parse_mail_date(std::string_view header) {
  if (header.size() > 10'000) header = header.substr(0, 10'000);
  if (auto iso = parse_rfc3339(header)) return iso;
  std::string text = close_up_clock(strip_comments(header));
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if ((text[i] == 'T' || text[i] == 't') && i > 0 && digit(text[i - 1]) && digit(text[i + 1]))
      text[i] = ' ';
  Parts p;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find_first_of(" \t\r\n,;\"", begin);
    if (end == std::string::npos) end = text.size();
    if (end > begin) read_token(std::string_view(text).substr(begin, end - begin), p);
    begin = end + 1;
  }
  if (p.day < 1 || p.day > 31 || p.month < 1 || p.month > 12 || p.year < 1900 || p.year > 9999)
    return std::nullopt;
  if (p.pm && p.hour < 12) p.hour += 12;
  if (p.am && p.hour == 12) p.hour = 0;
  Civil c;
  c.year = p.year;
  c.month = p.month;
  c.day = p.day;
  Instant noon = Zone::utc().instant(c);
  // "31 Feb" must not wander into March.
  if (Zone::utc().civil(noon).day != p.day) return std::nullopt;
  c.hour = p.hour;
  c.minute = p.minute;
  c.second = p.second;
  return Zone::utc().instant(c) - Duration(std::int64_t{p.offset} * 1'000'000);
}

} // namespace helpdesk
