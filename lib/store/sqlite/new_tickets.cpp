// What the other files ask before they write a ticket, nobody asks here: none of these was ever in the store.
#include "store/new_tickets.hpp"

#include "store/sqlite/raw_shared.hpp"
#include "store/sqlite/topics.hpp"
#include "store/timeline_codec.hpp"

#include <utility>

namespace helpdesk::store::sqlite {
namespace {

Result<void> insert_raw(Database& db, std::int64_t account, const RawRecord& r, const BatchPlace& place) {
  if (is_of_shared_table(r)) return insert_shared_raw(db.c, account, r, place);
  auto s = TRY(db.c.statement("INSERT INTO raw(account, key, version, format, received, hint, defect, frame) "
                              "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  std::string frame = encode_place(place);
  return s.bind(account, r.key, r.version, r.format, micros(r.received), r.hint, r.defect, Blob{frame}).run();
}

// Behind what its segment has: numbers only grow.
Result<void> append_timeline(Database& db, std::int64_t number, std::string_view packed) {
  auto& open = db.segment;
  if (open.segment != segment_of(number)) {
    TRY(flush_segment(db));
    open.segment = segment_of(number);
    auto s = TRY(db.c.statement("SELECT data FROM timeline_segments WHERE segment=?"));
    if (TRY(s.bind(open.segment).step())) open.packed = s.text(0);
  }
  SegmentBuilder builder(open.segment, std::move(open.packed));
  builder.append(number, packed);
  open.packed = builder.take();
  return {};
}

Result<std::int64_t> put_batch(Database& db, std::string_view frame) {
  TRY(flush_batch(db));
  auto s = TRY(db.c.statement("INSERT INTO raw_batches(frame) VALUES(?)"));
  TRY(s.bind(Blob{frame}).run());
  return db.c.last_id();
}

} // namespace

Result<void> flush_segment(Database& db) {
  auto open = std::exchange(db.segment, {});
  if (open.segment < 0) return {};
  auto s = TRY(db.c.statement("INSERT OR REPLACE INTO timeline_segments(segment, data) VALUES(?, ?)"));
  return s.bind(open.segment, Blob{open.packed}).run();
}

Result<std::vector<model::Term>> put_new_terms(Database& db, const std::vector<std::string_view>& texts,
                                               model::Term newest) {
  std::vector<model::Term> terms;
  terms.reserve(texts.size());
  if (TRY(db.c.integer("SELECT max(id) FROM terms")) != static_cast<std::int64_t>(newest)) {
    for (std::string_view text : texts) terms.push_back(TRY(term(db, text)));
    return terms;
  }
  for (std::string_view text : texts) {
    auto s = TRY(db.c.statement("INSERT INTO terms(text) VALUES(?)"));
    TRY(s.bind(text).run());
    terms.push_back(static_cast<model::Term>(db.c.last_id()));
  }
  return terms;
}

Result<void> put_new_tickets(Database& db, const NewTickets& tickets) {
  if (tickets.empty()) return {};
  const std::int64_t account = TRY(account_id(db, tickets.tickets().front().record.account));
  const std::int64_t batch = TRY(put_batch(db, tickets.frame()));
  for (const NewTicket& item : tickets.tickets()) {
    TRY(insert_raw(db, account, item.record, {batch, item.offset, item.size}));
    const NumberedKey key = TRY(add_key(db, item.ticket.key));
    TRY(insert_ticket(db, key, account, item.ticket));
    TRY(append_timeline(db, key.number, item.timeline));
  }
  return {};
}

} // namespace helpdesk::store::sqlite
