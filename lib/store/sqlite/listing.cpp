#include "base/fold.hpp"
#include "store/query_match.hpp"
#include "store/sqlite/condition.hpp"
#include "store/sqlite/ticket_rows.hpp"

#include <algorithm>
#include <span>

namespace helpdesk::store::sqlite {
namespace {

struct Rank {
  std::string_view column; // "0": all are equal
  bool newest_first = false;
};

Rank rank_of(Order order) {
  switch (order) {
  case Order::waiting: return {.column = "t.waiting_order"};
  case Order::newest: return {.column = "t.created", .newest_first = true};
  case Order::oldest: return {.column = "t.created"};
  case Order::updated: return {.column = "t.updated", .newest_first = true};
  case Order::number: break;
  }
  return {.column = "0"};
}

// Tickets of equal rank go by number, which the indexes do not know: where it is the id they have it all the
// same. Otherwise the first few of a list are sorted by SQLite, and whole lists here, which costs less.
enum class Ties : unsigned char { by_id, in_sql, here };

std::string order_by(const Rank& rank, Ties ties) {
  std::string way = rank.newest_first ? " DESC" : "";
  std::string number = ties == Ties::in_sql ? "coalesce(t.number, t.id)" : "t.id";
  return (rank.column == "0" ? "" : std::string(rank.column) + way + ", ") + number + way;
}

void sort_ties(std::span<model::Ticket> equal, const Rank& rank) {
  auto before = [&](const model::Ticket& a, const model::Ticket& b) {
    return rank.newest_first ? a.number > b.number : a.number < b.number;
  };
  if (!std::ranges::is_sorted(equal, before)) std::ranges::sort(equal, before);
}

Result<Condition> where(Database& db, const TicketQuery& q) {
  TRY(flush_index(db));
  auto condition = TRY(condition_of(db, q.filter, Scope::ticket, q.now));
  auto hidden = hidden_by_default(q.filter);
  int mask = (hidden.spam ? 1 : 0) | (hidden.deleted ? 2 : 0) | (hidden.merged ? 4 : 0);
  // All three: the indexes of lists begin with this column.
  condition.sql =
      (mask == 7 ? "t.hidden=0" : "(t.hidden & " + std::to_string(mask) + ")=0") + (" AND " + condition.sql);
  return condition;
}

} // namespace

Result<std::vector<model::Ticket>> tickets(Database& db, const TicketQuery& q) {
  auto snapshot = TRY(Snapshot::take(db));
  auto condition = TRY(where(db, q));
  auto rank = rank_of(q.order);
  auto ties = TRY(numbers_are_ids(db))       ? Ties::by_id
              : q.limit < 0 && q.offset == 0 ? Ties::here
                                             : Ties::in_sql;
  auto s = TRY(db.c.one_off("SELECT " + std::string(k_ticket_columns) + ", " + std::string(rank.column) +
                            " FROM tickets t WHERE " + condition.sql + " ORDER BY " + order_by(rank, ties) +
                            " LIMIT ? OFFSET ?"));
  condition.values.emplace_back(std::int64_t{q.limit});
  condition.values.emplace_back(std::int64_t{q.offset});
  bind_values(s, condition.values);
  std::vector<model::Ticket> out;
  TicketReader reader(db);
  std::size_t equal = 0; // from where on the rank is the same
  double last = 0;
  while (TRY(s.step())) {
    if (ties == Ties::here) {
      auto now = s.real(k_columns_read);
      if (now != last) sort_ties(std::span(out).subspan(equal), rank), equal = out.size();
      last = now;
    }
    TRY(reader.read(s, out.emplace_back()));
  }
  if (ties == Ties::here) sort_ties(std::span(out).subspan(equal), rank);
  return out;
}

Result<std::int64_t> count_tickets(Database& db, const TicketQuery& q) {
  auto snapshot = TRY(Snapshot::take(db));
  auto condition = TRY(where(db, q));
  auto s = TRY(db.c.one_off("SELECT count(*) FROM tickets t WHERE " + condition.sql));
  bind_values(s, condition.values);
  TRY(s.step());
  return s.integer(0);
}

Result<std::vector<std::pair<std::string, std::int64_t>>> facet(Database& db, std::string_view field,
                                                                std::string_view prefix, int limit) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  std::string sql;
  if (field == "tag")
    sql = "SELECT g.tag, count(*) FROM ticket_tags g JOIN tickets t ON t.id=g.ticket WHERE t.hidden=0 GROUP "
          "BY g.tag";
  else if (field == "account")
    sql = "SELECT (SELECT name FROM accounts WHERE id=c.account), n FROM (SELECT account, count(*) AS n FROM "
          "tickets WHERE hidden=0 GROUP BY account) c";
  else if (field == "assignee" || field == "queue" || field == "channel" || field == "status")
    sql = "SELECT t." + std::string(field) + ", count(*) FROM tickets t WHERE t.hidden=0 GROUP BY 1";
  else
    return usage_error("no list of values for \"" + std::string(field) +
                       "\": one of tag, assignee, queue, account, channel, status");
  auto s = TRY(db.c.statement(sql));
  auto folded = fold_word(prefix);
  while (TRY(s.step())) {
    std::string value(s.text(0));
    if (field == "channel" || field == "status") {
      auto n = static_cast<std::size_t>(s.integer(0));
      bool channel = field == "channel";
      if (n >= (channel ? model::EnumNames<model::Channel>::value.size()
                        : model::EnumNames<model::Status>::value.size()))
        return db.c.damaged("the " + std::string(field) + " of a ticket");
      value =
          channel ? model::EnumNames<model::Channel>::value[n] : model::EnumNames<model::Status>::value[n];
    }
    if (!value.empty() && fold_word(value).starts_with(folded))
      out.emplace_back(std::move(value), s.integer(1));
  }
  std::ranges::sort(out, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (limit >= 0 && out.size() > static_cast<std::size_t>(limit)) out.resize(static_cast<std::size_t>(limit));
  return out;
}

} // namespace helpdesk::store::sqlite
