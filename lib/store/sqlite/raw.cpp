#include "store/packed.hpp"
#include "store/sqlite/raw_shared.hpp"
#include "store/sqlite/topics.hpp"

namespace helpdesk::store::sqlite {
namespace {

constexpr std::size_t k_page = 256; // each_raw: records a step

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

Failure unreadable(Database& db, const RawRecord& record, const Error& why) {
  return db.c.damaged("record " + record.account + " " + record.key + ": " + why.message);
}

Result<void> unpack(Database& db, std::string_view frame, RawRecord& record) {
  auto place = decode_place(frame);
  auto bytes = place ? read_from_batch(db, *place) : db.compressor.unpack(frame);
  if (!bytes) return unreadable(db, record, bytes.error());
  record.bytes = std::move(*bytes);
  return {};
}

Result<void> unpack_shared(Database& db, std::optional<BatchPlace> place, RawRecord& record) {
  if (!place) return unreadable(db, record, {.message = "its place is damaged"});
  auto bytes = read_from_batch(db, *place);
  if (!bytes) return unreadable(db, record, bytes.error());
  record.bytes = std::move(*bytes);
  return {};
}

// The row of raw or of raw_shared, without bytes.
struct Stored {
  RawRecord record;
  std::int64_t row = 0; // of raw; 0: of raw_shared
  std::optional<BatchPlace> place;
};

Result<std::optional<Stored>> find(Database& db, std::int64_t account, const RawRecord& r) {
  if (auto id = shared_id(r.key)) {
    auto s = TRY(db.c.statement(
        "SELECT id, version, format, received, hint, place FROM raw_shared WHERE account=? AND id=?"));
    s.bind(account, *id);
    if (TRY(s.step()))
      return std::optional(Stored{.record = shared_record(s, r.account), .place = shared_place(s)});
  }
  auto s = TRY(db.c.statement("SELECT key, version, format, received, hint, defect, id FROM raw "
                              "WHERE account=? AND key=?"));
  s.bind(account, r.key);
  if (!TRY(s.step())) return std::optional<Stored>();
  return std::optional(Stored{.record = row(s, r.account), .row = s.integer(6)});
}

Result<void> insert_own(Database& db, std::int64_t account, const RawRecord& r, std::string_view frame) {
  auto s = TRY(db.c.statement(
      "INSERT OR REPLACE INTO raw(account, key, version, format, received, hint, defect, frame) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  return s.bind(account, r.key, r.version, r.format, micros(r.received), r.hint, r.defect, Blob{frame}).run();
}

// The same record again, perhaps from another place; what decoding it found may have changed too (rebuild
// tries again).
Result<void> put_again(Database& db, std::int64_t account, Stored&& stored, const RawRecord& r) {
  auto received = earlier_received(stored.record.received, r.received);
  if (stored.record.defect == r.defect && stored.record.received == received) return {};
  stored.record.defect = r.defect, stored.record.received = received;
  if (stored.row != 0) {
    auto update = TRY(db.c.statement("UPDATE raw SET defect=?, received=? WHERE id=?"));
    return update.bind(r.defect, micros(received), stored.row).run();
  }
  if (!stored.place) return unreadable(db, stored.record, {.message = "its place is damaged"});
  if (r.defect.empty()) return insert_shared_raw(db.c, account, stored.record, *stored.place);
  TRY(remove_shared_raw(db.c, account, *shared_id(r.key)));
  return insert_own(db, account, stored.record, encode_place(*stored.place));
}

// Records of both tables in the order of their keys.
Result<std::vector<RawRecord>> page_behind(Database& db, std::string_view account,
                                           const std::optional<std::string>& after) {
  auto own = TRY(db.c.statement(
      after ? "SELECT key, version, format, received, hint, defect, frame FROM raw "
              "WHERE account=(SELECT id FROM accounts WHERE name=?) AND key>? ORDER BY key LIMIT ?"
            : "SELECT key, version, format, received, hint, defect, frame FROM raw "
              "WHERE account=(SELECT id FROM accounts WHERE name=?) AND key>=? ORDER BY key LIMIT ?"));
  own.bind(account, after.value_or(""), std::int64_t{k_page});
  bool is_within = after && after->starts_with(k_shared_prefix);
  auto shared = TRY(db.c.statement(
      is_within ? "SELECT id, version, format, received, hint, place FROM raw_shared "
                  "WHERE account=(SELECT id FROM accounts WHERE name=?) AND id>? ORDER BY id LIMIT ?"
                : "SELECT id, version, format, received, hint, place FROM raw_shared "
                  "WHERE account=(SELECT id FROM accounts WHERE name=?) AND id>=? ORDER BY id LIMIT ?"));
  shared.bind(account, is_within ? after->substr(k_shared_prefix.size()) : "", std::int64_t{k_page});
  bool has_own = TRY(own.step());
  bool has_shared = (is_within || after.value_or("") < k_shared_prefix) && TRY(shared.step());
  std::vector<RawRecord> page;
  std::size_t bytes = 0;
  // A page ends early when its records are large.
  while (bytes < 8U << 20 && page.size() < k_page && (has_own || has_shared)) {
    if (has_shared && (!has_own || std::string(k_shared_prefix).append(shared.text(0)) < own.text(0))) {
      page.push_back(shared_record(shared, account));
      TRY(unpack_shared(db, shared_place(shared), page.back()));
      has_shared = TRY(shared.step());
    } else {
      page.push_back(row(own, account));
      TRY(unpack(db, own.text(6), page.back()));
      has_own = TRY(own.step());
    }
    bytes += page.back().bytes.size();
  }
  return page;
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
  std::optional<RawRecord> record;
  if (auto id = shared_id(key)) {
    auto s = TRY(db.c.statement("SELECT id, version, format, received, hint, place FROM raw_shared "
                                "WHERE account=(SELECT id FROM accounts WHERE name=?) AND id=?"));
    s.bind(account, *id);
    if (TRY(s.step())) {
      record = shared_record(s, account);
      TRY(unpack_shared(db, shared_place(s), *record));
      return record;
    }
  }
  auto s = TRY(db.c.statement("SELECT key, version, format, received, hint, defect, frame FROM raw "
                              "WHERE account=(SELECT id FROM accounts WHERE name=?) AND key=?"));
  s.bind(account, key);
  if (!TRY(s.step())) return record;
  record = row(s, account);
  TRY(unpack(db, s.text(6), *record));
  return record;
}

Result<bool> has_raw(Database& db, std::string_view account, std::string_view key) {
  if (auto id = shared_id(key)) {
    auto s = TRY(db.c.statement(
        "SELECT 1 FROM raw_shared WHERE account=(SELECT id FROM accounts WHERE name=?) AND id=?"));
    if (TRY(s.bind(account, *id).step())) return true;
  }
  auto s =
      TRY(db.c.statement("SELECT 1 FROM raw WHERE account=(SELECT id FROM accounts WHERE name=?) AND key=?"));
  return s.bind(account, key).step();
}

// Step by step with nothing held in between: rebuild writes for minutes while it reads here, and a snapshot
// that long would let the WAL grow without end. Whoever changes records meanwhile holds lock(), as rebuild
// does.
Result<void> each_raw(Database& db, std::string_view account, const Each<RawRecord&&>& f) {
  std::optional<std::string> after;
  for (;;) {
    auto page = TRY(page_behind(db, account, after));
    if (page.empty()) return {};
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
  auto s = TRY(
      db.c.statement("SELECT name FROM accounts a WHERE (EXISTS (SELECT 1 FROM raw WHERE account=a.id) OR "
                     "EXISTS (SELECT 1 FROM raw_shared WHERE account=a.id)) "
                     "AND substr(name, 1, 1) <> '@' ORDER BY name"));
  std::vector<std::string> out;
  while (TRY(s.step())) out.emplace_back(s.text(0));
  return out;
}

Result<void> put_raw(Database& db, const RawRecord& r, std::string_view frame) {
  auto account = TRY(account_id(db, r.account));
  auto before = TRY(find(db, account, r));
  if (before && before->record.version == r.version) return put_again(db, account, std::move(*before), r);
  bool to_shared = is_of_shared_table(r);
  if (before && to_shared && before->row != 0) {
    auto s = TRY(db.c.statement("DELETE FROM raw WHERE id=?"));
    TRY(s.bind(before->row).run());
  }
  if (before && !to_shared && before->row == 0) TRY(remove_shared_raw(db.c, account, *shared_id(r.key)));
  if (to_shared) return insert_shared_raw(db.c, account, r, TRY(put_into_batch(db, r.bytes)));
  std::string place;
  if (shares_frame(r))
    frame = place = encode_place(TRY(put_into_batch(db, r.bytes)));
  else if (frame.empty())
    frame = pack_record(db.compressor, r.bytes);
  return insert_own(db, account, r, frame);
}

Result<void> remove_raw(Database& db, std::string_view account, std::string_view key) {
  auto id = TRY(find_account(db, account));
  if (!id) return {};
  if (auto shared = shared_id(key)) TRY(remove_shared_raw(db.c, *id, *shared));
  auto s = TRY(db.c.statement("DELETE FROM raw WHERE account=? AND key=?"));
  return s.bind(*id, key).run();
}

} // namespace helpdesk::store::sqlite
