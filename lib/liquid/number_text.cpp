#include "liquid/number_text.hpp"

#include "liquid/characters.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace helpdesk::liquid {

namespace {

std::int64_t accumulate(std::string_view digits, bool negative) {
  std::uint64_t value = 0;
  const std::uint64_t most = negative ? 1ULL << 63 : (1ULL << 63) - 1;
  for (const char c : digits) {
    if (!is_ascii_digit(c)) continue;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (most - digit) / 10) {
      value = most;
      break;
    }
    value = value * 10 + digit;
  }
  return negative ? static_cast<std::int64_t>(0 - value) : static_cast<std::int64_t>(value);
}

} // namespace

bool literal_of(std::string_view word, Value& value) {
  if (word.size() > 5) return false;
  if (word == "true")
    value = Value(true);
  else if (word == "false")
    value = Value(false);
  else if (word == "nil" || word == "null" || word.empty())
    value = Value();
  else if (word == "blank" || word == "empty")
    value = Value::borrowed("");
  else
    return false;
  return true;
}

Value number_of(std::string_view digits) {
  if (digits.find('.') == std::string_view::npos)
    return Value(accumulate(digits, !digits.empty() && digits.front() == '-'));
  double number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return Value(number);
}

void append_integer(std::string& out, std::int64_t integer) {
  char buffer[24];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, integer);
  out.append(buffer, result.ptr);
}

void append_number(std::string& out, double number) {
  if (std::isnan(number)) {
    out += "NaN";
    return;
  }
  if (std::isinf(number)) {
    out += number < 0 ? "-Infinity" : "Infinity";
    return;
  }
  char buffer[64];
  const auto magnitude = std::fabs(number);
  const bool scientific = magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e16);
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, number,
                                    scientific ? std::chars_format::scientific : std::chars_format::fixed);
  std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
  const auto exponent = text.find('e');
  const auto mantissa = text.substr(0, exponent);
  out += mantissa;
  if (mantissa.find('.') == std::string_view::npos) out += ".0";
  if (exponent != std::string_view::npos) out += text.substr(exponent);
}

std::int64_t leading_integer(std::string_view text) {
  text = strip_left(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() &&
         (is_ascii_digit(text[end]) || (text[end] == '_' && end > 0 && is_ascii_digit(text[end - 1]))))
    ++end;
  return accumulate(text.substr(0, end), negative);
}

bool whole_integer(std::string_view text, std::int64_t& integer) {
  text = strip(text);
  auto digits = text;
  if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
  if (digits.empty()) return false;
  for (const char c : digits)
    if (!is_ascii_digit(c)) return false;
  integer = accumulate(digits, text.front() == '-');
  return true;
}

} // namespace helpdesk::liquid
