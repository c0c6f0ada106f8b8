#include "base/fold.hpp"
#include "store/records.hpp"
#include "store/sqlite/topics.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

Result<model::Person> row(Database& db, const Statement& s) {
  model::Person p;
  if (!decode_person(s.text(0), p)) return db.c.damaged("the row of a person");
  return p;
}

} // namespace

Result<std::optional<model::Person>> person(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT data FROM people WHERE key=?"));
  s.bind(key);
  if (!TRY(s.step())) return std::optional<model::Person>();
  return std::optional(TRY(row(db, s)));
}

Result<std::optional<model::Person>> person_of(Database& db, const model::Identity& identity) {
  auto s = TRY(db.c.statement(
      "SELECT p.data FROM identities i JOIN people p ON p.id=i.person WHERE i.kind=? AND i.value=?"));
  s.bind(identity.kind, identity.value);
  if (!TRY(s.step())) return std::optional<model::Person>();
  return std::optional(TRY(row(db, s)));
}

Result<std::vector<model::Person>> people(Database& db, std::string_view part, int limit) {
  auto s =
      TRY(db.c.statement("SELECT data FROM people WHERE instr(folded, ?) > 0 ORDER BY folded, key LIMIT ?"));
  s.bind(fold_word(part), limit);
  std::vector<model::Person> out;
  while (TRY(s.step())) out.push_back(TRY(row(db, s)));
  return out;
}

Result<void> put_person(Database& db, const model::Person& p) {
  auto data = encode_person(p);
  {
    // Every message names people; most often nothing about them is new.
    auto s = TRY(db.c.statement("SELECT data FROM people WHERE key=?"));
    s.bind(p.key);
    if (TRY(s.step()) && s.text(0) == data) return {};
  }
  TRY(remove_person(db, p.key));
  // Name first: it decides the order of lists.
  std::string folded = fold_word(p.name);
  for (const auto& i : p.identities) folded += '\n' + fold_word(i.value);
  auto s = TRY(db.c.statement("INSERT INTO people(key, folded, data) VALUES(?, ?, ?)"));
  TRY(s.bind(p.key, folded, Blob{data}).run());
  auto id = db.c.last_id();
  for (const auto& i : p.identities) {
    auto link = TRY(db.c.statement("INSERT OR REPLACE INTO identities(kind, value, person) VALUES(?, ?, ?)"));
    TRY(link.bind(i.kind, i.value, id).run());
  }
  return {};
}

Result<void> remove_person(Database& db, std::string_view key) {
  auto links = TRY(db.c.statement("DELETE FROM identities WHERE person=(SELECT id FROM people WHERE key=?)"));
  TRY(links.bind(key).run());
  auto s = TRY(db.c.statement("DELETE FROM people WHERE key=?"));
  return s.bind(key).run();
}

} // namespace helpdesk::store::sqlite
