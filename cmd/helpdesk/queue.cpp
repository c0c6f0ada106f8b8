#include "app/approving.hpp"
#include "app/columns.hpp"
#include "app/drafting.hpp"
#include "app/reply_states.hpp"
#include "app/sending.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command queue_command, queue_list_command, queue_show_command, queue_send_command,
    queue_cancel_command, queue_settle_command;
namespace {

constexpr cli::FieldDoc k_fields[] = {
    {"id", "the queue item"},
    {"state",
     "queued, held, scheduled, sending, accepted, sent, failed, unknown or cancelled; unapproved for a "
     "draft that awaits approval"},
    {"created", "when it was queued"},
    {"recipients", "who gets it"},
    {"subject", "its subject"},
    {"attempts", "how often it was tried"},
    {"next_try", "not tried before"},
    {"error", "why it has not left"},
    {"account", "account it belongs to"},
    {"message_id", "its Message-ID, the same in every try"},
    {"leaves", "held and scheduled: not before; a held one without it waits for a decision"},
    {"ticket", "ticket number"},
    {"draft", "draft it was made of"}};
constexpr cli::Flag k_list_flags[] = {
    {"all", 'a', cli::ValueKind::none, "", "also what was sent or cancelled"}};
constexpr cli::Argument k_item[] = {{"ITEM", cli::ValueKind::text, "queue item"}};
constexpr cli::Argument k_optional_item[] = {
    {"ITEM", cli::ValueKind::text, "only this item, whatever its state", cli::Arity::optional}};
constexpr cli::Argument k_settle[] = {{"ITEM", cli::ValueKind::text, "queue item that is unknown"},
                                      {"DECISION", cli::ValueKind::choice,
                                       "sent: it had left; again: send it once more", cli::Arity::one,
                                       "sent|again"}};
constexpr cli::Flag k_wait[] = {
    {"wait", 0, cli::ValueKind::duration, "TIME", "wait that long for another send to end"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be sent, send nothing"}};
constexpr cli::Example k_list_examples[] = {{"helpdesk queue list", "what has not left yet"}};
constexpr cli::Example k_show_examples[] = {{"helpdesk queue show q1a2b3c4", "the mail as it leaves", false}};
constexpr cli::Example k_send_examples[] = {{"helpdesk queue send", "send what is due; for cron"}};
constexpr cli::Example k_cancel_examples[] = {
    {"helpdesk queue cancel q1a2b3c4", "take it out of the queue", false}};
constexpr cli::Example k_settle_examples[] = {
    {"helpdesk queue settle q1a2b3c4 sent", "you found that it had arrived", false}};

Result<render::Value> number_of(store::Reader& store, const std::string& ticket_key) {
  if (ticket_key.empty()) return render::Value();
  auto ticket = TRY(store.ticket_by_key(ticket_key));
  return ticket ? render::Value(ticket->number) : render::Value();
}

// A draft that awaits approval stands in the list too: it is what has not left yet.
Result<void> list_unapproved(app::App& app, store::Reader& store, render::RowWriter& rows) {
  for (const app::ReplyState& state : TRY(app::reply_states(app, store))) {
    if (state.state != "unapproved") continue;
    auto draft = TRY(reply::find_draft(store, state.draft));
    if (!draft) continue;
    render::Row row;
    row.emplace_back(draft->id);
    row.emplace_back(render::Value(state.state), render::Emphasis::warn);
    row.emplace_back(draft->changed);
    auto letter = app::letter_of(app, store, *draft, false);
    row.emplace_back(letter ? join(letter->recipients, ", ") : "");
    row.emplace_back(letter ? letter->mail.subject : draft->subject);
    row.emplace_back(0);
    row.emplace_back(render::Value());
    row.emplace_back(state.words);
    row.emplace_back(draft->account);
    row.emplace_back("");
    row.emplace_back(render::Value());
    row.emplace_back(TRY(number_of(store, draft->ticket)));
    row.emplace_back(draft->id);
    TRY(rows.row(std::move(row)));
  }
  return {};
}

Result<int> list(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  auto columns = app::columns_of(k_fields, {"item", "state", "queued", "to", "subject", "tries", "next try",
                                            "problem", "account", "Message-ID", "leaves", "#", "draft"});
  columns[3].flexible = columns[4].flexible = columns[7].flexible = true;
  columns[8].shown = columns[9].shown = columns[12].shown = false;
  columns[11].align = render::Align::right;
  auto items = TRY(reply::queue_items(*store, call.has("all")));
  columns[10].shown = std::any_of(items.begin(), items.end(), [](const auto& item) { return item.leaves; });
  columns[11].shown = columns[10].shown;
  if (columns[10].shown) { // on a narrow terminal the time says more than the tries
    columns[10].keep = 8;
    columns[5].keep = 3;
    columns[11].keep = 2;
  }
  auto rows = TRY(app.rows(columns, "the queue is empty"));
  TRY(list_unapproved(app, *store, *rows));
  for (const reply::QueueItem& item : items) {
    render::Row row;
    row.emplace_back(item.id);
    row.emplace_back(render::Value(item.state), item.state == "failed" || item.state == "unknown"
                                                    ? render::Emphasis::bad
                                                    : render::Emphasis::plain);
    row.emplace_back(item.created);
    row.emplace_back(join(item.recipients, ", "));
    row.emplace_back(item.subject);
    row.emplace_back(item.attempts);
    row.emplace_back(render::Value(item.next_try));
    row.emplace_back(item.last_error);
    row.emplace_back(item.account);
    row.emplace_back(item.message_id);
    row.emplace_back(item.state == "cancelled" ? render::Value() : render::Value(item.leaves));
    row.emplace_back(TRY(number_of(*store, item.ticket)));
    row.emplace_back(item.draft);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

// A draft is not in the queue yet; who takes it for an item is told what to do.
Result<reply::QueueItem> item_named(app::App& app, store::Store& store, const std::string& id) {
  auto item = reply::find_queue_item(store, id);
  if (item || item.error().kind != ErrorKind::negative) return item;
  auto draft = TRY(reply::find_draft(store, id));
  if (!draft || draft->state != "open") return item;
  std::string words = app::draft_words(store, *draft);
  auto rules = TRY(app::approval_rules(app));
  auto state = app::approval_state(app, store, rules, *draft);
  if (state && state->awaits())
    return not_found(fmt::format("draft {} is not in the queue: it {}: helpdesk approve {}", id,
                                 app::approval_words(app, *state), words));
  return not_found(fmt::format("draft {} is not in the queue; helpdesk send {} sends it", id, words));
}

Result<int> show(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  reply::QueueItem item = TRY(item_named(app, *store, call.argument("ITEM")));
  std::string bytes = TRY(reply::queued_mail(*store, item));
  TRY(app.write(app.terminal().out_is_tty() ? terminal::defuse(bytes, true) : bytes));
  return 0;
}

Result<int> send(app::App& app, const cli::Invocation& call) {
  std::string only = call.argument("ITEM");
  store::Store* reading = TRY(app.store(store::Access::read));
  if (!only.empty()) {
    reply::QueueItem item = TRY(item_named(app, *reading, only));
    if (item.state == "sent" || item.state == "cancelled")
      return not_found(fmt::format("queue item {} is {} already", only, item.state));
  }
  if (call.has("dry-run")) {
    for (const reply::QueueItem& item : TRY(reply::queue_items(*reading, false)))
      if (only.empty() || item.id == only)
        app.note(fmt::format("{} {}{} \"{}\" to {}", item.id, item.state,
                             item.leaves ? " until " + format_minute(*item.leaves, app.zone()) : "",
                             item.subject, join(item.recipients, ", ")));
    return 0;
  }
  TRY(app::refuse_if_read_only(app, "", "queue send"));
  TRY(app::approval_rules(app)); // rules that cannot be read let nothing pass
  store::Store* store = TRY(app.store(store::Access::write));
  int wait_ms = 0;
  if (auto wait = call.get("wait")) wait_ms = static_cast<int>(TRY(parse_duration(*wait)).count() / 1000);
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk queue send", wait_ms));
  reply::DeliveryReport report = TRY(reply::run_queue(*store, app::carrier(app, *store), only));
  if (report.sent > 0) app.note(fmt::format("sent {}", report.sent));
  return app::report_delivery(app, report);
}

Result<int> cancel(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::write));
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk queue cancel", 2'000));
  reply::QueueItem item = TRY(item_named(app, *store, call.argument("ITEM")));
  if (item.state == "sent" || item.state == "accepted")
    return not_found(fmt::format("queue item {} was sent already: it cannot be cancelled", item.id));
  if (item.state == "cancelled") return 0;
  bool may_have_left = item.state == "unknown" || item.state == "sending";
  auto tx = TRY(store->begin(store::Durability::full));
  item.leaves.reset();
  TRY(reply::take_back(*tx, item, "", app.operator_identity(), app.now()));
  TRY(tx->commit());
  if (!item.draft.empty()) app.note(fmt::format("cancelled; its text is draft {} again", item.draft));
  if (may_have_left) app.warn(fmt::format("{} may have left before it was cancelled", item.id));
  return 0;
}

Result<int> settle(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::write));
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk queue settle", 2'000));
  reply::QueueItem item = TRY(item_named(app, *store, call.argument("ITEM")));
  TRY(reply::settle(*store, item, call.argument("DECISION"), app::carrier(app, *store)));
  return 0;
}

} // namespace

constinit const cli::Command queue_command{"queue",
                                           "reply",
                                           "see and settle what is to leave",
                                           "Replies and digests leave through the queue.",
                                           {},
                                           {},
                                           {},
                                           cli::Output::none,
                                           {},
                                           nullptr};
constinit const cli::Command queue_list_command{"queue list",
                                                "reply",
                                                "list what has not left yet",
                                                "Failed and unknown items wait for a decision, and so do "
                                                "drafts that await approval. What is held or scheduled "
                                                "leaves at its time, by queue send.",
                                                {},
                                                k_list_flags,
                                                k_list_examples,
                                                cli::Output::rows,
                                                k_fields,
                                                &list};
constinit const cli::Command queue_show_command{"queue show",
                                                "reply",
                                                "print a queued mail as it leaves",
                                                "Headers and body, as they are handed to the server.",
                                                k_item,
                                                {},
                                                k_show_examples,
                                                cli::Output::text,
                                                {},
                                                &show};
constinit const cli::Command queue_send_command{
    "queue send",
    "reply",
    "send what is due",
    "Tries again what the server put off (4xx, with a growing pause), looks for unknown items in Sent and in "
    "the thread, and holds what is older than "
    "[send] hold_after. What was held or scheduled (send --hold, --at) leaves when its time has come, after "
    "its mailbox was looked at: if somebody has written meanwhile it is taken out of the queue and its text "
    "is an open draft again; if the mailbox cannot be reached it stays (exit code 75). Nothing leaves whose "
    "approval was withdrawn. With ITEM it sends just that one, also when it had failed or is held, without "
    "waiting for its time. Run it from cron every few minutes; helpdesk cron prints the line.",
    k_optional_item,
    k_wait,
    k_send_examples,
    cli::Output::none,
    {},
    &send};
constinit const cli::Command queue_cancel_command{"queue cancel",
                                                  "reply",
                                                  "take an item out of the queue",
                                                  "The text becomes an open draft again.",
                                                  k_item,
                                                  {},
                                                  k_cancel_examples,
                                                  cli::Output::none,
                                                  {},
                                                  &cancel};
constinit const cli::Command queue_settle_command{
    "queue settle",
    "reply",
    "decide about an item that may have left",
    "When the server's answer was lost and the mail is not in Sent, only a person can find out. sent: it had "
    "left, keep the copy; again: send it once "
    "more, with the same Message-ID.",
    k_settle,
    {},
    k_settle_examples,
    cli::Output::none,
    {},
    &settle};

} // namespace helpdesk
