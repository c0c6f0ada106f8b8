#include "base/text.hpp"
#include "language/classify.hpp"
#include "sync/classify.hpp"
#include "sync/notifications.hpp"

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
  return lower_address == "mailer-daemon" || lower_address == "postmaster" || lower_address == "bounce" ||
         lower_address == "bounces";
}

} // namespace

NeedsReplyVerdict judge_needs_reply(const backend::MailFacts& facts, const model::Message& message,
                                    const AutomationVerdict& automation, const Policy& policy) {
  if (message.direction != model::Direction::in) return no("ours");
  if (facts.is_disposition_notification) return no("read receipt");
  if (facts.is_feedback_report) return no("DMARC, TLS or abuse report");
  helpdesk::TextSignals signals = helpdesk::read_signals(message.stripped, message.subject, message.language);
  if (automation.automation == model::Automation::bounce) return no("bounce: " + automation.reason);
  if (automation.automation == model::Automation::out_of_office)
    return no("out of office: " + automation.reason);
  if (automation.is_list || automation.automation == model::Automation::campaign)
    return no(automation.reason);
  bool through_form = !is_ours(policy, message.author.address) && !message.reply_to.empty();
  if (automation.automation != model::Automation::none) {
    // A form's mailer calls itself a machine, and rightly: the customer behind it is none.
    if (through_form && automation.reason.starts_with("sender is"))
      return unsure("form sent by a machine: " + automation.reason);
    return no("machine: " + automation.reason);
  }
  if (is_no_reply_sender(message.author.address))
    return no("sender takes no replies: " + message.author.address);
  if (facts.has_calendar_request) return no("calendar invitation");
  if (std::string_view phrase = notification_phrase(message.subject);
      !phrase.empty() && !signals.has_question && is_office(message.author.address))
    return no("notification: " + std::string(phrase));
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
