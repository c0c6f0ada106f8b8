// Hits and non-hits of a rule as they stand beside it, in lib/lint/rules/hdNNN.cases:
//
//   # a comment
//   @ nb                     the language of what follows; "any" for rules that need no words
//   ? customer: Hvor er …    what the reply is held against, until the next "@" or "? clear"
//   + Som jeg sa …           a hit
//   - Som avtalt …           none
//
// "\n" is a line end.
#pragma once

#include "lint/lint.hpp"

#include <string>
#include <vector>

namespace helpdesk::lint {

struct Case {
  std::string rule, language, text;
  bool hit = false;
  Context context;
  int line = 0;
};
std::vector<Case> cases_of(std::string_view rule);
std::string source_file(std::string_view path);

} // namespace helpdesk::lint
