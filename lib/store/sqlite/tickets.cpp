#include "store/records.hpp"
#include "store/sqlite/ticket_rows.hpp"

namespace helpdesk::store::sqlite {
namespace {

Result<std::optional<model::Ticket>> by_id(Database& db, std::int64_t id) {
  static const std::string sql = "SELECT " + std::string(k_ticket_columns) + " FROM tickets t WHERE t.id=?";
  auto s = TRY(db.c.statement(sql));
  s.bind(id);
  if (!TRY(s.step())) return std::optional<model::Ticket>();
  std::optional<model::Ticket> t(std::in_place);
  TRY(TicketReader(db).read(s, *t));
  return t;
}

Result<std::optional<std::int64_t>> number_of_row(Database& db, std::int64_t id) {
  auto s = TRY(db.c.statement("SELECT coalesce(number, id) FROM tickets WHERE id=?"));
  s.bind(id);
  if (!TRY(s.step())) return std::optional<std::int64_t>();
  return std::optional(s.integer(0));
}

Result<void> run_with_id(Database& db, std::string_view sql, std::int64_t id) {
  auto s = TRY(db.c.statement(sql));
  return s.bind(id).run();
}

Result<void> put_tags(Database& db, std::int64_t id, const std::vector<std::string>& tags) {
  TRY(run_with_id(db, "DELETE FROM ticket_tags WHERE ticket=?", id));
  for (const auto& tag : tags) {
    auto s = TRY(db.c.statement("INSERT OR IGNORE INTO ticket_tags(ticket, tag) VALUES(?, ?)"));
    TRY(s.bind(id, tag).run());
  }
  return {};
}

// An alias leads to the ticket that named it last.
Result<void> put_aliases(Database& db, std::int64_t id, const std::vector<std::string>& aliases) {
  TRY(run_with_id(db, "DELETE FROM aliases WHERE ticket=?", id));
  for (const auto& alias : aliases) {
    auto s = TRY(db.c.statement("INSERT OR REPLACE INTO aliases(alias, ticket) VALUES(?, ?)"));
    TRY(s.bind(alias, id).run());
  }
  return {};
}

} // namespace

Result<std::optional<model::Ticket>> ticket_by_key(Database& db, std::string_view key) {
  auto snapshot = TRY(Snapshot::take(db));
  if (auto id = TRY(find_ticket_key(db, key))) {
    if (auto t = TRY(by_id(db, *id))) return t;
  } else {
    db.recent.absent = key;
  }
  auto s = TRY(db.c.statement("SELECT ticket FROM aliases WHERE alias=?"));
  s.bind(key);
  if (!TRY(s.step())) return std::optional<model::Ticket>();
  return by_id(db, s.integer(0));
}

Result<std::optional<model::Ticket>> ticket(Database& db, std::int64_t number) {
  auto snapshot = TRY(Snapshot::take(db));
  if (auto id = TRY(id_of_number(db, number))) return by_id(db, *id);
  // The number of a ticket that joined another leads there.
  auto key = TRY(key_of_number(db, number));
  return key ? ticket_by_key(db, *key) : std::optional<model::Ticket>();
}

Result<std::int64_t> put_ticket(Database& db, const model::Ticket& t) {
  auto [id, number, is_new] = TRY(number_of(db, t));
  db.recent.ticket = t.key;
  db.recent.number = number;
  std::optional<model::Ticket> before;
  if (!is_new) before = TRY(by_id(db, id));
  // Most are put as they were.
  if (before && before->number == number && encode_ticket(*before) == encode_ticket(t)) return number;
  auto account = t.account.empty() ? 0 : TRY(account_id(db, t.account));
  TRY((before ? update_ticket_row : insert_ticket_row)(db.c, id, number, account, t));
  const model::Ticket none;
  const auto& old = before ? *before : none;
  if (old.tags != t.tags) TRY(put_tags(db, id, t.tags));
  // Another ticket may have taken an alias away meanwhile: written again, not only when the list changed.
  if (!old.aliases.empty() || !t.aliases.empty()) TRY(put_aliases(db, id, t.aliases));
  if (before && before->number != number) TRY(move_timeline(db, before->number, number));
  return number;
}

Result<void> insert_ticket(Database& db, NumberedKey key, std::int64_t account, const model::Ticket& t) {
  TRY(insert_ticket_row(db.c, key.id, key.number, account, t));
  return t.tags.empty() ? Result<void>() : put_tags(db, key.id, t.tags);
}

Result<void> remove_ticket(Database& db, std::string_view key) {
  db.recent.ticket.clear();
  auto id = TRY(find_ticket_key(db, key));
  if (!id) return {};
  auto number = TRY(number_of_row(db, *id));
  TRY(run_with_id(db, "DELETE FROM tickets WHERE id=?", *id));
  TRY(run_with_id(db, "DELETE FROM ticket_tags WHERE ticket=?", *id));
  TRY(run_with_id(db, "DELETE FROM aliases WHERE ticket=?", *id));
  if (!number) return {};
  // A ticket that joined this one may have taken over its number, and with it its place among the timelines.
  if (TRY(id_of_number(db, *number))) return {};
  return remove_timeline(db, *number);
}

} // namespace helpdesk::store::sqlite
