// Stems of words: what two forms of one word have in common.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk {

// word: lower case. Snowball for en, nb, ru, de, fr, es, where it is installed; the regular endings for eo;
// else the word itself.
std::string stem_of(std::string_view word, std::string_view language);
std::string stemming_problem(); // why there are no Snowball stems, and what to install; empty when there are

} // namespace helpdesk
