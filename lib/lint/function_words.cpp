// The small words of seven languages: they tell the language, and they carry no content of their own.
#include "base/text.hpp"
#include "lint/reading.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_function_words[] = {
    {"en", "the|a|an|and|or|but|of|to|in|on|at|for|with|from|by|as|is|are|was|were|be|been|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must|not|no|yes|this|that|these|those|it|its|he|she|they|them|we|us|our|you|your|i|me|my|if|when|where|what|which|who|how|why|there|here|so|then|than|also|just|please|any|some|all|about|into|out|up|more|hi|hello|dear|thanks|thank|regards|let|get|got|one|ll|ve|re|s|t|d|m|know|like|want|need"},
    {"nb", "og|eller|men|av|til|i|på|for|med|fra|som|er|var|være|vært|har|hadde|ha|vil|ville|kan|kunne|skal|skulle|må|ikke|nei|ja|den|det|denne|dette|de|dem|disse|vi|oss|vår|vårt|våre|du|deg|din|ditt|dine|dere|deres|jeg|meg|min|mitt|mine|hvis|når|hvor|hva|hvilken|hvilket|hvilke|hvem|hvordan|hvorfor|her|der|så|da|enn|også|bare|noe|noen|alle|om|en|et|ei|å|at|hei|takk|hilsen|blir|ble|få|får|ved|etter|ut|inn|opp|nå|gjør|lurer"},
    {"ru", "и|или|но|а|в|во|на|к|ко|с|со|от|из|за|по|для|о|об|при|до|у|как|что|чтобы|это|этот|эта|эти|тот|та|те|он|она|оно|они|мы|нас|нам|наш|наша|наше|вы|вас|вам|ваш|ваша|ваше|ваши|вашу|вашего|я|меня|мне|мой|моя|мою|не|нет|да|есть|был|была|было|были|быть|будет|если|когда|где|куда|кто|который|которая|почему|сколько|так|тоже|же|ли|бы|уже|ещё|еще|все|всё|здравствуйте|спасибо|пожалуйста|можно|могу|может|можете|их|его|её|ее"},
    {"eo", "la|kaj|aŭ|sed|de|da|al|en|sur|por|kun|el|per|pri|ĝis|kiel|estas|estis|estos|estu|havas|povas|povus|volas|volus|devas|ne|jes|tiu|tiuj|ĉi|tio|ĝi|ĝin|li|ŝi|ili|ilin|ni|nin|nia|nian|niaj|vi|vin|via|vian|viaj|viajn|mi|min|mia|mian|miaj|miajn|se|kiam|kie|kio|kion|kiu|kiun|kial|kiom|ĉu|ke|do|tiam|ol|ankaŭ|nur|bonvolu|ĉiuj|iu|io|plu|jam|ankoraŭ|nun|saluton|dankon|ĉar|tre|sin|oni"},
    {"de", "der|die|das|den|dem|des|und|oder|aber|von|zu|zum|zur|in|im|an|am|auf|für|mit|aus|bei|als|wie|ist|sind|war|waren|sein|haben|hat|hatte|habe|wird|werden|würde|kann|können|könnte|könnten|soll|muss|müssen|nicht|kein|keine|nein|ja|dies|diese|dieser|dieses|es|er|sie|ihnen|wir|uns|unser|unsere|unserem|du|dich|dir|dein|ihr|ihre|ihren|ihrer|ihrem|ich|mich|mir|mein|meine|meinen|wenn|wann|wo|was|welche|welcher|wer|warum|hier|da|so|dann|auch|nur|bitte|ein|eine|einen|einem|einer|um|nach|noch|schon|hallo|danke|dass|man|sich|bis|über"},
    {"fr", "le|la|les|un|une|des|du|de|d|l|et|ou|mais|à|au|aux|en|dans|sur|pour|avec|par|comme|est|sont|était|être|avez|avons|ai|a|ont|sera|serait|peut|pouvez|pourriez|dois|doit|ne|n|pas|non|oui|ce|cet|cette|ces|c|il|elle|ils|elles|nous|notre|nos|vous|votre|vos|je|j|me|m|mon|ma|mes|si|quand|où|que|qu|qui|quoi|quel|quelle|quels|combien|comment|pourquoi|ici|là|alors|aussi|plus|s|se|son|sa|ses|bonjour|merci|y|été|tout|tous|bien"},
    {"es", "el|la|los|las|un|una|unos|de|del|y|o|pero|a|al|en|por|para|con|desde|como|es|son|era|ser|está|están|estoy|ha|han|he|hemos|hay|puede|puedo|podría|podrían|debe|no|sí|este|esta|estos|esto|ese|esa|eso|él|ella|ellos|nosotros|nos|nuestro|nuestra|usted|ustedes|su|sus|le|les|lo|me|mi|mis|yo|tu|te|si|cuando|cuándo|dónde|qué|que|quién|cuál|cuánto|cómo|aquí|así|también|solo|sólo|se|más|muy|ya|hola|gracias|porque"},
};
// clang-format on

constexpr std::size_t k_languages = std::size(k_function_words);
using Tally = std::array<int, k_languages>;

// Words that stand in one list count for its language; of the others nothing can be told.
class Counter {
 public:
  Counter() {
    for (std::size_t i = 0; i < k_languages; ++i)
      for (std::string_view word : split(k_function_words[i].phrases, '|'))
        all_.emplace_back(word, static_cast<int>(i));
    std::sort(all_.begin(), all_.end());
  }
  void count(std::string_view word, Tally& tally) const {
    auto at = std::lower_bound(all_.begin(), all_.end(), word,
                               [](const auto& entry, std::string_view w) { return entry.first < w; });
    for (; at != all_.end() && at->first == word; ++at) ++tally[static_cast<std::size_t>(at->second)];
  }

 private:
  std::vector<std::pair<std::string_view, int>> all_;
};

const Counter& counter() {
  static const Counter k_counter;
  return k_counter;
}

std::string winner(const Tally& tally) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < k_languages; ++i)
    if (tally[i] > tally[best]) best = i;
  int second = 0;
  for (std::size_t i = 0; i < k_languages; ++i)
    if (i != best) second = std::max(second, tally[i]);
  if (tally[best] < 2 || tally[best] * 2 < second * 3) return {};
  return std::string(k_function_words[best].language);
}

} // namespace

Lexicon function_words() { return k_function_words; }

std::string told_by_words(const Reading& reading) {
  Tally tally{};
  for (const Word& word : reading.words) counter().count(word.folded, tally);
  return winner(tally);
}

std::string told_by_words(std::string_view text) {
  Tally tally{};
  std::string lowered = folded(text);
  for (std::string_view word : letter_runs(lowered)) counter().count(word, tally);
  return winner(tally);
}

} // namespace helpdesk::lint
