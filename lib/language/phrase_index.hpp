// The phrases of one language, ready to be held against many texts. Inside lib/language only.
#pragma once

#include "language/phrase_set.hpp"
#include "language/phrases.hpp"

namespace helpdesk::language {

struct PhraseIndex {
  explicit PhraseIndex(const Phrases& p);
  const Phrases& phrases;
  PhraseSet thanks, objections, question_openings, question_phrases, courtesy, requests, sign_offs, greetings,
      away, unsubscribe;
};

// One of all_phrases(), made when it is first asked for.
const PhraseIndex& phrase_index(const Phrases& p);

} // namespace helpdesk::language
