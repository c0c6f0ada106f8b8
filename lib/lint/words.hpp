// Phrase lists: data, one text a language, phrases separated by "|". A phrase is words of lower case; "word*"
// is whatever begins so, ".." stands for up to three words, "^" in front asks for the beginning of a
// sentence. Apostrophes and hyphens part words: "n'hésitez" is "n hésitez".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::lint {

struct Words {
  std::string_view language, phrases;
};
using Lexicon = std::span<const Words>;
std::string_view words_of(Lexicon lexicon, std::string_view language); // empty: no list
std::string languages_of(Lexicon lexicon);                             // "en nb ru"

struct Match {
  std::size_t first = 0, last = 0; // words [first, last)
};

// Of a rule that works with the shared lists below.
inline constexpr Words k_seven[] = {{"en", "-"}, {"nb", "-"}, {"ru", "-"}, {"eo", "-"},
                                    {"de", "-"}, {"fr", "-"}, {"es", "-"}};

// sorted: matches in reading order, of which none overlaps another.
bool overlaps(const std::vector<Match>& sorted, const Match& match);

// Lower case and composed; curly quotes straight.
std::string folded(std::string_view text);
// Runs of letters.
std::vector<std::string_view> letter_runs(std::string_view text);

// What several rules speak about.
Lexicon greeting_words();
Lexicon sign_off_words();
Lexicon apology_words();
Lexicon thanks_words();
Lexicon remedy_words();   // refund, replace, send again, repair
Lexicon trouble_words();  // what customers say when something is wrong
Lexicon titles();         // Mr, Frau: what stands before a name
Lexicon time_words();     // weekdays, months, tomorrow
Lexicon time_units();     // days, hours
Lexicon number_words();   // two, three, a few
Lexicon function_words(); // the small words of a language
Lexicon negations();
Lexicon conditionals();  // if, unless, in case
Lexicon promise_words(); // one of us will do something

} // namespace helpdesk::lint
