// Rows of table tickets. Column number is NULL where the number is the row's id. Times in columns are
// Seconds; what is asked for by none of the columns is packed (ticket_rest.hpp).
#pragma once

#include "store/sqlite/seconds.hpp"
#include "store/sqlite/topics.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace helpdesk::store::sqlite {

// Column waiting_order sorts the list: those who wait come first, longest first; then the rest, last updated
// first. Tickets whose waiting_order is less than this wait for an answer, and no others: an index finds them
// without looking at the rest.
constexpr std::int64_t k_waits_below = -(std::int64_t{1} << 32);
// waiting_since minus this is the waiting_order of those who wait, in microseconds.
constexpr std::int64_t k_waiting_shift = (std::int64_t{1} << 33) * 1'000'000;

// A ticket whose id and number no row has yet. account: account_id(), 0 for none. Tags and aliases have
// tables of their own.
Result<void> insert_ticket_row(Connection& c, std::int64_t id, std::int64_t number, std::int64_t account,
                               const model::Ticket& ticket);
Result<void> update_ticket_row(Connection& c, std::int64_t id, std::int64_t number, std::int64_t account,
                               const model::Ticket& ticket);

Result<std::optional<std::int64_t>> id_of_number(Database& db, std::int64_t number);
// Whether an order by id is one by number.
Result<bool> numbers_are_ids(Database& db);

// Reads rows of a statement that selects k_ticket_columns of "tickets t". Lives no longer than the snapshot
// it was made in.
constexpr std::string_view k_ticket_columns =
    "coalesce(t.number, t.id), t.account, t.status, t.priority, t.channel, t.queue, t.assignee, t.language, "
    "t.hidden, "
    "t.history, "
    "t.needs_reply, t.created, t.updated, t.snoozed, t.requester, t.data";
constexpr int k_columns_read = 16; // how many these are
class TicketReader {
 public:
  explicit TicketReader(Database& db) : c_(db.c) {}
  Result<void> read(const Statement& s, model::Ticket& ticket);

 private:
  Connection& c_;
  std::unordered_map<std::int64_t, std::string> accounts_; // names, read with the first row
};

} // namespace helpdesk::store::sqlite
