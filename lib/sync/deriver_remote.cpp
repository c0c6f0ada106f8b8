// Deriver for systems with tickets: the ticket is what the backend says, and what was done here since.
#include "sync/deriver.hpp"
#include "sync/people.hpp"

#include <algorithm>

namespace helpdesk::sync {

using model::Message;

Result<bool> Deriver::is_remote(std::string_view ticket_key) {
  if (!load_remote_) return false;
  auto known = remote_.find(ticket_key);
  if (known == remote_.end())
    known = remote_.emplace(std::string(ticket_key), TRY(load_remote_(ticket_key))).first;
  return known->second.known;
}

void Deriver::touch_remote(std::string_view ticket_key, const std::set<std::string>& fresh_messages) {
  if (remote_touched_.emplace(ticket_key).second) remote_order_.emplace_back(ticket_key);
  fresh_remote_.insert(fresh_messages.begin(), fresh_messages.end());
}

// Notes and calls that were written here belong to their ticket by its number alone.
Result<void> Deriver::part_remote() {
  if (!load_remote_) return {};
  for (auto it = heads_.begin(); it != heads_.end();) {
    std::string key = ticket_key(policy_, thread_root(it->second.message));
    if (!TRY(is_remote(key))) {
      ++it;
      continue;
    }
    touch_remote(key, {it->first});
    it = heads_.erase(it);
  }
  return {};
}

Result<void> Deriver::write_remote() {
  // A record that left a ticket may have been its last: what it held is put where it belongs first.
  std::vector<std::string> left;
  for (const std::string& key : remote_order_) {
    if (TRY(is_remote(key)))
      TRY(write_remote_ticket(key, std::move(remote_.at(key))));
    else
      left.push_back(key);
  }
  for (const std::string& key : left) {
    for (const Message& head : TRY(tx_.heads(key))) TRY(tx_.remove_message(head.key));
    if (TRY(tx_.ticket_by_key(key))) TRY(tx_.remove_ticket(key));
  }
  for (const model::Person& person : remote_people_) TRY(put_remote_person(person));
  return {};
}

namespace {

// Nothing to read, to search or to answer: an event of a log that says no more than that somebody wrote. It
// stands in the timeline and in its record.
bool is_bare(const Message& m) {
  return m.text.empty() && m.html.empty() && m.subject.empty() && m.attachments.empty();
}

} // namespace

Result<void> Deriver::put_remote_messages(const std::string& key, std::vector<Message>& messages,
                                          bool is_new) {
  std::set<std::string_view> kept;
  for (Message& m : messages) {
    m.ticket = key;
    if (!is_bare(m)) kept.insert(m.key);
  }
  if (!is_new)
    for (const Message& head : TRY(tx_.heads(key)))
      if (!kept.contains(head.key)) TRY(tx_.remove_message(head.key));
  for (const Message& m : messages) {
    if (is_bare(m)) continue;
    auto stored = TRY(tx_.message(m.key));
    if (stored && stored->ticket == key && !fresh_remote_.contains(m.key)) continue;
    TRY(tx_.put_message(m));
    if (!stored) ++counts_.new_messages;
  }
  return {};
}

Result<void> Deriver::write_remote_ticket(const std::string& key, RemoteTicket&& remote) {
  model::Ticket said = std::move(remote.ticket).value_or(model::Ticket{});
  said.key = key;
  said.account = policy_.account;
  said.deleted = said.deleted || remote.deleted;
  if (said.requester.empty() && (!said.requester_address.empty() || !said.requester_name.empty()))
    said.requester = person_key({said.requester_name, said.requester_address});
  std::vector<const TicketEntry*> entries = journal_.of_ticket(said);

  std::vector<Message> whole = std::move(remote.messages);
  for (const TicketEntry* e : entries)
    if (e->kind == "note" || e->kind == "message") whole.push_back(e->message);
  std::stable_sort(whole.begin(), whole.end(), [](const Message& a, const Message& b) {
    return a.time != b.time ? a.time < b.time : a.key < b.key;
  });
  std::vector<const Message*> messages;
  for (const Message& m : whole) messages.push_back(&m);

  Result<void> term_failure;
  auto term = [&](std::string_view text) -> model::Term {
    if (text.empty()) return 0;
    auto number = tx_.term(text);
    if (number) return *number;
    term_failure = Failure(number.error());
    return 0;
  };
  DerivedTicket derived =
      derive_ticket({messages, entries, policy_, &said, &remote.events, nullptr, &person_key, term});
  TRY(std::move(term_failure));
  auto last = std::find_if(whole.rbegin(), whole.rend(), [](const Message& m) { return !is_bare(m); });
  derived.ticket.last_message = last == whole.rend() ? std::string() : last->key;
  bool is_new = !TRY(tx_.ticket_by_key(key));
  derived.timeline.ticket = TRY(tx_.put_ticket(derived.ticket));
  ++(is_new ? counts_.new_tickets : counts_.changed_tickets);
  TRY(put_remote_messages(key, whole, is_new));
  TRY(tx_.put_timeline(key, derived.timeline));
  return write_people(messages);
}

// Somebody whom the system knows by several addresses joins whom we know by one of them.
Result<void> Deriver::put_remote_person(model::Person person) {
  std::sort(person.identities.begin(), person.identities.end());
  if (person.identities.empty()) return {};
  person.key = "person:" + person.identities.front().kind + ":" + person.identities.front().value;
  for (const model::Identity& identity : std::vector<model::Identity>(person.identities)) {
    auto stored = TRY(tx_.person_of(identity));
    if (!stored) continue;
    TRY(tx_.remove_person(stored->key));
    person = joined(person, *stored);
  }
  person.key = "person:" + person.identities.front().kind + ":" + person.identities.front().value;
  return tx_.put_person(person);
}

} // namespace helpdesk::sync
