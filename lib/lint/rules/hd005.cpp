#include "base/text.hpp"
#include "language/detect.hpp"
#include "lint/rule.hpp"

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_least_letters = 20, k_least_words = 4, k_sure_letters = 60;

// Without what stands in quotation marks: an error message is quoted in the language it has.
std::string unquoted(std::string_view text) {
  struct Pair {
    std::string_view open, close;
  };
  constexpr Pair k_pairs[] = {{"\"", "\""}, {"«", "»"}, {"„", "“"}, {"“", "”"},
                              {"»", "«"},   {"`", "`"}, {" '", "'"}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    bool jumped = false;
    for (const Pair& pair : k_pairs) {
      if (!text.substr(i).starts_with(pair.open)) continue;
      std::size_t close = text.substr(i + pair.open.size(), 400).find(pair.close);
      if (close == std::string_view::npos) continue;
      i += pair.open.size() + close + pair.close.size();
      out += ' ';
      jumped = true;
      break;
    }
    if (!jumped) out += text[i++];
  }
  return out;
}

std::size_t letters_of(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t pos = 0; pos < text.size();) letters += is_letter(next_code_point(text, pos));
  return letters;
}

std::string expected_language(const Check& check) {
  const Context& context = check.context;
  if (!context.language.empty()) return context.language;
  // Nobody to answer: a paragraph in another language than the rest, where the rest is in one that we know.
  if (!context.has_ticket)
    return words_of(function_words(), check.reading.language).empty() ? std::string()
                                                                      : check.reading.language;
  std::string last;
  for (const Message& message : context.messages)
    if (message.from_customer) {
      std::string told = told_by_words(message.text);
      if (told.empty()) told = detect_language(message.text);
      if (!told.empty()) last = told;
    }
  return last.empty() ? check.reading.language : last;
}

// Which language the text is in, when it is not the expected one; empty when it may well be that.
std::string other_language(const std::string& text, const std::string& expected) {
  std::string told = told_by_words(text);
  if (told == expected || (!told.empty() && same_language(told, expected))) return {};
  std::size_t letters = letters_of(text);
  if (told.empty() && letters < k_sure_letters) return {};
  std::string detected = detect_language(text);
  if (detected.empty()) return letters >= k_sure_letters ? told : std::string();
  if (same_language(detected, expected)) return {};
  // Both must say so where both can: names and products look like any language.
  return told.empty() || same_language(told, detected) ? detected : std::string();
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::string expected = expected_language(check);
  if (expected.empty()) return;
  std::size_t begin = 0, end = 0;
  std::string found;
  auto finish = [&] {
    if (!found.empty())
      check.add(begin, end, fmt::format("this is \"{}\", the customer's language is \"{}\"", found, expected),
                "answer in the language in which the customer wrote");
    found.clear();
  };
  for (std::size_t i = 0; i < reading.sentences.size();) {
    std::size_t last = i;
    while (last < reading.sentences.size() &&
           reading.sentences[last].paragraph == reading.sentences[i].paragraph)
      ++last;
    std::string paragraph;
    std::size_t words = 0;
    for (std::size_t s = i; s < last; ++s) {
      if (reading.sentences[s].part != Part::body) continue;
      for (std::size_t w = reading.sentences[s].first; w < reading.sentences[s].last; ++w)
        words += !reading.words[w].filled;
      paragraph += std::string(reading.of(reading.sentences[s])) + " ";
    }
    paragraph = unquoted(paragraph);
    if (words >= k_least_words && letters_of(paragraph) >= k_least_letters) {
      std::string other = other_language(paragraph, expected);
      if (other.empty() || (!found.empty() && found != other)) finish();
      if (!other.empty()) {
        if (found.empty()) begin = reading.sentences[i].begin;
        end = reading.sentences[last - 1].end;
        found = other;
      }
    }
    i = last;
  }
  finish();
}

} // namespace

constinit const Rule k_hd005{
    {"HD005", "language-mismatch", Severity::error, "an answer in the customer's language",
     "What the customer cannot read is no answer, and a reply in two languages is half of one.",
     "an English text below \"Hei Martha\" to somebody who wrote in Norwegian",
     "an English error message in quotation marks", "", false},
    {},
    &run};

} // namespace helpdesk::lint
