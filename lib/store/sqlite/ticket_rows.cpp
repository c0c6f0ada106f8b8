#include "store/sqlite/ticket_rows.hpp"

#include "base/fold.hpp"
#include "store/query_match.hpp"
#include "store/ticket_rest.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

constexpr std::int64_t k_second = 1'000'000;

// Of few bytes for the many that do not wait: their values lie around zero until the year 2106, those of the
// others below. No clock goes further.
Seconds waiting_order(const model::Ticket& t) {
  constexpr std::int64_t k_latest = (std::int64_t{1} << 32) * k_second;
  // History never waits.
  if (t.waiting_since && !t.history_only)
    return Seconds(std::clamp(micros(*t.waiting_since), -k_latest, k_latest - 1) - k_waiting_shift);
  constexpr std::int64_t k_middle = ((std::int64_t{1} << 31) - 1) * k_second;
  return Seconds(k_middle - std::clamp<std::int64_t>(micros(t.updated), 0, k_latest));
}

// Between spaces, so that whole words can be looked for; the line end keeps a phrase from crossing from one
// to the other.
std::string customer(const model::Ticket& t) {
  auto name = fold_for_index(t.requester_name), address = fold_for_index(t.requester_address);
  return name.empty() && address.empty() ? "" : " " + name + " \n " + address + " ";
}

Result<void> write(Statement s, std::int64_t id, std::int64_t number, std::int64_t account,
                   const model::Ticket& t) {
  int at = 0;
  auto bind = [&](const auto&... values) { (s.bind_one(++at, values), ...); };
  auto time = [&](Seconds seconds) { bind_seconds(s, ++at, seconds); };
  auto hidden = (t.spam ? 1 : 0) | (t.deleted ? 2 : 0) | (t.merged_into.empty() ? 0 : 4);
  bool unread = t.last_in && (!t.last_out || *t.last_in > *t.last_out);
  Seconds created(t.created), updated(t.updated);
  bool exact =
      created.is_exact() && updated.is_exact() && (!t.snoozed_until || Seconds(*t.snoozed_until).is_exact());
  bind(id, number == id ? std::nullopt : std::optional(number), account, static_cast<int>(t.status),
       static_cast<int>(t.priority), static_cast<int>(t.channel), t.queue, t.assignee, t.language, hidden,
       t.history_only ? 1 : 0, static_cast<int>(t.needs_reply));
  time(created), time(updated), time(Seconds(last_spoken(t))), time(waiting_order(t));
  if (t.snoozed_until)
    time(Seconds(*t.snoozed_until));
  else
    bind(nullptr);
  auto rest = encode_rest(t, exact ? Times::exact_in_columns : Times::packed);
  bind(unread ? 1 : 0, t.requester, customer(t), Blob{rest});
  return s.run();
}

template <class E> bool get(const Statement& s, int column, E& e) {
  auto n = s.integer(column);
  if (n < 0 || n >= static_cast<std::int64_t>(model::EnumNames<E>::value.size())) return false;
  e = static_cast<E>(n);
  return true;
}

} // namespace

Result<void> insert_ticket_row(Connection& c, std::int64_t id, std::int64_t number, std::int64_t account,
                               const model::Ticket& t) {
  return write(
      TRY(c.statement(
          "INSERT INTO tickets(id, number, account, status, priority, channel, queue, assignee, language, "
          "hidden, history, needs_reply, created, updated, spoken, waiting_order, snoozed, unread, "
          "requester, customer, data) "
          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      id, number, account, t);
}

// An update touches only the indexes whose columns changed.
Result<void> update_ticket_row(Connection& c, std::int64_t id, std::int64_t number, std::int64_t account,
                               const model::Ticket& t) {
  return write(
      TRY(c.statement(
          "UPDATE tickets SET number=?2, account=?3, status=?4, priority=?5, channel=?6, queue=?7, "
          "assignee=?8, language=?9, hidden=?10, history=?11, needs_reply=?12, created=?13, updated=?14, "
          "spoken=?15, waiting_order=?16, snoozed=?17, unread=?18, requester=?19, customer=?20, data=?21 "
          "WHERE id=?1")),
      id, number, account, t);
}

Result<std::optional<std::int64_t>> id_of_number(Database& db, std::int64_t number) {
  auto s = TRY(db.c.statement("SELECT id FROM tickets WHERE id=?1 AND number IS NULL UNION ALL "
                              "SELECT id FROM tickets WHERE number=?1 LIMIT 1"));
  s.bind(number);
  if (!TRY(s.step())) return std::optional<std::int64_t>();
  return std::optional(s.integer(0));
}

Result<bool> numbers_are_ids(Database& db) {
  return TRY(db.c.integer("SELECT EXISTS (SELECT 1 FROM tickets WHERE number IS NOT NULL)")) == 0;
}

Result<void> TicketReader::read(const Statement& s, model::Ticket& t) {
  if (accounts_.empty()) {
    accounts_.emplace(0, "");
    auto names = TRY(c_.statement("SELECT id, name FROM accounts"));
    while (TRY(names.step())) accounts_.emplace(names.integer(0), names.text(1));
  }
  t.number = s.integer(0);
  auto account = accounts_.find(s.integer(1));
  bool sound = account != accounts_.end() && get(s, 2, t.status) && get(s, 3, t.priority) &&
               get(s, 4, t.channel) && get(s, 10, t.needs_reply);
  if (sound) t.account = account->second;
  t.queue = s.text(5), t.assignee = s.text(6), t.language = s.text(7);
  auto hidden = s.integer(8);
  t.spam = hidden & 1, t.deleted = hidden & 2, t.history_only = s.integer(9) != 0;
  t.created = instant_of_column(s, 11), t.updated = instant_of_column(s, 12);
  t.snoozed_until.reset();
  if (!s.is_null(13)) t.snoozed_until = instant_of_column(s, 13);
  t.requester = s.text(14);
  if (!sound || !decode_rest(s.text(15), t)) return c_.damaged("ticket #" + std::to_string(t.number));
  return {};
}

} // namespace helpdesk::store::sqlite
