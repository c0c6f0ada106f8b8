#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "danke", "vielen dank", "danke schön", "dankeschön", "herzlichen dank", "besten dank", "ich danke", "lieben dank",
    "tausend dank", "danke sehr", "super", "perfekt", "prima", "wunderbar", "klasse",
};
Text k_filler[] = {
    "alles", "auch", "antwort", "antworten", "auskunft", "bei", "bestens", "das", "dem", "den", "der", "die", "dir",
    "durch", "ein", "eine", "einen", "erhalten", "erledigt", "es", "euch", "eure", "funktioniert", "funktionierte",
    "für", "geholfen", "geht", "geklappt", "geklärt", "gelöst", "gerne", "grüße", "guten", "gut", "hab", "habe",
    "haben", "hallo", "hat", "herzlich", "herzlichen", "hilfe", "ich", "ihnen", "ihre", "ihren", "ihr", "ihrer", "info",
    "information", "informationen", "ist", "ja", "jetzt", "klappt", "lg", "liebe", "lieben", "mal", "mir", "mit",
    "mich", "nett", "nette", "noch", "nochmal", "nochmals", "nun", "ok", "okay", "prompte", "rasche", "rückmeldung",
    "schnell", "schnelle", "schnellen", "sehr", "service", "sie", "so", "support", "tag", "tolle", "toll", "toller",
    "und", "uns", "unterstützung", "viel", "viele", "vielen", "wieder", "wir", "wochenende", "wunderbar", "bearbeitung",
    "hilfsbereit", "freundliche", "bedanke", "bedanken", "wirklich", "damit", "angekommen", "noch einmal", "dann",
    "bekommen",
};
Text k_objections[] = {
    "aber", "nicht", "jedoch", "leider", "noch immer", "immer noch", "kein", "keine", "nie", "im voraus", "voraus",
    "vorab", "fehler", "fehlt", "allerdings", "trotzdem",
    "nichts",
};
Text k_question_openings[] = {
    "wie lange", "wie viel", "wie kann", "wie können", "wie geht es weiter", "wie soll", "wie mache", "was ist",
    "was kostet", "was soll", "was muss", "was passiert", "wann kommt", "wann ist", "wann wird", "wann kann",
    "wann bekomme", "wann erhalte", "wo ist", "wo finde", "wo kann", "wo bleibt", "warum", "wieso", "weshalb",
    "wer ist", "wer kann", "welche", "welcher", "welches", "können sie", "kannst du", "könnt ihr", "könnten sie",
    "könntest du", "kann ich", "kann man", "könnte ich", "haben sie", "hast du", "ist es", "ist das", "gibt es",
    "gibt's", "muss ich", "soll ich", "darf ich", "würden sie", "wissen sie", "wird das",
};
Text k_question_phrases[] = {
    "wollte fragen", "möchte fragen", "frage mich", "würde gerne wissen", "möchte wissen", "wüsste gern",
    "können sie mir sagen", "ist es möglich", "bitte um auskunft", "bitte um mitteilung", "bitte um rückmeldung",
    "habe eine frage", "hätte eine frage", "hätte gern gewusst",
};
Text k_courtesy[] = {
    "wie geht es ihnen", "wie geht es dir", "wie geht's",
};
Text k_requests[] = {
    "bitte", "können sie", "könnten sie", "kannst du", "ich brauche", "wir brauchen", "ich benötige", "ich möchte",
    "wir möchten", "ich hätte gern", "schicken sie", "senden sie", "helfen sie", "schnellstmöglich", "dringend",
};
Text k_sign_offs[] = {
    "grüße", "gruß", "viele grüße", "mit freundlichen grüßen", "freundliche grüße", "beste grüße", "liebe grüße",
    "herzliche grüße", "mfg", "lg", "vg", "mit besten grüßen", "schöne grüße", "schönen tag", "schönes wochenende",
    "hochachtungsvoll",
};
Text k_greetings[] = {
    "hallo", "guten tag", "guten morgen", "guten abend", "sehr geehrte", "sehr geehrter", "liebe", "lieber", "moin",
    "servus", "hi", "grüß gott",
};
Text k_away[] = {
    "nicht im büro", "außer haus", "im urlaub", "abwesend", "abwesenheit", "nicht erreichbar", "wieder im büro",
    "wieder erreichbar", "in elternzeit", "nur eingeschränkt", "nicht weitergeleitet",
};
Text k_unsubscribe[] = {
    "abmelden", "abbestellen", "newsletter kündigen", "aus dem verteiler", "keine weiteren mails", "austragen",
};
// clang-format on

} // namespace

const Phrases k_phrases_de{
    "de",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
