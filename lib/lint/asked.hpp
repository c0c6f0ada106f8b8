// What a customer wants to know, for those who answer: the same questions that HD006 looks for in the reply.
#pragma once

#include "lint/lint.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::lint {

struct Asked {
  std::string text;     // the sentence, on one line
  Instant time{};       // of the message
  bool request = false; // "please send …" rather than a question
};
// Of the customer's messages since our last public reply, oldest first; at most as many as HD006 looks at.
std::vector<Asked> asked_by_customer(const Context& context);

// Words that carry content, folded to lower case, in the order of the text and each once: no function words,
// at least three letters, no numbers. language: of the text; empty: told from it.
std::vector<std::string> content_words(std::string_view text, std::string_view language);

} // namespace helpdesk::lint
