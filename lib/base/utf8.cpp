// Decoding and encoding UTF-8, after table 3-7 of the Unicode standard: no overlong form, no surrogate,
// nothing past U+10FFFF.
#include "base/text.hpp"

#include <cstring>

namespace helpdesk {
namespace {

constexpr char32_t k_replacement = 0xFFFD;

constexpr bool continues(unsigned char c) { return (c & 0xC0) == 0x80; }

// Length of the valid sequence at s, or 0; then bad is how many bytes one replacement stands for (the maximal
// subpart).
std::size_t sequence(const unsigned char* s, std::size_t n, char32_t& c, std::size_t& bad) {
  bad = 1;
  unsigned char lead = s[0];
  if (lead < 0x80) return c = lead, 1;
  unsigned char low = 0x80, high = 0xBF;
  std::size_t length;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    c = lead & 0x1F;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 3;
    c = lead & 0x0F;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    c = lead & 0x07;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= n || !(i == 1 ? s[i] >= low && s[i] <= high : continues(s[i]))) {
      bad = i;
      return 0;
    }
    c = (c << 6) | (s[i] & 0x3F);
  }
  return length;
}

const unsigned char* bytes_of(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

// First byte at or after pos that is not ASCII, eight at a time.
std::size_t skip_ascii(std::string_view s, std::size_t pos) {
  while (pos + 8 <= s.size()) {
    std::uint64_t word;
    std::memcpy(&word, s.data() + pos, 8);
    if (word & 0x8080808080808080ULL) break;
    pos += 8;
  }
  while (pos < s.size() && static_cast<unsigned char>(s[pos]) < 0x80) ++pos;
  return pos;
}

} // namespace

bool is_valid_utf8(std::string_view bytes) {
  std::size_t pos = 0, bad;
  char32_t c;
  while ((pos = skip_ascii(bytes, pos)) < bytes.size()) {
    std::size_t n = sequence(bytes_of(bytes) + pos, bytes.size() - pos, c, bad);
    if (n == 0) return false;
    pos += n;
  }
  return true;
}

std::string clean_utf8(std::string_view bytes) {
  if (bytes.find('\0') == std::string_view::npos && is_valid_utf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + 16);
  std::size_t pos = 0, bad;
  char32_t c;
  while (pos < bytes.size()) {
    std::size_t n = sequence(bytes_of(bytes) + pos, bytes.size() - pos, c, bad);
    if (n == 0 || c == 0)
      append_utf8(out, k_replacement);
    else
      out += bytes.substr(pos, n);
    pos += n ? n : bad;
  }
  return out;
}

char32_t next_code_point(std::string_view text, std::size_t& pos) {
  if (pos >= text.size()) {
    ++pos;
    return k_replacement;
  }
  if (static_cast<unsigned char>(text[pos]) < 0x80) return static_cast<unsigned char>(text[pos++]);
  char32_t c;
  std::size_t bad, n = sequence(bytes_of(text) + pos, text.size() - pos, c, bad);
  if (n == 0) {
    pos += bad;
    return k_replacement;
  }
  pos += n;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = k_replacement;
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    }
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  out += static_cast<char>(0x80 | (c & 0x3F));
}

std::size_t count_code_points(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t pos = 0; pos < text.size(); ++n) next_code_point(text, pos);
  return n;
}

std::string ellipsize(std::string_view text, std::size_t n) {
  std::size_t pos = 0;
  for (std::size_t count = 0; pos < text.size() && count < n; ++count) next_code_point(text, pos);
  if (pos >= text.size()) return std::string(text);
  return std::string(text.substr(0, pos)) + "\u2026";
}

} // namespace helpdesk
