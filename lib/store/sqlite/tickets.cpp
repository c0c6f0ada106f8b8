#include "base/fold.hpp"
#include "store/query_match.hpp"
#include "store/records.hpp"
#include "store/sqlite/condition.hpp"

#include <algorithm>
#include <limits>

namespace helpdesk::store::sqlite {
namespace {

// Sorts the list: those who wait come first, longest first; then the rest, last updated first. History never
// waits.
std::int64_t waiting_order(const model::Ticket& t) {
  if (t.waiting_since && !t.history_only) return std::min(micros(*t.waiting_since), k_waits_below - 1);
  constexpr std::int64_t k_latest = k_waits_below / 2; // no clock goes there
  return std::numeric_limits<std::int64_t>::max() / 2 -
         std::clamp<std::int64_t>(micros(t.updated), 0, k_latest);
}

std::optional<std::int64_t> optional_micros(const std::optional<Instant>& t) {
  if (!t) return std::nullopt;
  return micros(*t);
}

Result<std::optional<model::Ticket>> by_id(Database& db, std::int64_t id) {
  auto s = TRY(db.c.statement("SELECT number, data FROM tickets WHERE id=?"));
  s.bind(id);
  if (!TRY(s.step())) return std::optional<model::Ticket>();
  std::optional<model::Ticket> t(std::in_place);
  if (!decode_ticket(s.text(1), *t)) return db.c.damaged("ticket #" + std::to_string(s.integer(0)));
  t->number = s.integer(0);
  return t;
}

Result<std::optional<std::int64_t>> number_of_row(Database& db, std::int64_t id) {
  auto s = TRY(db.c.statement("SELECT number FROM tickets WHERE id=?"));
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
  {
    auto s = TRY(db.c.statement("SELECT id FROM tickets WHERE number=?"));
    s.bind(number);
    if (TRY(s.step())) return by_id(db, s.integer(0));
  }
  // The number of a ticket that joined another leads there.
  auto key = TRY(key_of_number(db, number));
  return key ? ticket_by_key(db, *key) : std::optional<model::Ticket>();
}

Result<std::int64_t> put_ticket(Database& db, const model::Ticket& t) {
  auto [id, number, is_new] = TRY(number_of(db, t));
  db.recent.ticket = t.key;
  db.recent.number = number;
  auto data = encode_ticket(t);
  std::optional<std::int64_t> before;
  model::Ticket old;
  if (!is_new) {
    auto s = TRY(db.c.statement("SELECT number, data FROM tickets WHERE id=?"));
    s.bind(id);
    if (TRY(s.step())) {
      before = s.integer(0);
      if (*before == number && s.text(1) == data) return number;
      if (!decode_ticket(s.text(1), old)) return db.c.damaged("ticket #" + std::to_string(*before));
    }
  }
  auto hidden = (t.spam ? 1 : 0) | (t.deleted ? 2 : 0) | (t.merged_into.empty() ? 0 : 4);
  bool unread = t.last_in && (!t.last_out || *t.last_in > *t.last_out);
  // An update touches only the indexes whose columns changed.
  auto s = TRY(
      db.c.statement(before ? "UPDATE tickets SET number=?2, account=?3, status=?4, priority=?5, channel=?6, "
                              "queue=?7, assignee=?8, language=?9, "
                              "hidden=?10, history=?11, needs_reply=?12, created=?13, updated=?14, "
                              "spoken=?15, waiting=?16, waiting_order=?17, "
                              "snoozed=?18, unread=?19, requester=?20, customer=?21, data=?22 WHERE id=?1"
                            : "INSERT INTO tickets(id, number, account, status, priority, channel, queue, "
                              "assignee, language, hidden, history, "
                              "needs_reply, created, updated, spoken, waiting, waiting_order, snoozed, "
                              "unread, requester, customer, data) "
                              "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  s.bind(id, number, t.account, static_cast<int>(t.status), static_cast<int>(t.priority),
         static_cast<int>(t.channel), t.queue, t.assignee, t.language, hidden, t.history_only ? 1 : 0,
         static_cast<int>(t.needs_reply), micros(t.created), micros(t.updated), micros(last_spoken(t)),
         optional_micros(t.waiting_since), waiting_order(t), optional_micros(t.snoozed_until), unread ? 1 : 0,
         t.requester,
         // Between spaces, so that whole words can be looked for; the line end keeps a phrase from crossing
         // from one to the other.
         " " + fold_for_index(t.requester_name) + " \n " + fold_for_index(t.requester_address) + " ",
         Blob{data});
  TRY(s.run());
  if (old.tags != t.tags) TRY(put_tags(db, id, t.tags));
  // Another ticket may have taken an alias away meanwhile: written again, not only when the list changed.
  if (!old.aliases.empty() || !t.aliases.empty()) TRY(put_aliases(db, id, t.aliases));
  if (before && *before != number) TRY(move_timeline(db, *before, number));
  return number;
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
  auto s = TRY(db.c.statement("SELECT 1 FROM tickets WHERE number=?"));
  s.bind(*number);
  if (TRY(s.step())) return {};
  return remove_timeline(db, *number);
}

} // namespace helpdesk::store::sqlite
