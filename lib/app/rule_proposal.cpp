#include "app/rule_proposal.hpp"

#include "app/providers.hpp"
#include "base/text.hpp"
#include "language/subject.hpp"

#include <algorithm>

namespace helpdesk::app {
namespace {

const model::Message* customers_message(const std::vector<model::Message>& heads) {
  for (const model::Message& m : heads)
    if (m.direction == model::Direction::in && m.author.address.find('@') != std::string::npos) return &m;
  return nullptr;
}

// A word of the search language: quoted when it holds what the language would read.
std::string word(std::string_view text) {
  bool plain =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._-+") ==
      std::string_view::npos;
  return plain ? std::string(text) : "\"" + replace_all(text, "\"", " ") + "\"";
}

bool holds_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

} // namespace

std::string steady_words(std::string_view subject) {
  std::vector<std::string> best, run;
  auto take = [&] {
    if (run.size() > best.size()) best = run;
    run.clear();
  };
  std::string bare = collapse_spaces(helpdesk::normalise_subject(subject));
  for (std::string_view one : split(bare, ' ')) {
    // Punctuation at the ends is no part of a word.
    constexpr std::string_view k_marks = ".,:;!?()[]<>\"'#-";
    std::size_t begin = one.find_first_not_of(k_marks), end = one.find_last_not_of(k_marks);
    if (begin == std::string_view::npos) continue;
    bool breaks = holds_digit(one);
    if (!breaks) run.emplace_back(one.substr(begin, end - begin + 1));
    if (breaks || end + 1 < one.size()) take();
  }
  take();
  return best.size() < 2 ? std::string() : join(best, " ");
}

std::vector<RuleProposal> propose_rules(const std::vector<model::Message>& heads) {
  std::vector<RuleProposal> proposals;
  const model::Message* message = customers_message(heads);
  if (!message) return proposals;
  std::string address = ascii_lower(message->author.address), domain = address.substr(address.rfind('@') + 1);
  std::string from = "from:" + word(address);
  proposals.push_back({"sender", address, from});
  if (std::string words = steady_words(message->subject); !words.empty())
    proposals.push_back(
        {"subject", address + ": " + words, from + " subject:\"" + replace_all(words, "\"", " ") + "\""});
  // Everybody at a mail provider is no group of people.
  if (!provider_of(address)) proposals.push_back({"domain", domain, "from:" + word(domain)});
  return proposals;
}

std::vector<std::string> propose_changes(const model::Ticket& ticket,
                                         const std::vector<model::Message>& heads) {
  std::vector<std::string> changes;
  if (ticket.spam) changes.emplace_back("spam=true");
  const model::Message* message = customers_message(heads);
  if (!ticket.spam && message && message->needs_reply == model::NeedsReply::no)
    changes.emplace_back("needs_reply=no");
  for (const std::string& tag : ticket.tags) changes.push_back("tag+=" + tag);
  if (!ticket.queue.empty()) changes.push_back("queue=" + ticket.queue);
  if (!ticket.assignee.empty()) changes.push_back("assignee=" + ticket.assignee);
  if (ticket.priority != model::Priority::none)
    changes.push_back("priority=" + std::string(model::text(ticket.priority)));
  return changes;
}

} // namespace helpdesk::app
