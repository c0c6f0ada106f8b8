#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "bedankt", "dank je", "dank u", "dankjewel", "dankuwel", "hartelijk dank", "veel dank", "heel erg bedankt", "dank",
    "super", "perfect", "top", "prima",
};
Text k_filler[] = {
    "alles", "antwoord", "beste", "dag", "dank", "dat", "de", "deze", "dit", "doet", "een", "en", "erg", "fijn",
    "fijne", "gekregen", "geholpen", "goed", "goede", "groet", "groeten", "hallo", "hartelijk", "hebben", "heb", "heel",
    "helemaal", "help", "hulp", "het", "ik", "in", "info", "informatie", "is", "ja", "je", "jij", "jullie", "kunt",
    "me", "met", "mij", "mijn", "mooi", "nogmaals", "nu", "ok", "oké", "ontvangen", "opgelost", "reactie", "service",
    "snel", "snelle", "steun", "super", "u", "uw", "van", "veel", "voor", "weekend", "weer", "werkt", "we", "wij", "zo",
    "ook", "uitleg", "helder", "duidelijk",
};
Text k_objections[] = {
    "maar", "niet", "echter", "nog steeds", "helaas", "nooit", "bij voorbaat", "alvast", "fout", "ontbreekt", "geen",
    "voorbaat",
    "niets", "niemand",
};
Text k_question_openings[] = {
    "hoe kan", "hoe lang", "hoeveel", "hoe moet", "hoe werkt", "wat is", "wat kost", "wat moet", "wanneer", "waarom",
    "waar is", "waar kan", "waar vind", "wie", "welke", "kunt u", "kun je", "kunnen jullie", "kan ik", "kan u",
    "mag ik", "is het", "is er", "zijn er", "heeft u", "heb je", "hebben jullie", "zou u", "zou je", "moet ik",
    "wilt u",
};
Text k_question_phrases[] = {
    "ik vraag me af", "vroeg me af", "zou graag willen weten", "wil graag weten", "laat me weten", "laat het me weten",
    "kunt u mij", "is het mogelijk", "heb een vraag", "hoor graag",
};
Text k_courtesy[] = {
    "hoe gaat het",
};
Text k_requests[] = {
    "alstublieft", "alsjeblieft", "graag", "kunt u", "kun je", "kunnen jullie", "ik wil", "ik heb nodig", "we willen",
    "stuur mij", "stuur me", "zo snel mogelijk", "zou u", "zou je", "gelieve",
};
Text k_sign_offs[] = {
    "groet", "groeten", "met vriendelijke groet", "met vriendelijke groeten", "mvg", "vriendelijke groet",
    "hartelijke groet", "fijne dag", "fijn weekend", "hoogachtend",
};
Text k_greetings[] = {
    "hallo", "beste", "hoi", "geachte", "goedemorgen", "goedemiddag", "goedenavond", "goedendag", "dag",
};
Text k_away[] = {
    "niet op kantoor", "afwezig", "op vakantie", "met vakantie", "weer aanwezig", "met verlof",
    "beperkt toegang tot mijn e-mail",
};
Text k_unsubscribe[] = {
    "uitschrijven", "afmelden", "verwijder mij", "stop met sturen",
};
// clang-format on

} // namespace

const Phrases k_phrases_nl{
    "nl",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
