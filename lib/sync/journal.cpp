#include "sync/journal.hpp"

#include "json/json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::sync {
namespace {

using json::Value;
using model::Message;

Value contact_value(const model::Contact& contact) {
  return Value::object({{"name", contact.name}, {"address", contact.address}});
}
model::Contact contact_of(const Value& value) {
  return {value["name"].as_string(), value["address"].as_string()};
}

Value message_value(const Message& m) {
  Value value = Value::object({{"key", m.key},
                               {"time", micros(m.time)},
                               {"direction", model::text(m.direction)},
                               {"visibility", model::text(m.visibility)},
                               {"author", contact_value(m.author)},
                               {"role", model::text(m.author_role)},
                               {"needs_reply", model::text(m.needs_reply)},
                               {"reason", m.needs_reply_reason},
                               {"channel", model::text(m.channel)},
                               {"subject", m.subject},
                               {"subject_key", m.subject_key},
                               {"text", m.text},
                               {"language", m.language}});
  Value to = Value::array();
  for (const model::Contact& contact : m.to) to.push(contact_value(contact));
  value.set("to", std::move(to));
  Value references = Value::array();
  for (const std::string& id : m.references) references.push(id);
  value.set("references", std::move(references));
  return value;
}

template <class E> E enum_of(const Value& value, E otherwise) {
  return model::parse<E>(value.as_string()).value_or(otherwise);
}

Message message_of(const Value& value) {
  Message m;
  m.key = value["key"].as_string();
  m.time = instant_of_micros(value["time"].as_int());
  m.direction = enum_of(value["direction"], model::Direction::internal);
  m.visibility = enum_of(value["visibility"], model::Visibility::private_);
  m.author = contact_of(value["author"]);
  m.author_role = enum_of(value["role"], model::Role::agent);
  m.needs_reply = enum_of(value["needs_reply"], model::NeedsReply::no);
  m.needs_reply_reason = value["reason"].as_string();
  m.channel = enum_of(value["channel"], model::Channel::other);
  m.subject = value["subject"].as_string();
  m.subject_key = value["subject_key"].as_string();
  m.text = m.stripped = value["text"].as_string();
  m.language = value["language"].as_string();
  for (const Value& to : value["to"].items()) m.to.push_back(contact_of(to));
  for (const Value& id : value["references"].items()) m.references.push_back(id.as_string());
  return m;
}

Value data_of(const store::JournalEntry& entry) {
  auto value = json::parse(entry.data);
  return value ? *value : Value::object();
}

} // namespace

std::string set_data(const std::vector<Change>& changes, std::string_view message_key, model::Source source) {
  Value list = Value::array();
  for (const Change& change : changes)
    list.push(Value::object({{"field", change.field}, {"value", change.value}}));
  Value value = Value::object({{"changes", std::move(list)}});
  if (!message_key.empty()) value.set("seen", message_key);
  if (source != model::Source::human) value.set("source", model::text(source));
  return json::dump(value);
}

std::string note_data(const Message& message) {
  return json::dump(Value::object({{"message", message_value(message)}}));
}

std::string snooze_data(std::optional<Instant> until, std::string_view seen_message_key) {
  Value value = Value::object({{"until", until ? Value(micros(*until)) : Value()}});
  value.set("seen", seen_message_key);
  return json::dump(value);
}

std::string worklog_data(std::int64_t seconds, std::string_view on) {
  return json::dump(Value::object({{"seconds", seconds}, {"on", on}}));
}

std::string merge_data(std::string_view into) { return json::dump(Value::object({{"into", into}})); }
std::string undo_data(std::int64_t undone) { return json::dump(Value::object({{"undone", undone}})); }
std::int64_t undone_seq(const store::JournalEntry& entry) { return data_of(entry)["undone"].as_int(); }
std::string merge_target(const store::JournalEntry& entry) { return data_of(entry)["into"].as_string(); }

std::optional<Message> written_message(const store::JournalEntry& entry) {
  Value data = data_of(entry);
  if (!data.has("message")) return std::nullopt;
  return message_of(data["message"]);
}

Result<void> Journal::refresh(store::Reader& store) {
  store::JournalQuery query;
  query.kinds = {"set",    "note",    "message", "merge",        "split",
                 "snooze", "worklog", "undo",    "person_merge", "person_unmerge"};
  query.after = last_;
  std::vector<store::JournalEntry> fresh = TRY(store.journal(query));
  if (fresh.empty()) return {};
  last_ = fresh.back().seq;
  raw_.insert(raw_.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
  return fold();
}

Result<void> Journal::fold() {
  by_ticket_.clear();
  edges_ = {};
  person_merges_.clear();
  std::set<std::int64_t> undone;
  for (const store::JournalEntry& entry : raw_)
    if (entry.kind == "undo") undone.insert(undone_seq(entry));
  for (const store::JournalEntry& entry : raw_) {
    if (entry.kind == "undo" || undone.contains(entry.seq)) continue;
    Value data = data_of(entry);
    if (data["erased"].as_bool()) continue;
    if (entry.kind == "merge") {
      edges_.merges[std::string(root_of_key(entry.subject))] =
          std::string(root_of_key(data["into"].as_string()));
      continue;
    }
    if (entry.kind == "split") {
      edges_.splits.insert(std::string(remote_id(entry.subject)));
      continue;
    }
    if (entry.kind == "person_merge") {
      person_merges_.push_back({entry.subject, data["into"].as_string()});
      continue;
    }
    if (entry.kind == "person_unmerge") {
      std::erase_if(person_merges_,
                    [&](const PersonMerge& m) { return m.from == entry.subject || m.into == entry.subject; });
      continue;
    }
    TicketEntry e;
    e.seq = entry.seq;
    e.time = entry.time;
    e.actor = entry.actor;
    e.kind = entry.kind;
    e.message_key = data["seen"].as_string();
    e.source = enum_of(data["source"], model::Source::human);
    for (const Value& change : data["changes"].items())
      e.changes.push_back({change["field"].as_string(), change["value"].as_string()});
    e.seconds = data["seconds"].as_int();
    if (data["until"].is_integer()) e.until = instant_of_micros(data["until"].as_int());
    if (data.has("message")) {
      e.message = message_of(data["message"]);
      e.message_key = e.message.key;
    }
    by_ticket_[entry.subject].push_back(std::move(e));
  }
  return {};
}

std::vector<const TicketEntry*> Journal::of_ticket(const model::Ticket& ticket) const {
  std::vector<const TicketEntry*> entries;
  auto take = [&](std::string_view key) {
    auto it = by_ticket_.find(key);
    if (it == by_ticket_.end()) return;
    for (const TicketEntry& e : it->second) entries.push_back(&e);
  };
  if (by_ticket_.empty()) return entries;
  take(ticket.key);
  for (const std::string& alias : ticket.aliases) take(alias);
  std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->seq < b->seq; });
  return entries;
}

std::vector<const TicketEntry*> Journal::messages() const {
  std::vector<const TicketEntry*> found;
  for (const auto& [ticket, entries] : by_ticket_)
    for (const TicketEntry& e : entries)
      if (e.kind == "note" || e.kind == "message") found.push_back(&e);
  std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->seq < b->seq; });
  return found;
}

namespace {

std::string utc_minute(const Value& time) {
  return format_minute(instant_of_micros(time.as_int()), Zone::utc()) + " UTC";
}

// An item of the queue: what became of it, and why.
std::string queue_words(const Value& data) {
  std::string state = data["state"].as_string(), error = data["error"].as_string();
  std::string words = (data["ack"].as_bool() ? "acknowledgement: " : "send: ") + state;
  if (data["leaves"].is_integer() && state == "held") return words + " until " + utc_minute(data["leaves"]);
  if (data["leaves"].is_integer() && state == "scheduled")
    return words + " for " + utc_minute(data["leaves"]);
  // While it is being sent the entry says what will be true if nothing follows it; what a server said to a
  // mail that is tried again stands in queue list.
  bool told = !error.empty() && state != "sending" && state != "accepted" && state != "queued";
  return told ? words + ": " + error : words;
}

std::string draft_words(const Value& data) {
  std::string put_back = data["put_back"].as_string();
  std::string words = "draft " + data["state"].as_string();
  return put_back.empty() ? words : words + " again: " + put_back;
}

std::string approval_words(const Value& data) {
  if (data.has("lint")) {
    std::string allowed;
    for (const Value& one : data["lint"].items()) allowed += (allowed.empty() ? "" : ", ") + one.as_string();
    return fmt::format("allowed {}: {}", allowed, data["reason"].as_string());
  }
  std::string draft = data["draft"].as_string();
  if (data["state"].as_string() == "withdrawn") return "withdrew the approval of draft " + draft;
  return fmt::format("approved draft {} ({})", draft, data["why"].as_string());
}

} // namespace

std::string ticket_of(const store::JournalEntry& entry) {
  bool by_data = entry.kind == "draft" || entry.kind == "queue" || entry.kind == "approval";
  if (by_data)
    if (std::string ticket = data_of(entry)["ticket"].as_string(); !ticket.empty()) return ticket;
  return entry.subject;
}

std::string describe(const store::JournalEntry& entry) {
  Value data = data_of(entry);
  if (data["erased"].as_bool()) return entry.kind + " (erased)";
  if (entry.kind == "set") {
    std::string words;
    for (const Value& change : data["changes"].items()) {
      if (!words.empty()) words += ", ";
      words += change["field"].as_string() + "=" + change["value"].as_string();
    }
    return "set " + words;
  }
  if (entry.kind == "note") return "note";
  if (entry.kind == "message")
    return fmt::format("wrote down a message ({})", data["message"]["channel"].as_string());
  if (entry.kind == "merge") return "merged into another ticket";
  if (entry.kind == "split") return "split off";
  if (entry.kind == "snooze")
    return data["until"].is_null()
               ? "woken"
               : "snoozed until " + format_minute(instant_of_micros(data["until"].as_int()), Zone::utc()) +
                     " UTC";
  if (entry.kind == "worklog")
    return fmt::format("worked {}", format_duration(std::chrono::seconds(data["seconds"].as_int())));
  if (entry.kind == "undo") return fmt::format("undid entry {}", data["undone"].as_int());
  if (entry.kind == "person_merge") return "joined two people";
  if (entry.kind == "person_unmerge") return "parted two people";
  if (entry.kind == "queue") return queue_words(data);
  if (entry.kind == "prune") {
    auto counted = [](std::int64_t n, std::string_view one) {
      return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
    };
    return fmt::format("took {} out of {}", counted(data["attachments"].as_int(), "attachment"),
                       counted(data["mails"].as_int(), "old mail"));
  }
  if (entry.kind == "erase") return "erased for good";
  if (entry.kind == "account") return "set up " + entry.subject;
  if (entry.kind == "ack")
    return fmt::format("acknowledgements {} for {}", data["on"].as_bool() ? "on" : "off", entry.subject);
  if (entry.kind == "approval") return approval_words(data);
  if (entry.kind == "draft") return draft_words(data);
  return entry.kind;
}

} // namespace helpdesk::sync
