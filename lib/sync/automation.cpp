// RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 2369/2919 (lists) and what machines send
// instead of them.
#include "base/text.hpp"
#include "language/auto_reply.hpp"
#include "language/subject.hpp"
#include "sync/classify.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::sync {
namespace {

using backend::MailFacts;
using model::Automation;

// Local parts that only machines use. Compared with the part before any "+" tag or digit tail.
constexpr std::array<std::string_view, 14> k_machine_local_parts{
    "mailer-daemon", "no-reply", "noreply", "no_reply",      "do-not-reply", "donotreply",   "do_not_reply",
    "bounce",        "bounces",  "nobody",  "notifications", "notification", "auto-confirm", "tlsrpt"};

std::string local_part(std::string_view address) {
  std::string part = ascii_lower(address.substr(0, address.find('@')));
  return part.substr(0, part.find_first_of("+="));
}

// Who answers such a subject is a person: "Re: Automatic reply: …". Machines put their own words in front.
AutomaticSubject subject_of_a_machine(const model::Message& message) {
  return helpdesk::is_reply_subject(message.subject) ? AutomaticSubject::none
                                                     : automatic_subject(message.subject);
}

bool is_bounce_sender(std::string_view address) {
  std::string part = local_part(address);
  return part == "mailer-daemon" || part == "postmaster" || part == "bounce" || part == "bounces";
}

// The one office that people write from and that bounces come from: a person's mail tells where its own
// bounces go.
bool is_human_postmaster(const MailFacts& facts, const model::Message& message) {
  std::string_view address = message.author.address;
  std::string path = facts.header("return-path");
  return local_part(address) == "postmaster" && !address.empty() &&
         ascii_lower(path).find(ascii_lower(address)) != std::string::npos &&
         automatic_subject(message.subject) == AutomaticSubject::none;
}

// "Report Domain: example.org Submitter: …" (RFC 7489, RFC 8460), whatever stands before it and however it
// is packed.
bool is_domain_report(std::string_view subject) {
  std::string lowered = ascii_lower(subject);
  std::size_t at = lowered.find("report domain:");
  return at != std::string::npos && lowered.find("submitter:", at) != std::string::npos &&
         !helpdesk::is_reply_subject(subject) && !helpdesk::is_forward_subject(subject);
}

// A list header that names one of our own addresses is our own group, not a mailing list we read.
bool names_us(std::string_view value, const Policy& policy) {
  std::string lower_value = ascii_lower(value);
  for (const std::string& address : policy.us_addresses) {
    if (lower_value.find(address) != std::string::npos) return true;
    // List-Id writes support@example.org as <support.example.org>.
    if (lower_value.find(replace_all(address, "@", ".")) != std::string::npos) return true;
  }
  return false;
}

AutomationVerdict verdict(Automation automation, std::string reason, bool is_list = false) {
  return AutomationVerdict{automation, std::move(reason), is_list};
}

bool is_our_group(const MailFacts& facts, const Policy& policy) {
  constexpr std::array<std::string_view, 4> names{"list-id", "list-post", "list-help", "mailing-list"};
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return names_us(facts.header(name), policy); });
}

std::optional<AutomationVerdict> judge_lists(const MailFacts& facts, const Policy& policy) {
  std::string list_id = facts.header("list-id"), list_post = facts.header("list-post"),
              unsubscribe = facts.header("list-unsubscribe");
  if (is_our_group(facts, policy)) return std::nullopt;
  if (!unsubscribe.empty()) return verdict(Automation::campaign, "newsletter: List-Unsubscribe", true);
  if (!list_id.empty()) return verdict(Automation::campaign, "mailing list: List-Id", true);
  if (!list_post.empty() || !facts.header("mailing-list").empty())
    return verdict(Automation::campaign, "mailing list", true);
  if (!facts.header("feedback-id").empty() || !facts.header("x-campaign").empty() ||
      !facts.header("x-campaignid").empty() || !facts.header("x-mailchimp-campaign-id").empty() ||
      !facts.header("x-mc-user").empty())
    return verdict(Automation::campaign, "campaign: sent by a bulk mailer", true);
  return std::nullopt;
}

std::optional<AutomationVerdict> judge_auto_headers(const MailFacts& facts, const model::Message& message,
                                                    const Policy& policy) {
  // "no" means a human; the value may carry parameters: auto-replied; owner-email="…".
  std::string submitted = ascii_lower(trim(std::string_view(facts.header("auto-submitted"))));
  submitted = submitted.substr(0, submitted.find_first_of("; \t("));
  bool says_human = submitted == "no";
  bool away_words = subject_of_a_machine(message) == AutomaticSubject::out_of_office;
  if (!submitted.empty() && !says_human) {
    return verdict(away_words ? Automation::out_of_office : Automation::auto_reply,
                   "Auto-Submitted: " + submitted);
  }
  if (says_human) return verdict(Automation::none, "Auto-Submitted: no");
  constexpr std::array<std::string_view, 7> present{"x-autoreply",    "x-autorespond",    "x-autoresponder",
                                                    "x-auto-reply",   "x-autoreply-from", "x-mail-autoreply",
                                                    "x-autogenerated"};
  for (std::string_view name : present) {
    std::string value = ascii_lower(trim(std::string_view(facts.header(name))));
    if (!value.empty() && value != "no" && value != "false" && value != "0")
      return verdict(away_words ? Automation::out_of_office : Automation::auto_reply,
                     std::string(name) + " header");
  }
  std::string precedence = ascii_lower(trim(std::string_view(facts.header("precedence"))));
  if (precedence == "auto_reply" || precedence == "auto-reply")
    return verdict(away_words ? Automation::out_of_office : Automation::auto_reply,
                   "Precedence: " + precedence);
  // Groups mark what they pass on; in our own group that is a customer's mail all the same.
  bool passed_on = precedence == "list" && is_our_group(facts, policy);
  if (precedence == "bulk" || precedence == "junk" || (precedence == "list" && !passed_on)) {
    if (away_words) return verdict(Automation::out_of_office, "Precedence: " + precedence);
    return verdict(Automation::campaign, "Precedence: " + precedence, precedence == "list");
  }
  if (!facts.header("x-vacation").empty() || !facts.header("x-ms-exchange-inbox-rules-loop").empty() ||
      away_words)
    return verdict(Automation::out_of_office, away_words ? "out-of-office subject" : "vacation header");
  return std::nullopt;
}

} // namespace

AutomationVerdict judge_automation(const MailFacts& facts, const model::Message& message,
                                   const Policy& policy) {
  if (facts.is_disposition_notification) return verdict(Automation::auto_reply, "read receipt");
  if (facts.is_feedback_report || is_domain_report(message.subject))
    return verdict(Automation::auto_reply, "DMARC, TLS or abuse report");
  if (facts.is_bounce)
    return verdict(Automation::bounce, facts.bounce_delayed ? "delivery is delayed" : "delivery report");
  // An empty Return-Path is written as "<>": only machines that must not be answered use it.
  std::string return_path(trim(std::string_view(facts.header("return-path"))));
  bool null_sender = return_path == "<>";
  if (is_bounce_sender(message.author.address) && !is_human_postmaster(facts, message))
    return verdict(Automation::bounce, "sent by " + message.author.address);
  if (auto found = judge_auto_headers(facts, message, policy)) {
    // A list that also says bulk is a list; a person's own word ("no") stands against everything but list
    // headers.
    if (found->automation == Automation::none || found->automation == Automation::campaign)
      if (auto list = judge_lists(facts, policy)) return *list;
    return *found;
  }
  if (auto list = judge_lists(facts, policy)) return *list;
  switch (subject_of_a_machine(message)) {
  case AutomaticSubject::auto_reply: return verdict(Automation::auto_reply, "subject of an automatic reply");
  case AutomaticSubject::receipt: return verdict(Automation::auto_reply, "subject of a read receipt");
  case AutomaticSubject::bounce: return verdict(Automation::bounce, "subject of a delivery report");
  case AutomaticSubject::out_of_office: return verdict(Automation::out_of_office, "out-of-office subject");
  case AutomaticSubject::none: break;
  }
  if (null_sender) return verdict(Automation::auto_reply, "empty Return-Path");
  std::string part = local_part(message.author.address);
  if (std::find(k_machine_local_parts.begin(), k_machine_local_parts.end(), part) !=
      k_machine_local_parts.end())
    return verdict(Automation::auto_reply, "sender is " + part);
  return verdict(Automation::none, "");
}

} // namespace helpdesk::sync
