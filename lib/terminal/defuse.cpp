#include "base/text.hpp"
#include "terminal/terminal.hpp"
#include "terminal/width_table.hpp"

#include <cstddef>

namespace helpdesk::terminal {
namespace {

enum class Kind { shown, nothing, replaced, space, mark };

struct Range {
  char32_t first, last;
};

// Code points that have no glyph of their own and change what a reader believes to see: they are dropped.
constexpr Range k_invisible[] = {
    {0x00ad, 0x00ad}, {0x034f, 0x034f},   {0x115f, 0x1160},   {0x17b4, 0x17b5},
    {0x180b, 0x180f}, {0x200b, 0x200d},   {0x2060, 0x2065},   {0x206a, 0x206f},
    {0x3164, 0x3164}, {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};
// Direction controls can make a name read as another one; the replacement character shows that something was
// there.
constexpr Range k_direction[] = {{0x061c, 0x061c}, {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}};

constexpr int k_most_marks = 8; // stacked marks beyond this paint over the lines above and below

template <std::size_t N> bool within(const Range (&ranges)[N], char32_t c) {
  for (const Range& range : ranges)
    if (c >= range.first && c <= range.last) return true;
  return false;
}

Kind kind_of(char32_t c) {
  if (c < 0xa0) return Kind::replaced; // C1: callers handled ASCII
  if (c == 0x2028 || c == 0x2029) return Kind::space;
  if (within(k_direction, c)) return Kind::replaced;
  if (within(k_invisible, c)) return Kind::nothing;
  if ((c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)) return Kind::replaced;
  return columns_of(c) == 0 ? Kind::mark : Kind::shown;
}

void append_control(std::string& out, unsigned char c) {
  out += '^';
  out += c == 0x7f ? '?' : static_cast<char>(c + 0x40);
}

std::string defused(std::string_view text, bool keep_tabs, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  int marks = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    auto c = static_cast<unsigned char>(text[pos]);
    if (c >= 0x20 && c < 0x7f) {
      out += static_cast<char>(c);
      marks = 0;
      ++pos;
      continue;
    }
    if (c < 0x80) {
      ++pos;
      marks = 0;
      bool ends_line = c == '\n' || (c == '\r' && pos < text.size() && text[pos] == '\n');
      if (c == '\r' && ends_line) continue; // the \n follows
      if (ends_line)
        out += keep_lines ? '\n' : ' ';
      else if (c == '\t')
        out += keep_tabs ? '\t' : ' ';
      else if (c == '\r' && !keep_lines)
        out += ' ';
      else
        append_control(out, c);
      continue;
    }
    char32_t point = next_code_point(text, pos);
    Kind kind = kind_of(point);
    if (kind != Kind::mark && kind != Kind::nothing) marks = 0;
    switch (kind) {
    case Kind::shown: append_utf8(out, point); break;
    case Kind::mark:
      if (marks++ < k_most_marks) append_utf8(out, point);
      break;
    case Kind::space: out += ' '; break;
    case Kind::replaced: append_utf8(out, 0xfffd); break;
    case Kind::nothing: break;
    }
  }
  return out;
}

} // namespace

std::string defuse(std::string_view text, bool keep_tabs) { return defused(text, keep_tabs, true); }
std::string defuse_line(std::string_view text) { return defused(text, false, false); }

} // namespace helpdesk::terminal
