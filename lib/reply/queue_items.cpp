#include "base/text.hpp"
#include "json/json.hpp"
#include "reply/queue.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using json::Value;
constexpr std::string_view k_mails = "@queue";

std::string item_data(const QueueItem& item) {
  Value recipients = Value::array();
  for (const std::string& recipient : item.recipients) recipients.push(recipient);
  Value changes = Value::array();
  for (const auto& [field, value] : item.then_set)
    changes.push(Value::object({{"field", field}, {"value", value}}));
  Value v = Value::object({{"state", item.state},
                           {"account", item.account},
                           {"identity", item.identity},
                           {"smtp", item.smtp},
                           {"ticket", item.ticket},
                           {"draft", item.draft},
                           {"message_id", item.message_id},
                           {"mail", item.mail},
                           {"from", item.from},
                           {"recipients", std::move(recipients)},
                           {"subject", item.subject},
                           {"answers", item.answers},
                           {"set", std::move(changes)},
                           {"smtputf8", item.smtputf8},
                           {"reply", item.reply},
                           {"ack", item.ack},
                           {"attempts", item.attempts},
                           {"created", micros(item.created)},
                           {"error", item.last_error}});
  if (item.next_try) v.set("next_try", micros(*item.next_try));
  if (item.leaves) v.set("leaves", micros(*item.leaves));
  if (!item.approval.empty()) v.set("approval", item.approval);
  if (item.watched) {
    Value seen = Value::array();
    for (const std::string& one : item.seen) seen.push(one);
    v.set("seen", std::move(seen));
  }
  return json::dump(v);
}

} // namespace

QueueItem new_queue_item(const mime::Outgoing& mail, const mime::Composed& composed,
                         std::vector<std::string> recipients, std::string_view account,
                         std::string_view identity, Instant now) {
  QueueItem item;
  item.id = "q" + random_hex(4);
  item.account = account;
  item.identity = identity;
  item.message_id = mail.message_id;
  item.mail = sha256_hex(composed.bytes);
  item.from = mail.from.address;
  item.recipients = std::move(recipients);
  item.subject = mail.subject;
  item.answers = mail.in_reply_to;
  item.smtputf8 = composed.needs_smtputf8;
  item.created = now;
  return item;
}

Result<QueueItem> queue_item_of(const store::JournalEntry& entry) {
  auto parsed = json::parse(entry.data);
  if (!parsed) return in_context("queue item " + entry.subject, parsed.error());
  const Value& v = *parsed;
  QueueItem item;
  item.id = entry.subject;
  item.state = v["erased"].as_bool() ? "cancelled" : v["state"].as_string();
  item.account = v["account"].as_string();
  item.identity = v["identity"].as_string();
  item.smtp = v["smtp"].as_string();
  item.ticket = v["ticket"].as_string();
  item.draft = v["draft"].as_string();
  item.message_id = v["message_id"].as_string();
  item.mail = v["mail"].as_string();
  item.from = v["from"].as_string();
  for (const Value& recipient : v["recipients"].items()) item.recipients.push_back(recipient.as_string());
  item.subject = v["subject"].as_string();
  item.answers = v["answers"].as_string();
  for (const Value& change : v["set"].items())
    item.then_set.emplace_back(change["field"].as_string(), change["value"].as_string());
  item.smtputf8 = v["smtputf8"].as_bool();
  item.reply = v["reply"].as_bool(true);
  item.ack = v["ack"].as_bool();
  item.attempts = static_cast<int>(v["attempts"].as_int());
  item.created = instant_of_micros(v["created"].as_int());
  item.changed = entry.time;
  if (v["next_try"].is_integer()) item.next_try = instant_of_micros(v["next_try"].as_int());
  item.last_error = v["error"].as_string();
  if (v["leaves"].is_integer()) item.leaves = instant_of_micros(v["leaves"].as_int());
  item.approval = v["approval"].as_string();
  item.watched = v.has("seen");
  for (const Value& one : v["seen"].items()) item.seen.push_back(one.as_string());
  return item;
}

Result<std::vector<QueueItem>> queue_items(store::Reader& store, bool finished_too) {
  std::vector<QueueItem> items;
  for (const store::JournalEntry& entry : TRY(store.latest("queue"))) {
    // Nearly all of them have left: that is seen without parsing.
    if (!finished_too &&
        (entry.data.starts_with(R"({"state":"sent")") || entry.data.starts_with(R"({"state":"cancelled")")))
      continue;
    QueueItem item = TRY(queue_item_of(entry));
    if (!finished_too && (item.state == "sent" || item.state == "cancelled")) continue;
    items.push_back(std::move(item));
  }
  std::sort(items.begin(), items.end(), [](const QueueItem& a, const QueueItem& b) {
    return a.created != b.created ? a.created < b.created : a.id < b.id;
  });
  return items;
}

Result<QueueItem> find_queue_item(store::Reader& store, std::string_view id) {
  auto entry = TRY(store.latest("queue", id));
  if (!entry) return not_found(fmt::format("no queue item \"{}\"; helpdesk queue list names them", id));
  return queue_item_of(*entry);
}

Result<std::string> queued_mail(store::Reader& store, const QueueItem& item) {
  auto record = TRY(store.raw(k_mails, item.mail));
  if (!record)
    return failed(
        fmt::format("queue item {}: its mail is not in the store; cancel it and send again", item.id));
  return std::move(record->bytes);
}

Result<void> append_state(store::Transaction& tx, const QueueItem& item, std::string_view actor,
                          Instant now) {
  store::JournalEntry entry;
  entry.time = now;
  entry.actor = actor;
  entry.kind = "queue";
  entry.subject = item.id;
  entry.data = item_data(item);
  TRY(tx.append(entry));
  return {};
}

Result<void> enqueue(store::Store& store, const QueueItem& item, std::string_view mail_bytes,
                     std::string_view draft_journal_data, std::string_view actor, const EnqueueCheck& check) {
  auto tx = TRY(store.begin(store::Durability::full));
  if (check) TRY(check(*tx));
  store::RawRecord record;
  record.account = k_mails;
  record.key = item.mail;
  record.format = "mail";
  record.bytes = std::string(mail_bytes);
  TRY(tx->put_raw(record));
  if (!draft_journal_data.empty()) {
    store::JournalEntry draft;
    draft.time = item.created;
    draft.actor = actor;
    draft.kind = "draft";
    draft.subject = item.draft;
    draft.data = draft_journal_data;
    TRY(tx->append(draft));
  }
  TRY(append_state(*tx, item, actor, item.created));
  return tx->commit();
}

Result<void> record_state(store::Store& store, const QueueItem& item, std::string_view actor, Instant now) {
  auto tx = TRY(store.begin(store::Durability::full));
  TRY(append_state(*tx, item, actor, now));
  return tx->commit();
}

Result<FileLock> lock_queue(const std::string& store_directory, std::string_view holder, int wait_ms) {
  return FileLock::acquire(join_path(store_directory, "queue.lock"), holder, wait_ms);
}

} // namespace helpdesk::reply
