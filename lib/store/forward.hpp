// Gives every reading call of the store's interfaces to content(), which has functions of the same names: a
// store and its transactions read alike.
#pragma once

#include "store/store.hpp"

namespace helpdesk::store {

// Derived has content(); it answers a reference to something with these functions.
template <class Interface, class Derived> class Forward : public Interface {
 public:
  using Texts = std::vector<std::string>;
  using Counts = std::vector<std::pair<std::string, std::int64_t>>;
  using View = std::string_view;

  Result<Info> info() override { return in().info(); }
  Result<std::optional<model::Ticket>> ticket(std::int64_t number) override { return in().ticket(number); }
  Result<std::optional<model::Ticket>> ticket_by_key(View key) override { return in().ticket_by_key(key); }
  Result<std::vector<model::Ticket>> tickets(const TicketQuery& q) override { return in().tickets(q); }
  Result<std::int64_t> count_tickets(const TicketQuery& q) override { return in().count_tickets(q); }
  Result<std::vector<model::Message>> messages(View key) override { return in().messages(key); }
  Result<std::vector<model::Message>> heads(View key) override { return in().heads(key); }
  Result<std::optional<model::Message>> message(View key) override { return in().message(key); }
  Result<std::optional<model::Message>> message_by_message_id(View account, View id) override {
    return in().message_by_message_id(account, id);
  }
  Result<void> each_head(View account, std::optional<Instant> since,
                         const std::function<bool(const model::Message&)>& f) override {
    return in().each_head(account, since, f);
  }
  Result<Texts> linked_tickets(View account, const Texts& ids) override {
    return in().linked_tickets(account, ids);
  }
  Result<Texts> subject_tickets(View account, View key, Instant from, Instant to) override {
    return in().subject_tickets(account, key, from, to);
  }
  Result<std::optional<model::Person>> person(View key) override { return in().person(key); }
  Result<std::optional<model::Person>> person_of(const model::Identity& i) override {
    return in().person_of(i);
  }
  Result<std::vector<model::Person>> people(View part, int limit) override {
    return in().people(part, limit);
  }
  Result<std::vector<SearchHit>> search(const Query& q, Ranking ranking, int limit, Instant now) override {
    return in().search(q, ranking, limit, now);
  }
  Result<std::int64_t> count_messages(const Query& q, Instant now) override {
    return in().count_messages(q, now);
  }
  Result<void> timelines(const TimelineFilter& filter,
                         const std::function<bool(const model::Timeline&)>& f) override {
    return in().timelines(filter, f);
  }
  Result<std::unique_ptr<TimelineCursor>> timeline_batches() override { return in().timeline_batches(); }
  Result<std::optional<model::Timeline>> timeline(View key) override { return in().timeline(key); }
  Result<std::string> term_text(model::Term term) override { return in().term_text(term); }
  Result<Counts> facet(View field, View prefix, int limit) override {
    return in().facet(field, prefix, limit);
  }
  Result<std::optional<RawRecord>> raw(View account, View key) override { return in().raw(account, key); }
  Result<bool> has_raw(View account, View key) override { return in().has_raw(account, key); }
  Result<void> each_raw(View account, const std::function<bool(RawRecord&&)>& f) override {
    return in().each_raw(account, f);
  }
  Result<std::vector<RawRecord>> defective_records(View account, int limit) override {
    return in().defective_records(account, limit);
  }
  Result<Texts> accounts() override { return in().accounts(); }
  Result<std::vector<Placement>> placements(View account, View stream) override {
    return in().placements(account, stream);
  }
  Result<std::vector<Placement>> placements_of(View account, View record) override {
    return in().placements_of(account, record);
  }
  Result<std::string> cursor(View account, View stream) override { return in().cursor(account, stream); }
  Result<AccountState> account_state(View account) override { return in().account_state(account); }
  Result<std::vector<JournalEntry>> journal(const JournalQuery& q) override { return in().journal(q); }
  Result<std::vector<JournalEntry>> latest(View kind) override { return in().latest(kind); }
  Result<std::optional<JournalEntry>> latest(View kind, View subject) override {
    return in().latest(kind, subject);
  }
  Result<bool> is_erased(View id) override { return in().is_erased(id); }

 private:
  Forward() = default;
  friend Derived;
  decltype(auto) in() { return static_cast<Derived*>(this)->content(); }
};

} // namespace helpdesk::store
