#include "base/unicode.hpp"

#include <algorithm>
#include <iterator>

namespace helpdesk::unicode {
namespace {

#include "base/unicode_fold.inc"
#include "base/unicode_properties.inc"

template <class Range> bool contains(const Range& ranges, char32_t c) {
  auto it = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                             [](char32_t value, const CodePointRange& r) { return value < r.first; });
  return it != std::begin(ranges) && c <= std::prev(it)->last;
}

} // namespace

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c >= 0xC0 && c < 0x100) return c != 0xD7 && c != 0xF7; // most of Europe's marked letters
  return contains(k_letters, c);
}

bool is_number(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return contains(k_numbers, c);
}

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return contains(k_digits, c);
}

bool is_spacing_mark(char32_t c) { return c >= 0x900 && contains(k_spacing_marks, c); }

char32_t lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 32 : c;
  auto it = std::upper_bound(std::begin(k_lower), std::end(k_lower), c,
                             [](char32_t value, const CodePointRun& r) { return value < r.first; });
  // A run of stride two may hold the next run's first inside it, so look at two candidates.
  for (int tries = 0; tries < 3 && it != std::begin(k_lower); ++tries) {
    --it;
    if (c <= it->last && (c - it->first) % it->stride == 0)
      return static_cast<char32_t>(static_cast<std::int32_t>(c) + it->delta);
  }
  return c;
}

std::span<const CodePointRun> fold_runs() { return k_fold; }
std::span<const CodePointPair> fold_pairs() { return k_fold_pairs; }
std::span<const CodePointRange> letters() { return k_letters; }
std::span<const CodePointRange> numbers() { return k_numbers; }
std::span<const CodePointString> fold_strings() { return k_fold_strings; }

} // namespace helpdesk::unicode
