#include "sync/deriver.hpp"

#include "base/text.hpp"
#include "language/subject.hpp"

#include <algorithm>
#include <utility>

namespace helpdesk::sync {

using model::Message;

Deriver::Deriver(store::Transaction& tx, const Policy& policy, const Journal& journal, PeopleCache& people)
    : tx_(tx), policy_(policy), journal_(journal), people_(people) {}

void Deriver::add(Message message, std::optional<store::PackedText> packed) {
  std::string key = message.key;
  Head& head = heads_[key];
  head.body = {std::exchange(message.text, {}), std::exchange(message.html, {}),
               std::exchange(message.stripped, {})};
  head.packed = std::move(packed);
  head.message = std::move(message);
  head.fresh = head.changed = true;
}

void Deriver::change(Message head) {
  Head& slot = heads_[head.key];
  bool fresh = slot.fresh;
  if (!head.ticket.empty()) {
    touched_.insert(head.ticket);
    to_load_.push_back(head.ticket);
  }
  if (fresh) return; // the whole message is here already and is newer
  slot.message = std::move(head);
  slot.changed = true;
}

Result<void> Deriver::touch(std::string_view ticket_key) {
  auto ticket = TRY(tx_.ticket_by_key(ticket_key));
  if (!ticket) return {};
  touched_.insert(ticket->key);
  to_load_.push_back(ticket->key);
  return {};
}

Result<void> Deriver::remove(const Message& head) {
  if (!head.ticket.empty()) {
    touched_.insert(head.ticket);
    to_load_.push_back(head.ticket);
    TRY(load_tickets());
  }
  heads_.erase(head.key);
  return tx_.remove_message(head.key);
}

Result<void> Deriver::load_tickets() {
  while (!to_load_.empty()) {
    std::string key = std::move(to_load_.back());
    to_load_.pop_back();
    if (loaded_.contains(key)) continue;
    if (TRY(is_remote(key))) {
      touch_remote(key, {});
      continue;
    }
    auto ticket = TRY(tx_.ticket_by_key(key));
    if (!ticket || loaded_.contains(ticket->key)) continue;
    for (Message& head : TRY(tx_.heads(ticket->key))) {
      std::string message_key = head.key;
      auto [it, absent] = heads_.try_emplace(message_key);
      if (absent) {
        it->second.message = std::move(head);
      } else if (it->second.message.ticket.empty()) {
        it->second.message.ticket = ticket->key; // known, its content is being replaced
      }
    }
    loaded_.emplace(ticket->key, std::move(*ticket));
  }
  return {};
}

Result<void> Deriver::load_merge_partners() {
  const auto& merges = journal_.edges().merges;
  if (merges.empty()) return {};
  std::set<std::string, std::less<>> roots;
  for (const auto& [key, ticket] : loaded_) {
    roots.insert(std::string(root_of_key(key)));
    for (const std::string& alias : ticket.aliases) roots.insert(std::string(root_of_key(alias)));
  }
  for (const auto& [key, head] : heads_) roots.insert(thread_root(head.message));
  for (const auto& [from, into] : merges) {
    if (roots.contains(from)) to_load_.push_back(ticket_key(policy_, into));
    if (roots.contains(into)) to_load_.push_back(ticket_key(policy_, from));
  }
  return load_tickets();
}

Result<void> Deriver::find_neighbours() {
  TRY(load_tickets());
  std::set<std::string, std::less<>> looked_up;
  // Loading a ticket may bring heads that want further tickets; each round looks at new heads only, so it
  // ends.
  for (bool again = true; again;) {
    again = false;
    std::vector<std::string> ids;
    std::vector<const Message*> by_subject;
    for (const auto& [key, head] : heads_) {
      bool concerned = head.fresh || head.changed || touched_.contains(head.message.ticket);
      if (!concerned || looked_up.contains(key)) continue;
      looked_up.insert(key);
      again = true;
      const Message& m = head.message;
      ids.emplace_back(remote_id(m.key));
      if (!m.message_id.empty() && m.message_id != ids.back()) ids.push_back(m.message_id);
      if (!m.in_reply_to.empty()) ids.push_back(m.in_reply_to);
      ids.insert(ids.end(), m.references.begin(), m.references.end());
      if (!m.subject_key.empty() && m.automation != model::Automation::campaign) by_subject.push_back(&m);
      if (m.direction == model::Direction::in) {
        // A subject token leads to its ticket.
        if (std::string root = token_root(m); !root.empty()) to_load_.push_back(ticket_key(policy_, root));
      }
    }
    if (!ids.empty())
      for (std::string& key : TRY(tx_.linked_tickets(policy_.account, ids)))
        to_load_.push_back(std::move(key));
    for (const Message* m : by_subject) {
      std::string plain(plain_subject_key(m->subject_key));
      Duration window = policy_.subject_window;
      if (wants_subject_thread(*m, journal_.edges()))
        for (std::string& key : TRY(tx_.subject_tickets(policy_.account, plain, m->time - window, m->time)))
          to_load_.push_back(std::move(key));
      for (std::string& key :
           TRY(tx_.subject_tickets(policy_.account, "re:" + plain, m->time - window, m->time + window)))
        to_load_.push_back(std::move(key));
    }
    TRY(load_tickets());
    TRY(load_merge_partners());
  }
  return {};
}

// The ticket that "[#12]" names, if the author already takes part in it: others' numbers are no door into a
// conversation.
std::string Deriver::token_root(const Message& message) {
  if (message.subject.find("[#") == std::string::npos) return {};
  auto [it, fresh] = token_roots_.try_emplace(message.key);
  if (!fresh) return it->second;
  for (const std::string& token : helpdesk::find_ticket_tokens(message.subject)) {
    auto ticket = tx_.ticket(std::stoll(token));
    if (!ticket || !*ticket || (*ticket)->account != policy_.account) continue;
    auto heads = tx_.heads((*ticket)->key);
    if (!heads) continue;
    std::string author = ascii_lower(message.author.address);
    for (const Message& head : *heads) {
      if (head.key == message.key) continue;
      auto people = outside_participants(head, policy_);
      if (std::binary_search(people.begin(), people.end(), author))
        return it->second = std::string(root_of_key((*ticket)->key));
    }
  }
  return {};
}

Result<void> Deriver::finish() {
  TRY(part_remote());
  TRY(find_neighbours());
  if (!heads_.empty()) {
    std::vector<Head*> heads;
    std::vector<const Message*> messages;
    for (auto& [key, head] : heads_) {
      heads.push_back(&head);
      messages.push_back(&head.message);
    }
    TRY(write(thread(messages, policy_, journal_.edges(), [this](const Message& m) { return token_root(m); }),
              heads));
  }
  return write_remote();
}

} // namespace helpdesk::sync
