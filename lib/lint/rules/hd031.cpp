#include "lint/rule.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
// Bare commands at the beginning of a sentence.
constexpr Words k_commands[] = {
    {"en", "^send|^give|^read|^check|^do|^call|^fill|^go|^return|^pay|^tell|^wait|^stop|^use|^restart|^provide|^look|^contact"},
    {"nb", "^send|^gi|^les|^sjekk|^ring|^fyll|^gå|^returner|^betal|^si|^vent|^slutt|^bruk|^start|^oppgi|^se|^kontakt"},
    {"ru", "^пришлите|^отправьте|^дайте|^читайте|^прочитайте|^проверьте|^звоните|^позвоните|^заполните|^идите|^верните|^оплатите|^скажите|^ждите|^прекратите|^укажите|^смотрите"},
    {"eo", "^sendu|^donu|^legu|^kontrolu|^telefonu|^plenigu|^iru|^resendu|^pagu|^diru|^atendu|^ĉesu|^uzu|^restartigu|^indiku|^rigardu"},
    {"de", "^senden sie|^schicken sie|^geben sie|^lesen sie|^prüfen sie|^rufen sie|^füllen sie|^gehen sie|^zahlen sie|^sagen sie|^warten sie|^hören sie|^nutzen sie|^starten sie|^nennen sie|^sehen sie|^kontaktieren sie"},
    {"fr", "^envoyez|^donnez|^lisez|^vérifiez|^appelez|^remplissez|^allez|^retournez|^payez|^dites|^attendez|^arrêtez|^utilisez|^redémarrez|^indiquez|^regardez|^contactez"},
    {"es", "^envíe|^mande|^dé|^lea|^compruebe|^llame|^rellene|^vaya|^devuelva|^pague|^diga|^espere|^deje|^use|^reinicie|^indique|^mire|^contacte"},
};
constexpr Words k_polite[] = {
    {"en", "please|thank*|could you|would you|may i|would it|kindly|happy to|glad|welcome|hope|if you like|feel free|let me know|sorry|appreciate*|of course|gladly|enjoy"},
    {"nb", "vennligst|takk|kan du|kunne du|kan jeg|gjerne|hyggelig|glad|velkommen|håper|hvis du vil|si fra|beklager|setter pris|selvfølgelig|vær så snill|fint om|ha en"},
    {"ru", "пожалуйста|спасибо|благодар*|не могли бы|могли бы|будьте добры|рад|рады|с удовольствием|надеюсь|надеемся|если хотите|извините|простите|конечно|буду рад*|будем рады"},
    {"eo", "bonvolu|mi petas|dank*|ĉu vi povus|ĉu vi povas|volonte|ĝojas|bonvenon|esperas|se vi volas|pardon*|bedaŭr*|kompreneble|plezure|afable"},
    {"de", "bitte|dank*|könnten sie|würden sie|darf ich|gern|gerne|freu*|willkommen|hoffe|hoffen|wenn sie möchten|entschuldig*|leid|natürlich|selbstverständlich|wären sie"},
    {"fr", "s il vous plaît|svp|merci|pourriez vous|pouvez vous|puis je|volontiers|ravi*|heureu*|bienvenue|espère|espérons|si vous le souhaitez|désolé*|excus*|bien sûr|veuillez|plaisir|n hésitez"},
    {"es", "por favor|gracias|agradec*|podría|podrían|puede usted|con gusto|encantad*|bienvenid*|espero|esperamos|si lo desea|disculp*|siento|sentimos|claro|desde luego|le ruego|sería tan amable|un placer"},
};
constexpr Words k_blunt[] = {
    {"en", "no idea|not my|whatever|obviously|wrong|impossible|never|must|nonsense"}, {"nb", "aner ikke|ikke mitt|åpenbart|feil|umulig|aldri|må|tull"},
    {"ru", "без понятия|не моё|очевидно|неправильно|невозможно|никогда|должны|обязаны|ерунда"}, {"eo", "neniu ideo|ne mia|evidente|malĝuste|neeble|neniam|devas|sensencaĵo"},
    {"de", "keine ahnung|nicht mein|offensichtlich|falsch|unmöglich|niemals|müssen|unsinn"}, {"fr", "aucune idée|pas mon|évidemment|faux|impossible|jamais|devez|n importe quoi"},
    {"es", "ni idea|no es mi|obviamente|mal|imposible|nunca|debe|deben|tonterías"},
};
// clang-format on

struct Tone {
  int score = 0;
  std::optional<Match> bare; // the first command without a friendly word
};

Tone tone_of(const Reading& reading, const std::vector<Match>& commands) {
  Tone tone;
  std::vector<Match> polite = reading.find(words_of(k_polite, reading.language));
  std::vector<bool> softened(reading.sentences.size());
  for (const Match& match : polite) softened[reading.words[match.first].sentence] = true;
  if (!reading.greetings.empty()) tone.score += 2;
  if (!reading.sign_offs.empty()) tone.score += 1;
  tone.score += static_cast<int>(std::min<std::size_t>(polite.size(), 4));
  int steps = 0;
  for (const Match& match : commands) {
    const Sentence& sentence = reading.sentences[reading.words[match.first].sentence];
    if (softened[reading.words[match.first].sentence] || sentence.listed || sentence.part != Part::body)
      continue;
    ++steps;
    if (!tone.bare) tone.bare = match;
  }
  tone.score -= 2 * std::min(steps, 2); // more of them are instructions, step by step
  tone.score -=
      static_cast<int>(std::min<std::size_t>(reading.find(words_of(k_blunt, reading.language)).size(), 2));
  return tone;
}

void run(Check& check) {
  if (check.reading.body().empty()) return;
  Tone tone = tone_of(check.reading, check.matches());
  if (!tone.bare) return;
  int least = check.settings.politeness;
  if (check.context.team_politeness)
    least = std::max(least, check.context.team_politeness(check.reading.language));
  if (tone.score >= least) return;
  check.add(*tone.bare, "short of a friendly word", "ask rather than tell, and greet");
}

} // namespace

constinit const Rule k_hd031{
    {"HD031", "politeness", Severity::suggestion, "the words carry all the tone",
     "Nobody sees the smile behind a mail; what is plain when spoken is curt when read.", "Send it.",
     "Could you send it, please?", "", false},
    k_commands,
    &run};

int politeness_of(std::string_view text, const std::string& language) {
  Reading reading(text, language, language);
  return tone_of(reading, reading.find(words_of(k_commands, reading.language))).score;
}

} // namespace helpdesk::lint
