// Inside one writing transaction: takes new and changed messages, finds every ticket they concern, threads
// and derives those again and writes what changed. What it leaves depends only on the set of messages and on
// the journal.
#pragma once

#include "base/result.hpp"
#include "store/packed.hpp"
#include "store/store.hpp"
#include "sync/derive.hpp"
#include "sync/journal.hpp"
#include "sync/people_cache.hpp"
#include "sync/policy.hpp"
#include "sync/remote.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace helpdesk::sync {

class Deriver {
 public:
  Deriver(store::Transaction& tx, const Policy& policy, const Journal& journal, PeopleCache& people);

  // A message that is new, or whose content is to be replaced. Complete but for its ticket, and for its texts
  // when they are packed already.
  void add(model::Message message, std::optional<store::PackedText> packed = std::nullopt);
  // A stored message whose head changed (labels, role); text fields are not looked at.
  void change(model::Message head);
  // Derives the ticket again: journal entries came, edges changed.
  Result<void> touch(std::string_view ticket_key);
  // Forgets a message that was erased.
  Result<void> remove(const model::Message& head);
  // For accounts of systems with tickets, before anything else is said: how their tickets are read.
  void read_remote_with(RemoteLoader loader) { load_remote_ = std::move(loader); }
  // How such a ticket stands, so that it is not read again.
  void know_remote(std::string_view ticket_key, RemoteTicket remote) {
    remote_.insert_or_assign(std::string(ticket_key), std::move(remote));
  }
  // Derives a ticket of such a system again; fresh_messages are put whole even when they are stored.
  void touch_remote(std::string_view ticket_key, const std::set<std::string>& fresh_messages);

  // Somebody as the system knows them.
  void remote_person(model::Person person) { remote_people_.push_back(std::move(person)); }

  Result<void> finish();

  struct Counts {
    std::size_t new_messages = 0, new_tickets = 0, changed_tickets = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  struct Head {
    model::Message message; // without its text, which lies in body
    struct {
      std::string text, html, stripped;
    } body;
    std::optional<store::PackedText> packed; // instead of body
    bool fresh = false;                      // put whole
    bool changed = false;                    // head differs from what is stored
  };
  store::Transaction& tx_;
  const Policy& policy_;
  const Journal& journal_;
  PeopleCache& people_;
  std::map<std::string, Head, std::less<>> heads_;           // by message key
  std::map<std::string, model::Ticket, std::less<>> loaded_; // tickets whose heads are all here
  std::set<std::string, std::less<>> touched_;               // to derive whatever happens
  std::vector<std::string> to_load_;
  RemoteLoader load_remote_;
  std::map<std::string, RemoteTicket, std::less<>> remote_; // as the records tell them
  std::set<std::string, std::less<>> remote_touched_, fresh_remote_;
  std::vector<std::string> remote_order_; // remote_touched_ as they came: so new tickets are numbered
  std::vector<model::Person> remote_people_;
  Counts counts_;

  Result<void> find_neighbours();
  Result<void> load_tickets();
  Result<void> load_merge_partners();
  Result<void> write(const std::vector<Component>& components, std::vector<Head*>& heads);
  Result<void> write_component(const Component& component, std::vector<Head*>& heads);
  Result<void> write_message(Head& head);
  bool is_unchanged(const Component& component, const std::vector<Head*>& heads) const;
  Result<bool> is_remote(std::string_view ticket_key);
  Result<void> part_remote();
  Result<void> write_remote();
  Result<void> write_remote_ticket(const std::string& key, RemoteTicket&& remote);
  Result<void> put_remote_messages(const std::string& key, std::vector<model::Message>& messages,
                                   bool is_new);
  Result<void> put_remote_person(model::Person person);
  Result<void> write_people(const std::vector<const model::Message*>& messages);
  Result<void> put_author(const model::Contact& contact, model::Role role, Instant time);
  std::unordered_map<std::string, std::string> token_roots_; // by message key
  std::string token_root(const model::Message& message);
};

// "person:email:" + address in lower case; contacts without an address: "person:name:" + name.
std::string person_key(const model::Contact& contact);
model::Identity identity_of(const model::Contact& contact);

} // namespace helpdesk::sync
