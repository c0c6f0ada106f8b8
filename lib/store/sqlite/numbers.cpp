// The dictionary of ticket keys, and "#n": one table, because nearly every ticket has both and the number is
// mostly the row's id. Column number: NULL, it is the id; 0, the key has none yet; else the number itself.
// Rows with a number are primary.
#include "store/sqlite/topics.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

constexpr std::int64_t k_no_number = 0;

struct KnownKey {
  std::int64_t id = 0, number = k_no_number;
};

Result<std::optional<KnownKey>> find(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT id, number FROM ticket_keys WHERE key=?"));
  s.bind(key);
  if (!TRY(s.step())) return std::optional<KnownKey>();
  return std::optional(KnownKey{.id = s.integer(0), .number = s.is_null(1) ? s.integer(0) : s.integer(1)});
}

Result<void> set_number(Database& db, std::int64_t id, std::int64_t number) {
  auto s = TRY(db.c.statement("UPDATE ticket_keys SET number=? WHERE id=?"));
  std::optional<std::int64_t> stored;
  if (number != id) stored = number;
  return s.bind(stored, id).run();
}

Result<std::int64_t> next_number(Database& db) {
  if (db.recent.newest_number == 0) {
    auto explicit_one = TRY(db.c.integer("SELECT max(number) FROM ticket_keys WHERE number>0"));
    // Whose number is the id can only be newer when the id is: a few rows, or the first one.
    auto s = TRY(
        db.c.statement("SELECT id FROM ticket_keys WHERE number IS NULL AND id>? ORDER BY id DESC LIMIT 1"));
    s.bind(explicit_one);
    db.recent.newest_number = TRY(s.step()) ? s.integer(0) : explicit_one;
  }
  return ++db.recent.newest_number;
}

Result<std::int64_t> insert_new_key(Database& db, std::string_view key, std::int64_t number) {
  if (db.recent.newest_id == 0) db.recent.newest_id = TRY(db.c.integer("SELECT max(id) FROM ticket_keys"));
  // The number itself where that is free.
  auto id = std::max(db.recent.newest_id + 1, number);
  TRY(insert_ticket_key(db, id, key, number));
  db.recent.newest_id = id;
  db.recent.absent.clear();
  return id;
}

} // namespace

Result<void> insert_ticket_key(Database& db, std::int64_t id, std::string_view key, std::int64_t number) {
  auto s = TRY(db.c.statement("INSERT INTO ticket_keys(id, key, number) VALUES(?, ?, ?)"));
  std::optional<std::int64_t> stored;
  if (number != id) stored = number;
  return s.bind(id, key, stored).run();
}

Result<std::optional<std::int64_t>> find_ticket_key(Database& db, std::string_view key) {
  auto known = TRY(find(db, key));
  return known ? std::optional(known->id) : std::nullopt;
}

Result<std::int64_t> ticket_id(Database& db, std::string_view key) {
  if (auto known = db.ticket_keys.find(key); known != db.ticket_keys.end()) return known->second;
  // Bounded: a pull of millions must not keep every key in memory.
  if (db.ticket_keys.size() > 50'000) db.ticket_keys.clear();
  std::optional<std::int64_t> id;
  if (key != db.recent.absent) id = TRY(find_ticket_key(db, key));
  if (!id) id = TRY(insert_new_key(db, key, k_no_number));
  db.ticket_keys.emplace(key, *id);
  return *id;
}

Result<NumberedKey> number_of(Database& db, const model::Ticket& t) {
  std::optional<KnownKey> own;
  if (t.key != db.recent.absent) own = TRY(find(db, t.key));
  auto best = own ? own->number : k_no_number;
  for (const auto& alias : t.aliases)
    if (auto other = TRY(find(db, alias)); other && other->number != k_no_number)
      best = best == k_no_number ? other->number : std::min(best, other->number);
  if (own && best != k_no_number) return NumberedKey{.id = own->id, .number = best};
  // A ticket that goes by the number of another gets none of its own.
  auto given = best == k_no_number ? TRY(next_number(db)) : k_no_number;
  auto number = best == k_no_number ? given : best;
  if (!own) return NumberedKey{.id = TRY(insert_new_key(db, t.key, given)), .number = number, .is_new = true};
  TRY(set_number(db, own->id, given));
  return NumberedKey{.id = own->id, .number = number};
}

Result<NumberedKey> add_key(Database& db, std::string_view key) {
  auto number = TRY(next_number(db));
  return NumberedKey{.id = TRY(insert_new_key(db, key, number)), .number = number, .is_new = true};
}

Result<void> rename_numbers(Database& db, const NumberRename& f) {
  struct Change {
    std::int64_t id, number;
    std::string key;
  };
  std::vector<Change> changed; // an index that is walked must not be written to
  {
    auto s = TRY(db.c.statement(
        "SELECT id, coalesce(number, id), key FROM ticket_keys WHERE number IS NULL OR number>0"));
    while (TRY(s.step()))
      if (auto now = f(s.text(2)))
        changed.push_back({.id = s.integer(0), .number = s.integer(1), .key = std::move(*now)});
  }
  // The row stays what messages and tickets know it by; the number goes to a row of the other key.
  for (const auto& [id, number, key] : changed) {
    TRY(set_number(db, id, k_no_number));
    auto target = TRY(find(db, key));
    if (target && target->number != k_no_number)
      return failed("store: the number of " + key + " cannot be given to it again");
    TRY(set_number(db, target ? target->id : TRY(insert_new_key(db, key, k_no_number)), number));
  }
  return {};
}

Result<std::optional<std::string>> key_of_number(Database& db, std::int64_t number) {
  for (auto sql : {"SELECT key FROM ticket_keys WHERE id=?1 AND number IS NULL",
                   "SELECT key FROM ticket_keys WHERE number=?1 AND number>0"}) {
    auto s = TRY(db.c.statement(sql));
    s.bind(number);
    if (TRY(s.step())) return std::optional<std::string>(s.text(0));
  }
  return std::optional<std::string>();
}

} // namespace helpdesk::store::sqlite
