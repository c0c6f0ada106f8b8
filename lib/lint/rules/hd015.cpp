#include "lint/rule.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_only[] = {
    {"en", "the only thing we can do|the only thing i can do|all we can do|all i can do|our only option|the only option|the only solution|the only possibility|you only have one option|the best we can do"},
    {"nb", "det eneste vi kan|det eneste jeg kan|eneste mulighet|den eneste løsningen|alt vi kan gjøre|eneste alternativ|det beste vi kan gjøre|den eneste muligheten|alt jeg kan gjøre"},
    {"ru", "единственное, что мы можем|единственное что могу|единственный вариант|единственная возможность|единственное решение|всё, что мы можем|всё что я могу|все что мы можем|могу предложить только|можем предложить только"},
    {"eo", "la sola afero|la sola solvo|la sola eblo|ĉio kion ni povas|ĉio kion mi povas|la nura afero|la nura solvo|la nura eblo|nur tion ni povas|nur tion mi povas"},
    {"de", "das einzige was wir|das einzige was ich|die einzige möglichkeit|die einzige lösung|die einzige option|alles was wir tun können|mehr können wir nicht|mehr kann ich nicht|wir können nur|wir können lediglich"},
    {"fr", "la seule chose|la seule solution|la seule option|la seule possibilité|tout ce que nous pouvons|tout ce que je peux|nous pouvons seulement|nous ne pouvons que|je ne peux que|notre seule possibilité"},
    {"es", "lo único que podemos|lo único que puedo|la única opción|la única solución|la única posibilidad|todo lo que podemos|todo lo que puedo|nuestra única opción|solo podemos|sólo podemos"},
};
constexpr Words k_options[] = {
    {"en", "or|either|alternatively|whichever|prefer|rather|suits you|up to you|your choice|choose|instead"},
    {"nb", "eller|enten|alternativt|foretrekker|ønsker du|heller|velge|velg|passer best|ditt valg"},
    {"ru", "или|либо|на ваш выбор|удобнее|предпочитаете|выбрать|выберите|как вам|альтернатив*|вместо"},
    {"eo", "aŭ|alternative|preferas|preferus|elekti|elektu|laŭ via elekto|anstataŭe|kion vi"},
    {"de", "oder|entweder|alternativ|lieber|bevorzugen|wählen|ihre wahl|stattdessen|wahlweise|wie möchten sie"},
    {"fr", "ou|soit|sinon|alternativement|préférez|préférence|choix|choisir|plutôt|au choix"},
    {"es", "o|u|alternativamente|prefiere|prefiera|elegir|elija|a su elección|en lugar|bien"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  for (const Match& match : check.matches())
    check.add(match, "leaves the customer no choice", "offer two ways, and ask which suits");
  if (!check.context.has_ticket || !check.matches().empty()) return;
  std::vector<Match> remedies = reading.find(words_of(remedy_words(), reading.language));
  if (remedies.empty() || !is_trouble(check.context, reading.language)) return;
  bool listed = std::count_if(reading.sentences.begin(), reading.sentences.end(),
                              [](const Sentence& s) { return s.listed; }) > 1;
  if (listed || reading.has(words_of(k_options, reading.language))) return;
  check.add(remedies.front(), "one solution, chosen for the customer",
            "offer two, such as a refund or a replacement, and ask which suits");
}

} // namespace

constinit const Rule k_hd015{
    {"HD015", "offer-a-choice", Severity::suggestion, "let the customer choose",
     "What people want is often less than was feared, and what they chose themselves they are content with.",
     "The only thing we can do is refund it.", "A refund, or a new one by post: which suits you?", "", false},
    k_only,
    &run};

} // namespace helpdesk::lint
