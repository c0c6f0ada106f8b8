#include "lint/rule.hpp"

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_gushing[] = {
    {"en", "terribly sorry|so very sorry|so so sorry|extremely sorry|incredibly sorry|awfully sorry|deeply sorry|deeply regret|sincerest apologies|deepest apologies|a thousand apologies|profoundly sorry|sincerely apolog*|apologise profusely|apologize profusely|deepest regret"},
    {"nb", "beklager så mye|beklager på det sterkeste|beklager på det dypeste|beklager virkelig|veldig veldig lei|forferdelig lei|fryktelig lei|utrolig lei|dypt beklag*|tusen ganger unnskyld|så utrolig lei|beklager av hele vårt hjerte"},
    {"ru", "тысяча извинений|тысячу извинений|глубочайшие извинения|искреннейшие извинения|самые искренние извинения|глубоко сожалеем|бесконечно сожалеем|ужасно сожалеем|очень очень сожалеем|умоляем простить|безмерно сожалеем|примите наши самые глубокие извинения"},
    {"eo", "milfoje pardonu|mil pardonojn|ege ege bedaŭr*|terure bedaŭr*|profunde bedaŭr*|kore kaj profunde|senfine bedaŭr*|plej profundan bedaŭron|treege bedaŭr*|el la tuta koro bedaŭr*"},
    {"de", "zutiefst leid|unendlich leid|furchtbar leid|schrecklich leid|wahnsinnig leid|tausendmal um entschuldigung|aufrichtigste entschuldigung|in aller form entschuldigen|zutiefst bedauer*|außerordentlich leid|vielmals um entschuldigung|tausend mal entschuldigung"},
    {"fr", "mille excuses|infiniment désolé*|profondément désolé*|terriblement désolé*|extrêmement désolé*|vraiment vraiment désolé*|nos plus plates excuses|nos excuses les plus sincères|nos plus sincères excuses|sommes confus|tellement désolé*|regrettons infiniment|regrettons profondément"},
    {"es", "mil disculpas|mil perdones|lo sentimos muchísimo|lo siento muchísimo|lamentamos profundamente|lamento profundamente|nuestras más sinceras disculpas|nuestras más profundas disculpas|sentimos en el alma|lo sentimos en el alma|terriblemente apenad*|lamentamos enormemente|sentimos profundamente"},
};
constexpr Words k_no_apology[] = {
    {"en", "no need to apolog*|don t apolog*|no reason to apolog*|not sorry|need to be sorry"}, {"nb", "ikke unnskylde deg|trenger ikke beklage|ingenting å beklage"},
    {"ru", "не нужно извинений|извинений не нужно|не за что извиняться"}, {"eo", "ne necesas pardon*|ne bedaŭru"},
    {"de", "nicht entschuldigen|kein grund sich zu entschuldigen|keine entschuldigung"}, {"fr", "ne vous excusez|pas besoin de vous excuser|pas d excuses"},
    {"es", "no hace falta que se disculpe|no tiene que disculp*|no se disculpe"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<Match> gushing = check.matches();
  for (const Match& match : gushing)
    check.add(match, fmt::format("\"{}\" is more than an apology needs", check.of(match)),
              "\"sorry\", once, and then what you do about it");
  std::vector<bool> sorry = reading.sentences_with(words_of(apology_words(), reading.language)),
                    none = reading.sentences_with(words_of(k_no_apology, reading.language));
  int count = 0;
  for (std::size_t s = 0; s < reading.sentences.size(); ++s) {
    if (!sorry[s] || none[s] || reading.sentences[s].part != Part::body) continue;
    if (++count == check.settings.apologies + 1)
      check.add(reading.sentences[s],
                check.settings.apologies == 1
                    ? std::string("a second apology")
                    : fmt::format("more than {} apologies", check.settings.apologies),
                "apologise once");
  }
}

} // namespace

constinit const Rule k_hd011{{"HD011", "over-apology", Severity::warning, "apologise once",
                              "Every further apology makes the fault larger and the help smaller.",
                              "We are terribly sorry. Sorry again for this. Please accept our apologies.",
                              "one \"I'm sorry this arrived broken\"", "", false},
                             k_gushing,
                             &run};

} // namespace helpdesk::lint
