#include "app/approving.hpp"
#include "app/columns.hpp"
#include "app/drafting.hpp"
#include "app/reply_states.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "reply/gate.hpp"
#include "reply/news.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command approve_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"ID", cli::ValueKind::ticket, "tickets or drafts to approve; left out with --list", cli::Arity::any}};
constexpr cli::Flag k_flags[] = {
    {"list", 'l', cli::ValueKind::none, "", "list the drafts that need an approval, and how they stand"},
    {"withdraw", 0, cli::ValueKind::none, "",
     "take the approval back; what is held or scheduled leaves the queue with it"},
    {"all", 'a', cli::ValueKind::none, "", "approve it with the copies (Cc) that send --all keeps"},
    {"yes", 'y', cli::ValueKind::none, "", "approve without asking on a terminal"},
    {"dry-run", 'n', cli::ValueKind::none, "", "show what would be approved, and who wrote it"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk approve --list", "what awaits approval"},
    {"helpdesk approve 12", "read the reply once more and agree", false},
    {"helpdesk approve 12 --withdraw", "take it back before it has left", false},
};
constexpr cli::FieldDoc k_fields[] = {
    {"draft", "the draft"},
    {"ticket", "ticket number"},
    {"author", "who wrote what stands in it now"},
    {"changed", "last change"},
    {"subject", "its subject"},
    {"state", "unapproved, approved, changed (since it was approved), overtaken (by a newer message) or "
              "withdrawn"},
    {"why", "which rule of [approval] asks for it"},
    {"approver", "who approved it, or withdrew that"},
    {"approved_at", "when"},
    {"hash", "hash of text, recipients, subject and attachments: what an approval binds"},
};

Result<int> list(app::App& app) {
  store::Store* store = TRY(app.store(store::Access::read));
  reply::ApprovalRules rules = TRY(app::approval_rules(app));
  auto columns = app::columns_of(
      k_fields, {"draft", "#", "author", "changed", "subject", "state", "why", "by", "at", "hash"});
  columns[1].align = render::Align::right;
  for (std::size_t i : {2U, 4U, 6U, 7U}) columns[i].flexible = true;
  columns[9].shown = false;
  auto rows = TRY(app.rows(columns, rules.any() ? "nothing awaits approval" : "[approval] asks for none"));
  for (const reply::Draft& draft : TRY(reply::open_drafts(*store))) {
    auto state = app::approval_state(app, *store, rules, draft);
    if (!state) {
      app.warn(fmt::format("draft {}: {}", draft.id, state.error().message));
      continue;
    }
    if (state->standing == app::ApprovalStanding::not_needed) continue;
    auto ticket =
        draft.ticket.empty() ? std::optional<model::Ticket>() : TRY(store->ticket_by_key(draft.ticket));
    std::string author = TRY(reply::draft_author(*store, draft.id));
    render::Row row;
    row.emplace_back(draft.id);
    row.emplace_back(ticket ? render::Value(ticket->number) : render::Value());
    row.emplace_back(render::Value(author), render::Emphasis::plain, reply::short_operator(author));
    row.emplace_back(draft.changed);
    row.emplace_back(state->subject);
    row.emplace_back(render::Value(app::text(state->standing)),
                     state->awaits() ? render::Emphasis::warn : render::Emphasis::good);
    row.emplace_back(state->why);
    if (state->approval) {
      row.emplace_back(render::Value(state->approval->actor), render::Emphasis::plain,
                       reply::short_operator(state->approval->actor));
      row.emplace_back(state->approval->time);
    } else {
      row.emplace_back("");
      row.emplace_back(render::Value());
    }
    row.emplace_back(state->hash);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

// The queue item that was made of this draft and has not left; nothing when there is none.
Result<std::optional<reply::QueueItem>> queued_item(app::App& app, store::Store& store,
                                                    const std::string& id) {
  std::string key;
  if (!TRY(reply::find_draft(store, id))) {
    auto ticket = app.find_ticket(id);
    if (!ticket) return Failure(ticket.error());
    key = ticket->key;
  }
  for (reply::QueueItem& item : TRY(reply::queue_items(store, false)))
    if (!item.draft.empty() && (item.draft == id || (!key.empty() && item.ticket == key)))
      return std::optional<reply::QueueItem>(std::move(item));
  return std::optional<reply::QueueItem>();
}

Result<int> withdraw(app::App& app, store::Store& store, const std::string& id) {
  // Nothing can begin to leave while the lock is held.
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk approve --withdraw", 30'000));
  auto item = TRY(queued_item(app, store, id));
  std::string draft = item ? item->draft : TRY(app::open_draft(app, store, id)).id;
  if (item && (item->state == "sending" || item->state == "accepted" || item->state == "unknown"))
    return not_found(fmt::format("queue item {} is {}: it may have left, and cannot be taken back", item->id,
                                 item->state));
  auto approval = TRY(reply::latest_approval(store, draft));
  if (!approval || approval->withdrawn)
    return not_found(fmt::format("draft {} was not approved: there is nothing to withdraw", draft));
  approval->withdrawn = true;
  approval->actor = app.operator_identity();
  approval->time = app.now();
  auto tx = TRY(store.begin(store::Durability::full));
  TRY(tx->append(reply::approval_entry(*approval)));
  if (item) TRY(reply::take_back(*tx, *item, "its approval was withdrawn", approval->actor, app.now()));
  TRY(tx->commit());
  app.note(item ? fmt::format("withdrawn; {} was taken out of the queue, its text is draft {} again",
                              item->id, draft)
                : fmt::format("withdrawn; draft {} awaits approval again", draft));
  return 0;
}

Result<int> approve(app::App& app, store::Store& store, const cli::Invocation& call, const std::string& id) {
  reply::Draft draft = TRY(app::open_draft(app, store, id));
  const std::string as_read = reply::draft_data(draft), words = app::draft_words(store, draft);
  reply::ApprovalRules rules = TRY(app::approval_rules(app));
  reply::Letter letter = TRY(app::letter_of(app, store, draft, call.has("all")));
  app::ApprovalState state = TRY(app::approval_state(app, store, rules, draft, letter));
  auto messages = TRY(reply::conversation_messages(store, draft.ticket)); // what there is to know now
  if (call.has("dry-run")) {
    std::string shown = app::letter_preview(letter, draft);
    TRY(app.write(app.terminal().out_is_tty() ? terminal::defuse(shown, true) : shown));
    app.note(fmt::format("draft {} by {}: {}", draft.id,
                         reply::short_operator(TRY(reply::draft_author(store, draft.id))),
                         app::approval_words(app, state)));
    return 0;
  }
  if (!state.awaits()) {
    app.note(fmt::format("draft {} {}; helpdesk send {} sends it", draft.id,
                         state.standing == app::ApprovalStanding::not_needed
                             ? "needs no approval"
                             : "is " + app::approval_words(app, state),
                         words));
    return 0;
  }
  TRY(app::refuse_approver(app, store, rules, draft));
  if (!draft.ticket.empty() && !reply::news_since(messages, draft.last_seen).empty())
    app.warn(fmt::format("draft {}: something newer has come since it was written; read it: helpdesk show {}",
                         draft.id, words));
  if (!call.has("yes") && app.may_ask()) {
    app.terminal().err(app::letter_preview(letter, draft));
    if (!TRY(app.confirm("approve this?", "--yes"))) return not_found("not approved");
  }
  reply::Approval approval;
  approval.draft = draft.id;
  approval.ticket = draft.ticket;
  approval.hash = state.hash;
  approval.why = state.why;
  approval.all = call.has("all");
  approval.seen = reply::seen_messages(messages);
  approval.actor = app.operator_identity();
  approval.time = app.now();
  auto tx = TRY(store.begin(store::Durability::full));
  auto current = TRY(reply::find_draft(*tx, draft.id));
  if (!current || reply::draft_data(*current) != as_read)
    return not_found(
        fmt::format("draft {} was changed meanwhile: nothing was approved; read it again", draft.id));
  TRY(tx->append(reply::approval_entry(approval)));
  TRY(tx->commit());
  app.note(fmt::format("approved; helpdesk send {}{} sends it", words, approval.all ? " --all" : ""));
  return 0;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::vector<std::string> ids = call.argument_list("ID");
  if (call.has("list")) {
    if (!ids.empty()) return usage_error("--list shows every draft; leave the ID out");
    return list(app);
  }
  if (ids.empty())
    return usage_error("say which reply: helpdesk approve ID, or --list to see what awaits it");
  if (call.has("withdraw") && call.has("all")) return usage_error("--withdraw and --all exclude each other");
  bool reads = call.has("dry-run");
  store::Store* store = TRY(app.store(reads ? store::Access::read : store::Access::write));
  int worst = 0;
  for (const std::string& id : ids) {
    auto done = call.has("withdraw") && !reads ? withdraw(app, *store, id) : approve(app, *store, call, id);
    if (!done) {
      if (ids.size() == 1) return done;
      app.warn(done.error().message);
      worst = 1;
    }
  }
  return worst;
}

} // namespace

constinit const cli::Command approve_command{
    "approve",
    "reply",
    "agree to a reply before it leaves",
    "[approval] of the configuration says which replies need it, and who may give it: the operator of [me], "
    "who is written down with the user and the host of the operating system. Who wrote the reply may not "
    "approve it, unless self = true. On a terminal the mail is shown first, with every recipient.\n\n"
    "An approval binds the text with signature and quote, the sender, all recipients, the subject and the "
    "attachments: whatever changes afterwards needs a new one, and so does a reply to a conversation in "
    "which "
    "somebody has written since. helpdesk send refuses what is not approved. --withdraw takes an approval "
    "back as long as the mail has not left.\n\n"
    "This guards against mistakes, not against a hostile user of this machine: who can write to the "
    "configuration or to the store can do without it.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
