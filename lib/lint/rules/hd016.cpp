#include "lint/rule.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_loud[] = {
    {"en", "buy now|order now|upgrade today|upgrade now|don t miss|do not miss|limited time|act now|hurry|only today|last chance|best price ever|shop now|exclusive offer|grab your|while stocks last"},
    {"nb", "kjøp nå|bestill nå|oppgrader i dag|oppgrader nå|ikke gå glipp|begrenset tid|skynd deg|kun i dag|siste sjanse|eksklusivt tilbud|handle nå|så langt lageret rekker"},
    {"ru", "купите сейчас|купите прямо сейчас|закажите сейчас|закажите прямо сейчас|обновитесь сегодня|не упустите|только сегодня|последний шанс|спешите|торопитесь|эксклюзивное предложение|успейте купить|ограниченное предложение"},
    {"eo", "aĉetu nun|mendu nun|ĝisdatigu hodiaŭ|ne maltrafu|limigita tempo|rapidu|nur hodiaŭ|lasta ŝanco|ekskluziva oferto|aĉetu tuj|mendu tuj|ĝis elĉerpiĝo"},
    {"de", "jetzt kaufen|kaufen sie jetzt|jetzt bestellen|bestellen sie jetzt|noch heute upgraden|nicht verpassen|verpassen sie nicht|begrenzte zeit|nur heute|letzte chance|exklusives angebot|schlagen sie zu|greifen sie zu|solange der vorrat reicht"},
    {"fr", "achetez maintenant|commandez maintenant|passez à la version supérieure|ne manquez pas|ne ratez pas|durée limitée|dépêchez vous|seulement aujourd hui|dernière chance|offre exclusive|profitez vite|profitez en vite|jusqu à épuisement"},
    {"es", "compre ahora|compre ya|pida ahora|actualice hoy|no se pierda|no se lo pierda|tiempo limitado|dese prisa|solo hoy|sólo hoy|última oportunidad|oferta exclusiva|aproveche ahora|hasta agotar existencias"},
};
constexpr Words k_soft[] = {
    {"en", "you might also like|you may also like|might be of interest|may be of interest|would you be interested|we also offer|also have|have you considered|goes well with|premium plan|special offer|take a look at our"},
    {"nb", "kanskje du også|kan også være interessant|kan være av interesse|er du interessert i|vi tilbyr også|vi har også|har du vurdert|passer godt sammen|spesialtilbud|ta en titt på"},
    {"ru", "вас также может заинтересовать|может быть интересно|возможно, вас заинтересует|не хотите ли|мы также предлагаем|у нас также есть|хорошо сочетается|специальное предложение|обратите внимание на"},
    {"eo", "eble ankaŭ interesos|povus interesi|ĉu vi interesiĝas|ni ankaŭ ofertas|ni ankaŭ havas|ĉu vi konsideris|bone kongruas|speciala oferto|rigardu nian"},
    {"de", "könnte sie auch|vielleicht interessiert sie|interessieren könnte|wären sie interessiert|wir bieten auch|wir haben auch|haben sie schon über|passt gut zu|sonderangebot|werfen sie einen blick"},
    {"fr", "pourrait aussi vous|pourrait vous intéresser|pourraient vous intéresser|seriez vous intéressé*|nous proposons aussi|nous avons aussi|avez vous pensé|se marie bien|offre spéciale|jetez un œil"},
    {"es", "también le puede|podría interesarle|puede interesarle|le interesaría|también ofrecemos|también tenemos|ha considerado|combina bien|oferta especial|eche un vistazo"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<Match> loud = check.matches();
  for (const Match& match : loud)
    check.add(match, "selling, and loudly, in an answer to a question", "leave it out");
  std::vector<Match> soft = reading.find(words_of(k_soft, reading.language));
  if (soft.empty()) return;
  if (soft.size() > 1) check.add(soft[1], "a second offer", "one offer at most, at the end");
  std::vector<Match> remedies = reading.find(words_of(remedy_words(), reading.language));
  bool trouble = check.context.has_ticket && is_trouble(check.context, reading.language);
  if (trouble && remedies.empty())
    check.add(soft.front(), "an offer to somebody whose trouble is not mended", "mend it first");
  else if (!remedies.empty() && soft.front().first < remedies.front().first)
    check.add(soft.front(), "the offer stands before the remedy", "put it at the end, once");
}

} // namespace

constinit const Rule k_hd016{
    {"HD016", "careful-upsell", Severity::warning, "one soft offer at most, after the fix",
     "Something to buy may fit when all is well again; before that it is an insult.", "Upgrade today!",
     "one sentence about one fitting thing, at the end", "", false},
    k_loud,
    &run};

} // namespace helpdesk::lint
