#include "app/columns.hpp"
#include "app/sending.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command queue_command, queue_list_command, queue_show_command, queue_send_command,
    queue_cancel_command, queue_settle_command;
namespace {

constexpr cli::FieldDoc k_fields[] = {
    {"id", "the queue item"},
    {"state", "queued, sending, accepted, sent, failed, unknown, held or cancelled"},
    {"created", "when it was queued"},
    {"recipients", "who gets it"},
    {"subject", "its subject"},
    {"attempts", "how often it was tried"},
    {"next_try", "not tried before"},
    {"error", "why it has not left"},
    {"account", "account it belongs to"},
    {"message_id", "its Message-ID, the same in every try"}};
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

Result<int> list(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  auto columns = app::columns_of(k_fields, {"item", "state", "queued", "to", "subject", "tries", "next try",
                                            "problem", "account", "Message-ID"});
  columns[3].flexible = columns[4].flexible = columns[7].flexible = true;
  columns[8].shown = columns[9].shown = false;
  auto rows = TRY(app.rows(columns, "the queue is empty"));
  for (const reply::QueueItem& item : TRY(reply::queue_items(*store, call.has("all")))) {
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
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

Result<int> show(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  reply::QueueItem item = TRY(reply::find_queue_item(*store, call.argument("ITEM")));
  std::string bytes = TRY(reply::queued_mail(*store, item));
  TRY(app.write(app.terminal().out_is_tty() ? terminal::defuse(bytes, true) : bytes));
  return 0;
}

Result<int> send(app::App& app, const cli::Invocation& call) {
  std::string only = call.argument("ITEM");
  store::Store* reading = TRY(app.store(store::Access::read));
  if (!only.empty()) {
    reply::QueueItem item = TRY(reply::find_queue_item(*reading, only));
    if (item.state == "sent" || item.state == "cancelled")
      return not_found(fmt::format("queue item {} is {} already", only, item.state));
  }
  if (call.has("dry-run")) {
    for (const reply::QueueItem& item : TRY(reply::queue_items(*reading, false)))
      if (only.empty() || item.id == only)
        app.note(fmt::format("{} {} \"{}\" to {}", item.id, item.state, item.subject,
                             join(item.recipients, ", ")));
    return 0;
  }
  TRY(app::refuse_if_read_only(app, "", "queue send"));
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
  reply::QueueItem item = TRY(reply::find_queue_item(*store, call.argument("ITEM")));
  if (item.state == "sent" || item.state == "accepted")
    return not_found(fmt::format("queue item {} was sent already: it cannot be cancelled", item.id));
  if (item.state == "cancelled") return 0;
  bool may_have_left = item.state == "unknown" || item.state == "sending";
  item.state = "cancelled";
  TRY(reply::record_state(*store, item, app.operator_identity(), app.now()));
  if (auto draft =
          item.draft.empty() ? std::optional<reply::Draft>() : TRY(reply::find_draft(*store, item.draft))) {
    draft->state = "open"; // the words are not lost
    TRY(reply::save_draft(*store, *draft, {}, app.operator_identity(), app.now()));
    app.note(fmt::format("cancelled; its text is draft {} again", draft->id));
  }
  if (may_have_left) app.warn(fmt::format("{} may have left before it was cancelled", item.id));
  return 0;
}

Result<int> settle(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::write));
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk queue settle", 2'000));
  reply::QueueItem item = TRY(reply::find_queue_item(*store, call.argument("ITEM")));
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
                                                "Failed and unknown items wait for a decision.",
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
    "[send] hold_after. With ITEM it sends just that one, also when it had failed or is held. Run it from "
    "cron every few minutes.",
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
