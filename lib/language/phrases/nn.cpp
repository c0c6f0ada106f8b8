#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "takk", "tusen takk", "mange takk", "takk skal du ha", "hjarteleg takk", "supert", "flott", "perfekt",
};
Text k_filler[] = {
    "alt", "bra", "da", "dag", "de", "dei", "den", "det", "dette", "dykk", "dykkar", "du", "deg", "ein", "er", "eit",
    "for", "fekk", "fin", "fint", "fungerer", "fungerte", "god", "godt", "greitt", "ha", "hei", "helg", "hjelp",
    "hjelpa", "hjelpe", "hjelpsam", "hjelpsame", "i", "igjen", "info", "informasjon", "informasjonen", "ja", "eg",
    "kjapp", "kjapt", "løyst", "meg", "mykje", "mottatt", "motteke", "no", "og", "oss", "ok", "ordna", "på", "rask",
    "raskt", "raske", "respons", "så", "service", "skal", "som", "super", "svar", "svaret", "tilbakemelding",
    "tilbakemeldinga", "til", "tusen", "veldig", "vi", "me", "verkar", "også", "òg",
};
Text k_objections[] = {
    "men", "ikkje", "ikke", "på forhånd", "forhånd", "likevel", "framleis", "diverre", "dessverre", "aldri",
    "på førehand", "feil", "manglar", "førehand",
    "ingenting", "ingen",
};
Text k_question_openings[] = {
    "korleis", "kor lenge", "kor mykje", "kor mange", "kor er", "kor kan", "kva er", "kva med", "kva gjer", "kva skal",
    "kva kostar", "kvifor", "når kjem", "når kan", "når blir", "når er", "når får", "kven", "kva for", "kan de",
    "kan du", "kan eg", "kan vi", "kunne de", "er det", "er dette", "har de", "har du", "vil de", "skal eg", "må eg",
    "finst det", "går det an", "får eg",
};
Text k_question_phrases[] = {
    "lurer på", "lurte på", "vil gjerne vite", "ønskjer å vite", "gje meg beskjed", "gi meg beskjed", "er det mogleg",
    "veit de", "veit du", "har eit spørsmål",
};
Text k_courtesy[] = {
    "korleis går det", "korleis har du det", "korleis står det til",
};
Text k_requests[] = {
    "ver venleg", "ver så snill", "kan de", "kan du", "eg treng", "vi treng", "eg ønskjer", "eg vil gjerne", "send meg",
    "hjelp meg", "snarast",
};
Text k_sign_offs[] = {
    "helsing", "venleg helsing", "med venleg helsing", "beste helsing", "mvh", "ha ein fin dag", "god helg",
};
Text k_greetings[] = {
    "hei", "hallo", "kjære", "god dag", "god morgon",
};
Text k_away[] = {
    "ikkje på kontoret", "eg er på ferie", "fråvær", "tilbake på kontoret", "har ferie", "er i permisjon",
};
Text k_unsubscribe[] = {
    "meld meg av", "avmeld", "fjern meg frå", "slutt å sende",
};
// clang-format on

} // namespace

const Phrases k_phrases_nn{
    "nn",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
