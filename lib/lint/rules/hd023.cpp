#include "base/text.hpp"
#include "lint/rule.hpp"

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_run = 3, k_long = 4; // words in a row, and letters of those that count

bool is_all_upper(std::string_view word, std::size_t& letters) {
  letters = 0;
  for (std::size_t pos = 0; pos < word.size();) {
    char32_t c = next_code_point(word, pos);
    if (!is_letter(c) || lower(c) == c) return false;
    ++letters;
  }
  return letters > 0;
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::size_t first = 0, run_length = 0, long_words = 0;
  auto finish = [&](std::size_t end) {
    if (run_length >= k_run && (long_words >= 2 || (long_words == 1 && run_length > k_run)))
      check.add(Match{first, end}, "words in capitals shout", "write them as others");
    run_length = long_words = 0;
  };
  for (std::size_t i = 0; i < reading.words.size(); ++i) {
    const Word& word = reading.words[i];
    std::size_t letters = 0;
    bool known = check.settings.glossary.contains(std::string(reading.of(word)));
    if (word.filled || known || !is_all_upper(reading.of(word), letters)) {
      finish(i);
      continue;
    }
    if (run_length == 0) first = i;
    ++run_length;
    long_words += letters >= k_long;
  }
  finish(reading.words.size());
}

} // namespace

constinit const Rule k_hd023{{"HD023", "shouting", Severity::warning, "no capitals",
                              "In writing capitals are a raised voice, whatever was meant.",
                              "YOU MUST SEND IT BACK", "PDF API URL", "", false},
                             {},
                             &run};

} // namespace helpdesk::lint
