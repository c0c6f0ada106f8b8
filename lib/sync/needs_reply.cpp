#include "base/text.hpp"
#include "language/classify.hpp"
#include "language/subject.hpp"
#include "sync/classify.hpp"
#include "sync/notifications.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::sync {
namespace {

using model::NeedsReply;

NeedsReplyVerdict no(std::string reason) { return {NeedsReply::no, std::move(reason)}; }
NeedsReplyVerdict unsure(std::string reason) { return {NeedsReply::unsure, std::move(reason)}; }
NeedsReplyVerdict yes(std::string reason) { return {NeedsReply::yes, std::move(reason)}; }

bool is_no_reply_sender(std::string_view address) {
  std::string lower_address = ascii_lower(address.substr(0, address.find('@')));
  constexpr std::array<std::string_view, 8> words{"no-reply",   "noreply",      "no_reply", "do-not-reply",
                                                  "donotreply", "do_not_reply", "no.reply", "nao-responda"};
  for (std::string_view word : words)
    if (lower_address.find(word) != std::string::npos) return true;
  return lower_address == "mailer-daemon" || lower_address == "bounce" || lower_address == "bounces";
}

std::string_view domain_of(std::string_view address) { return address.substr(address.find('@') + 1); }

// One is the other, or lies below it: reply.shop.example and shop.example.
bool same_house(std::string_view a, std::string_view b) {
  auto below = [](std::string_view x, std::string_view y) {
    return x.size() > y.size() && x.ends_with(y) && x[x.size() - y.size() - 1] == '.';
  };
  return equal_ignoring_case(a, b) || below(a, b) || below(b, a);
}

// A form service writes as noreply@ and lets answers go to the person who filled it in; a shop's machine
// sends them to the shop.
bool answers_go_elsewhere(const model::Message& message, const Policy& policy) {
  return std::any_of(message.reply_to.begin(), message.reply_to.end(), [&](const model::Contact& contact) {
    return contact.address.find('@') != std::string::npos && !is_no_reply_sender(contact.address) &&
           !is_ours(policy, contact.address) &&
           !same_house(domain_of(contact.address), domain_of(message.author.address));
  });
}

// "Questions?", "Need help?": the foot of a notification asks for the sake of its links.
bool asks_in_earnest(const helpdesk::TextSignals& signals) {
  return signals.has_question && std::count(signals.evidence.begin(), signals.evidence.end(), ' ') >= 2;
}

// Newsletters without list headers: an office writes, of its own accord, and offers the way out below.
bool is_bare_newsletter(const model::Message& message) {
  if (helpdesk::is_reply_subject(message.subject) || helpdesk::is_forward_subject(message.subject))
    return false;
  return is_office(message.author.address) && message.in_reply_to.empty() && message.references.empty() &&
         helpdesk::has_unsubscribe_footer(message.text, message.html);
}

} // namespace

NeedsReplyVerdict judge_needs_reply(const backend::MailFacts& facts, const model::Message& message,
                                    const AutomationVerdict& automation, const Policy& policy) {
  if (message.direction != model::Direction::in) return no("ours");
  if (facts.is_disposition_notification) return no("read receipt");
  if (facts.is_feedback_report) return no("DMARC, TLS or abuse report");
  const auto read = [&message] {
    return helpdesk::read_signals(message.stripped, message.subject, message.language);
  };
  if (automation.automation == model::Automation::bounce) return no("bounce: " + automation.reason);
  if (automation.automation == model::Automation::out_of_office)
    return no("out of office: " + automation.reason);
  // A form's mailer calls itself a machine, and rightly: the customer behind it is none.
  bool form = automation.through_form && !automation.reason.ends_with("auto-replied");
  if (automation.automation != model::Automation::none && form && !read().is_bare_thanks)
    return unsure("form sent by a machine: " + automation.reason);
  if (automation.is_list || automation.automation == model::Automation::campaign)
    return no(automation.reason);
  if (automation.automation != model::Automation::none) {
    if (automation.reason.starts_with("sender is") && answers_go_elsewhere(message, policy))
      return unsure("form sent by a machine: " + automation.reason);
    return no("machine: " + automation.reason);
  }
  if (is_no_reply_sender(message.author.address))
    return no("sender takes no replies: " + message.author.address);
  if (facts.has_calendar_request) return no("calendar invitation");
  const helpdesk::TextSignals signals = read(); // last: it reads the whole text
  if (std::string_view phrase = notification_phrase(message.subject);
      !phrase.empty() && !asks_in_earnest(signals) && is_office(message.author.address))
    return no("notification: " + std::string(phrase));
  if (is_bare_newsletter(message)) return no("newsletter: a way to unsubscribe at its end");
  if (signals.is_out_of_office) return no("out of office: " + signals.evidence);
  if (signals.is_bare_thanks) return no("bare thanks");
  if (signals.has_question) return yes("question");
  if (signals.is_request) return yes("request");
  if (trim(std::string_view(message.stripped)).empty() && message.attachments.empty()) {
    if (trim(std::string_view(message.subject)).empty()) return unsure("empty message");
    return unsure("no text beside the subject");
  }
  return yes("a person wrote");
}

} // namespace helpdesk::sync
