// Approval between the commands and lib/reply: the rules of the configuration, and how a draft stands.
#pragma once

#include "app/app.hpp"
#include "reply/approval.hpp"
#include "reply/letter.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::app {

// [approval]; usage error with file:line for a query or a number that cannot be read.
Result<reply::ApprovalRules> approval_rules(App& app);

enum class ApprovalStanding : unsigned char {
  not_needed,
  approved,
  unapproved, // nobody has looked yet
  changed,    // what was approved is not what stands there now
  overtaken,  // something newer has come since
  withdrawn,
};
std::string_view text(ApprovalStanding standing); // "approved", "unapproved" …

struct ApprovalState {
  ApprovalStanding standing = ApprovalStanding::not_needed;
  std::string why;           // which rule asks for it
  std::string subject, hash; // of what stands there now
  std::optional<reply::Approval> approval;
  bool awaits() const {
    return standing != ApprovalStanding::not_needed && standing != ApprovalStanding::approved;
  }
};
Result<ApprovalState> approval_state(App& app, store::Reader& store, const reply::ApprovalRules& rules,
                                     const reply::Draft& draft, const reply::Letter& letter);
// The letter is written as it was approved, with or without the copies of send --all.
Result<ApprovalState> approval_state(App& app, store::Reader& store, const reply::ApprovalRules& rules,
                                     const reply::Draft& draft);

// "awaits approval (tag:refund)", "was changed since Ida (ida@laptop) approved it at 2026-01-05 10:00" …
std::string approval_words(App& app, const ApprovalState& state);
// The draft as a user names it: "12", or the draft's id when it has no ticket.
std::string draft_words(store::Reader& store, const reply::Draft& draft);
// Fails, naming what to do, unless it may leave. The hash of the approval; empty when none is needed.
Result<std::string> require_approval(App& app, store::Reader& store, const reply::Draft& draft,
                                     const reply::Letter& letter);
// Negative error when this operator may not approve this draft.
Result<void> refuse_approver(App& app, store::Reader& store, const reply::ApprovalRules& rules,
                             const reply::Draft& draft);

// A draft by its id, or the open one of a ticket; not_found naming what to do, also when it is queued
// already.
Result<reply::Draft> open_draft(App& app, store::Store& store, const std::string& id);
// From, every recipient, subject, attachments, text: what is read before it is sent or approved.
std::string letter_preview(const reply::Letter& letter, const reply::Draft& draft);

} // namespace helpdesk::app
