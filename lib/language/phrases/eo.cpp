#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "dankon", "multan dankon", "mi dankas", "koran dankon", "dankegon", "ni dankas", "grandan dankon", "perfekte",
    "bonege", "belege",
};
Text k_filler[] = {
    "al", "alvenis", "ankaŭ", "bona", "bonan", "bone", "bonega", "ĉio", "ĉiuj", "de", "denove", "en", "estas", "estis",
    "funkcias", "funkciis", "ĝi", "ĝin", "helpis", "helpo", "helpon", "informo", "informojn", "informoj", "jam", "jes",
    "kaj", "kara", "karaj", "kore", "koran", "kun", "la", "mi", "min", "multe", "nun", "ni", "nin", "por", "plej",
    "rapida", "rapidan", "rapide", "respondo", "respondon", "ricevis", "salutojn", "saluton", "solvita", "solvis",
    "servo", "servon", "subteno", "subtenon", "tagon", "tre", "tuj", "via", "vian", "viaj", "viajn", "vi", "vin",
    "klarigo", "klarigon", "pro", "ege", "vere", "afabla", "afablan", "semajnfinon",
};
Text k_objections[] = {
    "sed", "ne", "tamen", "ankoraŭ ne", "bedaŭrinde", "neniam", "antaŭdankon", "eraro", "mankas", "krom",
    "nenio", "nenion", "neniu",
};
Text k_question_openings[] = {
    "ĉu", "cxu", "kiel", "kial", "kiam", "kie", "kien", "kio", "kiu", "kiuj", "kiom", "kies", "kia",
};
Text k_question_phrases[] = {
    "mi volas scii", "mi volus scii", "mi ŝatus scii", "mi scivolas", "mi demandas", "bonvolu diri", "bonvolu klarigi",
    "ĉu eblas", "mi havas demandon", "ĉu vi",
};
Text k_courtesy[] = {
    "kiel vi fartas", "kiel vi", "kiel statas",
};
Text k_requests[] = {
    "bonvolu", "mi petas", "mi bezonas", "ni bezonas", "mi volas", "mi volus", "mi ŝatus", "sendu", "helpu", "urĝe",
};
Text k_sign_offs[] = {
    "salutojn", "amike", "kun amikaj salutoj", "kore", "kun koraj salutoj", "kun estimo", "ĝis", "sincere", "amike via",
};
Text k_greetings[] = {
    "saluton", "kara", "karaj", "bonan tagon", "bonan matenon", "bonan vesperon", "estimata", "estimataj",
};
Text k_away[] = {
    "ekster la oficejo", "mi forestas", "mi ferias", "mi estas for", "foresto",
};
Text k_unsubscribe[] = {
    "malaboni", "malaliĝi", "forigu min", "ne plu sendu",
};
// clang-format on

} // namespace

const Phrases k_phrases_eo{
    "eo",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
