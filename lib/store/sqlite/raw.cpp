#include "store/packed.hpp"
#include "store/sqlite/raw_batches.hpp"
#include "store/sqlite/topics.hpp"

namespace helpdesk::store::sqlite {
namespace {

constexpr int k_page = 256; // each_raw: records a step

// Columns: key, version, format, received, hint, defect.
RawRecord row(const Statement& s, std::string_view account) {
  return {.account = std::string(account),
          .key = std::string(s.text(0)),
          .version = std::string(s.text(1)),
          .format = std::string(s.text(2)),
          .received = instant_of_micros(s.integer(3)),
          .hint = std::string(s.text(4)),
          .defect = std::string(s.text(5))};
}

Result<void> unpack(Database& db, std::string_view frame, RawRecord& record) {
  auto place = decode_place(frame);
  auto bytes = place ? read_from_batch(db, *place) : db.compressor.unpack(frame);
  if (!bytes)
    return db.c.damaged("record " + record.account + " " + record.key + ": " + bytes.error().message);
  record.bytes = std::move(*bytes);
  return {};
}

} // namespace

Result<std::optional<std::int64_t>> find_account(Database& db, std::string_view name) {
  auto s = TRY(db.c.statement("SELECT id FROM accounts WHERE name=?"));
  s.bind(name);
  if (!TRY(s.step())) return std::optional<std::int64_t>();
  return std::optional(s.integer(0));
}

Result<std::int64_t> account_id(Database& db, std::string_view name) {
  if (auto known = db.accounts.find(name); known != db.accounts.end()) return known->second;
  auto id = TRY(find_account(db, name));
  if (!id) {
    auto s = TRY(db.c.statement("INSERT INTO accounts(name) VALUES(?)"));
    TRY(s.bind(name).run());
    id = db.c.last_id();
  }
  db.accounts.emplace(name, *id);
  return *id;
}

Result<std::optional<RawRecord>> raw(Database& db, std::string_view account, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT key, version, format, received, hint, defect, frame FROM raw "
                              "WHERE account=(SELECT id FROM accounts WHERE name=?) AND key=?"));
  s.bind(account, key);
  if (!TRY(s.step())) return std::optional<RawRecord>();
  std::optional<RawRecord> record = row(s, account);
  TRY(unpack(db, s.text(6), *record));
  return record;
}

Result<bool> has_raw(Database& db, std::string_view account, std::string_view key) {
  auto s =
      TRY(db.c.statement("SELECT 1 FROM raw WHERE account=(SELECT id FROM accounts WHERE name=?) AND key=?"));
  return s.bind(account, key).step();
}

// Step by step with nothing held in between: rebuild writes for minutes while it reads here, and a snapshot
// that long would let the WAL grow without end. Whoever changes records meanwhile holds lock(), as rebuild
// does.
Result<void> each_raw(Database& db, std::string_view account, const Each<RawRecord&&>& f) {
  std::string after;
  bool first = true;
  for (;;) {
    std::vector<RawRecord> page;
    {
      auto s = TRY(db.c.statement(
          first ? "SELECT key, version, format, received, hint, defect, frame FROM raw "
                  "WHERE account=(SELECT id FROM accounts WHERE name=?) AND key>=? ORDER BY key LIMIT ?"
                : "SELECT key, version, format, received, hint, defect, frame FROM raw "
                  "WHERE account=(SELECT id FROM accounts WHERE name=?) AND key>? ORDER BY key LIMIT ?"));
      s.bind(account, after, k_page);
      std::size_t bytes = 0;
      // A page ends early when its records are large.
      while (bytes < 8U << 20 && TRY(s.step())) {
        page.push_back(row(s, account));
        TRY(unpack(db, s.text(6), page.back()));
        bytes += page.back().bytes.size();
      }
    }
    if (page.empty()) return {};
    first = false;
    after = page.back().key;
    for (auto& record : page)
      if (!f(std::move(record))) return {};
  }
}

Result<std::vector<RawRecord>> defective_records(Database& db, std::string_view account, int limit) {
  auto s = TRY(db.c.statement(
      "SELECT key, version, format, received, hint, defect FROM raw "
      "WHERE account=(SELECT id FROM accounts WHERE name=?) AND defect<>'' ORDER BY key LIMIT ?"));
  s.bind(account, limit);
  std::vector<RawRecord> out;
  while (TRY(s.step())) out.push_back(row(s, account));
  return out;
}

// The desk's own shelves ("@queue", "@drafts") hold records and are no accounts: nothing is pulled into them.
Result<std::vector<std::string>> accounts(Database& db) {
  auto s =
      TRY(db.c.statement("SELECT name FROM accounts a WHERE EXISTS (SELECT 1 FROM raw WHERE account=a.id) "
                         "AND substr(name, 1, 1) <> '@' ORDER BY name"));
  std::vector<std::string> out;
  while (TRY(s.step())) out.emplace_back(s.text(0));
  return out;
}

Result<void> put_raw(Database& db, const RawRecord& r, std::string_view frame) {
  auto account = TRY(account_id(db, r.account));
  {
    auto s = TRY(db.c.statement("SELECT version, defect, id, received FROM raw WHERE account=? AND key=?"));
    s.bind(account, r.key);
    if (TRY(s.step())) {
      if (s.text(0) == r.version) {
        // The same record again, perhaps from another place; what decoding it found may have changed too
        // (rebuild tries again).
        auto before = instant_of_micros(s.integer(3));
        auto received = earlier_received(before, r.received);
        if (s.text(1) == r.defect && received == before) return {};
        auto update = TRY(db.c.statement("UPDATE raw SET defect=?, received=? WHERE id=?"));
        return update.bind(r.defect, micros(received), s.integer(2)).run();
      }
    }
  }
  auto s = TRY(db.c.statement(
      "INSERT OR REPLACE INTO raw(account, key, version, format, received, hint, defect, frame) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  std::string place;
  if (shares_frame(r))
    frame = place = TRY(put_into_batch(db, r.bytes));
  else if (frame.empty())
    frame = pack_record(db.compressor, r.bytes);
  s.bind(account, r.key, r.version, r.format, micros(r.received), r.hint, r.defect, Blob{frame});
  return s.run();
}

Result<void> remove_raw(Database& db, std::string_view account, std::string_view key) {
  auto s =
      TRY(db.c.statement("DELETE FROM raw WHERE account=(SELECT id FROM accounts WHERE name=?) AND key=?"));
  return s.bind(account, key).run();
}

} // namespace helpdesk::store::sqlite
