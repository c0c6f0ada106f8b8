#include "store/memory/state.hpp"

#include <algorithm>

namespace helpdesk::store::memory {

void State::put_raw(const RawRecord& record) {
  auto [slot, fresh] = records.try_emplace({record.account, record.key}, record);
  if (fresh) return;
  if (slot->second.version == record.version) {
    slot->second.defect = record.defect;
    slot->second.received = earlier_received(slot->second.received, record.received);
  } else {
    slot->second = record;
  }
}

std::int64_t State::append(const JournalEntry& entry) {
  entries.push_back(entry);
  return entries.back().seq = std::ssize(entries);
}

std::int64_t State::put_ticket(const model::Ticket& t) {
  std::int64_t number = 0;
  auto consider = [&](const std::string& key) {
    auto known = numbers.find(key);
    if (known != numbers.end() && (number == 0 || known->second < number)) number = known->second;
  };
  consider(t.key);
  for (const auto& alias : t.aliases) consider(alias);
  if (number == 0) {
    for (const auto& [key, n] : numbers) number = std::max(number, n);
    numbers[t.key] = ++number;
  }
  std::erase_if(aliases, [&](const auto& alias) { return alias.second == t.key; });
  for (const auto& alias : t.aliases) aliases[alias] = t.key;
  auto& row = tickets_by_key[t.key] = t;
  row.number = number;
  if (auto line = timelines_by_key.find(t.key); line != timelines_by_key.end()) line->second.ticket = number;
  return number;
}

void State::remove_ticket(View key) {
  std::erase_if(aliases, [&](const auto& alias) { return alias.second == key; });
  tickets_by_key.erase(std::string(key));
  timelines_by_key.erase(std::string(key));
}

Result<void> State::update_head(const model::Message& m) {
  auto found = messages_by_key.find(m.key);
  if (found == messages_by_key.end()) return failed("no message " + m.key + " to update");
  auto& now = found->second;
  now.ticket = m.ticket, now.direction = m.direction, now.author_role = m.author_role,
  now.automation = m.automation;
  now.needs_reply = m.needs_reply, now.needs_reply_reason = m.needs_reply_reason;
  now.delivery = m.delivery, now.labels = m.labels, now.gone_from_server = m.gone_from_server;
  return {};
}

void State::put_person(const model::Person& p) {
  remove_person(p.key);
  people_by_key[p.key] = p;
  for (const auto& i : p.identities) identities[i] = p.key;
}

void State::remove_person(View key) {
  people_by_key.erase(std::string(key));
  std::erase_if(identities, [&](const auto& identity) { return identity.second == key; });
}

model::Term State::term(View text) {
  auto found = std::ranges::find(terms, text);
  if (found == terms.end()) {
    terms.emplace_back(text);
    found = std::prev(terms.end());
  }
  return static_cast<model::Term>(found - terms.begin());
}

Result<void> State::put_timeline(View key, const model::Timeline& timeline) {
  const auto* t = find_ticket(key);
  if (!t) return failed("no ticket " + std::string(key) + " to put a timeline to; put the ticket first");
  auto& line = timelines_by_key[t->key] = timeline;
  line.ticket = t->number;
  return {};
}

void State::clear_derived() {
  tickets_by_key.clear(), aliases.clear(), messages_by_key.clear(), people_by_key.clear(), identities.clear();
  timelines_by_key.clear();
}

} // namespace helpdesk::store::memory
