// Approval: for some replies somebody else has to agree before they leave ([approval] of the configuration).
// An approval is an entry of the journal (kind "approval", subject the draft) that binds what is approved by
// its hash: the text with signature and quote, From, every recipient, the subject, the attachments. Whatever
// changes needs a new one.
//
// It guards against mistakes, not against a hostile user of this machine: who can write to the configuration
// or the store can do what he likes.
#pragma once

#include "base/result.hpp"
#include "mime/compose.hpp"
#include "model/values.hpp"
#include "reply/draft.hpp"
#include "store/query.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

// One match is enough; none is set: nothing needs an approval.
struct ApprovalRules {
  bool every = false; // when = "*"
  std::string when_text;
  std::optional<store::Query> when;   // of the ticket
  std::vector<std::string> templates; // the draft began with one of them
  bool outside = false;               // somebody gets it who has no part in the conversation
  std::optional<std::int64_t> amount; // its text names money, this much or more
  std::vector<std::string> by;        // addresses of those who may approve, lower case; empty: every operator
  bool self = false;                  // the author too
  bool any() const { return every || when || !templates.empty() || outside || amount; }
};

struct ApprovalMatter {
  const Draft& draft;
  const model::Ticket* ticket = nullptr; // null: a new conversation
  const std::vector<model::Message>& messages;
  const std::vector<std::string>& recipients; // envelope
};
// Why this reply needs an approval, in words ("tag:refund, 500 or more"); empty when it needs none.
std::string why_approval(const ApprovalRules& rules, const ApprovalMatter& matter, Instant now);

// The largest amount of money that a text names, in whole units of whatever currency: a number beside a sign
// (€, $), a code (NOK) or a word (kr). Separators of every country: 1.200,50 and 1,200.50 are 1200.
std::optional<std::int64_t> largest_amount(std::string_view text);

// The hash of what is approved. Message-ID, date and threading are not part of it.
std::string approval_hash(const Draft& draft, const mime::Outgoing& mail);

struct Approval {
  bool withdrawn = false;
  std::string draft, ticket;
  std::string hash;
  std::string why;               // why one was needed
  bool all = false;              // for send --all
  std::vector<std::string> seen; // see reply/news.hpp: what the conversation was when it was given
  std::string actor;
  Instant time{};
};
std::string approval_data(const Approval& approval);
// Nothing when the entry is of another sort (a finding of lint that was allowed) or erased.
std::optional<Approval> approval_of(const store::JournalEntry& entry);
// The last one given or withdrawn for this draft.
Result<std::optional<Approval>> latest_approval(store::Reader& store, std::string_view draft);
store::JournalEntry approval_entry(const Approval& approval);
// Was it given by somebody who may give it, as the rules are now?
Result<bool> may_have_given(store::Reader& store, const ApprovalRules& rules, const Approval& approval);

// Who wrote what stands in the draft now: the actor of the last entry that changed its content.
Result<std::string> draft_author(store::Reader& store, std::string_view draft);
// Two actors of the journal, "name <address> (user@host)": the same address; without addresses the same user
// and name.
bool same_operator(std::string_view a, std::string_view b);
// The address of an actor, lower case; empty when he has none.
std::string operator_address_of(std::string_view actor);
// For people: "Ida (ida@laptop)".
std::string short_operator(std::string_view actor);

} // namespace helpdesk::reply
