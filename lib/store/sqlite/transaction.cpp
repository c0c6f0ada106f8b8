#include "store/sqlite/transaction.hpp"

#include "store/forward.hpp"
#include "store/packed.hpp"
#include "store/sqlite/content.hpp"
#include "store/sqlite/raw_batches.hpp"

#include <utility>

namespace helpdesk::store::sqlite {
namespace {

class WriteTransaction : public Forward<Transaction, WriteTransaction>, public TakesNewTickets {
 public:
  WriteTransaction(Database& db, Durability durability) : content_{db}, durability_(durability) {}
  ~WriteTransaction() override {
    if (!open_) return;
    if (db().c.in_transaction()) (void)db().c.execute("ROLLBACK");
    db().forget();
  }
  Content& content() { return content_; }

  Result<void> put_raw(const RawRecord& r) override { return sqlite::put_raw(db(), r, {}); }
  Result<void> put_raw(const RawRecord& r, View frame) override { return sqlite::put_raw(db(), r, frame); }
  Result<void> remove_raw(View account, View key) override { return sqlite::remove_raw(db(), account, key); }
  Result<void> put_placement(const Placement& p) override { return sqlite::put_placement(db(), p); }
  Result<void> remove_placement(View account, View stream, View uid) override {
    return sqlite::remove_placement(db(), account, stream, uid);
  }
  Result<void> remove_stream(View account, View stream) override {
    return sqlite::remove_stream(db(), account, stream);
  }
  Result<void> set_cursor(View account, View stream, View cursor) override {
    return sqlite::set_cursor(db(), account, stream, cursor);
  }
  Result<void> put_account_state(const AccountState& state) override {
    return sqlite::put_account_state(db(), state);
  }
  Result<std::int64_t> append(const JournalEntry& e) override {
    appended_ = true;
    return sqlite::append(db(), e);
  }
  Result<std::int64_t> put_ticket(const model::Ticket& t) override { return sqlite::put_ticket(db(), t); }
  Result<void> put_new_tickets(const NewTickets& tickets) override {
    return sqlite::put_new_tickets(db(), tickets);
  }
  Result<std::vector<model::Term>> put_new_terms(const std::vector<View>& texts,
                                                 model::Term newest) override {
    return sqlite::put_new_terms(db(), texts, newest);
  }
  Result<void> remove_ticket(View key) override { return sqlite::remove_ticket(db(), key); }
  Result<void> put_message(const model::Message& m) override {
    return sqlite::put_message(db(), m, pack_text(db().compressor, m));
  }
  Result<void> put_message(const model::Message& head, PackedText&& text) override {
    return sqlite::put_message(db(), head, std::move(text));
  }
  Result<void> update_head(const model::Message& m) override { return sqlite::update_head(db(), m); }
  Result<void> remove_message(View key) override { return sqlite::remove_message(db(), key); }
  Result<void> put_person(const model::Person& p) override { return sqlite::put_person(db(), p); }
  Result<void> remove_person(View key) override { return sqlite::remove_person(db(), key); }
  Result<model::Term> term(View text) override { return sqlite::term(db(), text); }
  Result<void> put_timeline(View key, const model::Timeline& t) override {
    return sqlite::put_timeline(db(), key, t);
  }
  Result<void> clear_derived() override { return sqlite::clear_derived(db()); }
  Result<void> add_erased(View id) override { return sqlite::add_erased(db(), id); }
  Result<void> rewrite_journal(const JournalRewrite& f) override {
    appended_ = true;
    return sqlite::rewrite_journal(db(), f);
  }

  Result<void> rename_numbers(const NumberRename& f) override { return sqlite::rename_numbers(db(), f); }

  Result<void> commit() override {
    if (!open_) return failed("store: the transaction was committed already");
    TRY(flush_index(db()));
    TRY(flush_batch(db()));
    TRY(flush_segment(db()));
    TRY(db().c.execute("COMMIT"));
    open_ = false;
    // The journal is the only copy of what was done here: whoever began without asking for that gets it all
    // the same, because a checkpoint syncs the log first.
    if (appended_ && durability_ == Durability::refetchable)
      TRY(db().c.execute("PRAGMA wal_checkpoint(PASSIVE)"));
    return {};
  }

 private:
  Content content_;
  Durability durability_;
  bool open_ = true, appended_ = false;
  Database& db() { return content_.db; }
};

} // namespace

Result<std::unique_ptr<Transaction>> begin_transaction(Database& db, Durability durability) {
  if (db.c.in_transaction()) return try_later("store is busy: a transaction is open already");
  // NORMAL syncs when the log is folded in, FULL at every commit.
  TRY(db.c.execute(durability == Durability::full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
  TRY(db.c.execute("BEGIN IMMEDIATE"));
  db.recent = {};
  auto transaction = std::make_unique<WriteTransaction>(db, durability);
  // What can be pulled again comes in bulk.
  if (durability == Durability::refetchable) TRY(drop_late_indexes(db));
  return std::unique_ptr<Transaction>(std::move(transaction));
}

} // namespace helpdesk::store::sqlite
