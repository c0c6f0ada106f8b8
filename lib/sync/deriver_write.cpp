// The writing half of Deriver: which tickets changed, and what goes into the store.
#include "base/text.hpp"
#include "sync/deriver.hpp"
#include "sync/people.hpp"

#include <algorithm>

namespace helpdesk::sync {

using model::Message;

std::string person_key(const model::Contact& contact) {
  model::Identity identity = identity_of(contact);
  return "person:" + identity.kind + ":" + identity.value;
}

model::Identity identity_of(const model::Contact& contact) {
  if (contact.address.empty()) return {"name", contact.name};
  if (contact.address.find('@') != std::string::npos && contact.address.front() != '@')
    return {"email", ascii_lower(contact.address)};
  bool digits = contact.address.find_first_not_of("+0123456789 ()-.") == std::string::npos;
  return {digits ? "phone" : "handle", contact.address};
}

bool Deriver::is_unchanged(const Component& component, const std::vector<Head*>& heads) const {
  std::string key = ticket_key(policy_, component.root);
  auto ticket = loaded_.find(key);
  if (ticket == loaded_.end() || touched_.contains(key)) return false;
  for (std::size_t i : component.messages)
    if (heads[i]->fresh || heads[i]->changed || heads[i]->message.ticket != key) return false;
  std::vector<std::string> aliases;
  for (const std::string& alias : component.aliases) aliases.push_back(ticket_key(policy_, alias));
  std::sort(aliases.begin(), aliases.end());
  return aliases == ticket->second.aliases;
}

Result<void> Deriver::write(const std::vector<Component>& components, std::vector<Head*>& heads) {
  std::set<std::string, std::less<>> alive;
  for (const Component& component : components) {
    alive.insert(ticket_key(policy_, component.root));
    for (const std::string& root : component.merged_roots) alive.insert(ticket_key(policy_, root));
  }
  // Keys of tickets that dissolve become aliases of others: their rows go first.
  for (const auto& [key, ticket] : loaded_)
    if (!alive.contains(key)) TRY(tx_.remove_ticket(key));
  for (const Component& component : components)
    if (!is_unchanged(component, heads)) TRY(write_component(component, heads));
  return {};
}

Result<void> Deriver::write_message(Head& head) {
  if (!head.fresh) return tx_.update_head(head.message);
  ++counts_.new_messages;
  Message& whole = head.message;
  if (head.packed) return tx_.put_message(whole, std::move(*head.packed));
  whole.text = std::move(head.body.text);
  whole.html = std::move(head.body.html);
  whole.stripped = std::move(head.body.stripped);
  TRY(tx_.put_message(whole));
  whole.text.clear();
  whole.html.clear();
  whole.stripped.clear();
  return {};
}

Result<void> Deriver::write_component(const Component& component, std::vector<Head*>& heads) {
  std::string key = ticket_key(policy_, component.root);
  std::vector<const Message*> messages;
  messages.reserve(component.messages.size());
  for (std::size_t i : component.messages) messages.push_back(&heads[i]->message);

  model::Ticket probe;
  probe.key = key;
  for (const std::string& alias : component.aliases) probe.aliases.push_back(ticket_key(policy_, alias));
  std::sort(probe.aliases.begin(), probe.aliases.end());
  for (const std::string& root : component.merged_roots)
    probe.aliases.push_back(ticket_key(policy_, root)); // their journal counts here
  std::vector<const TicketEntry*> entries = journal_.of_ticket(probe);
  probe.aliases.resize(component.aliases.size());

  Result<void> term_failure;
  auto term = [&](std::string_view text) -> model::Term {
    if (text.empty()) return 0;
    auto number = tx_.term(text);
    if (number) return *number;
    term_failure = Failure(number.error());
    return 0;
  };
  DerivedTicket derived =
      derive_ticket({messages, entries, policy_, nullptr, nullptr, nullptr, &person_key, term});
  TRY(std::move(term_failure));
  derived.ticket.key = key;
  derived.ticket.aliases = probe.aliases;
  bool is_new = !loaded_.contains(key);
  derived.timeline.ticket = TRY(tx_.put_ticket(derived.ticket));
  ++(is_new ? counts_.new_tickets : counts_.changed_tickets);

  for (const auto& [i, direction] : derived.redirected) {
    Head& head = *heads[component.messages[i]];
    head.message.direction = direction;
    head.changed = true;
  }
  for (std::size_t i : component.messages) {
    Head& head = *heads[i];
    bool moved = head.message.ticket != key;
    head.message.ticket = key;
    if (head.fresh || head.changed || moved) TRY(write_message(head));
  }
  // A bounce marks the mail that bounced.
  for (std::size_t i : derived.bounced) {
    Message& bounced = heads[component.messages[i]]->message;
    if (bounced.delivery == model::Delivery::bounced) continue;
    bounced.delivery = model::Delivery::bounced;
    TRY(tx_.update_head(bounced));
  }
  TRY(tx_.put_timeline(key, derived.timeline));
  for (const std::string& root : component.merged_roots) {
    // What is left of a ticket that was merged away: its first message's subject and sender, and where it
    // went.
    model::Ticket shell;
    shell.key = ticket_key(policy_, root);
    shell.account = policy_.account;
    shell.status = model::Status::closed;
    shell.merged_into = key;
    shell.subject = derived.ticket.subject;
    shell.created = shell.updated = derived.ticket.created;
    auto first = std::find_if(messages.begin(), messages.end(),
                              [&](const Message* m) { return thread_root(*m) == root; });
    if (first != messages.end()) {
      shell.subject = (*first)->subject;
      shell.created = shell.updated = (*first)->time;
      shell.requester = person_key((*first)->author);
      shell.requester_name = (*first)->author.name;
      shell.requester_address = (*first)->author.address;
    }
    model::Timeline timeline;
    timeline.ticket = TRY(tx_.put_ticket(shell));
    timeline.merged = true;
    timeline.account = term(policy_.account);
    TRY(tx_.put_timeline(shell.key, timeline));
  }
  return write_people(messages);
}

Result<void> Deriver::put_author(const model::Contact& contact, model::Role role, Instant time) {
  return sync::put_author(tx_, people_, contact, role, time);
}

Result<void> Deriver::write_people(const std::vector<const Message*>& messages) {
  for (const Message* m : messages) {
    TRY(put_author(m->author, m->author_role, m->time));
    if (m->direction == model::Direction::out)
      for (const model::Contact& to : m->to)
        if (!is_ours(policy_, to.address)) TRY(put_author(to, model::Role::customer, m->time));
  }
  return {};
}

} // namespace helpdesk::sync
