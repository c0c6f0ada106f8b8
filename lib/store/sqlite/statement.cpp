#include "store/sqlite/connection.hpp"

#include <utility>

#include <sqlite3.h>

namespace helpdesk::store::sqlite {

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)),
      home_(other.home_), bind_failure_(other.bind_failure_) {}

Statement::~Statement() {
  if (!statement_) return;
  if (!home_) {
    sqlite3_finalize(statement_);
    return;
  }
  reset();
  home_->push_back(statement_);
}

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  bind_failure_ = SQLITE_OK;
}

void Statement::bind_one(int index, std::int64_t value) {
  keep(sqlite3_bind_int64(statement_, index, value));
}
void Statement::bind_one(int index, double value) { keep(sqlite3_bind_double(statement_, index, value)); }
void Statement::bind_one(int index, std::string_view text) {
  // An empty view may have no address, which SQLite would take for NULL.
  keep(sqlite3_bind_text64(statement_, index, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT,
                           SQLITE_UTF8));
}
void Statement::bind_one(int index, Blob blob) {
  keep(sqlite3_bind_blob64(statement_, index, blob.bytes.data() ? blob.bytes.data() : "", blob.bytes.size(),
                           SQLITE_STATIC));
}
void Statement::bind_one(int index, std::nullptr_t) { keep(sqlite3_bind_null(statement_, index)); }

Result<bool> Statement::step() {
  if (bind_failure_ != SQLITE_OK) return connection_->failure(bind_failure_);
  int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return connection_->failure(code);
}

Result<void> Statement::run() {
  auto more = step();
  if (!more) return Failure(std::move(more).error());
  reset();
  return {};
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
bool Statement::is_real(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_FLOAT; }
bool Statement::is_blob(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_BLOB; }

std::string_view Statement::text(int column) const {
  const void* bytes = sqlite3_column_type(statement_, column) == SQLITE_BLOB
                          ? sqlite3_column_blob(statement_, column)
                          : sqlite3_column_text(statement_, column);
  auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes ? std::string_view(static_cast<const char*>(bytes), size) : std::string_view{};
}

} // namespace helpdesk::store::sqlite
