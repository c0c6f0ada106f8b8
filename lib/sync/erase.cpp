// erase: removes for good. The store drops rows, records, index and journal text; salted hashes keep them
// from coming back.
#include "base/text.hpp"
#include "json/json.hpp"
#include "sync/actions.hpp"
#include "sync/deriver.hpp"
#include "sync/ingest.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <set>

namespace helpdesk::sync {
namespace {

constexpr std::string_view k_erased = R"({"erased":true})";

Result<void> erase_messages(store::Transaction& tx, const Policy& policy,
                            const std::vector<model::Message>& messages, EraseCounts& counts) {
  for (const model::Message& message : messages) {
    for (std::string_view key : split(message.raw, ' ')) {
      if (key.empty()) continue;
      for (const store::Placement& placement : TRY(tx.placements_of(policy.account, key)))
        TRY(tx.remove_placement(policy.account, placement.stream, placement.uid));
      TRY(tx.remove_raw(policy.account, key));
      TRY(tx.add_erased(key));
      ++counts.records;
    }
    if (!message.message_id.empty()) TRY(tx.add_erased(message.message_id));
    TRY(tx.remove_message(message.key));
    ++counts.messages;
  }
  return {};
}

// What takes the place of a key that names a person or holds a Message-ID.
std::string erased_name(std::string_view key) { return sha256_hex(key).substr(0, 16); }

// Composed mails of the queue and files of drafts lie under account names of their own; entries name them.
Result<void> drop_own_records(store::Transaction& tx, const std::vector<std::string>& redacted,
                              const std::vector<std::string>& kept, EraseCounts& counts) {
  for (std::string_view account : {"@queue", "@drafts"}) {
    std::vector<std::string> keys;
    TRY(tx.each_raw(account, [&](store::RawRecord&& record) {
      auto names = [&](const std::string& data) { return data.find(record.key) != std::string::npos; };
      if (std::any_of(redacted.begin(), redacted.end(), names) &&
          std::none_of(kept.begin(), kept.end(), names))
        keys.push_back(std::move(record.key));
      return true;
    }));
    for (const std::string& key : keys) TRY(tx.remove_raw(account, key));
    counts.records += keys.size();
  }
  return {};
}

// Journal entries about these subjects, or that hold one of these texts, lose their data, and their subject
// where it says who it was. A ticket's number stays taken.
Result<void> redact(store::Transaction& tx, const std::set<std::string, std::less<>>& subjects,
                    const std::vector<std::string>& texts, EraseCounts& counts) {
  std::vector<std::string> quoted, redacted, kept;
  for (const std::string& subject : subjects) quoted.push_back(json::dump(json::Value(subject)));
  TRY(tx.rewrite_journal([&](const store::JournalEntry& entry) -> std::optional<store::JournalEntry> {
    if (entry.kind == "erase") return std::nullopt;
    auto holds_text = [&](std::string_view field) {
      return std::any_of(texts.begin(), texts.end(),
                         [&](const std::string& text) { return contains_ignoring_case(field, text); });
    };
    auto named_in_data = [&](const std::string& subject) {
      return entry.data.find(subject) != std::string::npos;
    };
    bool named = subjects.contains(entry.subject) || holds_text(entry.subject);
    bool hit = named || holds_text(entry.data) || std::any_of(quoted.begin(), quoted.end(), named_in_data);
    bool own = entry.kind == "draft" || entry.kind == "queue";
    if (!hit) {
      if (own) kept.push_back(entry.data);
      return std::nullopt;
    }
    store::JournalEntry now = entry;
    if (named) now.subject = erased_name(entry.subject);
    if (entry.data == k_erased) return now;
    if (own) redacted.push_back(entry.data);
    now.data = k_erased;
    ++counts.journal_entries;
    return now;
  }));
  TRY(tx.rename_numbers([&](std::string_view key) -> std::optional<std::string> {
    auto holds = [&](const std::string& text) { return contains_ignoring_case(key, text); };
    if (!subjects.contains(key) && std::none_of(texts.begin(), texts.end(), holds)) return std::nullopt;
    return erased_name(key);
  }));
  return drop_own_records(tx, redacted, kept, counts);
}

store::JournalEntry erase_entry(const Actor& actor, std::string_view what) {
  store::JournalEntry entry;
  entry.time = actor.now;
  entry.actor = actor.identity;
  entry.kind = "erase";
  entry.subject = erased_name(what); // who was erased is not written down
  entry.data = "{}";
  return entry;
}

Result<void> erase_one(store::Transaction& tx, const Policy& policy, const model::Ticket& ticket,
                       std::set<std::string, std::less<>>& subjects,
                       std::set<std::string, std::less<>>& addresses, EraseCounts& counts) {
  std::vector<model::Message> heads = TRY(tx.heads(ticket.key));
  for (const model::Message& head : heads) {
    subjects.insert(head.key);
    for (const std::string& address : outside_participants(head, policy)) addresses.insert(address);
  }
  TRY(erase_messages(tx, policy, heads, counts));
  TRY(tx.remove_ticket(ticket.key));
  subjects.insert(ticket.key);
  subjects.insert(ticket.aliases.begin(), ticket.aliases.end());
  ++counts.tickets;
  return {};
}

// People who have no message left.
Result<void> drop_strangers(store::Transaction& tx, const std::set<std::string, std::less<>>& addresses,
                            EraseCounts& counts) {
  std::set<std::string, std::less<>> left(addresses);
  TRY(tx.each_head("", std::nullopt, [&](const model::Message& m) {
    left.erase(ascii_lower(m.author.address));
    for (const auto* list : {&m.to, &m.cc, &m.reply_to})
      for (const model::Contact& contact : *list) left.erase(ascii_lower(contact.address));
    return !left.empty();
  }));
  for (const std::string& address : left)
    if (auto person = TRY(tx.person_of({"email", address}))) {
      TRY(tx.remove_person(person->key));
      ++counts.people;
    }
  return {};
}

} // namespace

Result<EraseCounts> erase_ticket(store::Store& store, const backend::Settings&, const Policy& policy,
                                 const model::Ticket& ticket, const Actor& actor) {
  EraseCounts counts;
  auto tx = TRY(store.begin(store::Durability::full));
  std::set<std::string, std::less<>> subjects, addresses;
  TRY(erase_one(*tx, policy, ticket, subjects, addresses, counts));
  TRY(drop_strangers(*tx, addresses, counts));
  TRY(redact(*tx, subjects, {}, counts));
  TRY(tx->append(erase_entry(actor, ticket.key)));
  TRY(tx->commit());
  TRY(store.compact_timelines());
  TRY(store.vacuum());
  return counts;
}

Result<EraseCounts> erase_person(store::Store& store, const std::vector<RebuildAccount>& accounts,
                                 const model::Person& person, const Actor& actor) {
  EraseCounts counts;
  auto tx = TRY(store.begin(store::Durability::full));
  std::set<std::string, std::less<>> subjects, addresses;
  std::vector<std::string> texts;
  // A single first name would be found in other people's entries.
  for (const model::Identity& identity : person.identities)
    if (identity.kind != "name" || identity.value.find(' ') != std::string::npos)
      texts.push_back(identity.value);
  for (const RebuildAccount& account : accounts) {
    // Every conversation that names one of their addresses: whole, since others quote what was said.
    std::set<std::string> tickets;
    TRY(tx->each_head(account.policy->account, std::nullopt, [&](const model::Message& m) {
      bool names =
          std::any_of(person.identities.begin(), person.identities.end(), [&](const model::Identity& i) {
            return equal_ignoring_case(m.author.address, i.value);
          });
      for (const auto* list : {&m.to, &m.cc, &m.bcc, &m.reply_to})
        for (const model::Contact& contact : *list)
          for (const model::Identity& identity : person.identities)
            names = names || equal_ignoring_case(contact.address, identity.value);
      if (names) tickets.insert(m.ticket);
      return true;
    }));
    for (const std::string& key : tickets)
      if (auto ticket = TRY(tx->ticket_by_key(key)))
        TRY(erase_one(*tx, *account.policy, *ticket, subjects, addresses, counts));
  }
  if (TRY(tx->person(person.key))) {
    TRY(tx->remove_person(person.key));
    ++counts.people;
  }
  subjects.insert(person.key);
  TRY(drop_strangers(*tx, addresses, counts));
  TRY(redact(*tx, subjects, texts, counts));
  TRY(tx->append(erase_entry(actor, person.key)));
  TRY(tx->commit());
  TRY(store.compact_timelines());
  TRY(store.vacuum());
  return counts;
}

} // namespace helpdesk::sync
