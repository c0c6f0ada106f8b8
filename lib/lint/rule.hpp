// What a rule is to the engine. Inside lib/lint only.
#pragma once

#include "lint/lint.hpp"
#include "lint/reading.hpp"
#include "lint/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::lint {

class Check;

struct Rule {
  RuleInfo info;
  Lexicon lexicon; // empty: needs no words
  void (*run)(Check& check) = nullptr;
};

// One rule at work on one reply.
class Check {
 public:
  Check(const Rule& rule, const Reading& reading, const Input& input, const Settings& settings,
        std::vector<Finding>& findings)
      : reading(reading), input(input), context(input.context), settings(settings), rule_(rule),
        findings_(findings) {}

  const Reading& reading;
  const Input& input;
  const Context& context;
  const Settings& settings;

  // Matches of the rule's list for the reply's language and of the user's, without what he allows.
  std::vector<Match> matches(Lexicon lexicon) const;
  std::vector<Match> matches() const { return matches(rule_.lexicon); }

  Finding& add(std::size_t begin, std::size_t end, std::string message, std::string suggestion = {});
  Finding& add(const Match& match, std::string message, std::string suggestion = {});
  Finding& add(const Sentence& sentence, std::string message, std::string suggestion = {});
  std::string_view of(const Match& match) const;

 private:
  const Rule& rule_;
  std::vector<Finding>& findings_;
};

std::span<const Rule* const> all_rules();

extern const Rule k_hd001, k_hd002, k_hd003, k_hd004, k_hd005, k_hd006, k_hd007, k_hd008, k_hd009, k_hd010,
    k_hd011, k_hd012, k_hd013, k_hd014, k_hd015, k_hd016, k_hd017, k_hd018, k_hd019, k_hd020, k_hd021,
    k_hd022, k_hd023, k_hd024, k_hd025, k_hd026, k_hd027, k_hd028, k_hd029, k_hd030, k_hd031, k_hd032;

// The customer's public messages since our last public reply, oldest first; all of them when we never wrote.
std::vector<const Message*> open_messages(const Context& context);
// Which sentences name a day, a date, a clock time or a length of time.
std::vector<bool> sentences_with_time(const Reading& reading);
// The customer writes that something is wrong.
bool is_trouble(const Context& context, std::string_view language);
// Stems of words that carry content: no function words, at least three letters; numbers as they are.
std::vector<std::string> stems_of(const Reading& reading, std::size_t first, std::size_t last);
bool is_function_word(std::string_view word, std::string_view language);
bool same_language(std::string_view a, std::string_view b); // Norwegian and Danish are one

} // namespace helpdesk::lint
