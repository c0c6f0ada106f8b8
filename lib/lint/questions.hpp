// What a customer asked, question by question. Inside lib/lint only.
#pragma once

#include "lint/reading.hpp"

#include <string>
#include <vector>

namespace helpdesk::lint {

// How much of a conversation is looked at: nobody answers more at once.
inline constexpr std::size_t k_most_open_messages = 5, k_most_questions = 12;

enum class Asks : unsigned char { yes_or_no, when, how_much, where, why, how, which, action };

struct Question {
  std::size_t sentence = 0; // of the reading it was found in
  Asks kind = Asks::yes_or_no;
};

// Sentences that ask by their mark, by the order of their words or by a phrase ("I wonder …"), and requests
// ("please send …"). Courtesies ("how are you?") and rhetorical ones are none.
std::vector<Question> questions_of(const Reading& reading);

// What shows in a reply that a question of that kind was answered, as a list of phrases.
std::string_view evidence_words(Asks kind, std::string_view language);

} // namespace helpdesk::lint
