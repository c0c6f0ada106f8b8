#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "tack", "tack så mycket", "stort tack", "tusen tack", "tackar", "många tack", "perfekt", "toppen", "super",
};
Text k_filler[] = {
    "allt", "att", "av", "bra", "bästa", "då", "dag", "de", "den", "det", "detta", "dig", "din", "du", "där", "en",
    "er", "ert", "ett", "fick", "fin", "fint", "för", "fungerade", "fungerar", "god", "gott", "ha", "hej", "helg",
    "hjälp", "hjälpen", "hjälpsam", "i", "igen", "info", "information", "informationen", "ja", "jag", "jätte",
    "jättebra", "löst", "mig", "mottaget", "mycket", "nu", "och", "ok", "okej", "oss", "på", "respons", "service",
    "ska", "snabb", "snabba", "snabbt", "som", "stort", "svar", "svaret", "så", "till", "trevlig", "vi", "återkoppling",
    "återkopplingen", "är", "också", "verkligen", "underbart",
};
Text k_objections[] = {
    "men", "inte", "dock", "fortfarande", "tyvärr", "aldrig", "på förhand", "fel", "saknas", "förhand",
    "ingenting", "inget", "ingen",
};
Text k_question_openings[] = {
    "hur gör", "hur lång", "hur länge", "hur mycket", "hur många", "hur kan", "hur ska", "vad är", "vad gör",
    "vad kostar", "vad händer", "varför", "när kommer", "när kan", "när är", "när får", "var är", "var kan", "vem",
    "vilken", "vilka", "kan ni", "kan du", "kan jag", "kan vi", "skulle ni", "skulle du", "är det", "är ni", "har ni",
    "har du", "vill ni", "ska jag", "måste jag", "finns det", "går det att", "får jag", "något nytt",
};
Text k_question_phrases[] = {
    "undrar", "undrade", "vill veta", "skulle vilja veta", "kan du säga", "hör av er", "meddela mig", "är det möjligt",
    "vet ni", "vet du", "har en fråga",
};
Text k_courtesy[] = {
    "hur mår du", "hur är läget", "hur står det till",
};
Text k_requests[] = {
    "vänligen", "snälla", "var vänlig", "kan ni", "kan du", "jag behöver", "vi behöver", "jag vill", "jag skulle vilja",
    "skicka mig", "hjälp mig", "snarast", "skulle ni", "skulle du",
};
Text k_sign_offs[] = {
    "hälsningar", "mvh", "vänliga hälsningar", "med vänliga hälsningar", "med vänlig hälsning", "vänligen",
    "bästa hälsningar", "ha en bra dag", "trevlig helg", "ha det bra",
};
Text k_greetings[] = {
    "hej", "hallå", "tjena", "kära", "god dag", "god morgon", "hejsan", "bästa",
};
Text k_away[] = {
    "inte på kontoret", "ej på kontoret", "jag har semester", "jag är på semester", "frånvarande", "är föräldraledig",
    "tillbaka på kontoret", "begränsad tillgång till mejl",
};
Text k_unsubscribe[] = {
    "avregistrera", "avprenumerera", "avsluta prenumeration", "ta bort mig från", "sluta skicka",
};
// clang-format on

} // namespace

const Phrases k_phrases_sv{
    "sv",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
