#include "store/codec.hpp"
#include "store/records.hpp"
#include "store/sqlite/topics.hpp"

namespace helpdesk::store::sqlite {
namespace {

Result<std::int64_t> stream_id(Database& db, std::int64_t account, std::string_view name) {
  {
    auto s = TRY(db.c.statement("SELECT id FROM streams WHERE account=? AND name=?"));
    s.bind(account, name);
    if (TRY(s.step())) return s.integer(0);
  }
  auto s = TRY(db.c.statement("INSERT INTO streams(account, name) VALUES(?, ?)"));
  TRY(s.bind(account, name).run());
  return db.c.last_id();
}

// Columns: name of the stream, uid, record, labels, role.
Result<std::vector<Placement>> rows(Database& db, Statement& s, std::string_view account) {
  std::vector<Placement> out;
  while (TRY(s.step())) {
    ByteReader labels(s.text(3));
    out.push_back({.account = std::string(account),
                   .stream = std::string(s.text(0)),
                   .uid = std::string(s.text(1)),
                   .record = std::string(s.text(2)),
                   .labels = labels.texts(),
                   .role = std::string(s.text(4))});
    if (!labels.ok()) return db.c.damaged("the labels of a placement");
  }
  return out;
}

} // namespace

Result<std::vector<Placement>> placements(Database& db, std::string_view account, std::string_view stream) {
  auto s = TRY(db.c.statement(
      stream.empty() ? "SELECT s.name, p.uid, p.record, p.labels, p.role FROM streams s JOIN placements p ON "
                       "p.stream=s.id "
                       "WHERE s.account=(SELECT id FROM accounts WHERE name=?) ORDER BY s.name, p.uid"
                     : "SELECT s.name, p.uid, p.record, p.labels, p.role FROM streams s JOIN placements p ON "
                       "p.stream=s.id "
                       "WHERE s.account=(SELECT id FROM accounts WHERE name=?) AND s.name=? ORDER BY p.uid"));
  if (stream.empty())
    s.bind(account);
  else
    s.bind(account, stream);
  return rows(db, s, account);
}

Result<std::vector<Placement>> placements_of(Database& db, std::string_view account,
                                             std::string_view record) {
  auto s = TRY(db.c.statement(
      "SELECT s.name, p.uid, p.record, p.labels, p.role FROM placements p JOIN streams s ON s.id=p.stream "
      "WHERE p.account=(SELECT id FROM accounts WHERE name=?) AND p.record=? ORDER BY s.name, p.uid"));
  s.bind(account, record);
  return rows(db, s, account);
}

Result<std::string> cursor(Database& db, std::string_view account, std::string_view stream) {
  auto s = TRY(db.c.statement(
      "SELECT cursor FROM streams WHERE account=(SELECT id FROM accounts WHERE name=?) AND name=?"));
  s.bind(account, stream);
  if (!TRY(s.step())) return std::string();
  return std::string(s.text(0));
}

Result<AccountState> account_state(Database& db, std::string_view account) {
  auto s = TRY(db.c.statement("SELECT data FROM account_state WHERE account=?"));
  s.bind(account);
  AccountState state;
  if (TRY(s.step()) && !decode_account_state(s.text(0), state))
    return db.c.damaged("the state of an account");
  state.account = account;
  return state;
}

Result<void> put_placement(Database& db, const Placement& p) {
  auto account = TRY(account_id(db, p.account));
  auto stream = TRY(stream_id(db, account, p.stream));
  ByteWriter labels;
  labels.texts(p.labels);
  auto s = TRY(db.c.statement(
      "INSERT INTO placements(stream, uid, account, record, labels, role) VALUES(?, ?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET record=excluded.record, labels=excluded.labels, role=excluded.role"));
  return s.bind(stream, p.uid, account, p.record, Blob{labels.bytes}, p.role).run();
}

Result<void> remove_placement(Database& db, std::string_view account, std::string_view stream,
                              std::string_view uid) {
  auto s = TRY(
      db.c.statement("DELETE FROM placements WHERE uid=? AND stream=(SELECT id FROM streams WHERE name=? AND "
                     "account=(SELECT id FROM accounts WHERE name=?))"));
  return s.bind(uid, stream, account).run();
}

Result<void> remove_stream(Database& db, std::string_view account, std::string_view stream) {
  for (auto sql : {"DELETE FROM placements WHERE stream=(SELECT id FROM streams WHERE name=? AND "
                   "account=(SELECT id FROM accounts WHERE name=?))",
                   "DELETE FROM streams WHERE name=? AND account=(SELECT id FROM accounts WHERE name=?)"}) {
    auto s = TRY(db.c.statement(sql));
    TRY(s.bind(stream, account).run());
  }
  return {};
}

Result<void> set_cursor(Database& db, std::string_view account, std::string_view stream,
                        std::string_view cursor) {
  auto id = TRY(stream_id(db, TRY(account_id(db, account)), stream));
  auto s = TRY(db.c.statement("UPDATE streams SET cursor=? WHERE id=?"));
  return s.bind(cursor, id).run();
}

Result<void> put_account_state(Database& db, const AccountState& state) {
  auto s = TRY(db.c.statement("INSERT OR REPLACE INTO account_state(account, data) VALUES(?, ?)"));
  auto data = encode_account_state(state);
  return s.bind(state.account, Blob{data}).run();
}

} // namespace helpdesk::store::sqlite
