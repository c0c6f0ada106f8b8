// What a reply of ours promises, and by when: "I will write to you by Friday". Pure.
#pragma once

#include "base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::lint {

struct Promise {
  std::string sentence;   // as it was written, on one line
  Instant due{};          // the last moment at which it is kept
  bool whole_day = false; // no time of day was named: the last second of its day, in the desk's zone
};

// In order of the text. A promise is a sentence in which one of us will do something (the words of HD013 and
// their kin) and which names a time after `written`; questions, conditions ("if …, we will"), denials, quotes
// and signatures hold none. Where a day can be read in two ways the earlier is taken; a weekday alone is the
// next one to come, on the day itself the one a week later. The end of a week is its Friday. Working days are
// Monday to Friday.
// text: without quotes when they are known. language: where the text does not tell it; en, nb, ru, eo, de, fr
// and es are read.
std::vector<Promise> promises_in(std::string_view text, std::string_view language, Instant written,
                                 const Zone& zone);

} // namespace helpdesk::lint
