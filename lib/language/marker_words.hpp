// Little words that few languages share: they decide for short texts and between close relatives. Inside
// lib/language only.
#pragma once

#include <array>
#include <string_view>

namespace helpdesk::language {

class Markers {
 public:
  static constexpr std::size_t k_max_languages = 24;
  // The language with most markers, empty without any. Relatives share words, each counts for all of them. On
  // a tie preferred wins, then Bokmål over its neighbours, else nobody.
  std::string_view winner(std::string_view preferred = {}) const;
  // The winner has twice as many as the next one, and at least two.
  bool clear() const;

  std::array<int, k_max_languages> counts{};
};

Markers count_markers(std::string_view text);

} // namespace helpdesk::language
