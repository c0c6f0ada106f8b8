#include "liquid/letters.hpp"

#include "base/text.hpp"

#include <array>
#include <unordered_map>

namespace helpdesk::liquid {

namespace {

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

// lower() of base is the one table of cases; this is its inverse. Where two letters share a lower case the
// first wins.
const std::unordered_map<char32_t, char32_t>& upper_table() {
  static const auto table = [] {
    std::unordered_map<char32_t, char32_t> map;
    const auto add = [&map](char32_t from, char32_t to) {
      for (char32_t c = from; c <= to; ++c)
        if (const auto low = lower(c); low != c) map.emplace(low, c);
    };
    add(0xC0, 0x5FF);
    add(0x1C90, 0x1CBF);
    add(0x1E00, 0x1FFF);
    map[0x131] = U'I';
    map[0x17F] = U'S';
    map[0x3C2] = 0x3A3;
    map[0xFF] = 0x178;
    map[0xB5] = 0x39C;
    return map;
  }();
  return table;
}

char32_t upper_of(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  const auto& table = upper_table();
  const auto found = table.find(c);
  return found == table.end() ? c : found->second;
}

std::string upper_text(std::string_view text, std::string_view sharp_s) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto c = next_code_point(text, at);
    if (c == 0xDF)
      out += sharp_s;
    else if (const auto up = upper_of(c); up == c)
      out += text.substr(begin, at - begin);
    else
      append_utf8(out, up);
  }
  return out;
}

} // namespace

std::string to_lower(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto c = next_code_point(text, at);
    if (const auto low = lower(c); low == c)
      out += text.substr(begin, at - begin);
    else
      append_utf8(out, low);
  }
  return out;
}

std::string to_upper(std::string_view text) {
  if (!is_ascii(text)) return upper_text(text, "SS");
  std::string out(text);
  for (auto& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

std::string to_title(std::string_view text) {
  return is_ascii(text) ? to_upper(text) : upper_text(text, "Ss");
}

} // namespace helpdesk::liquid
