#include "base/fold.hpp"
#include "store/query_match.hpp"
#include "store/sqlite/condition.hpp"
#include "store/sqlite/ticket_rows.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

std::string order_by(Order order, bool numbers_are_ids) {
  std::string number = numbers_are_ids ? "t.id" : "coalesce(t.number, t.id)";
  switch (order) {
  case Order::waiting: return "t.waiting_order, " + number;
  case Order::newest: return "t.created DESC, " + number + " DESC";
  case Order::oldest: return "t.created, " + number;
  case Order::updated: return "t.updated DESC, " + number + " DESC";
  case Order::number: return number;
  }
  return number;
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
  auto s =
      TRY(db.c.one_off("SELECT " + std::string(k_ticket_columns) + " FROM tickets t WHERE " + condition.sql +
                       " ORDER BY " + order_by(q.order, TRY(numbers_are_ids(db))) + " LIMIT ? OFFSET ?"));
  condition.values.emplace_back(std::int64_t{q.limit});
  condition.values.emplace_back(std::int64_t{q.offset});
  bind_values(s, condition.values);
  std::vector<model::Ticket> out;
  TicketReader reader(db);
  while (TRY(s.step())) TRY(reader.read(s, out.emplace_back()));
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
