// The other doors of Ingest: what people do, and rebuild.
#include "base/text.hpp"
#include "sync/ingest.hpp"

namespace helpdesk::sync {

using model::Message;

Result<void> Ingest::act(const std::vector<store::JournalEntry>& entries,
                         const std::vector<std::string>& ticket_keys) {
  auto tx = TRY(store_.begin(store::Durability::full));
  for (const store::JournalEntry& entry : entries) TRY(tx->append(entry));
  TRY(journal_.refresh(*tx));
  Deriver deriver(*tx, policy_, journal_, people_);
  deriver.read_remote_with(remote_loader(*tx, settings_, policy_));
  for (const std::string& key : ticket_keys) TRY(deriver.touch(key));
  TRY(deriver.finish());
  return tx->commit();
}

Result<std::string> Ingest::write_message(const store::JournalEntry& entry, Message message) {
  auto tx = TRY(store_.begin(store::Durability::full));
  TRY(tx->append(entry));
  TRY(journal_.refresh(*tx));
  Deriver deriver(*tx, policy_, journal_, people_);
  deriver.read_remote_with(remote_loader(*tx, settings_, policy_));
  std::string key = message.key;
  deriver.add(std::move(message));
  TRY(deriver.finish());
  auto stored = TRY(tx->message(key));
  TRY(tx->commit());
  return stored ? stored->ticket : std::string();
}

namespace {

// Who wrote only the message that was taken back is nobody the desk knows.
Result<void> forget_if_unheard(store::Transaction& tx, const model::Contact& author) {
  auto person = TRY(tx.person_of(identity_of(author)));
  if (!person || person->identities.size() != 1) return {};
  bool heard = false;
  TRY(tx.each_head("", std::nullopt, [&](const Message& m) {
    heard = person_key(m.author) == person->key;
    if (m.direction == model::Direction::out)
      for (const model::Contact& to : m.to) heard = heard || person_key(to) == person->key;
    return !heard;
  }));
  return heard ? Result<void>() : tx.remove_person(person->key);
}

} // namespace

Result<void> Ingest::unwrite_message(const store::JournalEntry& undo, const store::JournalEntry& written) {
  auto tx = TRY(store_.begin(store::Durability::full));
  TRY(tx->append(undo));
  TRY(journal_.refresh(*tx));
  auto message = written_message(written);
  if (message) {
    if (auto stored = TRY(tx->message(message->key))) {
      Deriver deriver(*tx, policy_, journal_, people_);
      deriver.read_remote_with(remote_loader(*tx, settings_, policy_));
      TRY(deriver.remove(*stored));
      TRY(deriver.finish());
      TRY(forget_if_unheard(*tx, stored->author));
    }
  }
  return tx->commit();
}

Result<Ingest::Derived> Ingest::derive_records(store::Transaction& tx, const Journal& journal,
                                               PeopleCache& people, const std::vector<std::string>& keys) {
  backend::Page page;
  for (const std::string& key : keys) {
    auto record = TRY(tx.raw(policy_.account, key));
    if (!record) continue;
    page.records.push_back(std::move(*record));
    for (store::Placement& placement : TRY(tx.placements_of(policy_.account, key)))
      page.placements.push_back(std::move(placement));
  }
  auto whole =
      std::make_shared<PreparedPage>(std::move(page), settings_, policy_, PreparedPage::Frames::stored);
  decoders_.add(whole);
  whole->finish();
  std::vector<Prepared>& prepared = whole->records();
  Derived derived;
  for (Prepared& item : prepared) {
    std::string defect = defect_of(item);
    if (!defect.empty()) ++derived.defects;
    bool mail = item.record.format == "mail" && !item.decoded.messages.empty();
    std::string version = mail ? item.decoded.messages.front().message.key : item.record.version;
    if (defect == item.record.defect && version == item.record.version) continue;
    item.record.defect = std::move(defect);
    item.record.version = std::move(version);
    TRY(tx.put_raw(item.record));
  }
  Deriver deriver(tx, policy_, journal, people);
  deriver.read_remote_with(remote_loader(tx, settings_, policy_));
  TRY(put_messages(tx, deriver, prepared));
  TRY(deriver.finish());
  derived.new_messages = deriver.counts().new_messages;
  return derived;
}

} // namespace helpdesk::sync
