#include "store/newest_first.hpp"
#include "store/snippet.hpp"
#include "store/sqlite/condition.hpp"

#include <limits>

namespace helpdesk::store::sqlite {
namespace {

// Ranking looks at no more than this many of the newest matches: bm25 of 80,000 costs 220 ms.
constexpr int k_ranked = 10'000;

struct Question {
  std::string from_where; // " FROM … WHERE …"
  std::vector<Value> values;
  std::string_view id;
  bool ranked = false;
};

Result<Question> question(Database& db, const Query& query, Instant now) {
  TRY(flush_index(db));
  auto split = split_match(query);
  auto rest = TRY(condition_of(db, split.rest, Scope::message, now));
  Question q;
  q.ranked = !split.match.empty();
  q.id = q.ranked ? "search.rowid" : "m.id";
  std::string where = rest.sql;
  if (q.ranked) {
    q.values.emplace_back(split.match);
    // CROSS JOIN keeps the index outside: it gives its rows newest first, and no more of them than are taken.
    q.from_where =
        split.rest.empty() ? " FROM search" : " FROM search CROSS JOIN messages m ON m.id=search.rowid";
    where = "search MATCH ?" + (split.rest.empty() ? "" : " AND " + rest.sql);
  } else {
    q.from_where = " FROM messages m";
  }
  if (rest.needs_ticket) q.from_where += " CROSS JOIN tickets t ON t.id=m.ticket";
  q.from_where += " WHERE " + where;
  for (auto& value : rest.values) q.values.push_back(std::move(value));
  return q;
}

struct Row {
  std::int64_t id = 0;
  Instant time{};
  std::string key;
};

Result<std::vector<std::int64_t>> newest(Database& db, const Question& q, int limit) {
  auto s = TRY(db.c.one_off("SELECT " + std::string(q.id) + q.from_where + " ORDER BY " + std::string(q.id) +
                            " DESC"));
  bind_values(s, q.values);
  auto place = TRY(db.c.statement("SELECT time, key FROM messages WHERE id=?"));
  std::vector<std::int64_t> ids;
  auto wanted = limit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(limit);
  NewestFirst<Row> order;
  auto give = [&](const Row& row) {
    if (ids.size() < wanted) ids.push_back(row.id);
    return ids.size() < wanted;
  };
  if (wanted == 0) return ids;
  while (TRY(s.step())) {
    Row row{.id = s.integer(0)};
    place.bind(row.id);
    if (!TRY(place.step())) return db.c.damaged("the full-text index knows a message that is not there");
    row.time = instant_of_micros(place.integer(0));
    row.key = place.text(1);
    place.reset();
    auto bound = second_of_id(row.id);
    if (!order.add(std::move(row), bound, give)) return ids;
  }
  order.finish(give);
  return ids;
}

} // namespace

Result<std::vector<SearchHit>> search(Database& db, const Query& query, Ranking ranking, int limit,
                                      Instant now) {
  auto snapshot = TRY(Snapshot::take(db));
  auto q = TRY(question(db, query, now));
  std::vector<std::pair<std::int64_t, double>> found;
  if (ranking == Ranking::newest || !q.ranked) {
    for (auto id : TRY(newest(db, q, limit))) found.emplace_back(id, 0.0);
  } else {
    // A word in the subject weighs more than one in the text, a name less.
    auto s = TRY(db.c.one_off(
        "SELECT id, score FROM (SELECT search.rowid AS id, bm25(search, 4.0, 1.0, 0.5, 0.5, 1.0) AS score" +
        q.from_where + " ORDER BY search.rowid DESC LIMIT " + std::to_string(k_ranked) +
        ") ORDER BY score, id DESC LIMIT " + std::to_string(limit)));
    bind_values(s, q.values);
    while (TRY(s.step())) found.emplace_back(s.integer(0), -s.real(1));
  }
  std::vector<SearchHit> hits;
  auto number = TRY(db.c.statement(
      "SELECT coalesce(t.number, t.id) FROM tickets t JOIN messages m ON m.ticket=t.id WHERE m.id=?"));
  for (auto [id, rank] : found) {
    auto m = TRY(message_by_id(db, id, Texts::yes));
    if (!m) return db.c.damaged("the full-text index knows a message that is not there");
    auto& hit = hits.emplace_back(make_hit(query, *m));
    hit.rank = rank;
    number.bind(id);
    if (TRY(number.step())) hit.number = number.integer(0);
    number.reset();
  }
  return hits;
}

Result<std::int64_t> count_messages(Database& db, const Query& query, Instant now) {
  auto snapshot = TRY(Snapshot::take(db));
  auto q = TRY(question(db, query, now));
  auto s = TRY(db.c.one_off("SELECT count(*)" + q.from_where));
  bind_values(s, q.values);
  TRY(s.step());
  return s.integer(0);
}

} // namespace helpdesk::store::sqlite
