#include "sync/people.hpp"

#include "sync/deriver.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace helpdesk::sync {
namespace {

model::Identity identity_of_key(std::string_view key) { // "person:email:a@b"
  key.remove_prefix(std::min<std::size_t>(key.size(), 7));
  std::size_t colon = key.find(':');
  if (colon == std::string_view::npos) return {};
  return {std::string(key.substr(0, colon)), std::string(key.substr(colon + 1))};
}

} // namespace

Result<void> put_author(store::Transaction& tx, PeopleCache& cache, const model::Contact& contact,
                        model::Role role, Instant time) {
  if (contact.address.empty()) return {};
  std::string key = person_key(contact);
  const bool is_agent = role == model::Role::agent;
  auto known = cache.people.find(key);
  if (known != cache.people.end() &&
      (contact.name.empty() ? known->second.is_agent || !is_agent : known->second.name_at > time))
    return {};
  model::Identity identity = identity_of(contact);
  model::Person person;
  if (auto stored = TRY(tx.person_of(identity))) person = std::move(*stored);
  bool is_new = person.key.empty();
  if (is_new) {
    person.key = key;
    person.role = role;
    person.identities = {identity};
  }
  // The newest name wins; at the same instant the greater text, so that arrival does not matter. Nor does it
  // where nobody ever tells a name: who wrote as one of us once is one of us.
  bool changed = false;
  if (!contact.name.empty() && (person.name.empty() || person.name_at < time ||
                                (person.name_at == time && person.name < contact.name))) {
    person.name = contact.name;
    person.name_at = time;
    person.role = role;
    changed = true;
  } else if (person.name.empty() && is_agent && person.role == model::Role::customer) {
    person.role = role;
    changed = true;
  }
  if (is_new || changed) TRY(tx.put_person(person));
  cache.people[key] = {person.name_at, person.role == model::Role::agent};
  return {};
}

model::Person joined(const model::Person& a, const model::Person& b) {
  model::Person person = a;
  person.key = std::min(a.key, b.key);
  person.identities.insert(person.identities.end(), b.identities.begin(), b.identities.end());
  std::sort(person.identities.begin(), person.identities.end());
  person.identities.erase(std::unique(person.identities.begin(), person.identities.end()),
                          person.identities.end());
  bool b_newer = a.name.empty() ||
                 (!b.name.empty() && (b.name_at > a.name_at || (b.name_at == a.name_at && b.name > a.name)));
  if (b_newer) {
    person.name = b.name;
    person.name_at = b.name_at;
    person.role = b.role;
  }
  if (person.organisation.empty()) person.organisation = b.organisation;
  if (person.language.empty()) person.language = b.language;
  return person;
}

Result<void> merge_people(store::Transaction& tx, const Journal& journal) {
  for (const PersonMerge& merge : journal.person_merges()) {
    auto a = TRY(tx.person_of(identity_of_key(merge.into)));
    auto b = TRY(tx.person_of(identity_of_key(merge.from)));
    if (!a || !b || a->key == b->key) continue;
    TRY(tx.remove_person(a->key));
    TRY(tx.remove_person(b->key));
    TRY(tx.put_person(joined(*a, *b)));
  }
  return {};
}

Result<void> derive_merged_people(store::Store& store) {
  auto tx = TRY(store.begin(store::Durability::full));
  Journal journal;
  TRY(journal.refresh(*tx));
  // Each identity of a merged person becomes a person again, with the newest name its messages give it.
  // Those whom a system knows by several addresses stay one.
  std::set<model::Identity> by_hand;
  store::JournalQuery merges;
  merges.kinds = {"person_merge"};
  for (const store::JournalEntry& entry : TRY(tx->journal(merges))) {
    by_hand.insert(identity_of_key(entry.subject));
    by_hand.insert(identity_of_key(merge_target(entry)));
  }
  std::map<std::string, model::Person> people;
  for (const model::Person& merged : TRY(tx->people("", -1))) {
    bool joined_by_hand =
        std::any_of(merged.identities.begin(), merged.identities.end(),
                    [&](const model::Identity& identity) { return by_hand.contains(identity); });
    if (merged.identities.size() < 2 || !joined_by_hand) continue;
    TRY(tx->remove_person(merged.key));
    for (const model::Identity& identity : merged.identities) {
      model::Person person;
      person.key = "person:" + identity.kind + ":" + identity.value;
      person.identities = {identity};
      people[person.key] = std::move(person);
    }
  }
  auto see = [&](const model::Contact& contact, model::Role role, Instant time) {
    auto it = people.find(person_key(contact));
    if (it == people.end() || contact.name.empty()) return;
    model::Person& person = it->second;
    if (!person.name.empty() &&
        (time < person.name_at || (time == person.name_at && contact.name <= person.name)))
      return;
    person.name = contact.name;
    person.name_at = time;
    person.role = role;
  };
  TRY(tx->each_head("", std::nullopt, [&](const model::Message& m) {
    see(m.author, m.author_role, m.time);
    if (m.direction == model::Direction::out)
      for (const model::Contact& to : m.to) see(to, model::Role::customer, m.time);
    return true;
  }));
  for (const auto& [key, person] : people) TRY(tx->put_person(person));
  TRY(merge_people(*tx, journal));
  return tx->commit();
}

} // namespace helpdesk::sync
