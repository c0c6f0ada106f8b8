// Indexes that a first pull of millions would write over and over: their order is not that in which tickets
// come. They are left out while an empty store fills up and made at once, sorted, when the pull is through.
// Nothing is wrong without them, lists are only slower: so a pull that was killed leaves no harm. The
// full-text index, of which each page of a pull left a segment, is merged into one then: a search looks into
// each of them.
#include "store/sqlite/topics.hpp"

#include <array>

namespace helpdesk::store::sqlite {
namespace {

struct Index {
  std::string_view name, columns; // as in schema.cpp
};

constexpr std::array<Index, 4> k_late{{
    {"tickets_waiting", "tickets(hidden, waiting_order)"},
    {"tickets_updated", "tickets(hidden, updated)"},
    {"tickets_created", "tickets(hidden, created)"},
    {"tickets_facets", "tickets(hidden, assignee, queue, account, channel, status)"},
}};

} // namespace

Result<void> drop_late_indexes(Database& db) {
  if (db.has_tickets) return {};
  db.has_tickets = TRY(db.c.integer("SELECT EXISTS(SELECT 1 FROM tickets)")) != 0;
  if (db.has_tickets) return {};
  for (const Index& index : k_late) TRY(db.c.execute("DROP INDEX IF EXISTS " + std::string(index.name)));
  return {};
}

Result<void> make_late_indexes(Database& db) {
  bool first_pull = false;
  for (const Index& index : k_late) {
    auto s = TRY(db.c.statement("SELECT 1 FROM sqlite_schema WHERE type='index' AND name=?"));
    bool is_there = TRY(s.bind(index.name).step());
    s.reset();
    if (is_there) continue;
    first_pull = true;
    TRY(db.c.execute("CREATE INDEX " + std::string(index.name) + " ON " + std::string(index.columns)));
  }
  if (first_pull) TRY(db.c.execute("INSERT INTO search(search) VALUES('optimize')"));
  return {};
}

} // namespace helpdesk::store::sqlite
