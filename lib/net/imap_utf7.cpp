#include "net/imap_utf7.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace helpdesk::net {
namespace {

constexpr std::string_view k_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

bool is_direct(char32_t c) { return c >= 0x20 && c <= 0x7e; }

void append_shifted(std::string& out, const std::vector<std::uint16_t>& units) {
  out += '&';
  std::uint32_t bits = 0;
  int held = 0;
  for (const std::uint16_t unit : units) {
    bits = (bits << 16) | unit;
    held += 16;
    while (held >= 6) {
      held -= 6;
      out += k_digits[(bits >> held) & 63];
    }
    bits &= (1U << held) - 1;
  }
  if (held > 0) out += k_digits[(bits << (6 - held)) & 63];
  out += '-';
}

// The text between '&' and '-'; nullopt when it is not base64 of whole UTF-16 units.
std::optional<std::string> decode_shifted(std::string_view digits) {
  std::vector<std::uint16_t> units;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : digits) {
    const std::size_t value = k_digits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 16) {
      held -= 16;
      units.push_back(static_cast<std::uint16_t>(bits >> held));
      bits &= (1U << held) - 1;
    }
  }
  if (held >= 6 || bits != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint16_t unit = units[i];
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < units.size() && units[i + 1] >= 0xdc00 &&
        units[i + 1] < 0xe000) {
      append_utf8(out, 0x10000 + ((static_cast<char32_t>(unit) - 0xd800) << 10) + (units[i + 1] - 0xdc00));
      ++i;
    } else if (unit >= 0xd800 && unit < 0xe000) {
      return std::nullopt;
    } else {
      append_utf8(out, unit);
    }
  }
  return out;
}

} // namespace

std::string to_modified_utf7(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t next = at;
    char32_t c = next_code_point(utf8, next);
    if (is_direct(c)) {
      out += static_cast<char>(c);
      if (c == '&') out += '-';
      at = next;
      continue;
    }
    std::vector<std::uint16_t> units;
    while (at < utf8.size()) {
      next = at;
      c = next_code_point(utf8, next);
      if (is_direct(c)) break;
      at = next;
      if (c >= 0x10000) {
        units.push_back(static_cast<std::uint16_t>(0xd800 + ((c - 0x10000) >> 10)));
        units.push_back(static_cast<std::uint16_t>(0xdc00 + ((c - 0x10000) & 0x3ff)));
      } else {
        units.push_back(static_cast<std::uint16_t>(c));
      }
    }
    append_shifted(out, units);
  }
  return out;
}

std::string from_modified_utf7(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] != '&') {
      out += name[at++];
      continue;
    }
    const std::size_t end = name.find('-', at);
    if (end == std::string_view::npos) return clean_utf8(name);
    if (end == at + 1)
      out += '&';
    else if (const auto decoded = decode_shifted(name.substr(at + 1, end - at - 1)))
      out += *decoded;
    else
      return clean_utf8(name);
    at = end + 1;
  }
  return clean_utf8(out);
}

} // namespace helpdesk::net
