#include "base/text.hpp"
#include "lint/questions.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <unordered_set>

namespace helpdesk::lint {
namespace {

constexpr double k_same = 0.9;
constexpr std::size_t k_shingle = 3, k_least_words = 8, k_most_macros = 400;

// clang-format off
constexpr Words k_stock[] = {
    {"en", "your message is important to us|your call is important|your request is important to us|your business is important|we value your business|thank you for your patience|we appreciate your patience|we are currently experiencing|we are experiencing a high volume|higher than usual volume|please be advised|do not hesitate to contact|don t hesitate to contact|please do not hesitate|we strive to|your satisfaction is our|any inconvenience caused|for any inconvenience|rest assured|at your earliest convenience|we value you as a customer|valued customer"},
    {"nb", "din henvendelse er viktig|henvendelsen din er viktig|takk for din tålmodighet|takk for tålmodigheten|ikke nøl med å|nøl ikke med å|vi opplever for tiden stor pågang|stor pågang|du er viktig for oss|vi setter pris på din tålmodighet|eventuelle ulemper|din tilfredshet er|vår verdsatte kunde|kjære kunde"},
    {"ru", "ваше обращение очень важно|ваш звонок важен|ваше мнение важно|ваше мнение очень важно|благодарим за терпение|благодарим вас за терпение|обращайтесь в любое время|благодарим за ваше обращение|за доставленные неудобства|за предоставленные неудобства|в связи с большим количеством обращений|мы ценим каждого клиента|уважаемый клиент"},
    {"eo", "via mesaĝo gravas|via peto gravas al ni|dankon pro via pacienco|ne hezitu kontakti|ne hezitu skribi|ni ŝatas vian fidelecon|pro ajna ĝeno|via kontento estas|estimata kliento|ni nun ricevas multajn demandojn|ni ŝatas vian paciencon"},
    {"de", "ihre nachricht ist uns wichtig|ihre anfrage ist uns wichtig|ihr anliegen ist uns wichtig|vielen dank für ihre geduld|danke für ihre geduld|zögern sie nicht|derzeit erhöhtes aufkommen|erhöhtes anfragevolumen|hohes anfrageaufkommen|etwaige unannehmlichkeiten|ihre zufriedenheit ist|wir schätzen sie als kunde*|sehr geehrter kunde|stehen wir ihnen jederzeit gerne zur verfügung"},
    {"fr", "votre message est important|votre demande est importante|votre appel est important|merci de votre patience|merci pour votre patience|n hésitez pas à nous contacter|n hésitez pas à revenir vers nous|volume inhabituel|un grand nombre de demandes|pour tout désagrément|pour la gêne occasionnée|votre satisfaction est|cher client|chère cliente|nous restons à votre disposition"},
    {"es", "su mensaje es importante|su consulta es importante|su llamada es importante|gracias por su paciencia|agradecemos su paciencia|no dude en contactar*|no dude en ponerse en contacto|alto volumen de consultas|cualquier inconveniente|por las molestias ocasionadas|su satisfacción es|estimado cliente|estimada clienta|quedamos a su entera disposición"},
};
// clang-format on

std::unordered_set<std::uint64_t> shingles(const Reading& reading) {
  std::unordered_set<std::uint64_t> all;
  for (std::size_t i = 0; i + k_shingle <= reading.words.size(); ++i) {
    std::string joined;
    for (std::size_t k = 0; k < k_shingle; ++k) joined += std::string(reading.words[i + k].folded) + " ";
    all.insert(fnv1a(joined));
  }
  return all;
}

double likeness(const std::unordered_set<std::uint64_t>& a, const std::unordered_set<std::uint64_t>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t both = 0;
  for (std::uint64_t s : a) both += b.contains(s);
  return static_cast<double>(both) / static_cast<double>(a.size() + b.size() - both);
}

// The customer asks something, and the reply shares no word or number with it.
bool is_beside_the_question(const Check& check) {
  const Reading& reading = check.reading;
  std::vector<std::string> ours = stems_of(reading, 0, reading.words.size());
  bool asks = false;
  for (const Message* message : open_messages(check.context)) {
    Reading theirs(message->text, "", check.context.language);
    for (const Question& question : questions_of(theirs)) {
      asks = true;
      const Sentence& s = theirs.sentences[question.sentence];
      for (const std::string& stem : stems_of(theirs, s.first, s.last))
        if (std::binary_search(ours.begin(), ours.end(), stem)) return false;
    }
  }
  return asks;
}

void run(Check& check) {
  const Reading& reading = check.reading;
  for (const Match& match : check.matches())
    check.add(match, "a stock phrase: it says nothing about this customer's matter",
              "leave it out, or say what it means here: when, how many, who");
  std::vector<std::size_t> body = reading.body();
  if (body.empty() || reading.words.size() < k_least_words) return;
  auto own = shingles(reading);
  for (const Message& message : check.context.messages) {
    if (message.from_customer || message.internal) continue;
    Reading before(message.text, reading.language, "");
    if (likeness(own, shingles(before)) < 0.98) continue;
    check.add(reading.sentences[body.front()], "this reply was sent in this conversation already",
              "say what has changed since");
    return;
  }
  if (check.context.macros.empty() || !is_beside_the_question(check)) return;
  std::size_t tried = 0;
  for (const std::string& macro : check.context.macros) {
    if (++tried > k_most_macros) break;
    Reading stock(macro, reading.language, "");
    if (likeness(own, shingles(stock)) < k_same) continue;
    check.add(reading.sentences[body.front()],
              "a template as it is, and it takes up no word of what the customer asks",
              "say something about the question itself");
    return;
  }
}

} // namespace

constinit const Rule k_hd007{{"HD007", "stock-answer", Severity::warning,
                              "no stock answer to a question that is not stock",
                              "Customers know these sentences; they read them as \"we did not look\".",
                              "\"Your message is important to us.\"",
                              "a how-to template that names the product that was asked about", "", false},
                             k_stock,
                             &run};

} // namespace helpdesk::lint
