#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "takk", "tusen takk", "mange takk", "hjertelig takk", "takk skal du ha", "takker", "supert", "perfekt", "flott",
    "topp", "kjempefint",
};
Text k_filler[] = {
    "alt", "at", "bra", "beste", "da", "dag", "de", "den", "der", "dere", "deres", "det", "dette", "du", "deg", "din",
    "en", "er", "et", "for", "fikk", "fin", "fint", "fungerer", "fungerte", "går", "god", "gode", "godt", "greit", "ha",
    "hei", "helg", "hjelp", "hjelpen", "hjelpe", "hjelpsom", "hjelpsomme", "i", "igjen", "info", "informasjon",
    "informasjonen", "ja", "jeg", "kjempebra", "kjempe", "kjapp", "kjapt", "løst", "meg", "mye", "mottatt", "nå",
    "nydelig", "og", "oss", "ok", "okei", "ordnet", "ordna", "på", "rask", "raskt", "raske", "respons", "så", "service",
    "servicen", "skal", "som", "strålende", "super", "svar", "svaret", "svarer", "tilbakemelding", "tilbakemeldingen",
    "til", "tusen", "veldig", "vi", "virker", "virket", "ville", "også", "hjertelig", "mange", "fantastisk", "kveld",
    "uke", "videre", "setter", "pris", "stor", "hyggelig", "fort", "forklaringen",
};
Text k_objections[] = {
    "men", "ikke", "imidlertid", "fortsatt", "fremdeles", "dessverre", "aldri", "på forhånd", "feil", "mangler",
    "bortsett", "forhånd",
    "ingenting", "ingen",
};
Text k_question_openings[] = {
    "hvordan", "hvor lenge", "hvor mye", "hvor mange", "hvor er", "hvor kan", "hvor blir", "hva er", "hva med",
    "hva gjør", "hva skal", "hva koster", "hvorfor", "når kommer", "når kan", "når blir", "når er", "når får", "hvem",
    "hvilken", "hvilke", "kan dere", "kan du", "kan jeg", "kan vi", "kunne dere", "kunne du", "er det", "er dette",
    "er dere", "er du", "har dere", "har du", "vil dere", "vil du", "skal jeg", "skal vi", "må jeg", "finnes det",
    "går det an", "får jeg", "får vi", "noe nytt", "blir det",
};
Text k_question_phrases[] = {
    "lurer på", "lurte på", "vil gjerne vite", "ønsker å vite", "kan du si", "kan dere si", "gi meg beskjed",
    "gi beskjed", "er det mulig", "vet dere", "vet du", "har et spørsmål", "spørre om",
};
Text k_courtesy[] = {
    "hvordan går det", "hvordan har du det", "hvordan har dere det", "står til",
};
Text k_requests[] = {
    "vennligst", "vær så snill", "vær snill", "kan dere", "kan du", "jeg trenger", "vi trenger", "jeg ønsker",
    "vi ønsker", "jeg vil gjerne", "send meg", "hjelp meg", "snarest", "ber om", "kunne dere", "kunne du",
};
Text k_sign_offs[] = {
    "hilsen", "mvh", "vennlig hilsen", "med vennlig hilsen", "med hilsen", "beste hilsen", "beste hilsener", "hilsner",
    "vh", "ha en fin dag", "ha en god dag", "ha en fin helg", "god helg",
};
Text k_greetings[] = {
    "hei", "hallo", "heisann", "kjære", "god dag", "god morgen", "hei hei", "heia",
};
Text k_away[] = {
    "ikke på kontoret", "ute av kontoret", "jeg er på ferie", "er på ferie", "fraværende", "fravær",
    "tilbake på kontoret", "har ferie", "er i permisjon", "begrenset tilgang til e-post", "svarer når jeg er tilbake",
};
Text k_unsubscribe[] = {
    "meld meg av", "meld deg av", "avmeld", "avmelding", "avslutt abonnement", "fjern meg fra", "slutt å sende", "stopp nyhetsbrev",
};
// clang-format on

} // namespace

const Phrases k_phrases_nb{
    "nb",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
