#include "store/sqlite/schema.hpp"

#include "base/text.hpp"
#include "store/sqlite/schema_3.hpp"

#include <array>
#include <string>

namespace helpdesk::store::sqlite {
namespace {

// Primary: raw, raw_shared, raw_batches, placements, streams, journal, erased, and what of ticket_keys has a
// number. The rest is derived, but account_state, which is neither.
constexpr std::string_view k_schema_1 = R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE accounts(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE raw(id INTEGER PRIMARY KEY, account INTEGER NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, format TEXT NOT NULL,
  received INTEGER NOT NULL, hint TEXT NOT NULL, defect TEXT NOT NULL, frame BLOB NOT NULL, UNIQUE(account, key));
CREATE INDEX raw_defect ON raw(account, key) WHERE defect <> '';
CREATE TABLE streams(id INTEGER PRIMARY KEY, account INTEGER NOT NULL, name TEXT NOT NULL, cursor TEXT NOT NULL DEFAULT '',
  UNIQUE(account, name));
CREATE TABLE placements(stream INTEGER NOT NULL, uid TEXT NOT NULL, account INTEGER NOT NULL, record TEXT NOT NULL,
  labels BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY(stream, uid)) WITHOUT ROWID;
CREATE INDEX placements_record ON placements(account, record);
CREATE TABLE account_state(account TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE journal(seq INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
  subject TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX journal_kind ON journal(kind, subject, seq) WHERE kind <> 'number';
CREATE INDEX journal_subject ON journal(subject, seq);
CREATE TABLE numbers(key TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX numbers_number ON numbers(number);
CREATE TABLE erased(hash TEXT PRIMARY KEY) WITHOUT ROWID;

-- Messages and tickets find each other through this dictionary, so that either may come first.
CREATE TABLE ticket_keys(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE tickets(id INTEGER PRIMARY KEY, number INTEGER NOT NULL, account TEXT NOT NULL, status INTEGER NOT NULL,
  priority INTEGER NOT NULL, channel INTEGER NOT NULL, queue TEXT NOT NULL, assignee TEXT NOT NULL, language TEXT NOT NULL,
  hidden INTEGER NOT NULL, history INTEGER NOT NULL, needs_reply INTEGER NOT NULL, created INTEGER NOT NULL,
  updated INTEGER NOT NULL, spoken INTEGER NOT NULL, waiting INTEGER, waiting_order INTEGER NOT NULL, snoozed INTEGER,
  unread INTEGER NOT NULL, requester TEXT NOT NULL, customer TEXT NOT NULL, data BLOB NOT NULL);
CREATE INDEX tickets_number ON tickets(number);
CREATE INDEX tickets_waiting ON tickets(hidden, waiting_order, number);
CREATE INDEX tickets_updated ON tickets(hidden, updated, number);
CREATE INDEX tickets_created ON tickets(hidden, created, number);
CREATE INDEX tickets_requester ON tickets(requester);
CREATE INDEX tickets_facets ON tickets(hidden, assignee, queue, account, channel, status);
CREATE TABLE aliases(alias TEXT PRIMARY KEY, ticket INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX aliases_ticket ON aliases(ticket);
CREATE TABLE ticket_tags(ticket INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY(tag, ticket)) WITHOUT ROWID;
CREATE INDEX ticket_tags_ticket ON ticket_tags(ticket);

-- id grows with the time of the message (messages.cpp), so that the index gives the newest first.
CREATE TABLE messages(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, ticket INTEGER NOT NULL, account INTEGER NOT NULL,
  time INTEGER NOT NULL, subject_hash INTEGER, attachments INTEGER NOT NULL, flags INTEGER NOT NULL, channel INTEGER NOT NULL,
  needs_reply INTEGER NOT NULL, language TEXT NOT NULL, head BLOB NOT NULL);
CREATE INDEX messages_ticket ON messages(ticket);
CREATE INDEX messages_subject ON messages(subject_hash, time) WHERE subject_hash IS NOT NULL;
CREATE INDEX messages_attachments ON messages(attachments) WHERE attachments > 0;
CREATE TABLE bodies(id INTEGER PRIMARY KEY, frame BLOB NOT NULL);
CREATE TABLE links(hash INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY(hash, message)) WITHOUT ROWID;

CREATE TABLE people(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE identities(kind TEXT NOT NULL, value TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY(kind, value)) WITHOUT ROWID;
CREATE INDEX identities_person ON identities(person);

-- Ids of terms are never given twice: readers keep them in memory.
CREATE TABLE terms(id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE);
CREATE TABLE timeline_segments(segment INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE timeline_delta(number INTEGER PRIMARY KEY, data BLOB NOT NULL);

CREATE VIEW indexed AS SELECT m.id AS id, indexed_text(0, m.head, b.frame) AS subject, indexed_text(1, m.head, b.frame) AS body,
  indexed_text(2, m.head, b.frame) AS sender, indexed_text(3, m.head, b.frame) AS recipients,
  indexed_text(4, m.head, b.frame) AS attachments FROM messages m JOIN bodies b ON b.id = m.id;
CREATE VIRTUAL TABLE search USING fts5(subject, body, sender, recipients, attachments, content='indexed', content_rowid='id',
  tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'");
INSERT INTO search(search, rank) VALUES('pgsz', 8000);
INSERT INTO search(search, rank) VALUES('automerge', 0);
INSERT INTO search(search, rank) VALUES('crisismerge', 12);
INSERT INTO search(search, rank) VALUES('hashsize', 16777216);
)sql";

Result<void> create_schema_1(Connection& c) {
  TRY(c.execute(k_schema_1));
  TRY(set_meta(c, "derived", std::to_string(k_derived_version)));
  // Salts the erase list and keys the table of links.
  return set_meta(c, "salt", random_hex(16));
}

// Logs bring millions of tickets of a few hundred bytes. Their numbers were written five times (a journal
// entry, a table, two indexes of these and one of the journal), and each record was compressed alone. A row
// of raw whose frame is a reference (raw_batches.cpp) has its bytes in a batch.
constexpr std::string_view k_schema_2 = R"sql(
CREATE TABLE ticket_numbers(number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
INSERT INTO ticket_numbers(number, key) SELECT number, key FROM numbers ORDER BY number;
DROP TABLE numbers;
DROP INDEX journal_kind;
DELETE FROM journal WHERE kind='number';
CREATE INDEX journal_kind ON journal(kind, subject, seq);
-- Ids are never given twice: readers keep a batch in memory.
CREATE TABLE raw_batches(id INTEGER PRIMARY KEY AUTOINCREMENT, frame BLOB NOT NULL);
)sql";

Result<void> to_schema_2(Connection& c) { return c.execute(k_schema_2); }

constexpr std::array<Migration, 3> k_migrations{create_schema_1, to_schema_2, to_schema_3};

} // namespace

std::span<const Migration> migrations() { return k_migrations; }

Result<void> migrate(Connection& c, std::span<const Migration> steps) {
  for (;;) {
    auto version = TRY(c.integer("PRAGMA user_version"));
    if (version > static_cast<std::int64_t>(steps.size()))
      return failed("store is of a newer helpdesk: " + c.path() + " has schema " + std::to_string(version) +
                    ", this helpdesk knows " + std::to_string(steps.size()) + "; upgrade helpdesk");
    if (version < 0) return c.damaged("the schema version is negative");
    if (version == static_cast<std::int64_t>(steps.size())) return {};
    TRY(c.execute("BEGIN IMMEDIATE"));
    auto done = [&]() -> Result<void> {
      // Another process may have done this step while we waited for the lock.
      if (TRY(c.integer("PRAGMA user_version")) != version) return {};
      TRY(steps[static_cast<std::size_t>(version)](c));
      return c.execute("PRAGMA user_version=" + std::to_string(version + 1));
    }();
    if (done) done = c.execute("COMMIT");
    if (!done) {
      (void)c.execute("ROLLBACK");
      return done;
    }
  }
}

Result<void> set_meta(Connection& c, std::string_view name, std::string_view value) {
  auto s = TRY(c.statement("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)"));
  return s.bind(name, value).run();
}

Result<std::string> meta(Connection& c, std::string_view name) {
  auto s = TRY(c.statement("SELECT value FROM meta WHERE name=?"));
  s.bind(name);
  if (!TRY(s.step())) return std::string();
  return std::string(s.text(0));
}

} // namespace helpdesk::store::sqlite
