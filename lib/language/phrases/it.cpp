#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "grazie", "grazie mille", "molte grazie", "mille grazie", "la ringrazio", "vi ringrazio", "ti ringrazio",
    "ringrazio", "perfetto", "ottimo",
};
Text k_filler[] = {
    "a", "adesso", "aiuto", "al", "assistenza", "avete", "bene", "buon", "buona", "buongiorno", "buonasera", "che",
    "chiaro", "ciao", "con", "cordiali", "del", "della", "di", "disponibilità", "e", "è", "è tutto", "funziona",
    "gentile", "gentilezza", "gentilissimi", "giornata", "ho", "il", "informazione", "informazioni", "la", "le",
    "lavoro", "li", "l'aiuto", "l'informazione", "mi", "molto", "mille", "ok", "ora", "per", "pronta", "rapida",
    "rapidità", "rapido", "ricevuto", "ricevuta", "risolto", "risposta", "saluti", "serata", "servizio", "sì", "sono",
    "suo", "sua", "supporto", "tante", "tanto", "ti", "tutti", "tutto", "un", "una", "velocità", "veloce", "vi",
    "vostra", "vostro", "weekend", "ancora",
};
Text k_objections[] = {
    "ma", "non", "però", "tuttavia", "ancora non", "purtroppo", "mai", "in anticipo", "anticipatamente", "errore",
    "manca", "tranne", "anticipo",
    "niente", "nulla", "nessuno",
};
Text k_question_openings[] = {
    "come posso", "come faccio", "come si", "come mai", "quanto", "quanti", "quando", "perché", "dove", "cosa",
    "che cosa", "chi", "quale", "quali", "può", "potete", "puoi", "potrebbe", "potreste", "posso", "possiamo",
    "è possibile", "avete", "c'è", "ci sono", "sapete", "sarebbe possibile", "devo",
};
Text k_question_phrases[] = {
    "vorrei sapere", "volevo sapere", "mi chiedevo", "mi chiedo", "volevo chiedere", "vorrei chiedere",
    "ho una domanda", "è possibile", "fatemi sapere", "mi faccia sapere", "mi può dire", "potete dirmi",
};
Text k_courtesy[] = {
    "come sta", "come stai", "come va",
};
Text k_requests[] = {
    "per favore", "per cortesia", "prego", "ho bisogno", "abbiamo bisogno", "vorrei", "vorremmo", "potete", "potreste",
    "può", "mandatemi", "inviatemi", "chiedo", "urgente", "si prega",
};
Text k_sign_offs[] = {
    "saluti", "cordiali saluti", "distinti saluti", "cordialmente", "un saluto", "buona giornata", "buona serata",
    "buon weekend", "a presto",
};
Text k_greetings[] = {
    "ciao", "buongiorno", "buonasera", "salve", "gentile", "gentili", "egregio", "caro", "cara", "spettabile",
};
Text k_away[] = {
    "fuori ufficio", "sono in ferie", "sarò in ferie", "assente dall'ufficio", "sarò assente", "rientrerò",
    "accesso limitato alla posta",
};
Text k_unsubscribe[] = {
    "cancellami", "disiscrivere", "disiscrivermi", "disiscrizione", "cancellarmi dalla",
    "cancellazione dalla newsletter", "non voglio più ricevere",
};
// clang-format on

} // namespace

const Phrases k_phrases_it{
    "it",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
