// What people write when they thank, ask and request: one file a language under phrases/. Lower case, curly
// quotes straight. Inside lib/language only.
#pragma once

#include <span>
#include <string_view>

namespace helpdesk::language {

using PhraseList = std::span<const std::string_view>;

struct Phrases {
  std::string_view code;        // ISO 639-1
  PhraseList thanks;            // alone they make a bare thanks
  PhraseList filler;            // words that may stand beside thanks without asking or telling anything
  PhraseList objections;        // words that make it more than thanks: "but", "still", "not"
  PhraseList question_openings; // a sentence that begins so asks, with or without a question mark
  PhraseList question_phrases;  // a sentence with this in it asks
  PhraseList courtesy;          // questions nobody wants answered
  PhraseList requests;          // asks for something to be done
  PhraseList sign_offs;         // what follows is the name
  PhraseList greetings;
  PhraseList away; // out of office, in the body
  PhraseList unsubscribe;
};

extern const Phrases k_phrases_da, k_phrases_de, k_phrases_en, k_phrases_eo, k_phrases_es, k_phrases_fi,
    k_phrases_fr, k_phrases_it, k_phrases_nb, k_phrases_nl, k_phrases_nn, k_phrases_pl, k_phrases_pt,
    k_phrases_ru, k_phrases_sv;

std::span<const Phrases* const> all_phrases();

} // namespace helpdesk::language
