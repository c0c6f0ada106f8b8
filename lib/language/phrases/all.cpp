#include "language/phrases.hpp"

namespace helpdesk::language {

std::span<const Phrases* const> all_phrases() {
  static const Phrases* const all[] = {&k_phrases_en, &k_phrases_nb, &k_phrases_nn, &k_phrases_da,
                                       &k_phrases_sv, &k_phrases_de, &k_phrases_fr, &k_phrases_es,
                                       &k_phrases_eo, &k_phrases_ru, &k_phrases_pl, &k_phrases_nl,
                                       &k_phrases_it, &k_phrases_pt, &k_phrases_fi};
  return all;
}

} // namespace helpdesk::language
