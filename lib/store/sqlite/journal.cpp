#include "base/text.hpp"
#include "store/sqlite/topics.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

// Columns: seq, time, actor, kind, subject, data.
JournalEntry row(const Statement& s) {
  return {.seq = s.integer(0),
          .time = instant_of_micros(s.integer(1)),
          .actor = std::string(s.text(2)),
          .kind = std::string(s.text(3)),
          .subject = std::string(s.text(4)),
          .data = std::string(s.text(5))};
}

std::string erased_hash(const Database& db, std::string_view id) {
  return sha256_hex(db.salt + std::string(id));
}

} // namespace

Result<std::vector<JournalEntry>> journal(Database& db, const JournalQuery& q) {
  std::string sql = "SELECT seq, time, actor, kind, subject, data FROM journal WHERE seq>?";
  if (!q.subject.empty()) sql += " AND subject=?";
  if (!q.kinds.empty()) {
    sql += " AND kind IN (?";
    for (std::size_t i = 1; i < q.kinds.size(); ++i) sql += ",?";
    sql += ")";
  }
  sql += q.newest_first ? " ORDER BY seq DESC LIMIT ?" : " ORDER BY seq LIMIT ?";
  auto s = TRY(db.c.one_off(sql));
  int at = 0;
  s.bind_one(++at, q.after);
  if (!q.subject.empty()) s.bind_one(++at, q.subject);
  for (const auto& kind : q.kinds) s.bind_one(++at, kind);
  s.bind_one(++at, q.limit);
  std::vector<JournalEntry> out;
  while (TRY(s.step())) out.push_back(row(s));
  return out;
}

Result<std::vector<JournalEntry>> latest(Database& db, std::string_view kind) {
  auto s = TRY(db.c.statement("SELECT seq, time, actor, kind, subject, data FROM journal WHERE seq IN "
                              "(SELECT max(seq) FROM journal WHERE kind=? GROUP BY subject) ORDER BY seq"));
  s.bind(kind);
  std::vector<JournalEntry> out;
  while (TRY(s.step())) out.push_back(row(s));
  return out;
}

Result<std::optional<JournalEntry>> latest(Database& db, std::string_view kind, std::string_view subject) {
  auto s = TRY(
      db.c.statement("SELECT seq, time, actor, kind, subject, data FROM journal WHERE subject=? AND kind=? "
                     "ORDER BY seq DESC LIMIT 1"));
  s.bind(subject, kind);
  if (!TRY(s.step())) return std::optional<JournalEntry>();
  return std::optional(row(s));
}

Result<std::int64_t> append(Database& db, const JournalEntry& e) {
  auto s = TRY(db.c.statement("INSERT INTO journal(time, actor, kind, subject, data) VALUES(?, ?, ?, ?, ?)"));
  TRY(s.bind(micros(e.time), e.actor, e.kind, e.subject, e.data).run());
  return db.c.last_id();
}

Result<void> rewrite_journal(Database& db, const JournalRewrite& f) {
  std::vector<JournalEntry> changed; // an index that is walked must not be written to
  {
    auto s = TRY(db.c.statement("SELECT seq, time, actor, kind, subject, data FROM journal ORDER BY seq"));
    while (TRY(s.step())) {
      auto entry = row(s);
      auto now = f(entry);
      if (!now) continue;
      now->seq = entry.seq;
      changed.push_back(std::move(*now));
    }
  }
  auto update = TRY(db.c.statement("UPDATE journal SET subject=?, data=? WHERE seq=?"));
  for (const auto& entry : changed) TRY(update.bind(entry.subject, entry.data, entry.seq).run());
  return {};
}

Result<bool> is_erased(Database& db, std::string_view id) {
  // Nearly always nothing was erased, and a pull asks for every record. Within a transaction only it can
  // change that.
  if (db.c.in_transaction()) {
    if (!db.recent.any_erased) {
      auto any = TRY(db.c.statement("SELECT 1 FROM erased LIMIT 1"));
      db.recent.any_erased = TRY(any.step());
    }
    if (!*db.recent.any_erased) return false;
  }
  auto s = TRY(db.c.statement("SELECT 1 FROM erased WHERE hash=?"));
  return s.bind(erased_hash(db, id)).step();
}

Result<void> add_erased(Database& db, std::string_view id) {
  db.recent.any_erased = true;
  auto s = TRY(db.c.statement("INSERT OR IGNORE INTO erased(hash) VALUES(?)"));
  return s.bind(erased_hash(db, id)).run();
}

} // namespace helpdesk::store::sqlite
