// Questions about a reply or a ticket that several rules ask.
#include "base/text.hpp"
#include "language/stem.hpp"
#include "lint/rule.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

bool is_scandinavian(std::string_view code) {
  return code == "nb" || code == "nn" || code == "no" || code == "da";
}

// 14:00, 3.5., 2026-05-03, 12/5 behind a number.
bool is_dotted_number(const Reading& reading, std::size_t word) {
  if (word + 1 >= reading.words.size() || !reading.words[word + 1].number) return false;
  std::string_view between =
      reading.text.substr(reading.words[word].end, reading.words[word + 1].begin - reading.words[word].end);
  return between == ":" || between == "." || between == "/" || between == "-";
}

} // namespace

std::vector<const Message*> open_messages(const Context& context) {
  std::vector<const Message*> open;
  for (const Message& message : context.messages) {
    if (message.internal) continue;
    if (message.from_customer)
      open.push_back(&message);
    else
      open.clear();
  }
  if (!open.empty()) return open;
  // We wrote last, and write again: what the customer said last still stands.
  for (auto it = context.messages.rbegin(); it != context.messages.rend(); ++it)
    if (it->from_customer && !it->internal) return {&*it};
  return {};
}

std::vector<bool> sentences_with_time(const Reading& reading) {
  std::vector<bool> with = reading.sentences_with(words_of(time_words(), reading.language));
  std::vector<bool> is_number(reading.words.size() + 1), is_unit(reading.words.size() + 1);
  for (const Match& match : reading.find(words_of(number_words(), reading.language)))
    is_number[match.last - 1] = true;
  for (const Match& match : reading.find(words_of(time_units(), reading.language)))
    is_unit[match.first] = true;
  for (std::size_t i = 0; i < reading.words.size(); ++i) {
    const Word& word = reading.words[i];
    bool number = word.number || is_number[i];
    bool counted = number && ((i + 1 < reading.words.size() && is_unit[i + 1]) ||
                              (i + 2 < reading.words.size() && is_unit[i + 2]));
    // "24h", "14 Uhr", "kl. 14"
    bool glued = word.number &&
                 (word.folded.ends_with("h") || word.folded.ends_with("am") || word.folded.ends_with("pm") ||
                  word.folded.ends_with("st") || word.folded.ends_with("th") || word.folded.ends_with("rd"));
    bool clock = word.number && i > 0 &&
                 (reading.words[i - 1].folded == "kl" || reading.words[i - 1].folded == "klokken");
    if (counted || glued || clock || (word.number && is_dotted_number(reading, i)))
      with[word.sentence] = true;
  }
  return with;
}

bool is_trouble(const Context& context, std::string_view language) {
  for (const Message* message : open_messages(context)) {
    Reading reading(message->text, "", language);
    if (reading.has(words_of(trouble_words(), reading.language))) return true;
    if (reading.text.find("!!") != std::string_view::npos) return true;
  }
  return false;
}

bool is_function_word(std::string_view word, std::string_view language) {
  std::string_view list = words_of(function_words(), language);
  for (std::size_t at = list.find(word); at != list.npos && !word.empty(); at = list.find(word, at + 1))
    if ((at == 0 || list[at - 1] == '|') &&
        (at + word.size() == list.size() || list[at + word.size()] == '|'))
      return true;
  return false;
}

std::vector<std::string> stems_of(const Reading& reading, std::size_t first, std::size_t last) {
  std::vector<std::string> stems;
  for (std::size_t i = first; i < last && i < reading.words.size(); ++i) {
    const Word& word = reading.words[i];
    if (word.number) {
      stems.emplace_back(word.folded);
      continue;
    }
    if (count_code_points(word.folded) < 3 || is_function_word(word.folded, reading.language)) continue;
    stems.push_back(stem_of(word.folded, reading.language));
  }
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

bool same_language(std::string_view a, std::string_view b) {
  return a == b || (is_scandinavian(a) && is_scandinavian(b));
}

} // namespace helpdesk::lint
