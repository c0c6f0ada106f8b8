#include "lint/rule.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_opening = 3; // sentences in which it is acknowledged

// clang-format off
constexpr Words k_words[] = {
    {"en", "understand*|frustrat*|annoying|inconvenien*|should not have|shouldn t have|no good|not good enough|not what|you are right|you re right|i see|i can see|we can see|unfortunate*|our mistake|our fault|my mistake|that is bad|glad you|good that you|too long|a pity|what a shame|not how"},
    {"nb", "forstår|skjønner|irriterende|frustrerende|kjedelig|ikke bra|ikke godt nok|skulle ikke|burde ikke|du har rett|dessverre|vår feil|min feil|så leit|synd|godt at du|bra at du|for lenge|slik skal det ikke|ser at"},
    {"ru", "понима*|неприятно|досадно|жаль|не должно было|не должно|так быть не должно|вы правы|к сожалению|наша ошибка|наша вина|моя ошибка|хорошо что вы|слишком долго|вижу|видим|обидно"},
    {"eo", "kompren*|ĝena|ĝene|ne devus|vi pravas|nia eraro|mia eraro|domaĝe|domaĝo|tro longe|bone ke vi|mi vidas|ni vidas|malbone|ne bone|frustr*"},
    {"de", "verstehe*|verständlich|nachvollziehen|ärgerlich|unangenehm|hätte nicht|sollte nicht|darf nicht|sie haben recht|leider|unser fehler|mein fehler|schade|gut dass sie|zu lange|sehe|sehen wir|frustrierend|nicht in ordnung"},
    {"fr", "comprend*|frustrant*|pénible|ennuyeux|n aurait pas dû|ne devrait pas|vous avez raison|malheureusement|notre erreur|notre faute|mon erreur|dommage|bien fait de|trop long*|vois que|voyons que|pas normal|inadmissible"},
    {"es", "entiend*|comprend*|frustrante|molest*|no debería|no debió|no tendría|tiene razón|tiene usted razón|lamentablemente|desafortunadamente|nuestro error|mi error|una lástima|qué lástima|hizo bien|demasiado tiempo|veo que|vemos que|una pena"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<std::size_t> body = reading.body();
  if (body.empty() || !is_trouble(check.context, reading.language)) return;
  if (body.size() > k_opening) body.resize(k_opening);
  std::vector<std::vector<bool>> acknowledges;
  acknowledges.push_back(reading.sentences_with(words_of(k_words, reading.language)));
  acknowledges.push_back(reading.sentences_with(words_of(apology_words(), reading.language)));
  acknowledges.push_back(reading.sentences_with(words_of(thanks_words(), reading.language)));
  std::size_t end = 0;
  for (std::size_t s : body) {
    for (const std::vector<bool>& list : acknowledges)
      if (list[s]) return;
    end = std::max(end, reading.sentences[s].last);
  }
  // The greeting line may thank: "Hi Martha, thanks for the photo."
  for (std::size_t s = 0; s < body.front(); ++s)
    for (const std::vector<bool>& list : acknowledges)
      if (list[s]) return;
  // Saying the trouble again in one's own words acknowledges it as well.
  std::vector<std::string> ours = stems_of(reading, reading.sentences[body.front()].first, end);
  for (const Message* message : open_messages(check.context)) {
    Reading theirs(message->text, "", check.context.language);
    std::vector<std::string> stems = stems_of(theirs, 0, theirs.words.size());
    long shared = std::count_if(ours.begin(), ours.end(), [&](const std::string& stem) {
      return std::binary_search(stems.begin(), stems.end(), stem);
    });
    if (shared >= 2) return;
  }
  check.add(reading.sentences[body.front()],
            "the customer is in trouble, and the reply begins as if he were not",
            "say in the first sentence what went wrong for him");
}

} // namespace

constinit const Rule k_hd014{
    {"HD014", "acknowledge-first", Severity::warning, "acknowledge the trouble first",
     "Before somebody can hear the solution he has to see that he was heard.",
     "\"Send the receipt.\" to somebody whose lid came cracked", "\"A cracked lid is no good: …\"", "", true},
    k_words,
    &run};

} // namespace helpdesk::lint
