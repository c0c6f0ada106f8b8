#include "lint/rule.hpp"

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_words[] = {
    {"en", "you failed to|you forgot|you have forgotten|you neglected to|you did not|you didn t|you have not|you haven t|your mistake|your own mistake|your fault|your own fault|your error|you must have|you claim|you claimed|you never|you were supposed to|you entered the wrong|you gave us the wrong|your negligence|your carelessness"},
    {"nb", "du glemte|du har glemt|du har ikke|du gjorde ikke|du sendte ikke|du oppga ikke|du oppga feil|du skrev feil|din feil|din egen feil|din skyld|din egen skyld|du påstår|du hevder|du må ha|du skulle ha|du unnlot|dere glemte|dere har ikke"},
    {"ru", "вы не указали|вы забыли|вы не сделали|вы не прислали|вы не отправили|вы не оплатили|вы не прочитали|вы неправильно|вы неверно|вы ошиблись|вы сами|ваша ошибка|ваша вина|по вашей вине|вы утверждаете|вы так и не|вы должны были"},
    {"eo", "vi forgesis|vi ne faris|vi ne sendis|vi ne indikis|vi ne pagis|vi ne legis|vi malĝuste|vi eraris|via eraro|via propra eraro|via kulpo|kulpo via|vi asertas|vi devis esti|vi neglektis|vi neniam"},
    {"de", "sie haben vergessen|sie vergaßen|sie haben nicht|sie haben .. nicht angegeben|sie haben .. nicht bezahlt|sie haben .. falsch|sie haben .. versäumt|sie haben es versäumt|ihr fehler|ihr eigener fehler|ihre schuld|ihre eigene schuld|sie behaupten|sie müssen wohl|sie haben wohl|ihr versäumnis"},
    {"fr", "vous avez oublié|vous n avez pas|vous n aviez pas|vous avez omis|vous avez négligé|vous vous êtes trompé*|votre erreur|votre propre erreur|votre faute|de votre faute|vous prétendez|vous affirmez|vous avez dû|vous avez mal|vous n avez jamais"},
    {"es", "usted olvidó|se olvidó de|usted no ha|usted no indicó|usted no envió|usted no pagó|usted no hizo|no ha indicado|no ha enviado|no indicó|se equivocó|usted se equivocó|su error|su propio error|su culpa|culpa suya|usted afirma|usted alega|debió de|usted nunca|usted omitió"},
};
// "did you not", "whether you have not", a question.
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<std::size_t> if_at(reading.sentences.size(), reading.words.size());
  for (const Match& match : reading.find(words_of(conditionals(), reading.language))) {
    std::size_t& first = if_at[reading.words[match.first].sentence];
    first = std::min(first, match.first);
  }
  for (const Match& match : check.matches()) {
    std::size_t sentence = reading.words[match.first].sentence;
    // "If you did not receive it, …" blames nobody, and a question asks.
    if (if_at[sentence] < match.first || reading.sentences[sentence].asks) continue;
    check.add(match, fmt::format("\"{}\" puts the blame on the customer", check.of(match)),
              "say what is missing, not who left it out");
  }
}

} // namespace

constinit const Rule k_hd009{{"HD009", "blame", Severity::warning, "do not blame the customer",
                              "Even where it is true it moves nothing forward: what is needed next does.",
                              "You failed to enter the number.",
                              "If you did not receive it, I send it again.", "", false},
                             k_words,
                             &run};

} // namespace helpdesk::lint
