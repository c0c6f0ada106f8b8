#include "sync/actions.hpp"

#include "base/text.hpp"
#include "language/detect.hpp"
#include "mime/mail.hpp"
#include "sync/ingest.hpp"
#include "sync/people.hpp"
#include "sync/remote.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::sync {

store::JournalEntry Actions::entry(std::string_view kind, std::string_view subject, std::string data) const {
  store::JournalEntry e;
  e.time = actor_.now;
  e.actor = actor_.identity;
  e.kind = kind;
  e.subject = subject;
  e.data = std::move(data);
  return e;
}

// Ids sort in the order in which they were made, also within one instant.
Result<std::string> Actions::fresh_id(std::string_view kind) {
  return fmt::format("{}-{:012}-{}", kind, TRY(store_.info()).journal_entries, random_hex(4));
}

Result<void> Actions::set(const model::Ticket& ticket, const std::vector<Change>& changes) {
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  return ingest.act({entry("set", ticket.key, set_data(changes, ticket.last_message))}, {ticket.key});
}

Result<void> Actions::worklog(const model::Ticket& ticket, std::int64_t seconds, std::string_view on) {
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  return ingest.act({entry("worklog", ticket.key, worklog_data(seconds, on))}, {ticket.key});
}

Result<void> Actions::snooze(const model::Ticket& ticket, std::optional<Instant> until) {
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  return ingest.act({entry("snooze", ticket.key, snooze_data(until, ticket.last_message))}, {ticket.key});
}

Result<void> Actions::note(const model::Ticket& ticket, std::string_view text, std::int64_t seconds_spent) {
  model::Message m;
  m.key = message_key(policy_, TRY(fresh_id("note")));
  m.time = actor_.now;
  m.direction = model::Direction::internal;
  m.visibility = model::Visibility::private_;
  m.author = {actor_.name, actor_.address};
  m.author_role = model::Role::agent;
  m.needs_reply = model::NeedsReply::no;
  m.needs_reply_reason = "note";
  m.channel = ticket.channel;
  m.text = m.stripped = std::string(text);
  m.references = {std::string(root_of_key(ticket.key))};
  m.language = helpdesk::detect_language(text);
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  std::string data = note_data(m);
  TRY(ingest.write_message(entry("note", ticket.key, std::move(data)), std::move(m)));
  if (seconds_spent > 0) return worklog(ticket, seconds_spent, "note");
  return {};
}

Result<std::string> Actions::write(const Written& written) {
  model::Message m;
  m.key = message_key(policy_, TRY(fresh_id("written")));
  m.time = actor_.now;
  m.direction = written.direction;
  m.channel = written.channel;
  m.subject = written.subject;
  m.text = m.stripped = written.text;
  m.language = helpdesk::detect_language(written.text);
  if (written.direction == model::Direction::in) {
    m.author = written.person;
    m.to = {{actor_.name, actor_.address}};
    m.needs_reply_reason = "written down by " + (actor_.name.empty() ? std::string("hand") : actor_.name);
  } else {
    m.author = {actor_.name, actor_.address};
    m.author_role = model::Role::agent;
    m.to = {written.person};
    m.needs_reply = model::NeedsReply::no;
    m.needs_reply_reason = "ours";
  }
  if (!written.ticket_key.empty()) m.references = {std::string(root_of_key(written.ticket_key))};
  m.subject_key = subject_key_of(m);
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  std::string data = note_data(m);
  std::string subject =
      written.ticket_key.empty() ? ticket_key(policy_, remote_id(m.key)) : written.ticket_key;
  std::string key = TRY(ingest.write_message(entry("message", subject, std::move(data)), std::move(m)));
  if (written.seconds_spent > 0)
    if (auto ticket = TRY(store_.ticket_by_key(key))) TRY(worklog(*ticket, written.seconds_spent, "new"));
  return key;
}

namespace {

// The system that keeps the tickets would not know of it.
Result<void> refuse_remote(const backend::Settings& settings, std::string_view what) {
  if (!has_remote_tickets(settings)) return {};
  return usage_error(
      fmt::format("account {}: tickets of {} are {} there: do it in the system itself, then pull",
                  settings.account, settings.kind, what));
}

} // namespace

Result<void> Actions::merge(const model::Ticket& from, const model::Ticket& into) {
  TRY(refuse_remote(settings_, "merged"));
  if (from.account != into.account)
    return usage_error(fmt::format(
        "#{} and #{} belong to different accounts ({} and {}): only tickets of one account can be merged",
        from.number, into.number, from.account, into.account));
  if (from.key == into.key)
    return usage_error(fmt::format("#{} and #{} are the same ticket already", from.number, into.number));
  if (!into.merged_into.empty())
    return usage_error(fmt::format("#{} was itself merged into another ticket: name that one", into.number));
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  return ingest.act({entry("merge", from.key, merge_data(into.key))}, {from.key, into.key});
}

Result<std::string> Actions::split(const model::Ticket& ticket, std::string_view split_key) {
  TRY(refuse_remote(settings_, "split"));
  auto heads = TRY(store_.heads(ticket.key));
  auto it =
      std::find_if(heads.begin(), heads.end(), [&](const model::Message& m) { return m.key == split_key; });
  if (it == heads.end()) return not_found(fmt::format("#{} has no such message", ticket.number));
  if (it == heads.begin())
    return usage_error(fmt::format("the first message of #{} cannot be split from it", ticket.number));
  Ingest ingest(store_, settings_, policy_, store::Durability::full);
  TRY(ingest.act({entry("split", split_key, "{}")}, {ticket.key}));
  auto moved = TRY(store_.message(split_key));
  return moved ? moved->ticket : std::string();
}

Result<std::vector<std::string>> Actions::undo(int count) {
  store::JournalQuery query;
  query.kinds = {"set",    "note",    "message", "merge",        "split",
                 "snooze", "worklog", "undo",    "person_merge", "person_unmerge"};
  query.newest_first = true;
  std::set<std::int64_t> undone;
  std::vector<store::JournalEntry> targets;
  for (store::JournalEntry& e : TRY(store_.journal(query))) {
    if (e.kind == "undo") {
      undone.insert(undone_seq(e));
      continue;
    }
    if (undone.contains(e.seq)) continue;
    targets.push_back(std::move(e));
    if (static_cast<int>(targets.size()) == count) break;
  }
  std::vector<std::string> words;
  for (const store::JournalEntry& target : targets) {
    // Which tickets it concerned: its own and, for a merge, the other one; for a split the message's ticket.
    std::vector<std::string> tickets{target.subject};
    if (target.kind == "merge") tickets.push_back(merge_target(target));
    if (target.kind == "split")
      if (auto message = TRY(store_.message(target.subject))) tickets = {message->ticket};
    Ingest ingest(store_, settings_, policy_, store::Durability::full);
    store::JournalEntry undo_entry = entry("undo", target.subject, undo_data(target.seq));
    if (target.kind == "note" || target.kind == "message") {
      TRY(ingest.unwrite_message(undo_entry, target));
    } else if (target.kind == "person_merge" || target.kind == "person_unmerge") {
      TRY(ingest.act({undo_entry}, {}));
      TRY(derive_merged_people(store_));
    } else {
      TRY(ingest.act({undo_entry}, tickets));
    }
    words.push_back(describe(target));
  }
  return words;
}

const std::vector<SettableField>& settable_fields() {
  static const std::vector<SettableField> fields{
      {"status", "where the ticket stands", "new|open|pending|hold|solved|closed"},
      {"priority", "how urgent it is", "none|low|normal|high|urgent"},
      {"assignee", "who works on it; empty for nobody", ""},
      {"queue", "which team or topic it belongs to", ""},
      {"tag+", "add a tag", ""},
      {"tag-", "take a tag off", ""},
      {"spam", "unwanted mail: left out of everything", "true|false"},
      {"needs_reply", "whether the customer waits for an answer", "yes|no|unsure"},
      {"due", "when it must be done; empty for never", ""},
      {"subject", "what it is about", ""},
      {"requester", "who asks: an address, also as \"Name <address>\"", ""},
  };
  return fields;
}

Result<Change> parse_change(std::string_view text, Instant now, const Zone& zone) {
  std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return usage_error(
        fmt::format("\"{}\": expected FIELD=VALUE, such as status=solved or tag+=billing", text));
  Change change{ascii_lower(trim(text.substr(0, equals))), std::string(trim(text.substr(equals + 1)))};
  if (change.field.starts_with("field.") && change.field.size() > 6) return change;
  if (change.field == "tag") return usage_error("tag: say tag+=NAME to add it or tag-=NAME to take it off");
  const SettableField* known = nullptr;
  std::vector<std::string_view> names;
  for (const SettableField& field : settable_fields()) {
    names.push_back(field.name);
    if (field.name == change.field) known = &field;
  }
  if (!known) {
    std::string_view near = nearest(change.field, names);
    return usage_error(
        fmt::format("unknown field \"{}\"{}", change.field,
                    near.empty() ? std::string("; fields are status, priority, assignee, queue, tag+, "
                                               "tag-, spam, needs_reply, due, subject, requester, field.NAME")
                                 : fmt::format(" (did you mean \"{}\"?)", near)));
  }
  if (known->choices == "true|false") {
    if (change.value == "yes") change.value = "true";
    if (change.value == "no") change.value = "false";
  }
  if (!known->choices.empty()) {
    auto choices = helpdesk::split(known->choices, '|');
    if (std::find(choices.begin(), choices.end(), change.value) == choices.end()) {
      std::string_view near = nearest(change.value, choices);
      return usage_error(fmt::format("{}: unknown value \"{}\"{}", change.field, change.value,
                                     near.empty()
                                         ? fmt::format("; one of {}", replace_all(known->choices, "|", ", "))
                                         : fmt::format(" (did you mean \"{}\"?)", near)));
    }
  }
  if ((change.field == "tag+" || change.field == "tag-") &&
      (change.value.empty() || change.value.find_first_of(" \t,\n") != std::string::npos))
    return usage_error(fmt::format("{}: a tag is one word, got \"{}\"", change.field, change.value));
  if (change.field == "requester") {
    auto parsed = mime::parse_addresses(change.value);
    if (parsed.size() != 1 || parsed.front().address.find('@') == std::string::npos)
      return usage_error(fmt::format("requester: expected one mail address, got \"{}\"", change.value));
  }
  if (change.field == "due" && !change.value.empty()) {
    auto due = parse_instant(change.value, now, zone, Prefer::future);
    if (!due) return in_context("due", due.error());
    change.value = format_rfc3339(*due, Zone::utc());
  }
  return change;
}

Result<void> solve_quiet_tickets(store::Store& store, const backend::Settings& settings, const Policy& policy,
                                 Instant now) {
  store::TicketQuery query;
  query.filter = TRY(store::parse_query("status:pending", now, Zone::utc()));
  query.now = now;
  std::vector<store::JournalEntry> entries;
  std::vector<std::string> keys;
  for (const model::Ticket& ticket : TRY(store.tickets(query))) {
    if (ticket.account != policy.account || now - ticket.updated < *policy.solve_after) continue;
    store::JournalEntry e;
    e.time = ticket.updated + *policy.solve_after;
    e.actor = "rule solve_after";
    e.kind = "set";
    e.subject = ticket.key;
    e.data = set_data({{"status", "solved"}}, ticket.last_message, model::Source::rule);
    entries.push_back(std::move(e));
    keys.push_back(ticket.key);
  }
  if (entries.empty()) return {};
  Ingest ingest(store, settings, policy, store::Durability::full);
  return ingest.act(entries, keys);
}

} // namespace helpdesk::sync
