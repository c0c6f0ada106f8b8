#include "base/text.hpp"
#include "reply/queue.hpp"

#include <algorithm>

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
  ++item.attempts;
  item.last_error = "the process ended while it was being sent";
  // On disk before the connection opens: whoever finds "sending" after a crash knows that it may have left.
  TRY(mark(store, item, "sending", carrier));
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

Result<DeliveryReport> run_queue(store::Store& store, const Carrier& carrier, std::string_view only) {
  DeliveryReport report;
  Instant now = carrier.now();
  for (QueueItem& item : TRY(queue_items(store, false))) {
    if (!only.empty() && item.id != only) continue;
    if (item.state == "accepted") {
      TRY(finish_sent(store, item, TRY(queued_mail(store, item)), carrier));
      ++report.sent;
      continue;
    }
    if (item.state == "sending")
      TRY(mark(store, item, "unknown", carrier)); // the lock is ours: who sent it is dead
    if (item.state == "unknown") {
      TRY(look_for(store, item, carrier, report));
      continue;
    }
    bool by_hand = !only.empty();
    if (item.state == "failed" && !by_hand) {
      ++report.failed;
      report.lines.push_back(
          fmt::format("{}: refused: {}; helpdesk queue send {} tries again, queue cancel {} drops it",
                      title(item), item.last_error, item.id, item.id));
      continue;
    }
    if (item.state == "queued" && !by_hand && now - item.created > carrier.hold_after)
      TRY(mark(store, item, "held", carrier));
    if (item.state == "held" && !by_hand) {
      ++report.held;
      report.lines.push_back(
          fmt::format("{}: held, it is {} old; helpdesk queue send {} lets it go, queue cancel {} drops it",
                      title(item), format_duration(now - item.created), item.id, item.id));
      continue;
    }
    if (!by_hand && item.next_try && *item.next_try > now) {
      ++report.later;
      continue;
    }
    // A mail that is in the thread has left, whatever the state says.
    if (item.attempts > 0 && TRY(store.message_by_message_id(item.account, item.message_id))) {
      std::string bytes = TRY(queued_mail(store, item));
      TRY(finish_sent(store, item, bytes, carrier));
      ++report.sent;
      continue;
    }
    TRY(deliver(store, item, carrier, report));
  }
  return report;
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
