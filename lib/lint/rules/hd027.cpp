#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_least_words = 60; // below, an index says nothing
constexpr std::size_t k_long_word = 6;    // letters; longer ones are long (LIX, C. H. Björnsson)

// Flesch's reading ease and its versions: a - b · words a sentence - c · syllables a word (Flesch 1948;
// Amstad 1978 for German; Kandel and Moles 1958 for French; Fernández-Huerta 1959 for Spanish; Oborneva 2006
// for Russian).
struct Ease {
  std::string_view language;
  double a, b, c;
};
constexpr Ease k_eases[] = {{"en", 206.835, 1.015, 84.6},
                            {"de", 180, 1, 58.5},
                            {"fr", 207, 1.015, 73.6},
                            {"es", 206.84, 1.02, 60},
                            {"ru", 206.835, 1.3, 60.1}};
constexpr double k_hard = 20; // below, few read it without trouble

bool is_vowel(char32_t c) {
  return std::u32string_view(U"aeiouyáéíóúàèìòùâêîôûäëïöüåæøœаеёиоуыэюя").find(c) !=
         std::u32string_view::npos;
}

std::size_t syllables_of(std::string_view word, bool groups) {
  std::size_t count = 0;
  bool before = false;
  for (std::size_t pos = 0; pos < word.size();) {
    bool vowel = is_vowel(next_code_point(word, pos));
    count += vowel && !(before && groups);
    before = vowel;
  }
  return std::max<std::size_t>(1, count);
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::size_t words = 0, sentences = 0, long_words = 0, syllables = 0, longest = 0, longest_at = 0;
  bool list = false;
  for (std::size_t s : reading.body()) {
    const Sentence& sentence = reading.sentences[s];
    list = list || sentence.listed;
    std::size_t length = sentence.last - sentence.first;
    ++sentences;
    words += length;
    if (length > longest) {
      longest = length;
      longest_at = s;
    }
    for (std::size_t w = sentence.first; w < sentence.last; ++w) {
      long_words += count_code_points(reading.words[w].folded) > k_long_word;
      syllables += syllables_of(reading.words[w].folded, reading.language != "ru");
    }
  }
  if (words == 0) return;
  bool chat = check.context.channel == "chat" || check.context.channel == "sms";
  auto most = static_cast<std::size_t>(chat ? check.settings.chat_words : check.settings.most_words);
  const Sentence& first = reading.sentences[reading.body().front()];
  if (words > most && (!list || chat)) {
    check.add(first, fmt::format("{} words{}", words, chat ? " in a chat" : " without a list"),
              "say less, or make steps of it");
    return;
  }
  double mean = static_cast<double>(words) / static_cast<double>(sentences);
  auto limit = static_cast<double>(check.settings.longest_sentence);
  if (mean > limit || static_cast<double>(longest) > 2 * limit) {
    check.add(reading.sentences[longest_at], fmt::format("a sentence of {} words", longest),
              "make two of it");
    return;
  }
  if (words < k_least_words) return;
  double many = 100.0 * static_cast<double>(long_words) / static_cast<double>(words);
  double lix = mean + many;
  // German, Russian and Esperanto words are longer; the same text is no harder for it.
  bool long_tongue = reading.language == "de" || reading.language == "ru" || reading.language == "eo";
  if (lix > check.settings.lix + (long_tongue ? 12 : 0)) {
    check.add(first, fmt::format("hard to read: LIX {:.0f}", lix), "shorter words, shorter sentences");
    return;
  }
  for (const Ease& ease : k_eases) {
    if (ease.language != reading.language) continue;
    double score =
        ease.a - ease.b * mean - ease.c * static_cast<double>(syllables) / static_cast<double>(words);
    if (score < k_hard)
      check.add(first, fmt::format("hard to read: reading ease {:.0f} of 100", score),
                "shorter words, shorter sentences");
  }
}

} // namespace

constinit const Rule k_hd027{
    {"HD027", "readability", Severity::suggestion, "short enough to read",
     "A reply is read once, often on a telephone, by somebody who has other things to do.",
     "one sentence of 60 words", "sentences of 12 words", "", false},
    {},
    &run};

} // namespace helpdesk::lint
