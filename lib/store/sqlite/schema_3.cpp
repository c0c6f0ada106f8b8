#include "store/sqlite/schema_3.hpp"

#include "store/records.hpp"
#include "store/sqlite/raw_shared.hpp"
#include "store/sqlite/ticket_rows.hpp"

#include <map>

namespace helpdesk::store::sqlite {
namespace {

// The keys of a million tickets stood in two tables and their two indexes: one table has them now
// (numbers.cpp). Names that tables have now are not given to others by ALTER TABLE, which reads every view
// and wants their functions.
constexpr std::string_view k_schema_3_keys = R"sql(
CREATE TABLE keys_before(id INTEGER PRIMARY KEY, key TEXT NOT NULL);
INSERT INTO keys_before(id, key) SELECT id, key FROM ticket_keys ORDER BY id;
DROP TABLE ticket_keys;
CREATE TABLE ticket_keys(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, number INTEGER);
CREATE INDEX ticket_keys_number ON ticket_keys(number) WHERE number>0;
INSERT INTO ticket_keys(id, key, number)
  SELECT k.id, k.key, CASE WHEN n.number IS NULL THEN 0 WHEN n.number=k.id THEN NULL ELSE n.number END
  FROM keys_before k LEFT JOIN ticket_numbers n ON n.key=k.key ORDER BY k.id;
DROP TABLE keys_before;
-- Numbers of tickets that are gone, or not derived yet.
INSERT INTO ticket_keys(id, key) SELECT number, key FROM ticket_numbers n
  WHERE NOT EXISTS (SELECT 1 FROM ticket_keys WHERE key=n.key) AND NOT EXISTS (SELECT 1 FROM ticket_keys WHERE id=n.number)
  ORDER BY number;
INSERT INTO ticket_keys(key, number) SELECT key, number FROM ticket_numbers n
  WHERE NOT EXISTS (SELECT 1 FROM ticket_keys WHERE key=n.key) ORDER BY number;
DROP TABLE ticket_numbers;
)sql";

// Rows were 180 bytes, most of them twice there: in a column and in the packed ticket. The index over
// requesters was used by no question.
constexpr std::string_view k_schema_3_tickets = R"sql(
CREATE TABLE tickets_before(id INTEGER PRIMARY KEY, number INTEGER NOT NULL, data BLOB NOT NULL);
INSERT INTO tickets_before(id, number, data) SELECT id, number, data FROM tickets ORDER BY id;
DROP TABLE tickets;
CREATE TABLE tickets(id INTEGER PRIMARY KEY, number INTEGER, account INTEGER NOT NULL, status INTEGER NOT NULL,
  priority INTEGER NOT NULL, channel INTEGER NOT NULL, queue TEXT NOT NULL, assignee TEXT NOT NULL, language TEXT NOT NULL,
  hidden INTEGER NOT NULL, history INTEGER NOT NULL, needs_reply INTEGER NOT NULL, created NUMERIC NOT NULL,
  updated NUMERIC NOT NULL, spoken NUMERIC NOT NULL, waiting_order NUMERIC NOT NULL, snoozed NUMERIC,
  unread INTEGER NOT NULL, requester TEXT NOT NULL, customer TEXT NOT NULL, data BLOB NOT NULL);
CREATE INDEX tickets_number ON tickets(number) WHERE number IS NOT NULL;
)sql";

// As in late_indexes.cpp: made last, sorted.
constexpr std::string_view k_schema_3_indexes = R"sql(
DROP TABLE tickets_before;
CREATE INDEX tickets_waiting ON tickets(hidden, waiting_order);
CREATE INDEX tickets_updated ON tickets(hidden, updated);
CREATE INDEX tickets_created ON tickets(hidden, created);
CREATE INDEX tickets_facets ON tickets(hidden, assignee, queue, account, channel, status);
)sql";

// A record of a ticket was a row of 75 bytes and one of an index of 29.
constexpr std::string_view k_schema_3_raw = R"sql(
CREATE TABLE raw_shared(account INTEGER NOT NULL, id TEXT NOT NULL, version NOT NULL, format TEXT, received INTEGER NOT NULL,
  hint TEXT, place BLOB NOT NULL, PRIMARY KEY(account, id)) WITHOUT ROWID;
)sql";

Result<void> move_shared_records(Connection& c) {
  TRY(c.execute(k_schema_3_raw));
  auto s = TRY(c.statement(
      "SELECT r.key, r.version, r.format, r.received, r.hint, r.frame, r.account, a.name FROM raw r JOIN "
      "accounts a ON a.id=r.account WHERE r.key>=?1 AND r.key<?2 AND r.defect='' "
      "ORDER BY r.account, r.key"));
  s.bind(k_shared_prefix, "ticket;");
  while (TRY(s.step())) {
    RawRecord r{.account = std::string(s.text(7)),
                .key = std::string(s.text(0)),
                .version = std::string(s.text(1)),
                .format = std::string(s.text(2)),
                .received = instant_of_micros(s.integer(3)),
                .hint = std::string(s.text(4))};
    if (auto place = decode_place(s.text(5)); place && is_of_shared_table(r))
      TRY(insert_shared_raw(c, s.integer(6), r, *place));
  }
  s.reset();
  return c.execute("DELETE FROM raw WHERE EXISTS (SELECT 1 FROM raw_shared s WHERE s.account=raw.account AND "
                   "s.id=substr(raw.key, 8) AND raw.key>='ticket:' AND raw.key<'ticket;')");
}

class TicketMove {
 public:
  explicit TicketMove(Connection& c) : c_(c) {}

  Result<void> run() {
    auto s = TRY(c_.statement("SELECT id, number, data FROM tickets_before ORDER BY id"));
    while (TRY(s.step())) {
      model::Ticket t;
      bool sound = decode_ticket(s.text(2), t);
      if (!sound) t = {};
      TRY(insert_ticket_row(c_, s.integer(0), s.integer(1), TRY(account(t.account)), t));
      if (sound) continue;
      // Stays what it was: verify names it, and rebuild makes it anew.
      auto update = TRY(c_.statement("UPDATE tickets SET data=? WHERE id=?"));
      TRY(update.bind(Blob{s.text(2)}, s.integer(0)).run());
    }
    return {};
  }

 private:
  Connection& c_;
  std::map<std::string, std::int64_t, std::less<>> accounts_{{"", 0}};

  Result<std::int64_t> account(std::string_view name) {
    if (auto known = accounts_.find(name); known != accounts_.end()) return known->second;
    auto insert = TRY(c_.statement("INSERT OR IGNORE INTO accounts(name) VALUES(?)"));
    TRY(insert.bind(name).run());
    auto s = TRY(c_.statement("SELECT id FROM accounts WHERE name=?"));
    s.bind(name);
    TRY(s.step());
    return accounts_.emplace(name, s.integer(0)).first->second;
  }
};

} // namespace

Result<void> to_schema_3(Connection& c) {
  TRY(c.execute(k_schema_3_keys));
  TRY(c.execute(k_schema_3_tickets));
  TRY(TicketMove(c).run());
  TRY(move_shared_records(c));
  c.drop_statements(); // of tables that go
  return c.execute(k_schema_3_indexes);
}

} // namespace helpdesk::store::sqlite
