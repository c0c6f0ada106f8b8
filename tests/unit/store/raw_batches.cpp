// Small records that share a compressed frame, and the migration that brought this.
#include "store/sqlite/raw_batches.hpp"

#include "base/file.hpp"
#include "contract/store/fixture.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/schema.hpp"

#include <algorithm>
#include <filesystem>

namespace helpdesk::store::test {
namespace {

using sqlite::Connection;
using sqlite::Mode;

RawRecord row(int i, std::string_view more = "") {
  auto id = std::to_string(i);
  return {.account = "calls",
          .key = "ticket:" + id,
          .version = std::to_string(more.size()),
          .format = "table-ticket",
          .bytes = "Hid\ttime\twho\nR" + id + "\t2026-01-0" + std::to_string(i % 9 + 1) + "\tcaller" +
                   std::to_string(i * 7919 % 1000) + "\n" + std::string(more)};
}

class RawBatches : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_ = must(open_sqlite_store(directory_.path(), Access::write));

  void put(int from, int to, std::string_view more = "") {
    auto tx = must(store_->begin(Durability::refetchable));
    for (int i = from; i < to; ++i) must(tx->put_raw(row(i, more)));
    must(tx->commit());
  }
  std::int64_t ask(std::string_view sql) {
    return must(must(Connection::open(directory_.path() + "/store.db", Mode::write))->integer(sql));
  }
};

TEST_F(RawBatches, AreReadAsTheyWerePut) {
  put(0, 3000); // several batches in one transaction
  put(3000, 3010);
  EXPECT_GT(ask("SELECT count(*) FROM raw_batches"), 1);
  EXPECT_LT(ask("SELECT sum(length(frame)) FROM raw_batches"), 100'000) << "they compress no better together";
  for (int i : {0, 1, 1700, 2999, 3000, 3009, 5})
    EXPECT_EQ(must(store_->raw("calls", row(i).key))->bytes, row(i).bytes) << i;
  int n = 0;
  std::string before;
  must(store_->each_raw("calls", [&](RawRecord&& record) {
    EXPECT_LT(before, record.key);
    before = record.key;
    EXPECT_EQ(record.bytes, row(std::stoi(record.key.substr(7))).bytes);
    return ++n > 0;
  }));
  EXPECT_EQ(n, 3010);
  EXPECT_TRUE(must(store_->verify({})).problems.empty());
}

TEST_F(RawBatches, AreReadBeforeTheCommitToo) {
  auto tx = must(store_->begin(Durability::refetchable));
  must(tx->put_raw(row(1)));
  must(tx->put_raw(row(2)));
  EXPECT_EQ(must(tx->raw("calls", row(1).key))->bytes, row(1).bytes);
  EXPECT_EQ(must(tx->raw("calls", row(2).key))->bytes, row(2).bytes);
  must(tx->put_raw(row(1, "more")));
  EXPECT_EQ(must(tx->raw("calls", row(1).key))->bytes, row(1, "more").bytes);
}

TEST_F(RawBatches, StandInKeyOrderWithTheRecordsThatHaveTheirOwnFrame) {
  std::vector<std::string> keys;
  {
    auto tx = must(store_->begin(Durability::refetchable));
    auto add = [&](RawRecord record, std::string key) {
      record.key = key;
      keys.push_back(key);
      must(tx->put_raw(record));
    };
    for (int i = 0; i < 700; ++i) add(row(i), "ticket:" + std::to_string(i));
    for (int i = 0; i < 300; ++i) add(row(i, std::string(5000, 'x')), "ticket:" + std::to_string(i) + "+");
    for (const auto* key : {"", "a", "ticket", "ticket:", "ticket9", "ticket;", "z"}) add(row(1), key);
    must(tx->commit());
  }
  std::ranges::sort(keys);
  std::vector<std::string> found;
  must(store_->each_raw("calls", [&](RawRecord&& record) { return found.push_back(record.key), true; }));
  EXPECT_EQ(found, keys);
  EXPECT_EQ(must(store_->info()).records, 1007);
  EXPECT_TRUE(must(store_->verify({})).problems.empty());
}

// A record goes from one table to the other when it gets a defect or becomes large, and is the same
// otherwise.
TEST_F(RawBatches, KeepWhatIsKnownOfThemWhereverTheyStand) {
  auto put_one = [&](const RawRecord& record) {
    auto tx = must(store_->begin(Durability::full));
    must(tx->put_raw(record));
    must(tx->commit());
    auto now = must(store_->raw("calls", record.key));
    EXPECT_TRUE(must(store_->has_raw("calls", record.key)));
    EXPECT_EQ(must(store_->info()).records, 1);
    return *now;
  };
  auto record = row(1);
  record.version = version_of("x"), record.hint = "1";
  auto now = put_one(record);
  EXPECT_EQ(now.version, record.version);
  EXPECT_EQ(now.hint, "1");
  EXPECT_EQ(now.format, "table-ticket");
  record.defect = "no time";
  EXPECT_EQ(put_one(record).defect, "no time");
  ASSERT_EQ(must(store_->defective_records("calls", -1)).size(), 1U);
  record.defect = "", record.received = instant_of_seconds(9);
  now = put_one(record);
  EXPECT_EQ(now.defect, "");
  EXPECT_EQ(now.received, instant_of_seconds(9));
  EXPECT_EQ(now.bytes, record.bytes);
  for (std::size_t size : {5000, 5, 5001, 6}) {
    record.version = std::to_string(size), record.hint = "other", record.format = "json";
    record.bytes = std::string(size, 'y');
    now = put_one(record);
    EXPECT_EQ(now.version, record.version);
    EXPECT_EQ(now.hint, "other");
    EXPECT_EQ(now.format, "json");
    EXPECT_EQ(now.bytes, record.bytes);
  }
  record.received = instant_of_seconds(4);
  EXPECT_EQ(put_one(record).received, instant_of_seconds(4));
  record.received = instant_of_seconds(5), record.defect = "again";
  now = put_one(record);
  EXPECT_EQ(now.received, instant_of_seconds(4));
  EXPECT_EQ(now.defect, "again");
  EXPECT_EQ(now.bytes, record.bytes);
  auto tx = must(store_->begin(Durability::full));
  must(tx->remove_raw("calls", record.key));
  EXPECT_FALSE(must(tx->has_raw("calls", record.key)));
}

TEST_F(RawBatches, ARollbackLeavesNothing) {
  put(0, 10);
  {
    auto tx = must(store_->begin(Durability::refetchable));
    for (int i = 10; i < 3000; ++i) must(tx->put_raw(row(i)));
    EXPECT_TRUE(must(tx->raw("calls", row(2000).key)));
  }
  put(10, 20);
  EXPECT_EQ(must(store_->raw("calls", row(5).key))->bytes, row(5).bytes);
  EXPECT_EQ(must(store_->raw("calls", row(15).key))->bytes, row(15).bytes);
  EXPECT_FALSE(must(store_->raw("calls", row(25).key)));
  EXPECT_EQ(ask("SELECT count(*) FROM raw_batches"), 2);
}

TEST_F(RawBatches, VacuumForgetsWhatWasReplacedOrRemoved) {
  const std::string canary = "xylophonecanary";
  put(0, 50, canary);
  put(50, 100);
  put(100, 120, canary);
  put(0, 50); // without it
  {
    auto tx = must(store_->begin(Durability::full));
    for (int i = 100; i < 120; ++i) must(tx->remove_raw("calls", row(i).key));
    must(tx->commit());
  }
  auto digest = must(store_->verify({})).digest;
  must(store_->vacuum());
  EXPECT_EQ(must(store_->verify({})).digest, digest);
  EXPECT_EQ(ask("SELECT count(*) FROM raw_batches"), 2) << "a batch that nobody refers to stayed";
  for (int i : {0, 49, 50, 99}) EXPECT_EQ(must(store_->raw("calls", row(i).key))->bytes, row(i).bytes);
  auto c = must(Connection::open(directory_.path() + "/store.db", Mode::write));
  Compressor compressor;
  auto s = must(c->statement("SELECT frame FROM raw_batches"));
  while (must(s.step())) EXPECT_EQ(must(compressor.unpack(s.text(0))).find(canary), std::string::npos);
}

TEST_F(RawBatches, WhatLeftAHoleIsWrittenAnew) {
  put(0, 50, "gone");
  {
    auto tx = must(store_->begin(Durability::full));
    for (int i = 10; i < 20; ++i) must(tx->remove_raw("calls", row(i).key));
    must(tx->commit());
  }
  must(store_->vacuum());
  for (int i : {0, 9, 20, 49}) EXPECT_EQ(must(store_->raw("calls", row(i).key))->bytes, row(i, "gone").bytes);
  Compressor compressor;
  auto c = must(Connection::open(directory_.path() + "/store.db", Mode::write));
  auto s = must(c->statement("SELECT frame FROM raw_batches"));
  while (must(s.step())) EXPECT_EQ(must(compressor.unpack(s.text(0))).find("\nR10\t"), std::string::npos);
}

TEST_F(RawBatches, DamageNamesTheRecord) {
  put(0, 5);
  store_.reset();
  must(must(Connection::open(directory_.path() + "/store.db", Mode::write))
           ->execute("UPDATE raw_batches SET frame=substr(frame, 1, length(frame)-4) || x'00000000'"));
  store_ = must(open_sqlite_store(directory_.path(), Access::write));
  auto record = store_->raw("calls", row(3).key);
  ASSERT_FALSE(record);
  EXPECT_THAT(record.error().message, testing::HasSubstr("ticket:3"));
  EXPECT_EQ(must(store_->verify({})).problems.size(), 5);
}

TEST_F(RawBatches, APlaceIsReadAsItWasWritten) {
  for (auto place : {sqlite::BatchPlace{1, 0, 0}, sqlite::BatchPlace{1'000'000, 65'535, 4096}}) {
    auto again = sqlite::decode_place(sqlite::encode_place(place));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->batch, place.batch);
    EXPECT_EQ(again->offset, place.offset);
    EXPECT_EQ(again->size, place.size);
  }
  for (std::string_view bad :
       {std::string_view(""), std::string_view("\x01"), std::string_view("\x01\x01\x01"),
        std::string_view("\x01\x01\x01\x01\x01"), std::string_view("\x28\xb5\x2f\xfd")})
    EXPECT_FALSE(sqlite::decode_place(bad));
}

TEST(Migrations, NumbersOfTheFirstSchemaStay) {
  TemporaryDirectory directory;
  auto path = directory.path() + "/store.db";
  {
    auto c = must(Connection::open(path, Mode::create));
    must(c->execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL"));
    must(sqlite::migrate(*c, sqlite::migrations().first(1)));
    must(c->execute("INSERT INTO numbers(key, number) VALUES('shop:ticket:b', 1), ('shop:ticket:a', 2);"
                    "INSERT INTO journal(time, actor, kind, subject, data) VALUES"
                    "(1, '', 'number', 'shop:ticket:b', '{\"number\":1}'), (2, 'me', 'note', 'x', '{}'),"
                    "(3, '', 'number', 'shop:ticket:a', '{\"number\":2}')"));
  }
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  auto tx = must(store->begin(Durability::full));
  EXPECT_EQ(must(tx->put_ticket(ticket("a", 1))), 2);
  EXPECT_EQ(must(tx->put_ticket(ticket("b", 1))), 1);
  EXPECT_EQ(must(tx->put_ticket(ticket("c", 1))), 3);
  must(tx->commit());
  auto entries = must(store->journal({}));
  ASSERT_EQ(entries.size(), 1);
  EXPECT_EQ(entries[0].seq, 2) << "entries are named by their place";
  EXPECT_TRUE(must(store->verify({})).problems.empty());
}

} // namespace
} // namespace helpdesk::store::test
