#include "base/text.hpp"
#include "reply/ack.hpp"
#include "reply/gate.hpp"
#include "reply/queue.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

// 1, 2, 4 … minutes, at most 4 hours between two tries.
Duration pause_before_try(int attempts) {
  return std::min<Duration>(std::chrono::minutes(1LL << std::min(attempts, 8)), std::chrono::hours(4));
}

std::string title(const QueueItem& item) {
  return fmt::format("{} \"{}\" to {}", item.id, item.subject, join(item.recipients, ", "));
}

std::string refusal_words(const net::SendOutcome& outcome) {
  std::string words = outcome.text;
  for (const net::Refusal& refusal : outcome.refusals)
    if (!refusal.recipient.empty())
      words += fmt::format("; {}: {} {}", refusal.recipient, refusal.code, refusal.text);
  return words;
}

Result<void> mark(store::Store& store, QueueItem& item, std::string state, const Carrier& carrier) {
  item.state = std::move(state);
  return record_state(store, item, carrier.actor, carrier.now());
}

Result<void> finish_sent(store::Store& store, QueueItem& item, std::string_view bytes,
                         const Carrier& carrier) {
  item.last_error.clear();
  item.next_try.reset();
  // The mail has left: what fails from here on is said, and never makes it leave again. After a crash the
  // rest is done by the next run.
  if (item.state != "accepted") TRY(mark(store, item, "accepted", carrier));
  if (auto done = carrier.after(item, bytes); !done)
    carrier.warn(fmt::format("{} was sent, but: {}", title(item), done.error().message));
  return mark(store, item, "sent", carrier);
}

// Found in the thread (pulled back already) or in Sent: it had left.
Result<bool> had_left(store::Store& store, const QueueItem& item, const Carrier& carrier) {
  auto message = TRY(store.message_by_message_id(item.account, item.message_id));
  if (message) return true;
  return carrier.find_sent(item);
}

Result<void> look_for(store::Store& store, QueueItem& item, const Carrier& carrier, DeliveryReport& report) {
  auto left = had_left(store, item, carrier);
  if (left && *left) {
    std::string bytes = TRY(queued_mail(store, item));
    TRY(finish_sent(store, item, bytes, carrier));
    ++report.sent;
    return {};
  }
  ++report.unknown;
  std::string why = left ? "it is not in Sent" : "Sent cannot be looked at: " + left.error().message;
  report.lines.push_back(fmt::format("{}: nobody knows whether it left ({}; {}); ask the recipient or look "
                                     "at the server, then: helpdesk queue settle {} sent|again",
                                     title(item), item.last_error, why, item.id));
  return {};
}

} // namespace

Result<std::string> deliver(store::Store& store, QueueItem item, const Carrier& carrier,
                            DeliveryReport& report) {
  std::string bytes = TRY(queued_mail(store, item));
  if (!item.approval.empty() && sha256_hex(bytes) != item.mail)
    return failed(fmt::format("queue item {}: its mail is not the one that was approved; cancel it and send "
                              "again",
                              item.id));
  // On disk before the connection opens: whoever finds "sending" after a crash knows that it may have left.
  std::string why;
  TRY(begin_sending(store, item, carrier, why));
  if (!why.empty()) {
    ++report.taken_back;
    report.lines.push_back(taken_back_line(item, ticket_words(store, item), why));
  }
  if (item.state != "sending") return item.state;
  net::SendOutcome outcome = carrier.send(item, bytes);
  switch (outcome.kind) {
  case net::SendKind::accepted:
    TRY(finish_sent(store, item, bytes, carrier));
    ++report.sent;
    break;
  case net::SendKind::rejected_permanently:
    item.last_error = refusal_words(outcome);
    TRY(mark(store, item, "failed", carrier));
    ++report.failed;
    report.lines.push_back(
        fmt::format("{}: refused: {}; mend it and: helpdesk queue send {}, or: helpdesk queue cancel {}",
                    title(item), item.last_error, item.id, item.id));
    break;
  case net::SendKind::rejected_temporarily:
  case net::SendKind::not_sent: {
    item.last_error = refusal_words(outcome);
    bool for_good = outcome.kind == net::SendKind::not_sent &&
                    (outcome.error == ErrorKind::credentials || outcome.error == ErrorKind::usage);
    item.next_try = carrier.now() + pause_before_try(item.attempts - 1);
    TRY(mark(store, item, "queued", carrier));
    ++report.later;
    report.lines.push_back(fmt::format("{}: not sent: {}; {}", title(item), item.last_error,
                                       for_good ? "it stays in the queue until that is mended"
                                                : "helpdesk queue send tries again"));
    break;
  }
  case net::SendKind::unknown:
    item.last_error = outcome.text;
    TRY(mark(store, item, "unknown", carrier));
    TRY(look_for(store, item, carrier, report));
    break;
  }
  return item.state;
}

namespace {

// What one run of the queue knows: which accounts it has looked at.
class Run {
 public:
  Run(store::Store& store, const Carrier& carrier, bool by_hand)
      : store_(store), carrier_(carrier), by_hand_(by_hand), now_(carrier.now()) {}

  Result<void> item(QueueItem& item);
  DeliveryReport report;

 private:
  // True: it stays where it is for now.
  Result<bool> stays(QueueItem& item);
  Result<bool> waits_for_its_time(QueueItem& item);
  bool refreshed(const QueueItem& item);

  store::Store& store_;
  const Carrier& carrier_;
  bool by_hand_;
  Instant now_;
  std::map<std::string, std::string> looked_at_; // account: what was wrong, empty when it was pulled
};

// Held or scheduled: not before its time; news take it back at once.
Result<bool> Run::waits_for_its_time(QueueItem& item) {
  if (by_hand_ || !item.leaves || *item.leaves <= now_) return false;
  std::string why = TRY(overtaken_by(store_, item, carrier_.zone));
  if (why.empty()) {
    ++report.waiting;
    return true;
  }
  auto tx = TRY(store_.begin(store::Durability::full));
  TRY(take_back(*tx, item, why, carrier_.actor, now_));
  TRY(tx->commit());
  ++report.taken_back;
  report.lines.push_back(taken_back_line(item, ticket_words(store_, item), why));
  return true;
}

Result<bool> Run::stays(QueueItem& item) {
  if (item.state == "failed" && !by_hand_) {
    ++report.failed;
    report.lines.push_back(
        fmt::format("{}: refused: {}; helpdesk queue send {} tries again, queue cancel {} drops it",
                    title(item), item.last_error, item.id, item.id));
    return true;
  }
  if (TRY(waits_for_its_time(item))) return true;
  Duration age = now_ - std::max(item.created, item.leaves.value_or(item.created));
  bool moves = item.state == "queued" || item.leaves;
  if (moves && !by_hand_ && age > carrier_.hold_after) {
    item.leaves.reset();
    TRY(mark(store_, item, "held", carrier_));
  }
  if (item.state == "held" && !item.leaves && !by_hand_) {
    ++report.held;
    report.lines.push_back(
        fmt::format("{}: held, it is {} old; helpdesk queue send {} lets it go, queue cancel {} drops it",
                    title(item), format_duration(age), item.id, item.id));
    return true;
  }
  if (!by_hand_ && item.next_try && *item.next_try > now_) {
    ++report.later;
    return true;
  }
  return false;
}

// A watched item leaves only after its account was looked at, once a run.
bool Run::refreshed(const QueueItem& item) {
  if (!item.watched || !carrier_.refresh) return true;
  auto known = looked_at_.find(item.account);
  if (known == looked_at_.end()) {
    auto done = carrier_.refresh(item.account);
    known = looked_at_.emplace(item.account, done ? "" : done.error().message).first;
  }
  if (known->second.empty()) return true;
  ++report.later;
  report.lines.push_back(fmt::format("{}: not sent, it stays in the queue: {} cannot be looked at for news: "
                                     "{}; helpdesk queue send tries again",
                                     title(item), item.account, known->second));
  return false;
}

Result<void> Run::item(QueueItem& item) {
  if (item.state == "accepted") {
    std::string bytes = TRY(queued_mail(store_, item));
    TRY(finish_sent(store_, item, bytes, carrier_));
    ++report.sent;
    return {};
  }
  if (item.state == "sending")
    TRY(mark(store_, item, "unknown", carrier_)); // the lock is ours: who sent it is dead
  if (item.state == "unknown") return look_for(store_, item, carrier_, report);
  if (item.ack && !by_hand_ && !TRY(store_.message_by_message_id(item.account, item.message_id)))
    if (std::string why = TRY(ack_overtaken(store_, item, now_)); !why.empty()) {
      auto tx = TRY(store_.begin(store::Durability::full));
      TRY(take_back(*tx, item, why, carrier_.actor, now_));
      return tx->commit();
    }
  if (TRY(stays(item)) || !refreshed(item)) return {};
  // A mail that is in the thread has left, whatever the state says.
  if (item.attempts > 0 && TRY(store_.message_by_message_id(item.account, item.message_id))) {
    std::string bytes = TRY(queued_mail(store_, item));
    TRY(finish_sent(store_, item, bytes, carrier_));
    ++report.sent;
    return {};
  }
  TRY(deliver(store_, item, carrier_, report));
  return {};
}

} // namespace

Result<DeliveryReport> run_queue(store::Store& store, const Carrier& carrier, std::string_view only) {
  Run run(store, carrier, !only.empty());
  for (QueueItem& item : TRY(queue_items(store, false)))
    if (only.empty() || item.id == only) TRY(run.item(item));
  return std::move(run.report);
}

Result<void> settle(store::Store& store, QueueItem item, std::string_view decision, const Carrier& carrier) {
  if (item.state != "unknown" && item.state != "sending")
    return usage_error(
        fmt::format("queue item {} is {}: only an unknown one can be settled", item.id, item.state));
  if (decision == "sent") {
    std::string bytes = TRY(queued_mail(store, item));
    return finish_sent(store, item, bytes, carrier);
  }
  item.next_try.reset();
  return mark(store, item, "queued", carrier);
}

} // namespace helpdesk::reply
