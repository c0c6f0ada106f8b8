#include "base/text.hpp"
#include "language/classify.hpp"
#include "language/detect.hpp"
#include "language/forwarded.hpp"
#include "language/html.hpp"
#include "language/quotes.hpp"
#include "sync/classify.hpp"
#include "sync/thread.hpp"

#include <algorithm>

namespace helpdesk::sync {

namespace {

// A colleague sent in what somebody outside wrote to them: whether that person waits is for a human to say.
void propose_requester(model::Message& message, const Policy& policy) {
  if (message.direction != model::Direction::internal || message.author_role != model::Role::agent ||
      message.automation != model::Automation::none)
    return;
  auto forwarded = helpdesk::find_forwarded(message.text);
  if (!forwarded || forwarded->address.empty() || is_ours(policy, forwarded->address)) return;
  message.needs_reply = model::NeedsReply::unsure;
  message.needs_reply_reason = std::string(k_forwarded_from) + forwarded->address;
}

} // namespace

void complete_mail(model::Message& message, const backend::MailFacts& facts, const Policy& policy,
                   const std::vector<std::string>& seen_in) {
  if (message.text.empty() && !message.html.empty()) {
    helpdesk::HtmlTexts texts = helpdesk::html_texts(message.html);
    message.text = std::move(texts.text);
    message.stripped = helpdesk::strip_quotes(texts.reply).reply;
  } else {
    message.stripped = helpdesk::strip_quotes(message.text).reply;
  }
  message.language = helpdesk::detect_language(message.stripped.empty() ? message.text : message.stripped);

  RoleVerdict role = judge_role(facts, message, policy, seen_in);
  // A group passes on what somebody else sent: a machine's mail stays a machine's.
  if (role.via == "group") message.author = role.author;
  AutomationVerdict automation = judge_automation(facts, message, policy);
  automation.through_form = role.via == "form";
  message.author = role.author;
  message.author_role = role.role;
  message.direction = role.direction;
  message.automation = automation.automation;
  if (message.author_role == model::Role::customer && automation.automation == model::Automation::bounce)
    message.author_role = model::Role::system;
  if (facts.is_bounce && !facts.bounced_message_id.empty()) {
    // A bounce belongs to the conversation of the mail that bounced.
    message.in_reply_to = facts.bounced_message_id;
    if (std::find(message.references.begin(), message.references.end(), facts.bounced_message_id) ==
        message.references.end())
      message.references.push_back(facts.bounced_message_id);
  }
  message.subject_key = subject_key_of(message);
  // On the notice itself this says that the failure is permanent; derivation carries it to the mail that
  // bounced.
  if (facts.is_bounce && facts.bounce_permanent) message.delivery = model::Delivery::bounced;

  NeedsReplyVerdict needs = judge_needs_reply(facts, message, automation, policy);
  message.needs_reply = needs.needs;
  message.needs_reply_reason = needs.reason;
  propose_requester(message, policy);
  if (facts.is_bounce) {
    message.needs_reply_reason = "bounce";
    if (!facts.bounce_recipient.empty()) message.needs_reply_reason += " of " + facts.bounce_recipient;
    if (!facts.bounce_status.empty()) message.needs_reply_reason += " " + facts.bounce_status;
    if (!facts.bounce_reason.empty()) message.needs_reply_reason += ": " + facts.bounce_reason;
  }
}

void complete_remote(model::Message& message, const Policy& policy) {
  const bool is_bare = message.text.empty() && message.html.empty() && message.stripped.empty();
  if (message.text.empty() && !message.html.empty()) message.text = helpdesk::html_to_text(message.html);
  if (!is_bare && message.stripped.empty()) message.stripped = helpdesk::strip_quotes(message.text).reply;
  if (!is_bare && message.language.empty()) message.language = helpdesk::detect_language(message.stripped);
  if (!message.subject.empty() && message.subject_key.empty()) message.subject_key = subject_key_of(message);
  bool inbound =
      message.direction == model::Direction::in && message.visibility == model::Visibility::public_;
  if (!inbound || message.author_role != model::Role::customer) {
    message.needs_reply = model::NeedsReply::no;
    if (message.needs_reply_reason.empty())
      message.needs_reply_reason = message.direction == model::Direction::in ? "not the customer's" : "ours";
  } else if (message.needs_reply_reason.empty()) {
    AutomationVerdict automation{message.automation, std::string(model::text(message.automation))};
    NeedsReplyVerdict needs = judge_needs_reply({}, message, automation, policy);
    message.needs_reply = needs.needs;
    message.needs_reply_reason = needs.reason;
  }
}

} // namespace helpdesk::sync
