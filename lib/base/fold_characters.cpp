#include "base/fold_characters.hpp"

#include "base/text.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>

namespace helpdesk::folding {
namespace {

constexpr char32_t k_dense = 0x2200; // Latin to Georgian, and their extensions: looked up without a search

constexpr unicode::CodePointRange k_marks[] = {
    {0xAD, 0xAD},     {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x5BF, 0x5BF},
    {0x5C1, 0x5C2},   {0x5C4, 0x5C5},   {0x5C7, 0x5C7},   {0x610, 0x61A},   {0x61C, 0x61C},
    {0x640, 0x640},   {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6DC},   {0x6DF, 0x6E4},
    {0x6E7, 0x6E8},   {0x6EA, 0x6ED},   {0x711, 0x711},   {0x730, 0x74A},   {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2069}, {0x20D0, 0x20FF},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};

constexpr unicode::CodePointRange k_ideographs[] = {
    {0xE01, 0xE3A},   {0xE40, 0xE4E},   {0xE81, 0xECE},   {0x1000, 0x103F},
    {0x1780, 0x17D3}, {0x3005, 0x3007}, {0x3041, 0x3096}, {0x309D, 0x309F},
    {0x30A1, 0x30FA}, {0x30FC, 0x30FF}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0x20000, 0x323AF}};

bool contains(auto& ranges, char32_t c) {
  auto it =
      std::upper_bound(std::begin(ranges), std::end(ranges), c,
                       [](char32_t value, const unicode::CodePointRange& r) { return value < r.first; });
  return it != std::begin(ranges) && c <= std::prev(it)->last;
}

template <class T> const T* find_from(std::span<const T> table, char32_t c) {
  auto it = std::lower_bound(table.begin(), table.end(), c,
                             [](const T& entry, char32_t value) { return entry.from < value; });
  return it != table.end() && it->from == c ? &*it : nullptr;
}

char32_t shift(char32_t c, std::int32_t delta) {
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + delta);
}

Character look_up(char32_t c) {
  if (contains(k_marks, c)) return {Kind::mark};
  if (contains(k_ideographs, c)) return {Kind::ideograph, c};
  if (c >= 0x1D400 && c <= 0x1D6A3) return {Kind::letter, U'a' + (c - 0x1D400) % 26}; // mathematical letters
  if (c >= 0x1D7CE && c <= 0x1D7FF) return {Kind::letter, U'0' + (c - 0x1D7CE) % 10};
  if (const auto* pair = find_from(unicode::fold_pairs(), c)) return {Kind::letter, pair->to};
  if (const auto* string = find_from(unicode::fold_strings(), c)) return {Kind::letters, 0, string->to};
  for (const unicode::CodePointRun& run : unicode::fold_runs())
    if (c >= run.first && c <= run.last && (c - run.first) % run.stride == 0)
      return {Kind::letter, shift(c, run.delta)};
  if (unicode::is_letter(c) || unicode::is_number(c) || unicode::is_spacing_mark(c)) return {Kind::letter, c};
  return {};
}

// What look_up() said of a character, kept in four bytes: kind + 1, and a code point or a place in
// fold_strings(). 0: nobody has asked.
std::uint32_t packed(const Character& c) {
  auto strings = unicode::fold_strings();
  std::uint32_t payload = c.to;
  if (c.kind == Kind::letters)
    payload = static_cast<std::uint32_t>(std::ranges::find(strings, c.text, &unicode::CodePointString::to) -
                                         strings.begin());
  return (static_cast<std::uint32_t>(c.kind) + 1) << 24 | payload;
}

Character unpacked(std::uint32_t value) {
  auto kind = static_cast<Kind>((value >> 24) - 1);
  std::uint32_t payload = value & 0xFFFFFF;
  if (kind == Kind::letters) return {kind, 0, unicode::fold_strings()[payload].to};
  return {kind, payload};
}

constexpr char16_t k_half_width[] =
    u"ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ"
    u"ハヒフヘホマミムメモヤユヨラリルレロワン"; // U+FF66 to U+FF9D

// The kana with a voiced (or half-voiced) mark, or 0.
char32_t voiced(char32_t kana, bool half) {
  char32_t base = kana >= 0x30A1 ? 0x60 : 0, k = kana - base;
  if (k >= 0x306F && k <= 0x307B && (k - 0x306F) % 3 == 0) return kana + (half ? 2 : 1);
  if (half) return 0;
  if (k == 0x3046) return base + 0x3094;
  bool odd_row = k >= 0x304B && k <= 0x3061 && k % 2 == 1,
       even_row = k == 0x3064 || k == 0x3066 || k == 0x3068;
  return odd_row || even_row ? kana + 1 : 0;
}

char32_t peek(std::string_view text, std::size_t pos, std::size_t& after) {
  after = pos;
  return pos < text.size() ? next_code_point(text, after) : 0;
}

} // namespace

Character character(char32_t c) {
  // A text uses few characters, and whoever folds one word must not pay for 8,704. Threads that meet here
  // write the same.
  static constinit std::array<std::atomic<std::uint32_t>, k_dense> known{};
  if (c >= k_dense) return look_up(c);
  std::uint32_t value = known[c].load(std::memory_order_relaxed);
  if (value == 0) known[c].store(value = packed(look_up(c)), std::memory_order_relaxed);
  return unpacked(value);
}

char32_t next_composed(std::string_view text, std::size_t& pos) {
  char32_t c = next_code_point(text, pos);
  if (c < 0x1100) return c;
  std::size_t after;
  if (c <= 0x1112) {
    char32_t vowel = peek(text, pos, after);
    if (vowel < 0x1161 || vowel > 0x1175) return c;
    pos = after;
    c = 0xAC00 + ((c - 0x1100) * 21 + (vowel - 0x1161)) * 28;
  }
  if (c >= 0xAC00 && c <= 0xD7A3 && (c - 0xAC00) % 28 == 0) {
    char32_t tail = peek(text, pos, after);
    if (tail > 0x11A7 && tail <= 0x11C2) {
      pos = after;
      c += tail - 0x11A7;
    }
    return c;
  }
  if (c >= 0xFF66 && c <= 0xFF9D) c = k_half_width[c - 0xFF66];
  if (c >= 0x3041 && c <= 0x30FF) {
    char32_t mark = peek(text, pos, after);
    bool full = mark == 0x3099 || mark == 0xFF9E, half = mark == 0x309A || mark == 0xFF9F;
    if (full || half)
      if (char32_t kana = voiced(c, half)) {
        pos = after;
        return kana;
      }
  }
  return c;
}

} // namespace helpdesk::folding
