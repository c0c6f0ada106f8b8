#include "store/sqlite/topics.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

Result<std::optional<std::int64_t>> known_number(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT number FROM ticket_numbers WHERE key=?"));
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
    db.recent.newest_number = TRY(db.c.integer("SELECT max(number) FROM ticket_numbers"));
  auto number = ++db.recent.newest_number;
  auto s = TRY(db.c.statement("INSERT INTO ticket_numbers(number, key) VALUES(?, ?)"));
  TRY(s.bind(number, t.key).run());
  return number;
}

Result<void> rename_numbers(Database& db, const NumberRename& f) {
  std::vector<std::pair<std::int64_t, std::string>> changed; // an index that is walked must not be written to
  {
    auto s = TRY(db.c.statement("SELECT number, key FROM ticket_numbers"));
    while (TRY(s.step()))
      if (auto now = f(s.text(1))) changed.emplace_back(s.integer(0), std::move(*now));
  }
  auto update = TRY(db.c.statement("UPDATE ticket_numbers SET key=? WHERE number=?"));
  for (const auto& [number, key] : changed) TRY(update.bind(key, number).run());
  return {};
}

Result<std::optional<std::string>> key_of_number(Database& db, std::int64_t number) {
  auto s = TRY(db.c.statement("SELECT key FROM ticket_numbers WHERE number=?"));
  s.bind(number);
  if (!TRY(s.step())) return std::optional<std::string>();
  return std::optional<std::string>(s.text(0));
}

} // namespace helpdesk::store::sqlite
