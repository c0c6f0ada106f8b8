// The cld2 library behind two functions. Inside lib/language only.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::language {

struct Guess {
  std::string_view code; // cld2's own; empty for unknown
  int percent = 0;
  bool reliable = false;
};

Guess cld2_detect(std::string_view text);
std::string cld2_problem();

} // namespace helpdesk::language
