#include "render/text_form.hpp"

#include "base/text.hpp"
#include "render/render.hpp"

#include <charconv>
#include <cmath>
#include <type_traits>

namespace helpdesk::render {
namespace {

void two_digits(std::string& out, int n) {
  out += static_cast<char>('0' + n / 10);
  out += static_cast<char>('0' + n % 10);
}

// A number for people: whole when it is, else at most three decimals.
std::string number_for_people(double n) {
  if (!std::isfinite(n)) return {};
  if (std::fabs(n) >= 1e15) {
    std::string out;
    append_number(out, n);
    return out;
  }
  char buffer[64];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, n, std::chars_format::fixed, 3).ptr;
  while (end[-1] == '0') --end;
  if (end[-1] == '.') --end;
  std::string out(buffer, end);
  return out == "-0" ? "0" : out;
}

std::string instant_for_people(Instant t, TimeStyle style, Instant now, const Zone& zone) {
  switch (style) {
  case TimeStyle::relative: return format_relative(t, now, zone);
  case TimeStyle::minute: return format_minute(t, zone);
  case TimeStyle::day: return format_minute(t, zone).substr(0, 10);
  }
  return {};
}

} // namespace

void append_integer(std::string& out, std::int64_t n) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, n).ptr);
}

void append_number(std::string& out, double n) {
  if (!std::isfinite(n)) return;
  char buffer[40];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, n).ptr);
}

void append_seconds(std::string& out, Duration d) {
  std::int64_t us = d.count();
  auto magnitude = us < 0 ? 0 - static_cast<std::uint64_t>(us) : static_cast<std::uint64_t>(us);
  if (us < 0) out += '-';
  append_integer(out, static_cast<std::int64_t>(magnitude / 1'000'000));
  auto fraction = static_cast<int>(magnitude % 1'000'000);
  if (fraction == 0) return;
  char digits[7] = {'.'};
  for (int i = 6; i >= 1; --i, fraction /= 10) digits[i] = static_cast<char>('0' + fraction % 10);
  std::size_t length = 7;
  while (digits[length - 1] == '0') --length;
  out.append(digits, length);
}

// The base's formatter is general; exports write millions of these, so the common years are written here.
void append_instant(std::string& out, Instant t, const Zone& zone) {
  Civil c = zone.civil(t);
  if (c.year < 1000 || c.year > 9999 || c.offset_seconds % 60 != 0) {
    out += format_rfc3339(t, zone);
    return;
  }
  two_digits(out, c.year / 100);
  two_digits(out, c.year % 100);
  out += '-';
  two_digits(out, c.month);
  out += '-';
  two_digits(out, c.day);
  out += 'T';
  two_digits(out, c.hour);
  out += ':';
  two_digits(out, c.minute);
  out += ':';
  two_digits(out, c.second);
  if (c.microsecond != 0) {
    char digits[7] = {'.'};
    for (int i = 6, rest = c.microsecond; i >= 1; --i, rest /= 10)
      digits[i] = static_cast<char>('0' + rest % 10);
    std::size_t length = 7;
    while (digits[length - 1] == '0') --length;
    out.append(digits, length);
  }
  if (zone.name() == "UTC") {
    out += 'Z';
    return;
  }
  int minutes = c.offset_seconds / 60;
  out += minutes < 0 ? '-' : '+';
  if (minutes < 0) minutes = -minutes;
  two_digits(out, minutes / 60);
  out += ':';
  two_digits(out, minutes % 60);
}

bool is_number(const Value& value) {
  return std::holds_alternative<bool>(value.data) || std::holds_alternative<std::int64_t>(value.data) ||
         std::holds_alternative<double>(value.data) || std::holds_alternative<Duration>(value.data);
}

void append_exact(std::string& out, const Value& value, const Zone& zone) {
  std::visit(
      [&](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, bool>) {
          out += v ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          append_integer(out, v);
        } else if constexpr (std::is_same_v<T, double>) {
          append_number(out, v);
        } else if constexpr (std::is_same_v<T, std::string>) {
          out += v;
        } else if constexpr (std::is_same_v<T, Instant>) {
          append_instant(out, v, zone);
        } else if constexpr (std::is_same_v<T, Duration>) {
          append_seconds(out, v);
        } else if constexpr (std::is_same_v<T, List>) {
          bool first = true;
          for (const Value& item : v) {
            if (!std::exchange(first, false)) out += ',';
            append_exact(out, item, zone);
          }
        } else if constexpr (std::is_same_v<T, Map>) {
          out += to_json(value, zone);
        }
      },
      value.data);
}

std::string to_shown(const Value& value, const Column& column, Instant now, const Zone& zone) {
  return std::visit(
      [&](const auto& v) -> std::string {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, Null>) {
          return {};
        } else if constexpr (std::is_same_v<T, bool>) {
          return v ? "yes" : "no";
        } else if constexpr (std::is_same_v<T, double>) {
          return number_for_people(v);
        } else if constexpr (std::is_same_v<T, Instant>) {
          return instant_for_people(v, column.time_style, now, zone);
        } else if constexpr (std::is_same_v<T, Duration>) {
          return format_duration(v);
        } else if constexpr (std::is_same_v<T, List>) {
          std::string out;
          for (const Value& item : v) {
            if (!out.empty()) out += ", ";
            out += to_shown(item, column, now, zone);
          }
          return out;
        } else if constexpr (std::is_same_v<T, Map>) {
          std::string out;
          for (const auto& [key, item] : v) {
            if (!out.empty()) out += ", ";
            out += key + ": " + to_shown(item, column, now, zone);
          }
          return out;
        } else {
          std::string out;
          append_exact(out, value, zone);
          return out;
        }
      },
      value.data);
}

} // namespace helpdesk::render
