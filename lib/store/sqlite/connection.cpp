#include "store/sqlite/connection.hpp"

#include <sqlite3.h>

namespace helpdesk::store::sqlite {
namespace {

constexpr int k_busy_ms = 10'000;

// Once, before the library is first used. Nobody asks it for memory statistics, and each allocation would
// take a lock for them. What a single statement may have to take back stays in memory: by default a few pages
// are enough to send it, and all that follows in the same transaction, through a temporary file, and no
// statement here changes many. (A larger limit does not work: above 128 kB the library's write is cut.)
void configure() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
    return true;
  }();
  (void)done;
}

} // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Mode mode) {
  configure();
  sqlite3* db = nullptr;
  // A reader of a WAL database needs to write its shared memory file; query_only below keeps it from writing
  // anything else.
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  if (mode == Mode::read && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM)) {
    sqlite3_close_v2(db);
    code = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  }
  std::unique_ptr<Connection> connection(new Connection(db, path));
  if (code != SQLITE_OK) return connection->failure(code);
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, k_busy_ms);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 1);
  // What is written is built on what was read; a reader meets a damaged page when it uses it, which is early
  // enough.
  if (mode != Mode::read) TRY(connection->execute("PRAGMA cell_size_check=ON"));
  return connection;
}

Connection::~Connection() {
  drop_statements();
  sqlite3_close_v2(db_);
}

void Connection::drop_statements() {
  for (auto& [sql, list] : statements_) {
    for (auto* statement : *list) sqlite3_finalize(statement);
    list->clear();
  }
}

Result<Statement> Connection::statement(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end())
    found = statements_.emplace(std::string(sql), std::make_unique<std::vector<sqlite3_stmt*>>()).first;
  auto& list = *found->second;
  if (!list.empty()) {
    auto* statement = list.back();
    list.pop_back();
    return Statement(*this, statement, &list);
  }
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                &statement, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return Statement(*this, statement, &list);
}

Result<Statement> Connection::one_off(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), 0, &statement, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return Statement(*this, statement, nullptr);
}

Result<void> Connection::execute(std::string_view script) {
  int code = sqlite3_exec(db_, std::string(script).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
  auto s = TRY(statement(sql));
  if (!TRY(s.step())) return std::int64_t{0};
  return s.integer(0);
}

std::int64_t Connection::last_id() const { return sqlite3_last_insert_rowid(db_); }
int Connection::changes() const { return sqlite3_changes(db_); }
bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

Failure Connection::failure(int code) {
  std::string reason = db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return try_later("store is busy: another helpdesk is writing to " + path_ + "; try again");
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return damaged(reason);
  case SQLITE_FULL: return failed("no space left for the store: " + path_);
  case SQLITE_NOMEM: return failed("out of memory while working on the store: " + path_);
  case SQLITE_CANTOPEN: return failed("store cannot be opened: " + path_ + ": " + reason);
  case SQLITE_PERM:
  case SQLITE_READONLY: return failed("store cannot be written: " + path_ + ": " + reason);
  default: return failed("store: " + path_ + ": " + reason);
  }
}

Failure Connection::damaged(std::string_view what) const {
  return failed("store damaged: " + path_ + ": " + std::string(what) +
                "; run \"helpdesk store verify\", then \"helpdesk store rebuild\" or put back a backup");
}

} // namespace helpdesk::store::sqlite
