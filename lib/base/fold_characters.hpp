// What folding makes of one character. Inside lib/base only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace helpdesk::folding {

enum class Kind : std::uint8_t {
  separator,
  mark,      // dropped; joins what stands before it
  letter,    // of a word, folded to one code point
  letters,   // of a word, folded to several
  ideograph, // of a script without spaces between words: bigrams
};

struct Character {
  Kind kind = Kind::separator;
  char32_t to = 0;            // letter, ideograph
  const char* text = nullptr; // letters (UTF-8)
};

// Character of a code point that is not ASCII.
Character character(char32_t c);

// Reads one code point at pos, with what composes with it: conjoining jamo to a syllable, kana with their
// voiced marks, half-width kana to full-width ones. The rest of NFC does not matter, for marks are dropped.
char32_t next_composed(std::string_view text, std::size_t& pos);

} // namespace helpdesk::folding
