// A rule for mail like this: from one ticket to the query that finds its like, and the change that a person
// made to it.
#pragma once

#include "model/values.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

struct RuleProposal {
  std::string by;   // "sender", "subject" (and sender), "domain"
  std::string name; // for [[rules]]
  std::string when; // in the search language
};

// Narrow ones first. Empty when nobody outside wrote in it. heads: of the ticket, in order.
std::vector<RuleProposal> propose_rules(const std::vector<model::Message>& heads);
// What was made of this ticket, as changes for its like: "spam=true", "needs_reply=no", "tag+=billing",
// "queue=…", "assignee=…".
std::vector<std::string> propose_changes(const model::Ticket& ticket,
                                         const std::vector<model::Message>& heads);
// The words that stay the same from mail to mail: the longest run of a subject's words without digits.
std::string steady_words(std::string_view subject);

} // namespace helpdesk::app
