// From a draft to a finished mail: recipients, identity, subject, threading, signature, quote. Pure but for
// the attachments' contents.
#pragma once

#include "base/result.hpp"
#include "mime/compose.hpp"
#include "model/values.hpp"
#include "reply/draft.hpp"
#include "sync/policy.hpp"

#include <map>
#include <string>
#include <vector>

namespace helpdesk::reply {

// [identities.NAME]: one brand, one address to write from.
struct Identity {
  std::string name; // of the table
  model::Contact contact;
  std::string signature;
  std::map<std::string, std::string> signatures; // by language
  std::string smtp;                              // name of the [smtp.NAME] server
};

struct LetterInput {
  const Draft& draft;
  const model::Ticket* ticket = nullptr;       // null: first mail of a new conversation
  const std::vector<model::Message>& messages; // of the ticket, with text
  const sync::Policy& policy;
  const std::vector<Identity>& identities;
  std::string fallback_identity; // [accounts.X] identity
  bool all = false;              // keep Cc
  bool subject_token = false;
  Zone zone = Zone::utc();
  Instant now{};
};

struct Letter {
  mime::Outgoing mail;
  Identity identity;
  std::vector<std::string> recipients; // envelope
  std::vector<std::string> dropped;    // "news@list.example.org: a mailing list" …
  const model::Message* answers = nullptr;
};

// Which message is answered: the newest public one of the customer, else our newest.
const model::Message* answered_message(const std::vector<model::Message>& messages);

// To = Reply-To, else From of the answered message; our own, list and no-reply addresses are dropped; when
// nobody is left: a usage error that asks for --to. From = the desk address the customer wrote to. Unresolved
// placeholders are refused.
Result<Letter> write_letter(const LetterInput& input);

// Placeholders that nobody filled in: {{…}}, {%…%}, [[…]], %{…}, <insert …>, TODO, XXX, and lines of the
// checklist (reply/checklist.hpp). Empty when there is none; else the first one.
std::string unresolved_placeholder(std::string_view text);

// What is newer than the draft's author had seen: customers' and colleagues' public messages, in order.
std::vector<const model::Message*> news_since(const std::vector<model::Message>& messages,
                                              std::string_view last_seen);

} // namespace helpdesk::reply
