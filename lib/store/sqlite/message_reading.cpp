#include "store/newest_first.hpp"
#include "store/sqlite/message_rows.hpp"

#include <algorithm>
#include <set>

namespace helpdesk::store::sqlite {

Result<std::vector<model::Message>> messages(Database& db, std::string_view ticket_key, Texts texts) {
  auto s = TRY(db.c.statement(
      texts == Texts::yes
          ? "SELECT m.id, m.key, k.key, m.time, m.head, b.frame FROM ticket_keys k JOIN messages m ON "
            "m.ticket=k.id JOIN bodies b ON b.id=m.id WHERE k.key=?"
          : "SELECT m.id, m.key, k.key, m.time, m.head FROM ticket_keys k JOIN messages m ON m.ticket=k.id "
            "WHERE k.key=?"));
  s.bind(ticket_key);
  std::vector<model::Message> out;
  while (TRY(s.step())) out.push_back(TRY(message_row(db, s, texts)));
  std::ranges::sort(
      out, [](const auto& a, const auto& b) { return a.time != b.time ? a.time < b.time : a.key < b.key; });
  return out;
}

Result<std::optional<model::Message>> message(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT m.id, m.key, k.key, m.time, m.head, b.frame FROM messages m JOIN "
                              "ticket_keys k ON k.id=m.ticket "
                              "JOIN bodies b ON b.id=m.id WHERE m.key=?"));
  s.bind(key);
  if (!TRY(s.step())) return std::optional<model::Message>();
  return std::optional(TRY(message_row(db, s, Texts::yes)));
}

Result<std::optional<model::Message>> message_by_id(Database& db, std::int64_t id, Texts texts) {
  auto s = TRY(db.c.statement(
      texts == Texts::yes
          ? "SELECT m.id, m.key, k.key, m.time, m.head, b.frame FROM messages m JOIN ticket_keys k ON "
            "k.id=m.ticket JOIN bodies b ON b.id=m.id WHERE m.id=?"
          : "SELECT m.id, m.key, k.key, m.time, m.head FROM messages m JOIN ticket_keys k ON k.id=m.ticket "
            "WHERE m.id=?"));
  s.bind(id);
  if (!TRY(s.step())) return std::optional<model::Message>();
  return std::optional(TRY(message_row(db, s, texts)));
}

Result<std::optional<model::Message>> message_by_message_id(Database& db, std::string_view account,
                                                            std::string_view message_id) {
  auto s = TRY(db.c.statement(
      "SELECT m.id, m.key, k.key, m.time, m.head, b.frame FROM links l JOIN messages m ON m.id=l.message "
      "JOIN ticket_keys k ON k.id=m.ticket JOIN bodies b ON b.id=m.id WHERE l.hash=? "
      "ORDER BY m.time, m.key LIMIT 1"));
  s.bind(link_hash(db, account, message_id, true));
  if (!TRY(s.step())) return std::optional<model::Message>();
  return std::optional(TRY(message_row(db, s, Texts::yes)));
}

Result<void> each_head(Database& db, std::string_view account, std::optional<Instant> since,
                       const Each<const model::Message&>& f) {
  auto snapshot = TRY(Snapshot::take(db));
  auto s = TRY(db.c.statement(
      account.empty()
          ? "SELECT m.id, m.key, k.key, m.time, m.head FROM messages m JOIN ticket_keys k ON k.id=m.ticket "
            "WHERE m.id>=?1 ORDER BY m.id DESC"
          : "SELECT m.id, m.key, k.key, m.time, m.head FROM messages m JOIN ticket_keys k ON k.id=m.ticket "
            "WHERE m.id>=?1 AND m.account=(SELECT id FROM accounts WHERE name=?2) ORDER BY m.id DESC"));
  // Whoever is newer than since has an id at or behind that second's.
  s.bind(since ? std::max<std::int64_t>(unix_seconds(*since), 0) << k_id_shift : 0);
  if (!account.empty()) s.bind_one(2, account);
  NewestFirst<model::Message> order;
  auto give = [&](const model::Message& m) { return (since && m.time < *since) || f(m); };
  while (TRY(s.step())) {
    auto bound = second_of_id(s.integer(0));
    if (!order.add(TRY(message_row(db, s, Texts::no)), bound, give)) return {};
  }
  order.finish(give);
  return {};
}

Result<std::vector<std::string>> linked_tickets(Database& db, std::string_view account,
                                                const std::vector<std::string>& message_ids) {
  std::set<std::string> keys;
  auto s = TRY(db.c.statement("SELECT k.key FROM links l JOIN messages m ON m.id=l.message JOIN "
                              "ticket_keys k ON k.id=m.ticket "
                              "WHERE l.hash IN (?, ?)"));
  for (const auto& id : message_ids) {
    s.bind(link_hash(db, account, id, true), link_hash(db, account, id, false));
    while (TRY(s.step())) keys.emplace(s.text(0));
    s.reset();
  }
  return std::vector<std::string>(keys.begin(), keys.end());
}

Result<std::vector<std::string>> subject_tickets(Database& db, std::string_view account,
                                                 std::string_view subject_key, Instant from, Instant to) {
  if (subject_key.empty()) return std::vector<std::string>();
  auto s = TRY(db.c.statement(
      "SELECT DISTINCT k.key FROM messages m JOIN ticket_keys k ON k.id=m.ticket WHERE m.subject_hash=? AND "
      "m.time BETWEEN ? AND ? ORDER BY k.key"));
  s.bind(subject_hash(db, account, subject_key), micros(from), micros(to));
  std::vector<std::string> out;
  while (TRY(s.step())) out.emplace_back(s.text(0));
  return out;
}

} // namespace helpdesk::store::sqlite
