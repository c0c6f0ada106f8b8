#include "base/file.hpp"
#include "store/sqlite/raw_batches.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/topics.hpp"
#include "store/timeline_codec.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace helpdesk::store::sqlite {
namespace {

// The time of the oldest or newest message; ids are in order of seconds, but for what did not fit into its
// own (messages.cpp).
Result<std::optional<Instant>> edge(Database& db, bool newest) {
  auto s = TRY(db.c.statement(newest ? "SELECT id, time FROM messages ORDER BY id DESC"
                                     : "SELECT id, time FROM messages ORDER BY id"));
  std::optional<Instant> best;
  while (TRY(s.step())) {
    auto time = instant_of_micros(s.integer(1));
    if (newest && best && second_of_id(s.integer(0)) < unix_seconds(*best)) break;
    if (!best || (newest ? time > *best : time < *best)) best = time;
    // An older one can lie behind a younger one only where more came in a second than fits: within the hour.
    if (!newest && second_of_id(s.integer(0)) > std::max<std::int64_t>(unix_seconds(*best), 0) + 3600) break;
  }
  return best;
}

Result<void> copy_database(Database& db, const std::string& path) {
  sqlite3* target = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code == SQLITE_OK) {
    if (auto* copy = sqlite3_backup_init(target, "main", db.c.handle(), "main")) {
      // One step: one snapshot, which a writer neither disturbs nor waits for.
      code = sqlite3_backup_step(copy, -1);
      auto finished = sqlite3_backup_finish(copy);
      if (code == SQLITE_DONE) code = finished;
    } else {
      code = sqlite3_errcode(target);
    }
  }
  std::string reason = target ? sqlite3_errmsg(target) : sqlite3_errstr(code);
  sqlite3_close_v2(target);
  if (code == SQLITE_OK) return {};
  if ((code & 0xff) == SQLITE_FULL) return failed("no space left for the backup: " + path);
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) return db.c.failure(code);
  return failed("backup to " + path + ": " + reason);
}

Result<void> sync_file(const std::string& path, int flags) {
  FileDescriptor fd(::open(path.c_str(), flags | O_CLOEXEC));
  if (!fd.valid() || ::fsync(fd.get()) != 0) return failed("backup to " + path + ": " + std::strerror(errno));
  return {};
}

// Terms that no timeline and no name of an account speaks of any more.
Result<void> forget_unused_terms(Database& db) {
  std::set<model::Term> used;
  TRY(timelines(db, {}, [&](const model::Timeline& t) {
    for (auto term : {t.account, t.queue, t.assignee, t.requester, t.organisation, t.language})
      used.insert(term);
    used.insert(t.tags.begin(), t.tags.end());
    for (const auto& f : t.fields) used.insert({f.field, f.value});
    for (const auto& e : t.entries) used.insert({e.field, e.from, e.to, e.actor});
    return true;
  }));
  std::vector<std::int64_t> unused;
  auto all = TRY(db.c.statement("SELECT id FROM terms"));
  while (TRY(all.step()))
    if (!used.contains(static_cast<model::Term>(all.integer(0)))) unused.push_back(all.integer(0));
  auto s = TRY(db.c.statement("DELETE FROM terms WHERE id=?"));
  for (auto id : unused) TRY(s.bind(id).run());
  return {};
}

} // namespace

Result<Info> info(Database& db) {
  auto snapshot = TRY(Snapshot::take(db));
  Info info;
  info.path = db.c.path();
  info.schema = static_cast<int>(TRY(db.c.integer("PRAGMA user_version")));
  auto derived = TRY(meta(db.c, "derived"));
  std::from_chars(derived.data(), derived.data() + derived.size(), info.derived);
  info.tickets = TRY(db.c.integer("SELECT count(*) FROM tickets"));
  info.messages = TRY(db.c.integer("SELECT count(*) FROM messages"));
  info.people = TRY(db.c.integer("SELECT count(*) FROM people"));
  info.records = TRY(db.c.integer("SELECT (SELECT count(*) FROM raw) + (SELECT count(*) FROM raw_shared)"));
  info.journal_entries = TRY(db.c.integer("SELECT count(*) FROM journal"));
  info.attachments = TRY(db.c.integer("SELECT total(attachments) FROM messages WHERE attachments>0"));
  for (const auto* suffix : {"", "-wal"}) info.bytes += file_size(info.path + suffix).value_or(0);
  info.oldest = TRY(edge(db, false));
  info.newest = TRY(edge(db, true));
  return info;
}

Result<void> clear_derived(Database& db) {
  db.forget();
  for (auto table : {"tickets", "aliases", "ticket_tags", "messages", "bodies", "links", "people",
                     "identities", "terms", "timeline_segments", "timeline_delta"})
    TRY(db.c.execute(std::string("DELETE FROM ") + table));
  TRY(db.c.execute("DELETE FROM ticket_keys WHERE number=0")); // the others are the only copy of the numbers
  TRY(db.c.execute("INSERT INTO search(search) VALUES('delete-all')"));
  return set_meta(db.c, "derived", std::to_string(k_derived_version));
}

Result<void> backup(Database& db, const std::string& target) {
  if (exists(target)) return failed("backup: " + target + " exists already; choose another name");
  // Complete or not there: written beside it, then linked, which unlike a rename never replaces anything.
  auto partial = target + ".partial";
  TRY(remove_file(partial));
  {
    FileDescriptor fd(::open(partial.c_str(), O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, 0600));
    if (!fd.valid()) return failed("backup to " + partial + ": " + std::strerror(errno));
  }
  auto done = copy_database(db, partial);
  if (done) done = sync_file(partial, O_RDONLY);
  if (done && ::link(partial.c_str(), target.c_str()) != 0)
    done = failed("backup to " + target + ": " + std::strerror(errno));
  (void)remove_file(partial);
  if (!done) return done;
  auto slash = target.rfind('/');
  return sync_file(slash == std::string::npos ? "."
                   : slash == 0               ? "/"
                                              : target.substr(0, slash),
                   O_RDONLY | O_DIRECTORY);
}

Result<void> vacuum(Database& db) {
  TRY(db.c.execute("BEGIN IMMEDIATE"));
  auto tidy = [&]() -> Result<void> {
    // Merging everything into one segment drops the words of deleted messages from the index.
    TRY(db.c.execute("INSERT INTO search(search) VALUES('optimize')"));
    TRY(sweep_batches(db));
    TRY(fold_delta(db, true));
    TRY(forget_unused_terms(db));
    TRY(db.c.execute("DELETE FROM ticket_keys WHERE number=0 AND id NOT IN (SELECT id FROM tickets) AND id "
                     "NOT IN (SELECT ticket FROM messages)"));
    TRY(db.c.execute(
        "DELETE FROM accounts WHERE id NOT IN (SELECT account FROM raw) AND id NOT IN (SELECT account FROM "
        "raw_shared) AND id NOT IN (SELECT account FROM "
        "streams) "
        "AND id NOT IN (SELECT account FROM tickets) AND id NOT IN (SELECT account FROM messages) AND id NOT "
        "IN (SELECT account FROM placements)"));
    return db.c.execute("COMMIT");
  }();
  db.forget();
  if (!tidy) {
    (void)db.c.execute("ROLLBACK");
    return tidy;
  }
  db.c.drop_statements();
  // Every page is written anew, with nothing in its gaps; then the log that still holds the old ones is
  // emptied.
  TRY(db.c.execute("PRAGMA secure_delete=ON"));
  auto done = db.c.execute("VACUUM");
  (void)db.c.execute("PRAGMA secure_delete=OFF");
  if (!done) return done;
  if (TRY(db.c.integer("PRAGMA wal_checkpoint(TRUNCATE)")) != 0)
    return try_later("store is busy: a reader keeps the old log of " + db.c.path() +
                     " alive; run this again");
  return {};
}

} // namespace helpdesk::store::sqlite
