// Property tables of Unicode, as sorted ranges. Inside lib/base only.
#pragma once

#include <cstdint>
#include <span>

namespace helpdesk::unicode {

struct CodePointRange {
  char32_t first, last;
};
// Every stride-th code point from first to last maps to itself plus delta.
struct CodePointRun {
  char32_t first, last;
  std::int32_t delta;
  std::uint8_t stride;
};
struct CodePointPair {
  char32_t from, to;
};
struct CodePointString {
  char32_t from;
  const char* to;
};

bool is_letter(char32_t c);
bool is_number(char32_t c);
bool is_digit(char32_t c);
// Vowel signs and the like of scripts whose marks are part of the spelling (Devanagari … Khmer).
bool is_spacing_mark(char32_t c);
char32_t lower(char32_t c);
std::span<const CodePointRange> letters();
std::span<const CodePointRange> numbers();
// The tables for search folding: one code point to one (runs, then lone ones), and one to several (UTF-8).
std::span<const CodePointRun> fold_runs();
std::span<const CodePointPair> fold_pairs();
std::span<const CodePointString> fold_strings();

} // namespace helpdesk::unicode
