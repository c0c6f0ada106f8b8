// What the store and its transactions are made of: one group of functions a topic, each in the .cpp of that
// name. The functions that write are called inside a transaction. store.hpp says what each does.
#pragma once

#include "store/new_tickets.hpp"
#include "store/sqlite/database.hpp"
#include "store/store.hpp"

namespace helpdesk::store::sqlite {

template <class T> using Each = std::function<bool(T)>;

// ---- raw.cpp
Result<std::int64_t> account_id(Database& db,
                                std::string_view name); // made when it is new; only inside a transaction
Result<std::optional<std::int64_t>> find_account(Database& db, std::string_view name);
Result<std::optional<RawRecord>> raw(Database& db, std::string_view account, std::string_view key);
Result<bool> has_raw(Database& db, std::string_view account, std::string_view key);
Result<void> each_raw(Database& db, std::string_view account, const Each<RawRecord&&>& f);
Result<std::vector<RawRecord>> defective_records(Database& db, std::string_view account, int limit);
Result<std::vector<std::string>> accounts(Database& db);
Result<void> put_raw(Database& db, const RawRecord& record, std::string_view frame); // empty: made here
Result<void> remove_raw(Database& db, std::string_view account, std::string_view key);

// ---- new_tickets.cpp
Result<void> put_new_tickets(Database& db, const NewTickets& tickets);
Result<std::vector<model::Term>> put_new_terms(Database& db, const std::vector<std::string_view>& texts,
                                               model::Term newest);
Result<void> flush_segment(Database& db); // before a commit

// ---- placements.cpp
Result<std::vector<Placement>> placements(Database& db, std::string_view account, std::string_view stream);
Result<std::vector<Placement>> placements_of(Database& db, std::string_view account, std::string_view record);
Result<std::string> cursor(Database& db, std::string_view account, std::string_view stream);
Result<AccountState> account_state(Database& db, std::string_view account);
Result<void> put_placement(Database& db, const Placement& placement);
Result<void> remove_placement(Database& db, std::string_view account, std::string_view stream,
                              std::string_view uid);
Result<void> remove_stream(Database& db, std::string_view account, std::string_view stream);
Result<void> set_cursor(Database& db, std::string_view account, std::string_view stream,
                        std::string_view cursor);
Result<void> put_account_state(Database& db, const AccountState& state);

// ---- journal.cpp
Result<std::vector<JournalEntry>> journal(Database& db, const JournalQuery& query);
Result<std::vector<JournalEntry>> latest(Database& db, std::string_view kind);
Result<std::optional<JournalEntry>> latest(Database& db, std::string_view kind, std::string_view subject);
Result<std::int64_t> append(Database& db, const JournalEntry& entry);
Result<void> rewrite_journal(Database& db, const JournalRewrite& f);
Result<bool> is_erased(Database& db, std::string_view id);
Result<void> add_erased(Database& db, std::string_view id);

// ---- numbers.cpp: keys of tickets, and "#n"
struct NumberedKey {
  std::int64_t id = 0, number = 0;
  bool is_new = false; // the key was not known before
};
// The smallest number of the ticket's keys; when they have none, the next one. Only inside a transaction.
Result<NumberedKey> number_of(Database& db, const model::Ticket& ticket);
// A key that is not there yet, with the next number.
Result<NumberedKey> add_key(Database& db, std::string_view key);
// A key that is not there yet; number 0: none.
Result<void> insert_ticket_key(Database& db, std::int64_t id, std::string_view key, std::int64_t number);
Result<std::int64_t> ticket_id(Database& db,
                               std::string_view key); // made when it is new; only inside a transaction
Result<std::optional<std::int64_t>> find_ticket_key(Database& db, std::string_view key);
Result<void> rename_numbers(Database& db, const NumberRename& f);
// Keys that were ever given this number.
Result<std::optional<std::string>> key_of_number(Database& db, std::int64_t number);

// ---- tickets.cpp
Result<std::optional<model::Ticket>> ticket(Database& db, std::int64_t number);
Result<std::optional<model::Ticket>> ticket_by_key(Database& db, std::string_view key_or_alias);
Result<std::int64_t> put_ticket(Database& db, const model::Ticket& ticket);
// One without aliases that was never there.
Result<void> insert_ticket(Database& db, NumberedKey key, std::int64_t account, const model::Ticket& ticket);
Result<void> remove_ticket(Database& db, std::string_view key);

// ---- late_indexes.cpp: of tickets, for a first pull
Result<void> drop_late_indexes(Database& db); // while there is no ticket
Result<void> make_late_indexes(Database& db); // those that are not there

// ---- listing.cpp
Result<std::vector<model::Ticket>> tickets(Database& db, const TicketQuery& query);
Result<std::int64_t> count_tickets(Database& db, const TicketQuery& query);
Result<std::vector<std::pair<std::string, std::int64_t>>> facet(Database& db, std::string_view field,
                                                                std::string_view prefix, int limit);

// ---- messages.cpp
// The second a message was written in is at most this; ids are given so (see there).
constexpr int k_id_shift = 4;
constexpr std::int64_t second_of_id(std::int64_t id) { return id >> k_id_shift; }
enum class Texts : unsigned char { no, yes };
Result<std::vector<model::Message>> messages(Database& db, std::string_view ticket_key, Texts texts);
Result<std::optional<model::Message>> message(Database& db, std::string_view key);
Result<std::optional<model::Message>> message_by_id(Database& db, std::int64_t id, Texts texts);
Result<std::optional<model::Message>> message_by_message_id(Database& db, std::string_view account,
                                                            std::string_view message_id);
Result<void> each_head(Database& db, std::string_view account, std::optional<Instant> since,
                       const Each<const model::Message&>& f);
Result<std::vector<std::string>> linked_tickets(Database& db, std::string_view account,
                                                const std::vector<std::string>& message_ids);
Result<std::vector<std::string>> subject_tickets(Database& db, std::string_view account,
                                                 std::string_view subject_key, Instant from, Instant to);
Result<void> put_message(Database& db, const model::Message& head, PackedText&& text);
Result<void> update_head(Database& db, const model::Message& message);
Result<void> remove_message(Database& db, std::string_view key);
// account:kind:remote id
std::string_view account_of_key(std::string_view key);

// ---- people.cpp
Result<std::optional<model::Person>> person(Database& db, std::string_view key);
Result<std::optional<model::Person>> person_of(Database& db, const model::Identity& identity);
Result<std::vector<model::Person>> people(Database& db, std::string_view part, int limit);
Result<void> put_person(Database& db, const model::Person& person);
Result<void> remove_person(Database& db, std::string_view key);

// ---- timelines.cpp
Result<void> timelines(Database& db, const TimelineFilter& filter, const Each<const model::Timeline&>& f);
Result<std::unique_ptr<TimelineCursor>> timeline_batches(Database& db); // timeline_batches.cpp
Result<std::optional<model::Timeline>> timeline(Database& db, std::string_view ticket_key);
Result<std::string> term_text(Database& db, model::Term term);
Result<model::Term> term(Database& db, std::string_view text);
Result<void> put_timeline(Database& db, std::int64_t number, const model::Timeline& timeline);
Result<void> put_timeline(Database& db, std::string_view ticket_key, const model::Timeline& timeline);
Result<void> remove_timeline(Database& db, std::int64_t number);
Result<void> move_timeline(Database& db, std::int64_t from, std::int64_t to);
Result<void> fold_delta(Database& db, bool even_below_threshold);

// ---- index.cpp: the full-text index
Result<void> index_message(Database& db, std::int64_t id, FoldedColumns columns);
Result<void> unindex_message(Database& db, std::int64_t id, FoldedColumns old);
Result<void> flush_index(Database& db); // before anything is looked up in it, and before a commit

// ---- search.cpp
Result<std::vector<SearchHit>> search(Database& db, const Query& query, Ranking ranking, int limit,
                                      Instant now);
Result<std::int64_t> count_messages(Database& db, const Query& query, Instant now);

// ---- maintenance.cpp
Result<Info> info(Database& db);
Result<void> clear_derived(Database& db);
Result<void> backup(Database& db, const std::string& target);
Result<void> vacuum(Database& db);

// ---- verify.cpp
// reader: what is verified, in one snapshot; writer: asked only to let FTS5 check its index, nullptr when
// there is none.
Result<VerifyReport> verify(Database& reader, Database* writer,
                            const std::function<void(std::string_view line)>& dump);

} // namespace helpdesk::store::sqlite
