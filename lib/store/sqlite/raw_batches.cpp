#include "store/sqlite/raw_batches.hpp"

#include "store/codec.hpp"
#include "store/sqlite/raw_shared.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace helpdesk::store::sqlite {
namespace {

// A batch is unpacked to read one of its records: a tenth of a millisecond.
constexpr std::size_t k_batch = 64U << 10;
// Rows of a log come out smaller than with the level above, and twice as fast.
constexpr int k_level = 1;

Result<void> write_batch(Database& db, std::int64_t id, std::string_view text) {
  auto s = TRY(db.c.statement("UPDATE raw_batches SET frame=? WHERE id=?"));
  return s.bind(Blob{db.compressor.pack(text, k_level)}, id).run();
}

Result<std::string> read_batch(Database& db, std::int64_t id) {
  auto s = TRY(db.c.statement("SELECT frame FROM raw_batches WHERE id=?"));
  s.bind(id);
  if (!TRY(s.step())) return db.c.damaged("a batch of records is missing");
  auto text = db.compressor.unpack(s.text(0));
  if (!text) return db.c.damaged("a batch of records: " + text.error().message);
  return text;
}

} // namespace

std::string encode_place(const BatchPlace& place) {
  ByteWriter w;
  w.byte(k_place_mark);
  w.varint(static_cast<std::uint64_t>(place.batch));
  w.varint(place.offset);
  w.varint(place.size);
  return std::move(w.bytes);
}

std::optional<BatchPlace> decode_place(std::string_view frame) {
  if (!frame.starts_with(k_place_mark)) return std::nullopt;
  ByteReader r(frame.substr(1));
  BatchPlace place;
  place.batch = static_cast<std::int64_t>(r.varint());
  place.offset = r.varint();
  place.size = r.varint();
  if (!r.ok() || r.left() > 0) return std::nullopt;
  return place;
}

Result<BatchPlace> put_into_batch(Database& db, std::string_view bytes) {
  auto& open = db.batch;
  if (open.id == 0) {
    auto s = TRY(db.c.statement("INSERT INTO raw_batches(frame) VALUES(x'')"));
    TRY(s.run());
    open = {.id = db.c.last_id(), .text = {}};
  }
  BatchPlace place{.batch = open.id, .offset = open.text.size(), .size = bytes.size()};
  open.text += bytes;
  if (open.text.size() >= k_batch) TRY(flush_batch(db));
  return place;
}

Result<void> flush_batch(Database& db) {
  if (db.batch.id == 0) return {};
  TRY(write_batch(db, db.batch.id, db.batch.text));
  db.batch = {};
  return {};
}

Result<std::string> read_from_batch(Database& db, const BatchPlace& place) {
  const std::string* text = nullptr;
  if (db.batch.id != 0 && db.batch.id == place.batch) {
    text = &db.batch.text;
  } else {
    if (db.read_batch.id != place.batch)
      db.read_batch = {.id = place.batch, .text = TRY(read_batch(db, place.batch))};
    text = &db.read_batch.text;
  }
  if (place.offset > text->size() || place.size > text->size() - place.offset)
    return db.c.damaged("a batch of records ends early");
  return text->substr(place.offset, place.size);
}

namespace {

// A row that refers to a batch: of raw, or of raw_shared.
struct Row {
  std::int64_t raw = 0; // 0: of raw_shared
  std::int64_t account = 0;
  std::string id;
  BatchPlace place;
};

Result<void> each_row(Database& db, const std::function<void(Row&&)>& f) {
  auto own = TRY(db.c.statement("SELECT id, frame FROM raw WHERE substr(frame, 1, 1)=x'01'"));
  while (TRY(own.step()))
    if (auto place = decode_place(own.text(1))) f({.raw = own.integer(0), .place = *place});
  auto shared =
      TRY(db.c.statement("SELECT id, version, format, received, hint, place, account FROM raw_shared"));
  while (TRY(shared.step()))
    if (auto place = shared_place(shared))
      f({.account = shared.integer(6), .id = std::string(shared.text(0)), .place = *place});
  return {};
}

Result<void> move_to(Database& db, const Row& row, BatchPlace place) {
  if (row.raw != 0) {
    auto s = TRY(db.c.statement("UPDATE raw SET frame=? WHERE id=?"));
    auto frame = encode_place(place);
    return s.bind(Blob{frame}, row.raw).run();
  }
  auto s = TRY(db.c.statement("UPDATE raw_shared SET place=? WHERE account=? AND id=?"));
  auto packed = encode_shared_place(place);
  return s.bind(Blob{packed}, row.account, row.id).run();
}

} // namespace

Result<void> sweep_batches(Database& db) {
  TRY(flush_batch(db));
  std::map<std::int64_t, std::uint64_t> used; // bytes by batch
  TRY(each_row(db, [&](Row&& row) { used[row.place.batch] += row.place.size; }));
  std::map<std::int64_t, std::vector<Row>> to_write;
  std::vector<std::int64_t> unused;
  {
    auto s = TRY(db.c.statement("SELECT id FROM raw_batches ORDER BY id"));
    while (TRY(s.step())) {
      auto id = s.integer(0);
      auto found = used.find(id);
      if (found == used.end())
        unused.push_back(id);
      else if (TRY(read_batch(db, id)).size() != found->second)
        to_write[id];
    }
  }
  if (!to_write.empty())
    TRY(each_row(db, [&](Row&& row) {
      if (auto batch = to_write.find(row.place.batch); batch != to_write.end())
        batch->second.push_back(std::move(row));
    }));
  for (auto& [id, rows] : to_write) {
    std::ranges::sort(rows, {}, [](const Row& row) { return row.place.offset; });
    for (const Row& row : rows) {
      std::string bytes = TRY(read_from_batch(db, row.place));
      TRY(move_to(db, row, TRY(put_into_batch(db, bytes))));
    }
    unused.push_back(id);
  }
  TRY(flush_batch(db));
  auto remove = TRY(db.c.statement("DELETE FROM raw_batches WHERE id=?"));
  for (std::int64_t id : unused) TRY(remove.bind(id).run());
  return {};
}

} // namespace helpdesk::store::sqlite
