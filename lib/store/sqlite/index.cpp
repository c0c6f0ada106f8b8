#include "store/sqlite/topics.hpp"

#include <numeric>

namespace helpdesk::store::sqlite {
namespace {

// Waiting changes are written when they reach this size.
constexpr std::size_t k_limit = 24U << 20;

std::size_t size_of(const FoldedColumns& columns) {
  return std::accumulate(columns.begin(), columns.end(), sizeof(IndexChange),
                         [](std::size_t n, const auto& c) { return n + c.size(); });
}

Result<void> run(Statement& s, std::int64_t id, const FoldedColumns& c) {
  return s.bind(id, c[0], c[1], c[2], c[3], c[4]).run();
}

} // namespace

Result<void> index_message(Database& db, std::int64_t id, FoldedColumns columns) {
  db.index_bytes += size_of(columns);
  db.index_changes[id].insert = std::move(columns);
  if (db.index_bytes > k_limit) return flush_index(db);
  return {};
}

Result<void> unindex_message(Database& db, std::int64_t id, FoldedColumns old) {
  auto& change = db.index_changes[id];
  if (change.insert) {
    // It never came into the index.
    change.insert.reset();
    if (!change.remove) db.index_changes.erase(id);
    return {};
  }
  if (!change.remove) {
    db.index_bytes += size_of(old);
    change.remove = std::move(old);
  }
  if (db.index_bytes > k_limit) return flush_index(db);
  return {};
}

Result<void> flush_index(Database& db) {
  if (db.index_changes.empty()) return {};
  auto remove =
      TRY(db.c.statement("INSERT INTO search(search, rowid, subject, body, sender, recipients, attachments) "
                         "VALUES('delete', ?, ?, ?, ?, ?, ?)"));
  auto insert =
      TRY(db.c.statement("INSERT INTO search(rowid, subject, body, sender, recipients, attachments) "
                         "VALUES(?, ?, ?, ?, ?, ?)"));
  for (const auto& [id, change] : db.index_changes) {
    if (change.remove) TRY(run(remove, id, *change.remove));
    if (change.insert) TRY(run(insert, id, *change.insert));
  }
  db.index_changes.clear();
  db.index_bytes = 0;
  return {};
}

} // namespace helpdesk::store::sqlite
