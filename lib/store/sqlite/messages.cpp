#include "store/packed.hpp"
#include "store/records.hpp"
#include "store/sqlite/message_rows.hpp"
#include "store/sqlite/topics.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

struct Stored {
  std::int64_t id = 0;
  model::Message message; // whole
};

Result<std::optional<Stored>> stored(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT m.id, m.key, k.key, m.time, m.head, b.frame FROM messages m JOIN "
                              "ticket_keys k ON k.id=m.ticket "
                              "JOIN bodies b ON b.id=m.id WHERE m.key=?"));
  s.bind(key);
  if (!TRY(s.step())) return std::optional<Stored>();
  return std::optional(Stored{.id = s.integer(0), .message = TRY(message_row(db, s, Texts::yes))});
}

// The ids of one second lie side by side; what does not fit goes on behind them, into the slots of later
// seconds. So a message's second is never later than second_of_id, and whoever reads by falling id knows when
// nothing newer can follow.
Result<std::int64_t> free_id(Database& db, Instant time) {
  auto second = std::max<std::int64_t>(unix_seconds(time), 0);
  auto [next, first] = db.next_ids.try_emplace(second, second << k_id_shift);
  // Bounded like the other dictionaries; forgetting costs a walk over the taken ids.
  if (first && db.next_ids.size() > 100'000) {
    db.next_ids.clear();
    next = db.next_ids.emplace(second, second << k_id_shift).first;
  }
  auto s = TRY(db.c.statement("SELECT 1 FROM messages WHERE id=?"));
  for (auto id = next->second;; ++id) {
    s.bind(id);
    bool taken = TRY(s.step());
    s.reset();
    if (taken) continue;
    next->second = id;
    return id;
  }
}

Result<void> remove_links(Database& db, std::int64_t id, const model::Message& m) {
  for (auto hash : link_hashes(db, m)) {
    auto s = TRY(db.c.statement("DELETE FROM links WHERE hash=? AND message=?"));
    TRY(s.bind(hash, id).run());
  }
  return {};
}

Result<void> put_links(Database& db, std::int64_t id, const model::Message& m) {
  for (auto hash : link_hashes(db, m)) {
    auto s = TRY(db.c.statement("INSERT OR IGNORE INTO links(hash, message) VALUES(?, ?)"));
    TRY(s.bind(hash, id).run());
  }
  return {};
}

Result<void> delete_rows(Database& db, std::int64_t id) {
  for (auto sql : {"DELETE FROM messages WHERE id=?", "DELETE FROM bodies WHERE id=?"}) {
    auto s = TRY(db.c.statement(sql));
    TRY(s.bind(id).run());
  }
  return {};
}

Result<void> write_row(Database& db, std::int64_t id, const model::Message& m, bool has_html) {
  auto account = TRY(account_id(db, account_of_key(m.key)));
  auto ticket = TRY(ticket_id(db, m.ticket));
  auto head = encode_head(m);
  std::optional<std::int64_t> subject;
  if (!m.subject_key.empty()) subject = subject_hash(db, account_of_key(m.key), m.subject_key);
  auto s = TRY(db.c.statement(
      "INSERT OR REPLACE INTO messages(id, key, ticket, account, time, subject_hash, attachments, flags, "
      "channel, needs_reply, language, head) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  s.bind(id, m.key, ticket, account, micros(m.time), subject, static_cast<std::int64_t>(m.attachments.size()),
         (flags_of(m) & ~k_html) | (has_html ? k_html : 0), static_cast<int>(m.channel),
         static_cast<int>(m.needs_reply), m.language, Blob{head});
  return s.run();
}

} // namespace

Result<void> put_message(Database& db, const model::Message& m, PackedText&& text) {
  auto old = TRY(stored(db, m.key));
  std::int64_t id = 0;
  bool index = true;
  if (old) {
    auto before = fold_columns(old->message);
    bool same_second = unix_seconds(old->message.time) == unix_seconds(m.time);
    index = !same_second || before != text.columns;
    if (index) TRY(unindex_message(db, old->id, std::move(before)));
    TRY(remove_links(db, old->id, old->message));
    if (same_second)
      id = old->id;
    else
      TRY(delete_rows(db, old->id));
  }
  if (id == 0) id = TRY(free_id(db, m.time));
  TRY(write_row(db, id, m, text.has_html));
  auto s = TRY(db.c.statement("INSERT OR REPLACE INTO bodies(id, frame) VALUES(?, ?)"));
  TRY(s.bind(id, Blob{text.frame}).run());
  TRY(put_links(db, id, m));
  if (index) TRY(index_message(db, id, std::move(text.columns)));
  return {};
}

Result<void> update_head(Database& db, const model::Message& m) {
  auto s = TRY(db.c.statement(
      "SELECT m.id, m.key, k.key, m.time, m.head FROM messages m JOIN ticket_keys k ON k.id=m.ticket "
      "WHERE m.key=?"));
  s.bind(m.key);
  if (!TRY(s.step())) return failed("no message " + m.key + " to update");
  auto id = s.integer(0);
  auto now = TRY(message_row(db, s, Texts::no));
  now.direction = m.direction, now.author_role = m.author_role, now.automation = m.automation;
  now.needs_reply = m.needs_reply, now.needs_reply_reason = m.needs_reply_reason;
  now.delivery = m.delivery, now.labels = m.labels, now.gone_from_server = m.gone_from_server;
  auto ticket = TRY(ticket_id(db, m.ticket));
  auto head = encode_head(now);
  // Whether there is HTML is known from the body only, which stays as it is.
  auto update = TRY(db.c.statement(
      "UPDATE messages SET ticket=?, flags=(flags & ?) | ?, needs_reply=?, head=? WHERE id=?"));
  return update
      .bind(ticket, k_html, flags_of(now) & ~k_html, static_cast<int>(now.needs_reply), Blob{head}, id)
      .run();
}

Result<void> remove_message(Database& db, std::string_view key) {
  auto old = TRY(stored(db, key));
  if (!old) return {};
  TRY(unindex_message(db, old->id, fold_columns(old->message)));
  TRY(remove_links(db, old->id, old->message));
  TRY(delete_rows(db, old->id));
  db.next_ids.erase(std::max<std::int64_t>(unix_seconds(old->message.time), 0));
  return {};
}

} // namespace helpdesk::store::sqlite
