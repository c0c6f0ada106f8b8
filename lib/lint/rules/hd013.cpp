#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
// A promise: one of us will do something.
constexpr Words k_words[] = {
    {"en", "we will .. get back|we ll .. get back|i will .. get back|i ll .. get back|we will .. come back to you|i will .. come back to you|i ll .. come back to you|we will .. write|i will .. write|i ll .. write|we will .. call|i will .. call you|i ll .. call you|we will .. send|i will .. send|i ll .. send|we ll .. send|we will .. let you know|i will .. let you know|we ll .. let you know|i ll .. let you know|we will .. contact|i will .. contact|i ll .. contact|we will .. check|i will .. check|i ll .. check|we ll .. check|we will .. look into|i will .. look into|i ll .. look into|we ll .. look into|we will .. update you|i will .. update you|i ll .. update you|we will .. ship|i ll .. ship|we will .. refund|i will .. refund|i ll .. refund|we will .. reply|i will .. reply|we will .. investigate|i will .. investigate|we will .. inform|keep you posted|keep you updated|keep you informed|we will .. follow up|i will .. follow up|i ll .. follow up|we are going to .. send|i am going to .. send"},
    {"nb", "vi vil .. ta kontakt|jeg vil .. ta kontakt|vi tar kontakt|jeg tar kontakt|vi kommer tilbake til deg|jeg kommer tilbake til deg|kommer tilbake til|vi skal .. sende|jeg skal .. sende|vi vil .. sende|vi skal .. sjekke|jeg skal .. sjekke|vi sjekker|vi skal .. undersøke|jeg skal .. undersøke|vi undersøker|vi gir deg beskjed|jeg gir deg beskjed|gir deg beskjed|vi ringer deg|jeg ringer deg|vi vil .. ringe|vi skal .. ringe|jeg skal .. ringe|vi vil .. skrive|jeg skal .. skrive|vi skal .. se på|jeg skal .. se på|vi holder deg oppdatert|holder deg oppdatert|holder deg orientert|vi skal .. refundere|vi vil .. refundere|vi vil .. svare|vi skal .. svare|jeg skal .. svare"},
    {"ru", "мы свяжемся|я свяжусь|свяжемся с вами|свяжусь с вами|мы перезвоним|перезвоним|перезвоню|позвоним|позвоню|мы сообщим|сообщим вам|сообщу вам|мы вам сообщим|я вам сообщу|мы напишем|напишем вам|напишу вам|я напишу|мы отправим|я отправлю|отправим вам|мы вышлем|вышлем|вышлю|мы проверим|проверим|я проверю|проверю|мы уточним|уточним|уточню|мы ответим|ответим вам|отвечу вам|мы вернёмся|вернёмся с ответом|вернусь с ответом|вернемся с ответом|мы дадим знать|дадим вам знать|будем держать вас в курсе|мы разберёмся|мы разберемся|мы вернём|мы вернем"},
    {"eo", "ni kontaktos|mi kontaktos|ni skribos|mi skribos|ni respondos|mi respondos|ni sendos|mi sendos|ni telefonos|mi telefonos|ni vokos|mi vokos|ni informos|mi informos|ni sciigos|mi sciigos|ni kontrolos|mi kontrolos|ni esploros|mi esploros|ni faros|mi faros|ni repagos|mi repagos|ni revenos|mi revenos|ni .. kontaktos|ni .. sendos|mi .. sendos|ni .. informos|mi .. informos|ni .. skribos|mi .. skribos|ni demandos|mi demandos"},
    {"de", "wir werden .. melden|ich werde .. melden|wir melden uns|ich melde mich|wir werden .. schreiben|ich werde .. schreiben|wir schreiben ihnen|ich schreibe ihnen|wir werden .. schicken|ich werde .. schicken|wir werden .. senden|ich werde .. senden|wir werden .. prüfen|ich werde .. prüfen|wir prüfen|ich prüfe|wir werden .. anrufen|ich werde .. anrufen|wir rufen sie|ich rufe sie|wir werden .. informieren|ich werde .. informieren|wir informieren sie|wir geben ihnen bescheid|ich gebe ihnen bescheid|halten sie auf dem laufenden|halte sie auf dem laufenden|wir werden .. erstatten|ich werde .. erstatten|wir kümmern uns|ich kümmere mich|wir kommen auf sie zu|wir werden .. antworten|wir klären"},
    {"fr", "nous vous recontacter*|je vous recontacter*|nous vous contacter*|nous vous écrirons|je vous écrirai|nous vous enverrons|je vous enverrai|nous vous rappeler*|je vous rappeler*|nous vous appeler*|je vous appelle|nous vous informerons|je vous informerai|nous vous tiendrons|je vous tiendrai|je vous tiens au courant|nous vous tenons au courant|nous vérifierons|je vérifierai|nous allons vérifier|je vais vérifier|je vérifie|nous vérifions|nous allons vous|je vais vous envoyer|je vais vous écrire|nous reviendrons vers vous|je reviendrai vers vous|je reviens vers vous|nous revenons vers vous|nous vous répondrons|je vous répondrai|nous vous rembourserons|je vous rembourserai|nous allons étudier"},
    {"es", "nos pondremos en contacto|me pondré en contacto|le contactaremos|le contactaré|le escribiremos|le escribiré|le enviaremos|le enviaré|le llamaremos|le llamaré|le informaremos|le informaré|le avisaremos|le avisaré|le aviso|lo comprobaremos|lo comprobaré|comprobaremos|comprobaré|revisaremos|revisaré|vamos a revisar|voy a revisar|vamos a comprobar|voy a comprobar|le responderemos|le responderé|le mantendremos|le mantendré|le tendremos al tanto|le reembolsaremos|le reembolsaré|investigaremos|vamos a enviar*|voy a enviar*|volveremos a escribir*"},
};
// Words that sound like a time and are none.
constexpr Words k_vague[] = {
    {"en", "as soon as possible|asap|shortly|soon|in due course|at the earliest|in the near future|as quickly as possible"},
    {"nb", "så snart som mulig|så fort som mulig|snarest|snarest mulig|snart|i løpet av kort tid|innen kort tid|om kort tid|i nær fremtid"},
    {"ru", "как можно скорее|как можно быстрее|в ближайшее время|в ближайшем будущем|скоро|вскоре|в кратчайшие сроки|при первой возможности"},
    {"eo", "kiel eble plej baldaŭ|kiel eble plej rapide|baldaŭ|plej baldaŭ|plej rapide|en proksima tempo|post mallonga tempo"},
    {"de", "so bald wie möglich|sobald wie möglich|so schnell wie möglich|schnellstmöglich|baldmöglichst|in kürze|bald|demnächst|zeitnah"},
    {"fr", "dès que possible|aussi vite que possible|dans les plus brefs délais|dans les meilleurs délais|bientôt|prochainement|sous peu|au plus vite"},
    {"es", "lo antes posible|cuanto antes|en breve|pronto|a la brevedad|a la mayor brevedad|próximamente|lo más rápido posible|en cuanto sea posible"},
};
constexpr Words k_not_vague[] = {
    {"en", "as soon as you|as soon as we|as soon as it|as soon as the|as soon as your|as soon as i|see you soon|get well soon|hear from you soon|speak soon|too soon|how soon|sooner"},
    {"nb", "vi ses snart|så snart du|så snart vi|så snart den|så snart det|så snart pakken|god bedring snart|høre fra deg snart|snart hører fra"},
    {"ru", "скоро увидимся|до скорого|не скоро|как скоро"}, {"eo", "ĝis baldaŭ|kiel baldaŭ|tuj kiam"},
    {"de", "bis bald|auf bald|bald wieder|bald von ihnen"}, {"fr", "à bientôt|au plus vite possible de"}, {"es", "hasta pronto|nos vemos pronto|que se mejore pronto|vuelva pronto"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<bool> time = sentences_with_time(reading);
  std::vector<bool> conditional = reading.sentences_with(words_of(conditionals(), reading.language));
  std::vector<Match> promises = check.matches();
  std::vector<Match> spared = reading.find(words_of(k_not_vague, reading.language));
  for (const Match& match : reading.find(words_of(k_vague, reading.language)))
    if (!overlaps(spared, match)) promises.push_back(match);
  std::vector<bool> vague(reading.sentences.size());
  for (std::size_t i = check.matches().size(); i < promises.size(); ++i)
    vague[reading.words[promises[i].first].sentence] = true;
  std::vector<bool> told(reading.sentences.size());
  for (const Match& match : promises) {
    std::size_t s = reading.words[match.first].sentence;
    const Sentence& sentence = reading.sentences[s];
    if (told[s] || sentence.part != Part::body || sentence.asks || time[s]) continue;
    // "If it does not come, we will send another": a promise only in a case that may never be.
    if (conditional[s] && !vague[s]) continue;
    if (s + 1 < reading.sentences.size() && time[s + 1] && reading.sentences[s + 1].part == Part::body)
      continue;
    told[s] = true;
    check.add(match, fmt::format("\"{}\" is a promise without a time", check.of(match)),
              "say by when: a weekday, a date, a number of hours");
  }
}

} // namespace

Lexicon promise_words() { return k_words; }

constinit const Rule k_hd013{
    {"HD013", "promise-without-date", Severity::warning, "a promise carries a time",
     "What worries somebody who waits is not knowing how long; a day said is half an answer.",
     "We will get back to you soon.", "I write to you by Friday 14:00.", "", false},
    k_words,
    &run};

} // namespace helpdesk::lint
