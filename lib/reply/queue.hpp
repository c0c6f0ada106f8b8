// The queue: what is to leave, is leaving, has left. An item is a fold over its journal entries (kind
// "queue"); every step is on disk before the next begins, so that after a crash nothing is sent twice and
// nothing is lost.
//
//   queued -> sending -> accepted -> sent    accepted: it has left; the copies and changes that follow are
//   made again after a crash
//                     -> queued    4xx, or certainly nothing handed over: tried again by the next `queue
//                     send`, with a growing pause
//                     -> failed    5xx: shown, until cancelled or sent again by hand
//                     -> unknown   the answer was lost, or the process died: looked for in Sent and in the
//                     thread, else settled by hand
//   queued -> held (older than the limit) -> queued or cancelled by hand
//
//   held (hold window), scheduled -> sending when its time has come: after the account was pulled, unless
//   somebody has written meanwhile
//                                 -> cancelled: its text is an open draft again
//
// Whatever is about to leave passes one gate (see begin_sending): it was not cancelled, nobody has written
// since it was held, its approval stands. Gate and the state "sending" are one transaction.
#pragma once

#include "backend/backend.hpp"
#include "base/result.hpp"
#include "net/smtp.hpp"
#include "reply/approval.hpp"
#include "store/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct QueueItem {
  std::string id; // "q" + 8 hex digits
  std::string state = "queued";
  std::string account, identity, smtp; // names
  std::string ticket;                  // key; empty for digests
  std::string draft;
  std::string message_id; // made before the first try, the same in every try
  std::string mail;       // key of the composed bytes among the store's raw records of account "@queue"
  std::string from;       // envelope
  std::vector<std::string> recipients;
  std::string subject;
  std::string answers;                                       // Message-ID of the mail that is answered
  std::vector<std::pair<std::string, std::string>> then_set; // changes of the ticket after it was sent
  bool smtputf8 = false;
  bool reply = true; // false: digest and other mail that becomes no ticket
  bool ack = false;  // an acknowledgement: answers nothing, and leaves with an empty envelope sender
  int attempts = 0;
  Instant created{}, changed{};
  std::optional<Instant> next_try;
  std::string last_error;        // of a cancelled one: why, when nobody did it by hand
  std::optional<Instant> leaves; // held, scheduled: not before; a held one without waits for a decision
  bool watched = false;          // a new message in the conversation takes it back
  std::vector<std::string> seen; // watched: the messages there were, see reply/news.hpp
  std::string approval;          // hash of the approval under which it was queued
};

Result<QueueItem> queue_item_of(const store::JournalEntry& entry);
// A new item for this mail, which tells sender, subject and what it answers.
QueueItem new_queue_item(const mime::Outgoing& mail, const mime::Composed& composed,
                         std::vector<std::string> recipients, std::string_view account,
                         std::string_view identity, Instant now);
Result<std::vector<QueueItem>> queue_items(store::Reader& store, bool finished_too); // oldest first
Result<QueueItem> find_queue_item(store::Reader& store, std::string_view id);        // not_found with the id
Result<std::string> queued_mail(store::Reader& store, const QueueItem& item);

// Journals the item with its mail (and the draft's new state) in one durable transaction.
// check sees the store as that transaction does, before anything is written; its failure leaves everything as
// it was.
using EnqueueCheck = std::function<Result<void>(store::Reader& store)>;
Result<void> enqueue(store::Store& store, const QueueItem& item, std::string_view mail_bytes,
                     std::string_view draft_journal_data, std::string_view actor,
                     const EnqueueCheck& check = nullptr);
// One more journal entry with the item's new state, durable.
Result<void> record_state(store::Store& store, const QueueItem& item, std::string_view actor, Instant now);
Result<void> append_state(store::Transaction& tx, const QueueItem& item, std::string_view actor, Instant now);

// Cancels the item and opens its draft again, in the caller's transaction. why: stands in both; empty when
// somebody does it by hand.
Result<void> take_back(store::Transaction& tx, QueueItem& item, std::string_view why, std::string_view actor,
                       Instant now);
// Of items that are watched, those whose conversation has gone on are taken back; no server is asked. Returns
// a line about each: what happened, and what to do.
Result<std::vector<std::string>> take_back_overtaken(store::Store& store, std::string_view actor, Instant now,
                                                     const Zone& zone);

// What delivery needs of the world; made by app.
struct Carrier {
  // Hands the mail over. Never throws; see net::send.
  std::function<net::SendOutcome(const QueueItem& item, std::string_view bytes)> send;
  // Is it in the Sent folder? retry error when that cannot be looked up.
  std::function<Result<bool>(const QueueItem& item)> find_sent;
  // After it was accepted: sent copy, \Answered, local copy, then_set. Errors are warnings: the mail has
  // left.
  std::function<Result<void>(const QueueItem& item, std::string_view bytes)> after;
  // Looks at the account's INBOX and Sent for news; before what was held or scheduled leaves.
  std::function<Result<void>(const std::string& account)> refresh;
  std::function<void(std::string_view line)> warn;
  std::string actor;
  std::function<Instant()> now;
  Zone zone = Zone::utc(); // of times in messages
  Duration hold_after = std::chrono::hours(24);
  ApprovalRules approval;
};

struct DeliveryReport {
  int sent = 0, later = 0, failed = 0, unknown = 0, held = 0;
  int taken_back = 0;             // overtaken by news, or without the approval that they need
  int waiting = 0;                // held or scheduled, and not due yet
  std::vector<std::string> lines; // one an item that did not leave: what and what to do
};

// One item that is to leave now: sends it, or takes it back at the gate. Returns its new state.
Result<std::string> deliver(store::Store& store, QueueItem item, const Carrier& carrier,
                            DeliveryReport& report);
// Items that a crash left "sending" become unknown; unknown ones are looked for; then what is due is sent.
// only: just this item.
Result<DeliveryReport> run_queue(store::Store& store, const Carrier& carrier, std::string_view only = "");
// By hand: "sent" or "again".
Result<void> settle(store::Store& store, QueueItem item, std::string_view decision, const Carrier& carrier);

// One at a time across processes; retry error naming the holder.
Result<FileLock> lock_queue(const std::string& store_directory, std::string_view holder, int wait_ms);

} // namespace helpdesk::reply
