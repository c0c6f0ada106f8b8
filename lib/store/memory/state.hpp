// Everything a store holds, in plain maps: the second implementation of the contract, simple enough to be
// right by reading.
#pragma once

#include "store/store.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace helpdesk::store::memory {

struct State {
  using View = std::string_view;
  using Pair = std::pair<std::string, std::string>;

  std::map<Pair, RawRecord> records;                                             // account, key
  std::map<std::tuple<std::string, std::string, std::string>, Placement> placed; // account, stream, uid
  std::map<Pair, std::string> cursors;
  std::map<std::string, AccountState> states;
  std::vector<JournalEntry> entries;
  std::map<std::string, std::int64_t> numbers; // ticket key
  std::set<std::string> erased;

  std::map<std::string, model::Ticket> tickets_by_key;
  std::map<std::string, std::string> aliases; // to the ticket's key
  std::map<std::string, model::Message> messages_by_key;
  std::map<std::string, model::Person> people_by_key;
  std::map<model::Identity, std::string> identities;
  std::map<std::string, model::Timeline> timelines_by_key; // of the ticket
  std::vector<std::string> terms{""};

  // Reading: reading.cpp, listing.cpp. As in store.hpp.
  Result<Info> info() const;
  Result<std::optional<model::Ticket>> ticket(std::int64_t number) const;
  Result<std::optional<model::Ticket>> ticket_by_key(View key) const;
  Result<std::vector<model::Ticket>> tickets(const TicketQuery& q) const;
  Result<std::int64_t> count_tickets(const TicketQuery& q) const;
  Result<std::vector<model::Message>> messages(View key) const;
  Result<std::vector<model::Message>> heads(View key) const;
  Result<std::optional<model::Message>> message(View key) const;
  Result<std::optional<model::Message>> message_by_message_id(View account, View id) const;
  Result<void> each_head(View account, std::optional<Instant> since,
                         const std::function<bool(const model::Message&)>& f) const;
  Result<std::vector<std::string>> linked_tickets(View account, const std::vector<std::string>& ids) const;
  Result<std::vector<std::string>> subject_tickets(View account, View key, Instant from, Instant to) const;
  Result<std::optional<model::Person>> person(View key) const;
  Result<std::optional<model::Person>> person_of(const model::Identity& identity) const;
  Result<std::vector<model::Person>> people(View part, int limit) const;
  Result<std::vector<SearchHit>> search(const Query& q, Ranking ranking, int limit, Instant now) const;
  Result<std::int64_t> count_messages(const Query& q, Instant now) const;
  Result<void> timelines(const TimelineFilter& filter,
                         const std::function<bool(const model::Timeline&)>& f) const;
  Result<std::unique_ptr<TimelineCursor>> timeline_batches() const;
  Result<std::optional<model::Timeline>> timeline(View key) const;
  Result<std::string> term_text(model::Term term) const;
  Result<std::vector<std::pair<std::string, std::int64_t>>> facet(View field, View prefix, int limit) const;
  Result<std::optional<RawRecord>> raw(View account, View key) const;
  Result<bool> has_raw(View account, View key) const;
  Result<void> each_raw(View account, const std::function<bool(RawRecord&&)>& f) const;
  Result<std::vector<RawRecord>> defective_records(View account, int limit) const;
  Result<std::vector<std::string>> accounts() const;
  Result<std::vector<Placement>> placements(View account, View stream) const;
  Result<std::vector<Placement>> placements_of(View account, View record) const;
  Result<std::string> cursor(View account, View stream) const;
  Result<AccountState> account_state(View account) const;
  Result<std::vector<JournalEntry>> journal(const JournalQuery& q) const;
  Result<std::vector<JournalEntry>> latest(View kind) const;
  Result<std::optional<JournalEntry>> latest(View kind, View subject) const;
  Result<bool> is_erased(View id) const;

  // Writing: writing.cpp.
  void put_raw(const RawRecord& record);
  std::int64_t append(const JournalEntry& entry);
  std::int64_t put_ticket(const model::Ticket& ticket);
  void remove_ticket(View key);
  Result<void> update_head(const model::Message& message);
  void put_person(const model::Person& person);
  void remove_person(View key);
  model::Term term(View text);
  Result<void> put_timeline(View key, const model::Timeline& timeline);
  void clear_derived();

  // The messages of a ticket; helps listing.
  std::vector<const model::Message*> messages_of(View ticket_key) const;
  const model::Ticket* find_ticket(View key_or_alias) const;
};

} // namespace helpdesk::store::memory
