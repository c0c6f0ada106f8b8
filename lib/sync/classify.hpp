// Who wrote a mail, whether a machine did, and whether it waits for an answer. Pure functions of one mail and
// the account's policy.
#pragma once

#include "backend/backend.hpp"
#include "sync/policy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::sync {

// Machines by RFC 3834 and the habits of real ones (metrics.md section 1). reason names the header or phrase
// that decided.
struct AutomationVerdict {
  model::Automation automation = model::Automation::none;
  std::string reason;
  bool is_list = false;      // a mailing list or newsletter that is not our own group
  bool through_form = false; // our own mailer brought it: the customer behind it is no machine
};
AutomationVerdict judge_automation(const backend::MailFacts& facts, const model::Message& message,
                                   const Policy& policy);

// direction, author and author_role of a mail. seen_in: folder roles it was seen in ("sent", "inbox" …).
// A mail *from* one of our addresses with a foreign Reply-To or X-Original-Sender/-From and no copy in Sent
// is a customer who came through a form or a group: the author becomes the foreign address.
struct RoleVerdict {
  model::Direction direction = model::Direction::in;
  model::Role role = model::Role::customer;
  model::Contact author;
  std::string via; // "form", "group", empty
};
RoleVerdict judge_role(const backend::MailFacts& facts, const model::Message& message, const Policy& policy,
                       const std::vector<std::string>& seen_in);

// yes, no or unsure with its reason, for inbound messages; expects automation, role, text and stripped to be
// set.
struct NeedsReplyVerdict {
  model::NeedsReply needs = model::NeedsReply::yes;
  std::string reason;
};
NeedsReplyVerdict judge_needs_reply(const backend::MailFacts& facts, const model::Message& message,
                                    const AutomationVerdict& automation, const Policy& policy);

// How the reason begins on what a colleague forwarded in; the first writer's address follows.
inline constexpr std::string_view k_forwarded_from = "forwarded from ";

// Fills in everything of a decoded mail that does not depend on other mails: text of HTML-only mails,
// stripped, language, subject_key, role, automation, needs_reply, delivery. labels must hold the folders it
// was seen in.
void complete_mail(model::Message& message, const backend::MailFacts& facts, const Policy& policy,
                   const std::vector<std::string>& seen_in);

// The same of a message of a system with tickets, which says itself who wrote it and for whom: only what it
// leaves open (stripped text, language, whether a customer's word waits).
void complete_remote(model::Message& message, const Policy& policy);

// Whether a header block (headers-first fetch) belongs to the desk: one of our addresses in From, To, Cc,
// Delivered-To, X-Original-To, Envelope-To or Resent-To. Always true with scope_all.
bool in_scope(std::string_view header_block, const Policy& policy);

} // namespace helpdesk::sync
