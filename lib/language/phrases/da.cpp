#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "tak", "mange tak", "tusind tak", "tak for", "mange tusind tak", "super", "perfekt", "fedt", "dejligt",
};
Text k_filler[] = {
    "alt", "at", "bedste", "da", "dag", "de", "den", "der", "det", "dette", "dig", "din", "du", "en", "er", "et", "fik",
    "fin", "fint", "for", "fungerer", "fungerede", "god", "gode", "godt", "ha", "hav", "hej", "hjælp", "hjælpen",
    "hjælpsom", "hurtig", "hurtige", "hurtigt", "i", "igen", "info", "information", "informationen", "ja", "jeg", "jer",
    "jeres", "løst", "mange", "meget", "mig", "modtaget", "nu", "og", "også", "ok", "okay", "oplysningerne", "os", "på",
    "respons", "service", "skal", "som", "svar", "svaret", "så", "tilbagemelding", "tilbagemeldingen", "til", "tusind",
    "vi", "virker", "weekend", "virkelig", "rigtig",
};
Text k_objections[] = {
    "men", "ikke", "dog", "stadig", "desværre", "aldrig", "på forhånd", "fejl", "mangler", "forhånd",
    "ingenting", "intet",
};
Text k_question_openings[] = {
    "hvordan", "hvor længe", "hvor meget", "hvor mange", "hvor er", "hvor kan", "hvad er", "hvad med", "hvad gør",
    "hvad skal", "hvad koster", "hvorfor", "hvornår", "hvem", "hvilken", "hvilke", "kan i", "kan du", "kan jeg",
    "kan vi", "kunne i", "kunne du", "er det", "er der", "har i", "har du", "vil i", "vil du", "skal jeg", "må jeg",
    "findes der", "noget nyt",
};
Text k_question_phrases[] = {
    "vil gerne vide", "vil gerne høre", "kan du fortælle", "kan i fortælle", "giv mig besked", "giv besked",
    "er det muligt", "ved i", "ved du", "har et spørgsmål", "lyst til at vide",
};
Text k_courtesy[] = {
    "hvordan går det", "hvordan har du det",
};
Text k_requests[] = {
    "venligst", "vær venlig", "vær så venlig", "kan i", "kan du", "jeg har brug for", "vi har brug for", "jeg ønsker",
    "jeg vil gerne", "send mig", "hjælp mig", "hurtigst muligt", "kunne i", "kunne du",
};
Text k_sign_offs[] = {
    "hilsen", "mvh", "venlig hilsen", "med venlig hilsen", "de bedste hilsner", "bedste hilsner", "kh", "vh",
    "hav en god dag", "god weekend", "ha en god dag",
};
Text k_greetings[] = {
    "hej", "hallo", "kære", "god dag", "godmorgen", "goddag",
};
Text k_away[] = {
    "ikke på kontoret", "jeg er på ferie", "holder ferie", "på barsel", "fraværende", "tilbage på kontoret",
    "begrænset adgang til e-mail",
};
Text k_unsubscribe[] = {
    "afmeld", "frameld", "fjern mig fra", "stop med at sende",
};
// clang-format on

} // namespace

const Phrases k_phrases_da{
    "da",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
