#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "dziękuję", "dzięki", "dziękujemy", "bardzo dziękuję", "dzięki wielkie", "wielkie dzięki", "super", "świetnie",
    "idealnie", "dziękuje",
};
Text k_filler[] = {
    "bardzo", "dobry", "dzień", "działa", "i", "informację", "informacje", "jest", "już", "miłego", "mi", "na", "nam",
    "o", "odpowiedź", "ok", "otrzymałem", "otrzymałam", "państwu", "pani", "panu", "pomoc", "pozdrawiam", "rozwiązany",
    "serdecznie", "szybka", "szybką", "szybko", "tak", "teraz", "to", "w", "wszystko", "wsparcie", "z", "za",
    "załatwione", "dnia", "jeszcze", "raz", "obsługę", "reakcję", "pięknie", "weekendu", "piękne",
};
Text k_objections[] = {
    "ale", "nie", "jednak", "nadal", "wciąż", "niestety", "nigdy", "z góry", "błąd", "brak", "brakuje",
    "nic", "nikt",
};
Text k_question_openings[] = {
    "jak mogę", "jak można", "jak długo", "jak", "ile", "kiedy", "dlaczego", "gdzie", "co to", "co mam", "co z", "kto",
    "który", "która", "które", "czy", "jaki", "jaka", "jakie",
};
Text k_question_phrases[] = {
    "chciałbym wiedzieć", "chciałabym wiedzieć", "chciałbym zapytać", "chciałabym zapytać", "proszę o informację",
    "mam pytanie", "czy można", "czy mogę", "czy jest", "zastanawiam się", "proszę dać znać",
};
Text k_courtesy[] = {
    "jak się masz", "co słychać",
};
Text k_requests[] = {
    "proszę", "prosimy", "potrzebuję", "potrzebujemy", "chciałbym", "chciałabym", "poproszę", "czy możecie", "pilne",
};
Text k_sign_offs[] = {
    "pozdrawiam", "z poważaniem", "pozdrowienia", "serdecznie pozdrawiam", "miłego dnia", "z wyrazami szacunku",
};
Text k_greetings[] = {
    "dzień dobry", "witam", "cześć", "szanowni", "szanowna", "szanowny", "hej",
};
Text k_away[] = {
    "poza biurem", "na urlopie", "nieobecny", "nieobecna", "przebywam na", "wracam", "do biura wracam",
};
Text k_unsubscribe[] = {
    "wypisz", "wypisać", "rezygnuję z", "rezygnacja z", "usuńcie mnie", "proszę o usunięcie",
};
// clang-format on

} // namespace

const Phrases k_phrases_pl{
    "pl",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
