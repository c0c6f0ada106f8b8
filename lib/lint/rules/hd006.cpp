#include "base/text.hpp"
#include "lint/questions.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr double k_error = 0.25, k_warning = 0.45;

// clang-format off
constexpr Words k_defers[] = { // "I will check the date and write by Friday"
    {"en", "check|find out|look into|ask|get back|let you know|write|call|clarify|come back"},
    {"nb", "sjekke*|sjekker|finne ut|finner ut|undersøk*|spør*|tilbakemelding|gi beskjed|gir beskjed|skriver|ringer|avklar*"},
    {"ru", "провер*|уточн*|узна*|выясн*|сообщ*|напиш*|перезвон*|ответ*"},
    {"eo", "kontrol*|esplor*|demandos|informos|skribos|telefonos|respondos"},
    {"de", "prüf*|kläre*|klären|nachfrag*|herausfind*|melde*|bescheid|schreibe*|rufe*|informier*"},
    {"fr", "vérifi*|renseign*|demand*|reviens|revenons|écris|écrirai|appelle*|tiens au courant|informer*"},
    {"es", "compro*|averigu*|consult*|aviso|avisar*|escrib*|llam*|inform*|verific*|revis*"},
};
// clang-format on

// What a reply offers to any question, sentence by sentence.
struct Answers {
  std::vector<std::vector<std::string>> stems;
  std::vector<bool> time, defers, money, number;
  std::vector<std::vector<bool>> kinds; // by Asks
  std::vector<bool> link;
};

constexpr Asks k_every[] = {Asks::yes_or_no, Asks::when, Asks::how_much, Asks::where,
                            Asks::why,       Asks::how,  Asks::which,    Asks::action};

bool has_currency(std::string_view sentence) {
  for (std::string_view sign : {"€", "$", "£", "₽", "EUR", "USD", "NOK", "GBP", "CHF", "RUB", "kr"})
    if (sentence.find(sign) != sentence.npos) return true;
  return false;
}

Answers answers_of(const Reading& reading) {
  Answers a;
  a.time = sentences_with_time(reading);
  a.defers = reading.sentences_with(words_of(k_defers, reading.language));
  for (Asks kind : k_every) a.kinds.push_back(reading.sentences_with(evidence_words(kind, reading.language)));
  a.money.resize(reading.sentences.size());
  a.number.resize(reading.sentences.size());
  a.link.resize(reading.sentences.size());
  std::size_t mask = 0;
  for (std::size_t s = 0; s < reading.sentences.size(); ++s) {
    const Sentence& sentence = reading.sentences[s];
    a.stems.push_back(stems_of(reading, sentence.first, sentence.last));
    a.money[s] = has_currency(reading.of(sentence));
    for (std::size_t w = sentence.first; w < sentence.last; ++w)
      if (reading.words[w].number) a.number[s] = true;
    while (mask < reading.masks.size() && reading.masks[mask].end <= sentence.begin) ++mask;
    a.link[s] = mask < reading.masks.size() && reading.masks[mask].begin < sentence.end;
  }
  return a;
}

bool shows(const Answers& a, Asks kind, std::size_t s) {
  bool word = a.kinds[static_cast<std::size_t>(kind)][s];
  switch (kind) {
  case Asks::when: return a.time[s] || (a.defers[s] && a.time[s]);
  case Asks::how_much: return a.number[s] || a.money[s] || word;
  case Asks::how: return word || a.link[s];
  // "It left today" says where a parcel is.
  case Asks::where:
    return word || a.link[s] || a.time[s] || a.kinds[static_cast<std::size_t>(Asks::action)][s];
  case Asks::which: return true; // any of the things named; the overlap decides
  case Asks::yes_or_no:
  case Asks::why:
  case Asks::action: break;
  }
  return word;
}

// Words of every other mail to a desk: they say little about which question is meant.
// clang-format off
constexpr Words k_common[] = {
    {"en", "order|send|day|time|problem|product|help|work|item|thing|way|question|possibl|tell|back|new|find|give|look|make|use"},
    {"nb", "bestill|ordr|send|dag|tid|problem|produkt|hjelp|ting|måt|spørsmål|mul|fortell|ny|finn|gi|bruk|tilbak"},
    {"ru", "заказ|отправ|ден|дня|врем|проблем|товар|помощ|вопрос|нов|найт|скаж"},
    {"eo", "mend|send|tag|temp|problem|produkt|help|afer|manier|demand|ebl|nov|trov|don|uz"},
    {"de", "bestell|schick|send|tag|zeit|problem|produkt|hilf|frag|moglich|sag|neu|find|geb|mach|zuruck"},
    {"fr", "command|envoi|jour|temp|problem|produit|aid|chos|question|possibl|dir|nouveau|trouv|don|fair"},
    {"es", "ped|envi|dia|tiemp|problem|product|ayud|cos|pregunt|posibl|dec|nuev|encontr|dar|hac"},
};
// clang-format on
constexpr double k_common_weight = 0.6, k_least_weight = 0.2;

bool is_common(std::string_view stem, std::string_view language) {
  for (std::string_view one : split(words_of(k_common, language), '|'))
    if (one == stem) return true;
  return false;
}

// What each term of a question is worth: rare ones more; numbers always all.
std::vector<double> weights_of(const std::vector<std::string>& stems, const Context& context,
                               std::string_view language) {
  std::vector<double> weights;
  for (const std::string& stem : stems) {
    double weight = 1;
    if (stem.front() >= '0' && stem.front() <= '9')
      weight = 1;
    else if (context.rarity)
      weight = std::max(k_least_weight, context.rarity(stem));
    else if (is_common(stem, language))
      weight = k_common_weight;
    weights.push_back(weight);
  }
  return weights;
}

struct Terms {
  std::vector<std::string> stems;
  std::vector<double> weights;
  double need = 1; // weight that a good answer repeats
};

Terms terms_of(const Reading& reading, const Sentence& sentence, const Context& context) {
  Terms terms;
  terms.stems = stems_of(reading, sentence.first, sentence.last);
  terms.weights = weights_of(terms.stems, context, reading.language);
  // The rarer half of the words decides: two of four shared terms are as much as a good answer repeats.
  std::vector<double> sorted = terms.weights;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  if (sorted.size() > 4) sorted.resize(4);
  double sum = std::accumulate(sorted.begin(), sorted.end(), 0.0);
  terms.need = sorted.empty() ? 1 : sorted.size() == 1 ? sum : sum / 2;
  return terms;
}

// Half by the words they share, half by the kind of answer; +0.2 when the reply quotes the question.
double score_of(const Terms& asked, Asks kind, const Answers& a, std::size_t first, std::size_t last,
                bool same_tongue) {
  double shared = 0;
  for (std::size_t i = 0; i < asked.stems.size(); ++i) {
    bool there = false;
    for (std::size_t s = first; s < last; ++s)
      there = there || std::binary_search(a.stems[s].begin(), a.stems[s].end(), asked.stems[i]);
    if (there) shared += asked.weights[i];
  }
  double overlap = same_tongue ? std::min(1.0, shared / asked.need) : 0.5;
  bool evidence = false, deferred = false;
  for (std::size_t s = first; s < last; ++s) {
    evidence = evidence || shows(a, kind, s);
    deferred = deferred || (a.defers[s] && a.time[s]);
  }
  return 0.5 * overlap + (evidence || (deferred && shared > 0) ? 0.5 : 0.0);
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<std::size_t> body = reading.body();
  if (body.empty()) return;
  Answers answers = answers_of(reading);
  std::string quotes;
  for (const Line& line : reading.lines)
    if (line.kind == LineKind::quoted)
      quotes += folded(reading.text.substr(line.begin, line.end - line.begin)) + " ";
  std::vector<const Message*> open = open_messages(check.context);
  if (open.size() > k_most_open_messages)
    open.erase(open.begin(), open.end() - static_cast<std::ptrdiff_t>(k_most_open_messages));
  std::size_t asked = 0;
  for (const Message* message : open) {
    Reading theirs(message->text, "",
                   check.context.language.empty() ? reading.language : check.context.language);
    for (const Question& question : questions_of(theirs)) {
      if (++asked > k_most_questions) return;
      const Sentence& sentence = theirs.sentences[question.sentence];
      Terms terms = terms_of(theirs, sentence, check.context);
      bool same_tongue = theirs.language == reading.language;
      double best = -1;
      std::size_t nearest = body.front();
      for (std::size_t i = 0; i < body.size(); ++i) {
        std::size_t last = std::min(body[i] + 2, reading.sentences.size());
        double score = score_of(terms, question.kind, answers, body[i], last, same_tongue);
        if (score > best) {
          best = score;
          nearest = body[i];
        }
      }
      std::string question_text(theirs.of(sentence));
      if (!quotes.empty() && quotes.find(folded(question_text)) != std::string::npos) best += 0.2;
      if (best >= k_warning) continue;
      std::size_t line = 1;
      for (std::size_t i = 0; i < sentence.begin; ++i) line += message->text[i] == '\n';
      const Sentence& near = reading.sentences[nearest];
      Finding& finding = check.add(
          near,
          fmt::format("{}: \"{}\"",
                      best < k_error ? "a question is not answered" : "a question is perhaps not answered",
                      ellipsize(collapse_spaces(question_text), 160)),
          "answer it, or say what you will find out and by when");
      finding.severity = best < k_error ? Severity::error : Severity::warning;
      finding.evidence = fmt::format("line {} of the message of {}: {}", line, message->author,
                                     ellipsize(collapse_spaces(question_text), 200));
    }
  }
}

} // namespace

constinit const Rule k_hd006{
    {"HD006", "unanswered-question", Severity::error, "every question gets an answer",
     "A question left out costs the customer another mail and another wait; it is the first of the ten "
     "rules.",
     "two questions, and a reply to one of them", "\"Yes, and it ships on 3 May\" to both", "", true},
    k_defers,
    &run};

} // namespace helpdesk::lint
