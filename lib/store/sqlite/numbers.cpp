#include "store/sqlite/topics.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

Result<std::optional<std::int64_t>> known_number(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT number FROM numbers WHERE key=?"));
  s.bind(key);
  if (!TRY(s.step())) return std::optional<std::int64_t>();
  return std::optional(s.integer(0));
}

} // namespace

Result<std::int64_t> number_of(Database& db, const model::Ticket& t) {
  auto best = TRY(known_number(db, t.key));
  for (const auto& alias : t.aliases)
    if (auto n = TRY(known_number(db, alias))) best = best ? std::min(*best, *n) : *n;
  if (best) return *best;
  if (db.recent.newest_number == 0)
    db.recent.newest_number = TRY(db.c.integer("SELECT max(number) FROM numbers"));
  auto number = ++db.recent.newest_number;
  auto s = TRY(db.c.statement("INSERT INTO numbers(key, number) VALUES(?, ?)"));
  TRY(s.bind(t.key, number).run());
  TRY(append(db, {.time = t.created,
                  .kind = "number",
                  .subject = t.key,
                  .data = "{\"number\":" + std::to_string(number) + "}"}));
  return number;
}

Result<void> rename_number(Database& db, std::string_view key, std::string_view new_key) {
  auto s = TRY(db.c.statement("UPDATE numbers SET key=? WHERE key=?"));
  return s.bind(new_key, key).run();
}

Result<std::vector<std::string>> keys_of_number(Database& db, std::int64_t number) {
  auto s = TRY(db.c.statement("SELECT key FROM numbers WHERE number=? ORDER BY key"));
  s.bind(number);
  std::vector<std::string> out;
  while (TRY(s.step())) out.emplace_back(s.text(0));
  return out;
}

} // namespace helpdesk::store::sqlite
