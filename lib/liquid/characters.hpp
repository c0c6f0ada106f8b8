// ASCII classes as the language defines them; locales have no say.
#pragma once

#include <string_view>

namespace helpdesk::liquid {

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_word(char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; }

// Characters of UTF-8 text: its bytes that continue none.
constexpr std::size_t count_characters(std::string_view s) {
  std::size_t n = 0;
  for (const char c : s) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return n;
}

constexpr bool is_blank(std::string_view s) {
  for (const char c : s)
    if (!is_space(c)) return false;
  return true;
}
// White space and NUL, as the reference strips.
constexpr std::string_view strip_left(std::string_view s) {
  while (!s.empty() && (is_space(s.front()) || s.front() == '\0')) s.remove_prefix(1);
  return s;
}
constexpr std::string_view strip_right(std::string_view s) {
  while (!s.empty() && (is_space(s.back()) || s.back() == '\0')) s.remove_suffix(1);
  return s;
}
constexpr std::string_view strip(std::string_view s) { return strip_left(strip_right(s)); }

} // namespace helpdesk::liquid
