#include "base/text.hpp"

#include "base/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace helpdesk {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char low(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Sixteen at a time: a loop of known length is one the compiler makes vectors of.
void make_low(char* s, std::size_t n) {
  constexpr std::size_t k_block = 16;
  std::size_t i = 0;
  for (; i + k_block <= n; i += k_block)
    for (std::size_t k = 0; k < k_block; ++k) {
      const auto upper = static_cast<unsigned char>(s[i + k] - 'A') < 26;
      s[i + k] = static_cast<char>(s[i + k] | (upper ? 32 : 0));
    }
  for (; i < n; ++i) s[i] = low(s[i]);
}

} // namespace

std::string_view trim_left(std::string_view s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  return s;
}

std::string_view trim_right(std::string_view s) {
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

std::string_view trim(std::string_view s) { return trim_left(trim_right(s)); }

std::string ascii_lower(std::string_view s) {
  std::string out(s);
  make_low(out.data(), out.size());
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (low(a[i]) != low(b[i])) return false;
  return true;
}

bool starts_with_ignoring_case(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() && equal_ignoring_case(s.substr(0, prefix.size()), prefix);
}

bool contains_ignoring_case(std::string_view haystack, std::string_view needle) {
  if (needle.empty()) return true;
  const char first[2] = {low(needle[0]), low(needle[0]) >= 'a' && low(needle[0]) <= 'z'
                                             ? static_cast<char>(low(needle[0]) - 32)
                                             : low(needle[0])};
  for (std::size_t at = haystack.find_first_of(std::string_view(first, 2)); at != std::string_view::npos;
       at = haystack.find_first_of(std::string_view(first, 2), at + 1))
    if (starts_with_ignoring_case(haystack.substr(at), needle)) return true;
  return false;
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (;;) {
    std::size_t end = s.find(separator, begin);
    if (end == std::string_view::npos) break;
    out.push_back(s.substr(begin, end - begin));
    begin = end + 1;
  }
  out.push_back(s.substr(begin));
  return out;
}

std::vector<std::string_view> split_lines(std::string_view s) {
  std::vector<std::string_view> out;
  std::size_t begin = 0, feed = s.find('\n'), carriage_return = s.find('\r');
  while (begin < s.size()) {
    // Each is looked for only when it was passed, so that every byte is read once for either.
    if (feed < begin) feed = s.find('\n', begin);
    if (carriage_return < begin) carriage_return = s.find('\r', begin);
    const std::size_t end = std::min(feed, carriage_return);
    if (end == std::string_view::npos) {
      out.push_back(s.substr(begin));
      break;
    }
    out.push_back(s.substr(begin, end - begin));
    begin = end + (s[end] == '\r' && end + 1 < s.size() && s[end + 1] == '\n' ? 2 : 1);
  }
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i) out += separator;
    out += parts[i];
  }
  return out;
}

std::string replace_all(std::string_view s, std::string_view from, std::string_view to) {
  if (from.empty()) return std::string(s);
  std::string out;
  out.reserve(s.size());
  std::size_t begin = 0;
  for (;;) {
    std::size_t at = s.find(from, begin);
    if (at == std::string_view::npos) break;
    out += s.substr(begin, at - begin);
    out += to;
    begin = at + from.size();
  }
  out += s.substr(begin);
  return out;
}

std::string collapse_spaces(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  bool gap = false;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t begin = i;
    char32_t c =
        static_cast<unsigned char>(s[i]) < 0x80 ? static_cast<unsigned char>(s[i++]) : next_code_point(s, i);
    if (is_space(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += s.substr(begin, i - begin);
  }
  return out;
}

char32_t lower(char32_t c) { return unicode::lower(c); }
bool is_letter(char32_t c) { return unicode::is_letter(c); }
bool is_digit(char32_t c) { return unicode::is_digit(c); }

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

namespace {

// Where the first byte of another script stands, from i on.
std::size_t end_of_ascii(std::string_view text, std::size_t i) {
  for (std::uint64_t eight = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    if (eight & 0x8080808080808080U) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

} // namespace

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t ascii = end_of_ascii(text, i);
    const std::size_t at = out.size();
    out.append(text, i, ascii - i);
    make_low(out.data() + at, out.size() - at);
    i = ascii;
    if (i < text.size()) append_utf8(out, unicode::lower(next_code_point(text, i)));
  }
  return out;
}

} // namespace helpdesk
