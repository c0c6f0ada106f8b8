#include "reply/letter.hpp"

#include "base/text.hpp"
#include "language/subject.hpp"
#include "reply/checklist.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using model::Contact;
using model::Message;

bool takes_no_reply(std::string_view address) {
  std::string part = ascii_lower(address.substr(0, address.find('@')));
  for (std::string_view word :
       {"no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "mailer-daemon"})
    if (part.find(word) != std::string::npos) return true;
  return part == "postmaster" || part == "bounce" || part == "bounces";
}

// Why a reply must not go to this address; empty when it may.
std::string objection(const Contact& contact, const sync::Policy& policy) {
  if (contact.address.find('@') == std::string::npos) return "no mail address";
  if (sync::is_ours(policy, contact.address)) return "our own address";
  if (takes_no_reply(contact.address)) return "takes no replies";
  return {};
}

void take(std::vector<Contact>& into, const std::vector<Contact>& from, const sync::Policy& policy,
          std::set<std::string>& seen, std::vector<std::string>& dropped) {
  for (const Contact& contact : from) {
    if (!seen.insert(ascii_lower(contact.address)).second) continue;
    if (std::string why = objection(contact, policy); !why.empty()) {
      dropped.push_back(fmt::format("{}: {}", contact.address, why));
    } else {
      into.push_back(contact);
    }
  }
}

Result<Identity> identity_for(const LetterInput& in, const Message* answered) {
  auto by_name = [&](std::string_view name) {
    return std::find_if(in.identities.begin(), in.identities.end(),
                        [&](const Identity& i) { return i.name == name; });
  };
  if (!in.draft.identity.empty()) {
    if (auto it = by_name(in.draft.identity); it != in.identities.end()) return *it;
    return usage_error(fmt::format("no [identities.{}] in the configuration", in.draft.identity));
  }
  // The desk address the customer wrote to answers.
  if (answered)
    for (const auto* list : {&answered->to, &answered->cc, &answered->bcc})
      for (const Contact& contact : *list) {
        for (const Identity& identity : in.identities)
          if (equal_ignoring_case(identity.contact.address, contact.address)) return identity;
        if (std::find(in.policy.us_addresses.begin(), in.policy.us_addresses.end(),
                      ascii_lower(contact.address)) != in.policy.us_addresses.end()) {
          Identity plain;
          plain.contact = {"", ascii_lower(contact.address)};
          return plain;
        }
      }
  if (!in.fallback_identity.empty())
    if (auto it = by_name(in.fallback_identity); it != in.identities.end()) return *it;
  if (!in.identities.empty()) return in.identities.front();
  if (!in.policy.us_addresses.empty()) {
    Identity plain;
    plain.contact = {"", in.policy.us_addresses.front()};
    return plain;
  }
  return usage_error(
      fmt::format("account {}: no address to send from; set [accounts.{}] us or an [identities.NAME] address",
                  in.policy.account, in.policy.account));
}

std::string signature_of(const Identity& identity, const std::string& language) {
  if (auto it = identity.signatures.find(language); it != identity.signatures.end()) return it->second;
  return identity.signature;
}

std::string quoted(const Message& m, const Zone& zone) {
  std::string who =
      m.author.name.empty() ? m.author.address : fmt::format("{} <{}>", m.author.name, m.author.address);
  std::string text = fmt::format("\n\n{}, {}:\n", format_minute(m.time, zone), who);
  for (std::string_view line : split_lines(trim_right(std::string_view(m.text)))) {
    text += line.empty() || line.front() == '>' ? ">" : "> ";
    text += line;
    text += '\n';
  }
  return text;
}

std::string forwarded(const std::vector<Message>& messages, const Zone& zone) {
  std::string text = "\n\n";
  for (const Message& m : messages) {
    if (m.visibility == model::Visibility::private_) continue; // notes never leave
    std::string to;
    for (const Contact& c : m.to) to += (to.empty() ? "" : ", ") + c.address;
    text += fmt::format("---------- {} ----------\nFrom: {} <{}>\nDate: {}\nSubject: {}\nTo: {}\n\n{}\n\n",
                        "Forwarded message", m.author.name, m.author.address, format_rfc5322(m.time, zone),
                        m.subject, to, trim(std::string_view(m.stripped.empty() ? m.text : m.stripped)));
  }
  return text;
}

std::string outgoing_subject(const LetterInput& in, const Message* answered) {
  std::string subject = in.draft.subject;
  if (subject.empty()) {
    std::string base(answered && !answered->subject.empty() ? answered->subject
                     : in.ticket                            ? in.ticket->subject
                                                            : "");
    if (in.draft.forward) {
      subject = helpdesk::is_forward_subject(base) ? base : "Fwd: " + base;
    } else {
      subject = helpdesk::is_reply_subject(base) ? base : "Re: " + base;
    }
  }
  // A subject from outside may hold line ends that a header must not have.
  subject = collapse_spaces(subject);
  if (in.subject_token && in.ticket && in.ticket->number > 0) {
    std::string token = fmt::format("[#{}]", in.ticket->number);
    if (subject.find(token) == std::string::npos) subject += " " + token;
  }
  return subject;
}

} // namespace

const Message* answered_message(const std::vector<Message>& messages) {
  const Message* ours = nullptr;
  for (auto it = messages.rbegin(); it != messages.rend(); ++it) {
    if (it->visibility == model::Visibility::private_) continue;
    bool human_in = it->direction == model::Direction::in && it->automation == model::Automation::none &&
                    !it->message_id.empty();
    if (human_in) return &*it;
    if (!ours && it->direction == model::Direction::out) ours = &*it;
  }
  return ours;
}

std::string unresolved_placeholder(std::string_view text) {
  auto between = [&](std::string_view open, std::string_view close, std::size_t longest) -> std::string {
    for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
      std::size_t end = text.find(close, at + open.size());
      if (end == std::string_view::npos || end - at > longest || end == at + open.size()) continue;
      return std::string(text.substr(at, end + close.size() - at));
    }
    return {};
  };
  struct Pair {
    std::string_view open, close;
  };
  constexpr std::array<Pair, 6> pairs{
      {{"{{", "}}"}, {"{%", "%}"}, {"[[", "]]"}, {"%{", "}"}, {"#{", "}"}, {"<insert ", ">"}}};
  for (const Pair& pair : pairs)
    if (std::string found = between(pair.open, pair.close, 200); !found.empty()) return found;
  for (std::string_view word : {"TODO", "XXX", "Liquid error", "[object Object]"}) {
    std::size_t at = text.find(word);
    if (at == std::string_view::npos) continue;
    auto is_word = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    };
    bool alone = (at == 0 || !is_word(text[at - 1])) &&
                 (at + word.size() == text.size() || !is_word(text[at + word.size()]));
    if (alone) return std::string(word);
  }
  return checklist_line(text);
}

std::vector<const Message*> news_since(const std::vector<Message>& messages, std::string_view last_seen) {
  std::vector<const Message*> news;
  bool past = last_seen.empty();
  bool known =
      std::any_of(messages.begin(), messages.end(), [&](const Message& m) { return m.key == last_seen; });
  if (!known) past = true;
  for (const Message& m : messages) {
    bool counts = m.visibility == model::Visibility::public_ && m.direction != model::Direction::internal &&
                  m.automation == model::Automation::none;
    if (past && counts) news.push_back(&m);
    if (m.key == last_seen) past = true;
  }
  if (last_seen.empty()) news.clear(); // written before anything was there
  return news;
}

Result<Letter> write_letter(const LetterInput& in) {
  Letter letter;
  letter.answers = answered_message(in.messages);
  letter.identity = TRY(identity_for(in, letter.answers));
  if (std::string found = unresolved_placeholder(in.draft.text); !found.empty())
    return usage_error(fmt::format("draft {}: unresolved placeholder {}; fill it in: helpdesk draft {}",
                                   in.draft.id, found,
                                   in.ticket ? std::to_string(in.ticket->number) : in.draft.id));
  if (trim(std::string_view(in.draft.text)).empty() && !in.draft.forward)
    return usage_error(fmt::format("draft {} is empty", in.draft.id));

  mime::Outgoing& mail = letter.mail;
  std::set<std::string> seen;
  if (!in.draft.to.empty()) { // named by hand: taken as they are
    mail.to = in.draft.to;
    mail.cc = in.draft.cc;
  } else if (letter.answers) {
    const Message& m = *letter.answers;
    if (m.direction == model::Direction::in) {
      std::vector<Contact> wanted = m.reply_to;
      std::vector<std::string> reply_to_dropped;
      take(mail.to, wanted, in.policy, seen, reply_to_dropped);
      // What a colleague forwarded in is answered to the one who was named as its requester.
      bool forwarded =
          in.ticket && sync::is_ours(in.policy, m.author.address) && !in.ticket->requester_address.empty();
      Contact author =
          forwarded ? Contact{in.ticket->requester_name, in.ticket->requester_address} : m.author;
      if (mail.to.empty()) take(mail.to, {author}, in.policy, seen, letter.dropped);
    } else {
      take(mail.to, m.to, in.policy, seen, letter.dropped);
    }
    if (in.all) {
      take(mail.cc, m.to, in.policy, seen, letter.dropped);
      take(mail.cc, m.cc, in.policy, seen, letter.dropped);
    }
    mail.cc.insert(mail.cc.end(), in.draft.cc.begin(), in.draft.cc.end());
  }
  if (mail.to.empty()) {
    std::string why = letter.dropped.empty() ? "nobody wrote who can be answered by mail"
                                             : "left out " + join(letter.dropped, "; ");
    return usage_error(fmt::format("no recipient ({}); name one with --to ADDRESS", why));
  }
  for (const auto* list : {&mail.to, &mail.cc})
    for (const Contact& contact : *list) letter.recipients.push_back(contact.address);

  mail.from = letter.identity.contact;
  mail.subject = outgoing_subject(in, letter.answers);
  mail.date = in.now;
  mail.zone = in.zone;
  if (letter.answers && !in.draft.forward) {
    mail.in_reply_to = letter.answers->message_id;
    mail.references = letter.answers->references;
    if (mail.references.size() > 50)
      mail.references.erase(mail.references.begin() + 1, mail.references.end() - 49);
    if (!letter.answers->message_id.empty()) mail.references.push_back(letter.answers->message_id);
  } else if (letter.answers && !letter.answers->message_id.empty()) {
    mail.references = {letter.answers->message_id}; // an outsider's answer finds its way back
  }
  mail.text = std::string(trim_right(std::string_view(in.draft.text))) + "\n";
  std::string language = !in.draft.language.empty() ? in.draft.language
                         : in.ticket                ? in.ticket->language
                                                    : "";
  if (std::string signature = signature_of(letter.identity, language); !signature.empty())
    mail.text += "\n-- \n" + std::string(trim_right(std::string_view(signature))) + "\n";
  if (in.draft.forward) {
    mail.text += forwarded(in.messages, in.zone);
  } else if (in.draft.quote && letter.answers) {
    mail.text += quoted(*letter.answers, in.zone);
  }
  return letter;
}

} // namespace helpdesk::reply
