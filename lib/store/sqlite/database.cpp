#include "store/sqlite/database.hpp"

#include "store/records.hpp"
#include "store/sqlite/schema.hpp"

#include <charconv>

#include <sqlite3.h>

namespace helpdesk::store::sqlite {
namespace {

constexpr const char* k_tuning =
    "PRAGMA temp_store=FILE; PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=8000";

// indexed_text(column, head, frame): what the full-text index was given, for FTS5 to compare with. Reads
// nothing else, so the view may use it although the schema is not trusted.
void indexed_text(sqlite3_context* context, int, sqlite3_value** values) {
  auto* db = static_cast<Database*>(sqlite3_user_data(context));
  auto bytes = [&](int i) {
    const void* data = sqlite3_value_blob(values[i]);
    return data ? std::string_view(static_cast<const char*>(data),
                                   static_cast<std::size_t>(sqlite3_value_bytes(values[i])))
                : std::string_view{};
  };
  try {
    auto column = sqlite3_value_int(values[0]);
    model::Message message;
    if (column < 0 || column >= static_cast<int>(k_columns)) return sqlite3_result_null(context);
    if (static_cast<Column>(column) == Column::body) {
      auto body = db->compressor.unpack(bytes(2));
      if (!body || !decode_body(*body, message))
        return sqlite3_result_error(context, "a message's text is damaged", -1);
    } else if (!decode_head(bytes(1), message)) {
      return sqlite3_result_error(context, "a message's head is damaged", -1);
    }
    auto folded = fold_column(message, static_cast<Column>(column));
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

std::uint64_t half(std::string_view hex) {
  std::uint64_t v = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), v, 16);
  return v;
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode) {
  auto connection = TRY(Connection::open(path, mode));
  if (mode != Mode::read) {
    // Only on an empty file; later calls change nothing.
    TRY(connection->execute("PRAGMA page_size=8192"));
    TRY(connection->execute("PRAGMA journal_mode=WAL"));
    TRY(connection->execute("PRAGMA cache_size=-49152"));
  } else {
    TRY(connection->execute("PRAGMA cache_size=-24576"));
  }
  // What is deleted is overwritten by vacuum(), once, instead of at every change.
  TRY(connection->execute("PRAGMA secure_delete=OFF"));
  TRY(connection->execute(k_tuning));
  std::unique_ptr<Database> db(new Database(std::move(connection)));
  int code = sqlite3_create_function_v2(db->c.handle(), "indexed_text", 3,
                                        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, db.get(),
                                        indexed_text, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return db->c.failure(code);
  if (mode == Mode::read) {
    auto version = TRY(db->c.integer("PRAGMA user_version"));
    auto newest = static_cast<std::int64_t>(migrations().size());
    if (version < newest) {
      // A reader may meet an old store first: bring it up to date if it can be written.
      auto writer = TRY(open(path, Mode::write));
    } else if (version > newest) {
      TRY(migrate(db->c, migrations()));
    }
    TRY(db->c.execute("PRAGMA query_only=ON"));
  } else {
    TRY(migrate(db->c, migrations()));
  }
  db->salt = TRY(meta(db->c, "salt"));
  if (db->salt.size() != 32) return db->c.damaged("its salt is missing");
  db->hash_key = {half(std::string_view(db->salt).substr(0, 16)),
                  half(std::string_view(db->salt).substr(16))};
  return db;
}

void Database::forget() {
  terms.clear();
  term_texts.clear();
  accounts.clear();
  ticket_keys.clear();
  next_ids.clear();
  index_changes.clear();
  index_bytes = 0;
  batch = read_batch = {};
  segment = {};
  recent = {};
}

Result<Snapshot> Snapshot::take(Database& db) {
  if (db.snapshots == 0) {
    if (db.c.in_transaction()) return Snapshot(nullptr);
    auto begin = TRY(db.c.statement("BEGIN"));
    TRY(begin.run());
  }
  ++db.snapshots;
  return Snapshot(&db);
}

Snapshot::~Snapshot() {
  if (!db_ || --db_->snapshots > 0) return;
  if (auto end = db_->c.statement("COMMIT")) (void)end->run();
}

} // namespace helpdesk::store::sqlite
