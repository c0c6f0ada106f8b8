#include "reply/gate.hpp"

#include "base/text.hpp"
#include "reply/news.hpp"

#include <fmt/format.h>

namespace helpdesk::reply {

Result<std::string> overtaken_by(store::Reader& store, const QueueItem& item, const Zone& zone) {
  if (!item.watched || item.ticket.empty()) return std::string();
  auto messages = TRY(conversation_messages(store, item.ticket));
  auto news = unseen_messages(messages, item.seen, item.message_id);
  if (news.empty()) return std::string();
  const model::Message& m = *news.front();
  return fmt::format("{} wrote at {}", m.author.address.empty() ? m.author.name : m.author.address,
                     format_minute(m.time, zone));
}

Result<std::string> objection(store::Reader& store, const QueueItem& item, const ApprovalRules& rules,
                              Instant now, const Zone& zone) {
  if (item.draft.empty() || !item.reply) return std::string();
  if (std::string news = TRY(overtaken_by(store, item, zone)); !news.empty()) return news;
  if (!item.approval.empty()) {
    auto approval = TRY(latest_approval(store, item.draft));
    if (!approval || approval->withdrawn || approval->hash != item.approval)
      return std::string("its approval was withdrawn");
    // Rules that are gone ask nobody.
    bool given = !rules.any() || TRY(may_have_given(store, rules, *approval));
    return std::string(given ? "" : "who approved it may not do so any more");
  }
  if (!rules.any()) return std::string();
  auto draft = TRY(find_draft(store, item.draft));
  if (!draft) return std::string();
  auto ticket = item.ticket.empty() ? std::optional<model::Ticket>() : TRY(store.ticket_by_key(item.ticket));
  auto messages = TRY(conversation_messages(store, item.ticket));
  std::string why =
      why_approval(rules, {*draft, ticket ? &*ticket : nullptr, messages, item.recipients}, now);
  return why.empty() ? why : fmt::format("it needs an approval now ({})", why);
}

Result<void> take_back(store::Transaction& tx, QueueItem& item, std::string_view why, std::string_view actor,
                       Instant now) {
  item.state = "cancelled";
  item.last_error = why;
  item.next_try.reset();
  TRY(append_state(tx, item, actor, now));
  if (item.draft.empty()) return {};
  auto draft = TRY(find_draft(tx, item.draft));
  if (!draft || draft->state != "queued") return {};
  draft->state = "open"; // the words are not lost
  draft->put_back = why;
  store::JournalEntry entry;
  entry.time = now;
  entry.actor = actor;
  entry.kind = "draft";
  entry.subject = draft->id;
  entry.data = draft_data(*draft);
  TRY(tx.append(entry));
  return {};
}

std::string ticket_words(store::Reader& store, const QueueItem& item) {
  if (!item.ticket.empty())
    if (auto ticket = store.ticket_by_key(item.ticket); ticket && *ticket)
      return fmt::format("{}", (*ticket)->number);
  return item.draft;
}

std::string taken_back_line(const QueueItem& item, std::string_view ticket, std::string_view why) {
  return fmt::format("{} \"{}\" to {} was not sent: {}; its text is draft {} again: read helpdesk show {}, "
                     "then mend it (helpdesk draft {}) or send it",
                     item.id, item.subject, join(item.recipients, ", "), why, item.draft, ticket, ticket);
}

Result<void> begin_sending(store::Store& store, QueueItem& item, const Carrier& carrier, std::string& why) {
  auto tx = TRY(store.begin(store::Durability::full));
  auto current = TRY(find_queue_item(*tx, item.id));
  if (current.state == "cancelled" || current.state == "sent" || current.state == "accepted") {
    item = std::move(current);
    return {};
  }
  Instant now = carrier.now();
  why = TRY(objection(*tx, item, carrier.approval, now, carrier.zone));
  if (!why.empty()) {
    TRY(take_back(*tx, item, why, carrier.actor, now));
    return tx->commit();
  }
  ++item.attempts;
  item.leaves.reset();
  item.last_error = "the process ended while it was being sent";
  item.state = "sending";
  TRY(append_state(*tx, item, carrier.actor, now));
  return tx->commit();
}

Result<std::vector<std::string>> take_back_overtaken(store::Store& store, std::string_view actor, Instant now,
                                                     const Zone& zone) {
  std::vector<std::string> lines;
  for (QueueItem& item : TRY(queue_items(store, false))) {
    if (!item.watched || (item.state != "held" && item.state != "scheduled" && item.state != "queued"))
      continue;
    std::string why = TRY(overtaken_by(store, item, zone));
    if (why.empty()) continue;
    // It may have left under an earlier try: the queue finds that out.
    if (item.attempts > 0 && TRY(store.message_by_message_id(item.account, item.message_id))) continue;
    auto tx = TRY(store.begin(store::Durability::full));
    TRY(take_back(*tx, item, why, actor, now));
    TRY(tx->commit());
    lines.push_back(taken_back_line(item, ticket_words(store, item), why));
  }
  return lines;
}

} // namespace helpdesk::reply
