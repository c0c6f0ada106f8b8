// The reading functions of topics.hpp under the names that Forward calls.
#pragma once

#include "store/sqlite/topics.hpp"

namespace helpdesk::store::sqlite {

struct Content {
  Database& db;
  using View = std::string_view;

  auto info() { return sqlite::info(db); }
  auto ticket(std::int64_t number) { return sqlite::ticket(db, number); }
  auto ticket_by_key(View key) { return sqlite::ticket_by_key(db, key); }
  auto tickets(const TicketQuery& q) { return sqlite::tickets(db, q); }
  auto count_tickets(const TicketQuery& q) { return sqlite::count_tickets(db, q); }
  auto messages(View key) { return sqlite::messages(db, key, Texts::yes); }
  auto heads(View key) { return sqlite::messages(db, key, Texts::no); }
  auto message(View key) { return sqlite::message(db, key); }
  auto message_by_message_id(View account, View id) { return sqlite::message_by_message_id(db, account, id); }
  auto each_head(View account, std::optional<Instant> since, const Each<const model::Message&>& f) {
    return sqlite::each_head(db, account, since, f);
  }
  auto linked_tickets(View account, const std::vector<std::string>& ids) {
    return sqlite::linked_tickets(db, account, ids);
  }
  auto subject_tickets(View account, View key, Instant from, Instant to) {
    return sqlite::subject_tickets(db, account, key, from, to);
  }
  auto person(View key) { return sqlite::person(db, key); }
  auto person_of(const model::Identity& identity) { return sqlite::person_of(db, identity); }
  auto people(View part, int limit) { return sqlite::people(db, part, limit); }
  auto search(const Query& q, Ranking ranking, int limit, Instant now) {
    return sqlite::search(db, q, ranking, limit, now);
  }
  auto count_messages(const Query& q, Instant now) { return sqlite::count_messages(db, q, now); }
  auto timelines(const TimelineFilter& filter, const Each<const model::Timeline&>& f) {
    return sqlite::timelines(db, filter, f);
  }
  auto timeline_batches() { return sqlite::timeline_batches(db); }
  auto timeline(View key) { return sqlite::timeline(db, key); }
  auto term_text(model::Term term) { return sqlite::term_text(db, term); }
  auto facet(View field, View prefix, int limit) { return sqlite::facet(db, field, prefix, limit); }
  auto raw(View account, View key) { return sqlite::raw(db, account, key); }
  auto has_raw(View account, View key) { return sqlite::has_raw(db, account, key); }
  auto each_raw(View account, const Each<RawRecord&&>& f) { return sqlite::each_raw(db, account, f); }
  auto defective_records(View account, int limit) { return sqlite::defective_records(db, account, limit); }
  auto accounts() { return sqlite::accounts(db); }
  auto placements(View account, View stream) { return sqlite::placements(db, account, stream); }
  auto placements_of(View account, View record) { return sqlite::placements_of(db, account, record); }
  auto cursor(View account, View stream) { return sqlite::cursor(db, account, stream); }
  auto account_state(View account) { return sqlite::account_state(db, account); }
  auto journal(const JournalQuery& q) { return sqlite::journal(db, q); }
  auto latest(View kind) { return sqlite::latest(db, kind); }
  auto latest(View kind, View subject) { return sqlite::latest(db, kind, subject); }
  auto is_erased(View id) { return sqlite::is_erased(db, id); }
};

} // namespace helpdesk::store::sqlite
