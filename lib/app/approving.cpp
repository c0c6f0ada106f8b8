#include "app/approving.hpp"

#include "app/conversation.hpp"
#include "app/drafting.hpp"
#include "base/text.hpp"
#include "reply/news.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {

using reply::ApprovalRules;

Result<ApprovalRules> approval_rules(App& app) {
  const config::Config& config = *TRY(app.config());
  ApprovalRules rules;
  auto where = [&](const char* key) {
    const config::Entry* entry = config.find(key);
    return fmt::format("{}: {}", entry ? config::to_text(entry->origin) : "", key);
  };
  rules.when_text = std::string(trim(std::string_view(config.text("approval.when"))));
  if (rules.when_text == "*") {
    rules.every = true;
  } else if (!rules.when_text.empty()) {
    auto query = store::parse_query(rules.when_text, app.now(), app.zone());
    if (!query) return in_context(where("approval.when"), query.error());
    rules.when = std::move(*query);
  }
  rules.templates = config.list("approval.templates");
  rules.outside = config.flag("approval.outside");
  if (!config.text("approval.amount").empty()) {
    rules.amount = config.integer("approval.amount");
    if (*rules.amount < 0)
      return usage_error(fmt::format("{}: an amount is not less than 0", where("approval.amount")));
  }
  for (const std::string& address : config.list("approval.by")) {
    if (address.find('@') == std::string::npos)
      return usage_error(fmt::format("{}: \"{}\" is no mail address", where("approval.by"), address));
    rules.by.push_back(ascii_lower(trim(std::string_view(address))));
  }
  rules.self = config.flag("approval.self");
  return rules;
}

std::string_view text(ApprovalStanding standing) {
  switch (standing) {
  case ApprovalStanding::not_needed: return "not needed";
  case ApprovalStanding::approved: return "approved";
  case ApprovalStanding::unapproved: return "unapproved";
  case ApprovalStanding::changed: return "changed";
  case ApprovalStanding::overtaken: return "overtaken";
  case ApprovalStanding::withdrawn: return "withdrawn";
  }
  return "";
}

Result<ApprovalState> approval_state(App& app, store::Reader& store, const ApprovalRules& rules,
                                     const reply::Draft& draft, const reply::Letter& letter) {
  ApprovalState state;
  if (!rules.any()) return state;
  auto ticket =
      draft.ticket.empty() ? std::optional<model::Ticket>() : TRY(store.ticket_by_key(draft.ticket));
  auto messages = TRY(reply::conversation_messages(store, draft.ticket));
  reply::ApprovalMatter matter{draft, ticket ? &*ticket : nullptr, messages, letter.recipients};
  state.why = reply::why_approval(rules, matter, app.now());
  if (state.why.empty()) return state;
  state.subject = letter.mail.subject;
  state.hash = reply::approval_hash(draft, letter.mail);
  state.approval = TRY(reply::latest_approval(store, draft.id));
  if (state.approval && !state.approval->withdrawn &&
      !TRY(reply::may_have_given(store, rules, *state.approval)))
    state.approval.reset();
  if (!state.approval) {
    state.standing = ApprovalStanding::unapproved;
  } else if (state.approval->withdrawn) {
    state.standing = ApprovalStanding::withdrawn;
  } else if (state.approval->hash != state.hash) {
    state.standing = ApprovalStanding::changed;
  } else if (!draft.ticket.empty() && !reply::unseen_messages(messages, state.approval->seen).empty()) {
    state.standing = ApprovalStanding::overtaken;
  } else {
    state.standing = ApprovalStanding::approved;
  }
  return state;
}

Result<ApprovalState> approval_state(App& app, store::Reader& store, const ApprovalRules& rules,
                                     const reply::Draft& draft) {
  if (!rules.any()) return ApprovalState{};
  auto approval = TRY(reply::latest_approval(store, draft.id));
  reply::Letter letter = TRY(letter_of(app, store, draft, approval && approval->all));
  return approval_state(app, store, rules, draft, letter);
}

std::string approval_words(App& app, const ApprovalState& state) {
  auto who = [&] {
    return fmt::format("{} at {}", reply::short_operator(state.approval->actor),
                       format_minute(state.approval->time, app.zone()));
  };
  switch (state.standing) {
  case ApprovalStanding::not_needed: return "needs no approval";
  case ApprovalStanding::approved: return fmt::format("approved by {}", who());
  case ApprovalStanding::unapproved: return fmt::format("awaits approval ({})", state.why);
  case ApprovalStanding::changed:
    return fmt::format("awaits approval ({}): changed since it was approved by {}", state.why, who());
  case ApprovalStanding::overtaken:
    return fmt::format("awaits approval ({}): something newer has come since it was approved by {}",
                       state.why, who());
  case ApprovalStanding::withdrawn:
    return fmt::format("awaits approval ({}): the approval was withdrawn by {}", state.why, who());
  }
  return {};
}

std::string draft_words(store::Reader& store, const reply::Draft& draft) {
  if (!draft.ticket.empty() && !draft.forward)
    if (auto ticket = store.ticket_by_key(draft.ticket); ticket && *ticket)
      return std::to_string((*ticket)->number);
  return draft.id;
}

Result<std::string> require_approval(App& app, store::Reader& store, const reply::Draft& draft,
                                     const reply::Letter& letter) {
  ApprovalRules rules = TRY(approval_rules(app));
  ApprovalState state = TRY(approval_state(app, store, rules, draft, letter));
  if (!state.awaits()) return state.hash;
  std::string who =
      rules.by.empty() ? rules.self ? "an operator" : "another operator" : join(rules.by, " or ");
  return fail(ErrorKind::negative, fmt::format("draft {} {}; {} gives it with: helpdesk approve {}", draft.id,
                                               approval_words(app, state), who, draft_words(store, draft)));
}

Result<void> refuse_approver(App& app, store::Reader& store, const ApprovalRules& rules,
                             const reply::Draft& draft) {
  std::string me = reply::operator_address_of(app.operator_identity());
  if (!rules.by.empty() && std::find(rules.by.begin(), rules.by.end(), me) == rules.by.end())
    return fail(ErrorKind::negative,
                fmt::format("draft {}: {} may not approve it; [approval] by names {}", draft.id,
                            me.empty() ? "an operator without a [me] address" : me, join(rules.by, ", ")));
  if (rules.self) return {};
  std::string author = TRY(reply::draft_author(store, draft.id));
  if (reply::same_operator(author, app.operator_identity()))
    return fail(ErrorKind::negative,
                fmt::format("draft {}: you wrote it yourself, so somebody else has to approve it; [approval] "
                            "self = true would allow it",
                            draft.id));
  return {};
}

Result<reply::Draft> open_draft(App& app, store::Store& store, const std::string& id) {
  if (auto draft = TRY(reply::find_draft(store, id))) {
    if (draft->state != "open") return not_found(fmt::format("draft {} is {} already", id, draft->state));
    return std::move(*draft);
  }
  model::Ticket ticket = TRY(app.find_ticket(id));
  auto drafts = TRY(reply::open_drafts(store, ticket.key));
  // A reply before a forward: that one is meant when it is named itself, or when there is nothing else.
  std::stable_partition(drafts.begin(), drafts.end(), [](const reply::Draft& one) { return !one.forward; });
  if (drafts.empty())
    for (const reply::QueueItem& item : TRY(reply::queue_items(store, false)))
      if (item.ticket == ticket.key &&
          !item.draft.empty()) // not "no draft": a second one would be sent twice
        return not_found(
            fmt::format("#{}: its reply is in the queue already ({}, {}); see helpdesk queue list",
                        ticket.number, item.id, item.state));
  if (drafts.empty())
    return not_found(
        fmt::format("#{} has no draft; write one with: helpdesk draft {}", ticket.number, ticket.number));
  return std::move(drafts.front());
}

std::string letter_preview(const reply::Letter& letter, const reply::Draft& draft) {
  const mime::Outgoing& mail = letter.mail;
  auto list = [](const std::vector<model::Contact>& contacts) {
    std::string text;
    for (const model::Contact& contact : contacts)
      text += (text.empty() ? "" : ", ") + shown_contact(contact);
    return text;
  };
  std::string text = fmt::format("From:    {}\nTo:      {}\n", shown_contact(mail.from), list(mail.to));
  if (!mail.cc.empty()) text += fmt::format("Cc:      {}\n", list(mail.cc));
  text += fmt::format("Subject: {}\n", mail.subject);
  for (const reply::DraftAttachment& a : draft.attachments)
    text += fmt::format("Attach:  {} ({} bytes)\n", a.name, a.size);
  for (const std::string& dropped : letter.dropped) text += fmt::format("Left out: {}\n", dropped);
  return text + "\n" + mail.text;
}

} // namespace helpdesk::app
