#include "lint/asked.hpp"

#include "base/text.hpp"
#include "lint/questions.hpp"
#include "lint/rule.hpp"

#include <set>

namespace helpdesk::lint {

std::vector<Asked> asked_by_customer(const Context& context) {
  std::vector<Asked> all;
  std::vector<const Message*> open = open_messages(context);
  if (open.size() > k_most_open_messages)
    open.erase(open.begin(), open.end() - static_cast<std::ptrdiff_t>(k_most_open_messages));
  std::set<std::string> seen; // who waits asks the same again
  for (const Message* message : open) {
    Reading theirs(message->text, "", context.language);
    for (const Question& question : questions_of(theirs)) {
      if (all.size() >= k_most_questions) return all;
      std::string text = collapse_spaces(theirs.of(theirs.sentences[question.sentence]));
      if (!seen.insert(folded(text)).second) continue;
      all.push_back({std::move(text), message->time, question.kind == Asks::action});
    }
  }
  return all;
}

std::vector<std::string> content_words(std::string_view text, std::string_view language) {
  Reading reading(text, std::string(language), language);
  std::vector<std::string> words;
  std::set<std::string_view> seen;
  for (const Word& word : reading.words) {
    if (word.number || count_code_points(word.folded) < 3 || is_function_word(word.folded, reading.language))
      continue;
    if (seen.insert(word.folded).second) words.emplace_back(word.folded);
  }
  return words;
}

} // namespace helpdesk::lint
