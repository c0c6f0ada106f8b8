#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_near = 2; // sentences in which a way out may follow
constexpr std::size_t k_most = 20;

// clang-format off
constexpr Words k_words[] = {
    {"en", "nothing we can do|nothing i can do|nothing more we can do|we cannot help|we can t help|i cannot help|i can t help|that is our policy|it is our policy|company policy|not our responsibility|not our problem|is not possible|isn t possible|we are unable to|i am unable to|we do not offer|we don t offer|we cannot offer|we cannot accept|we cannot refund|out of our hands|we cannot"},
    {"nb", "ingenting vi kan gjøre|ikke noe vi kan gjøre|kan dessverre ikke hjelpe|kan ikke hjelpe|ikke vårt ansvar|ikke vårt problem|det er våre regler|er ikke mulig|ikke mulig å|vi har ikke mulighet|vi tilbyr ikke|vi kan ikke|kan dessverre ikke|vi kan dessverre ikke|utenfor vår kontroll"},
    {"ru", "ничем не можем помочь|ничем не могу помочь|ничего не можем сделать|ничего не могу сделать|таковы правила|такова политика|это не наша ответственность|не наша проблема|невозможно|не представляется возможным|мы не можем|к сожалению не можем|у нас нет возможности|не в наших силах|мы не предоставляем"},
    {"eo", "nenion ni povas|nenion mi povas|ni ne povas helpi|mi ne povas helpi|tio estas nia regulo|ne nia respondeco|ne nia problemo|ne eblas|ne estas eble|ni ne povas|ni ne ofertas|ekster nia povo|bedaŭrinde ne povas"},
    {"de", "nichts tun|nichts machen|nicht helfen|nicht weiterhelfen|das ist unsere richtlinie|unsere richtlinien erlauben|nicht unsere verantwortung|nicht unser problem|ist nicht möglich|leider nicht möglich|sind wir nicht in der lage|bieten wir nicht an|wir können nicht|wir können leider|können wir nicht|können wir leider nicht|nicht in unserer macht"},
    {"fr", "rien faire|ne pouvons rien|ne peux rien|ne pouvons pas vous aider|ne peux pas vous aider|c est notre politique|c est notre règlement|pas notre responsabilité|pas notre problème|n est pas possible|ce n est pas possible|nous ne sommes pas en mesure|nous ne proposons pas|nous ne pouvons pas|nous ne pouvons malheureusement pas|hors de notre contrôle"},
    {"es", "no podemos hacer nada|no puedo hacer nada|nada que podamos hacer|no podemos ayudarle|no puedo ayudarle|es nuestra política|son nuestras normas|no es nuestra responsabilidad|no es nuestro problema|no es posible|no nos es posible|no ofrecemos|no podemos|lamentablemente no podemos|fuera de nuestro control"},
};
constexpr Words k_way_out[] = {
    {"en", "you can|you could|you may|but we|but i|but you|however|instead|alternatively|contact|please|or|here is|what we can|what i can|we can|i can|try|ask|call|write to|offer you|would you|unless|until|once|meanwhile|i suggest|we suggest|i ve|i have|we have|we will|i will|we ll|i ll"},
    {"nb", "du kan|men vi|men jeg|men du|derimot|i stedet|isteden|istedenfor|alternativt|kontakt|vennligst|eller|her er|vi kan gjerne|det vi kan|prøv|spør|ring|skriv til|tilby deg|vil du|med mindre|før|når|jeg foreslår|vi foreslår|jeg har|vi har sendt|jeg sender|vi sender|vi skal|jeg skal|hva med"},
    {"ru", "вы можете|можете|но мы|но я|но вы|однако|зато|вместо|либо|или|обратитесь|свяжитесь|пожалуйста|вот|мы можем предложить|могу предложить|можем предложить|предлагаю|предлагаем|попробуйте|позвоните|напишите|хотите|пока|как только|после|я отправил*|мы отправили|мы отправим|я отправлю"},
    {"eo", "vi povas|vi povus|sed ni|sed mi|sed vi|tamen|anstataŭe|anstataŭ|aŭ|kontaktu|bonvolu|jen|ni ja povas|ni povas proponi|mi povas proponi|provu|demandu|telefonu|skribu|proponas|ĉu vi|krom se|ĝis|post kiam|mi sendas|ni sendas|mi sendis|ni sendis"},
    {"de", "sie können|sie könnten|aber wir|aber ich|aber sie|jedoch|stattdessen|alternativ|dafür|oder|wenden sie|kontaktieren|bitte|hier ist|wir können ihnen|ich kann ihnen|was wir|versuchen sie|fragen sie|rufen sie|schreiben sie|anbieten|möchten sie|bis|sobald|sondern|ich schlage|wir schlagen|ich habe|wir haben|wir schicken|ich schicke|gerne"},
    {"fr", "vous pouvez|vous pourriez|mais nous|mais je|mais vous|cependant|toutefois|en revanche|à la place|sinon|ou|contactez|adressez|veuillez|merci de|voici|nous pouvons|je peux|ce que nous|essayez|appelez|écrivez|proposer|propose|souhaitez vous|préférez vous|jusqu|dès que|j ai|nous avons|je vous envoie|nous vous envoyons"},
    {"es", "usted puede|puede|podría|pero podemos|pero puedo|pero sí|sin embargo|en cambio|en su lugar|alternativamente|o|póngase|contacte|por favor|aquí tiene|lo que sí|sí podemos|podemos ofrecer*|le ofrecemos|le ofrezco|pruebe|llame|escriba|pregunte|desea|prefiere|hasta|cuando|en cuanto|he|hemos|le envío|le enviamos"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<Match> refusals = check.matches();
  if (refusals.empty()) return;
  if (refusals.size() > k_most) refusals.resize(k_most);
  std::vector<bool> time = sentences_with_time(reading);
  std::vector<Match> ways = reading.find(words_of(k_way_out, reading.language));
  for (const Match& match : refusals) {
    std::size_t s = reading.words[match.first].sentence;
    if (reading.sentences[s].asks) continue;
    std::size_t end = s;
    while (end + 1 < reading.sentences.size() && end < s + k_near &&
           reading.sentences[end + 1].part == Part::body)
      ++end;
    bool out = false;
    // In the refusal's own sentence only what stands behind it, or before it, counts: not its own words.
    for (const Match& way : ways) {
      std::size_t at = reading.words[way.first].sentence;
      bool overlaps = way.first < match.last && match.first < way.last;
      out = out || (at >= s && at <= end && !overlaps);
    }
    for (std::size_t i = s; i <= end; ++i) out = out || time[i];
    for (const Mask& mask : reading.masks)
      out = out || (mask.begin >= reading.sentences[s].begin && mask.end <= reading.sentences[end].end + 1);
    if (s > 0 && reading.sentences[s - 1].part == Part::body)
      for (const Match& way : ways) out = out || reading.words[way.first].sentence == s - 1;
    if (out) continue;
    check.add(match, "a refusal, and no way on from it", "say what can be done instead, or who can help");
    return;
  }
}

} // namespace

constinit const Rule k_hd026{
    {"HD026", "dead-end", Severity::warning, "tell what can be done",
     "\"No\" alone ends the conversation and the customer's patience; there is nearly always a next step.",
     "There is nothing we can do.", "We cannot repair it; you can exchange it at the shop.", "", false},
    k_words,
    &run};

} // namespace helpdesk::lint
