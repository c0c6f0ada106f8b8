// Stores of older schemas, written as their versions wrote them, become what a new store of the same content
// is.
#include "base/file.hpp"
#include "contract/store/fixture.hpp"
#include "store/packed.hpp"
#include "store/records.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/raw_batches.hpp"
#include "store/sqlite/schema.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <limits>
#include <map>

#include <sys/wait.h>
#include <unistd.h>

namespace helpdesk::store::test {
namespace {

using sqlite::Connection;
using sqlite::Migration;
using sqlite::Mode;

// One account whose small records share frames, and one with mail.
std::vector<RawRecord> records() {
  std::vector<RawRecord> out;
  for (int i = 1; i <= 6; ++i) {
    auto id = std::to_string(i);
    out.push_back({.account = "calls",
                   .key = "ticket:" + id,
                   .version = version_of(id),
                   .format = "table-ticket",
                   .bytes = "Hid\ttime\nR" + id + "\t2026-01-01\n",
                   .hint = id});
  }
  out[1].version = "7", out[1].received = instant_of_seconds(1'700'000'000);
  out[2].defect = "no time", out[2].hint = "line 3";
  out[3].key = "x", out[3].version = "ABCDEF0123456789", out[3].format = "json";
  for (std::string id : {"ticket:2", "zz", "m1", "m2"})
    out.push_back({.account = "shop",
                   .key = id,
                   .version = "1",
                   .format = "mail",
                   .bytes = "Subject: " + id,
                   .received = instant_of_seconds(5),
                   .hint = "{}",
                   .defect = id == "m2" ? "no date" : ""});
  // A mail of an account whose other records share frames.
  out.push_back({.account = "calls", .key = "ticket:35", .version = "1", .format = "mail", .bytes = "own"});
  return out;
}

std::vector<model::Ticket> tickets() {
  auto full = ticket("full", 1'700'000'000);
  full.aliases = {"shop:ticket:gone", "shop:ticket:other"};
  full.url = "https://x", full.status_raw = "Open!", full.priority_raw = "high",
  full.priority = model::Priority::high;
  full.queue = "sales", full.requester = "anna@example.org", full.requester_name = "Anna Berg";
  full.requester_address = "anna@example.org", full.assignee = "bo", full.tags = {"a", "b"};
  full.fields = {{"colour", "red"}, {"", ""}};
  full.updated = full.created + std::chrono::microseconds(1'234'567);
  full.closed = full.due = full.snoozed_until = full.created - std::chrono::seconds(5);
  full.waiting_since = full.last_in = full.created + std::chrono::seconds(1);
  full.last_out = full.created - std::chrono::hours(24 * 365 * 200);
  full.needs_reply = model::NeedsReply::yes, full.needs_reply_reason = "asks",
  full.last_message = "shop:message:m1";
  full.messages = 12, full.spam = true, full.history_only = true, full.merged_into = "shop:ticket:plain";
  full.language = "nb";
  auto plain = ticket("plain", 1'700'000'100);
  auto log = ticket("log", 1'700'000'200);
  log.key = "calls:ticket:1", log.account = "calls";
  model::Ticket bare; // and times that no column holds exactly
  bare.key = "bare";
  bare.created = instant_of_micros(std::numeric_limits<std::int64_t>::min() + 7);
  bare.updated = instant_of_micros(std::numeric_limits<std::int64_t>::max() - 7);
  bare.snoozed_until = instant_of_micros(20'000'000'000'000'001);
  bare.due = instant_of_micros(-1), bare.closed = bare.updated;
  return {full, plain, log, bare};
}

// Ids and numbers in another order, as threads that joined leave them.
void write_schema_2(const std::string& path) {
  auto c = must(Connection::open(path, Mode::create));
  must(c->execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL"));
  must(sqlite::migrate(*c, sqlite::migrations().first(2)));
  must(c->execute(
      "INSERT INTO accounts(id, name) VALUES(1, 'shop'), (2, 'calls');"
      "INSERT INTO ticket_keys(id, key) VALUES(1, 'shop:ticket:never'), (2, 'shop:ticket:plain'),"
      "(3, 'shop:ticket:full'), (5, 'calls:ticket:1'), (9, 'bare');"
      "INSERT INTO ticket_numbers(number, key) VALUES(1, 'shop:ticket:gone'), (2, 'shop:ticket:plain'),"
      "(3, 'erased-0123'), (4, 'calls:ticket:1'), (5, 'shop:ticket:full'), (7, 'bare'),"
      "(8, 'erased-4567')"));
  Compressor compressor;
  std::string shared;
  for (const auto& r : records()) {
    std::string frame(pack_record(compressor, r.bytes));
    if (shares_frame(r)) frame = sqlite::encode_place({1, shared.size(), r.bytes.size()}), shared += r.bytes;
    auto s =
        must(c->statement("INSERT INTO raw(account, key, version, format, received, hint, defect, frame) "
                          "VALUES((SELECT id FROM accounts WHERE name=?), ?, ?, ?, ?, ?, ?, ?)"));
    must(s.bind(r.account, r.key, r.version, r.format, micros(r.received), r.hint, r.defect,
                sqlite::Blob{frame})
             .run());
  }
  {
    auto s = must(c->statement("INSERT INTO raw_batches(id, frame) VALUES(1, ?)"));
    auto frame = std::string(compressor.pack(shared, 3));
    must(s.bind(sqlite::Blob{frame}).run());
  }
  for (const auto& t : tickets()) {
    auto data = encode_ticket(t);
    // Alone what later schemas read elsewhere; the rest follows from it.
    auto s = must(c->statement(
        "INSERT INTO tickets(id, number, account, status, priority, channel, queue, assignee, language, "
        "hidden, "
        "history, needs_reply, created, updated, spoken, waiting, waiting_order, snoozed, unread, requester, "
        "customer, data) SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, NULL, 0, "
        "NULL, 0, "
        "?15, '', ?16 FROM ticket_keys WHERE key=?1"));
    std::int64_t number = t.key == "shop:ticket:full"    ? 1
                          : t.key == "shop:ticket:plain" ? 2
                          : t.key == "bare"              ? 7
                                                         : 4;
    int hidden = (t.spam ? 1 : 0) | (t.deleted ? 2 : 0) | (t.merged_into.empty() ? 0 : 4);
    must(s.bind(t.key, number, t.account, static_cast<int>(t.status), static_cast<int>(t.priority),
                static_cast<int>(t.channel), t.queue, t.assignee, t.language, hidden, t.history_only ? 1 : 0,
                static_cast<int>(t.needs_reply), micros(t.created), micros(t.updated), t.requester,
                sqlite::Blob{data})
             .run());
  }
  must(
      c->execute("INSERT INTO aliases(alias, ticket) VALUES('shop:ticket:gone', 3), ('shop:ticket:other', 3);"
                 "INSERT INTO ticket_tags(ticket, tag) VALUES(3, 'a'), (3, 'b')"));
}

void write_new(const std::string& directory) {
  auto store = must(open_sqlite_store(directory, Access::write));
  auto tx = must(store->begin(Durability::refetchable));
  for (const auto& r : records()) must(tx->put_raw(r));
  for (const auto& t : tickets()) must(tx->put_ticket(t));
  must(tx->commit());
}

std::string contents(Store& store) {
  std::string lines;
  auto report = must(store.verify([&](std::string_view line) { lines += line, lines += '\n'; }));
  EXPECT_THAT(report.problems, testing::IsEmpty());
  return lines + report.digest;
}

void expect_numbers(Store& store) {
  const std::vector<std::pair<std::int64_t, std::string>> leads = {{1, "shop:ticket:full"},
                                                                   {2, "shop:ticket:plain"},
                                                                   {4, "calls:ticket:1"},
                                                                   {5, "shop:ticket:full"},
                                                                   {7, "bare"}};
  for (const auto& [number, key] : leads) EXPECT_EQ(must(store.ticket(number))->key, key) << number;
  for (auto number : {3, 6, 8, 9}) EXPECT_FALSE(must(store.ticket(number))) << number;
  for (const auto& t : tickets()) EXPECT_TRUE(must(store.ticket_by_key(t.key))) << t.key;
  EXPECT_EQ(must(store.ticket_by_key("shop:ticket:other"))->number, 1);
}

TEST(Migrations, AStoreOfTheSecondSchemaKeepsItsContent) {
  TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() + "/old");
  write_schema_2(directory.path() + "/old/store.db");
  write_new(directory.path() + "/new");
  auto old = must(open_sqlite_store(directory.path() + "/old", Access::write));
  auto expected = contents(*must(open_sqlite_store(directory.path() + "/new", Access::write)));
  EXPECT_EQ(contents(*old), expected);
  expect_numbers(*old);
  for (const auto& r : records()) EXPECT_EQ(must(old->raw(r.account, r.key))->bytes, r.bytes) << r.key;
  {
    auto tx = must(old->begin(Durability::full));
    for (const auto& r : records()) must(tx->put_raw(r));
    for (const auto& t : tickets()) must(tx->put_ticket(t));
    must(tx->commit());
  }
  must(old->vacuum());
  EXPECT_EQ(contents(*old), expected);
  expect_numbers(*old);
  auto tx = must(old->begin(Durability::full));
  must(tx->clear_derived());
  EXPECT_EQ(must(tx->put_ticket(ticket("later", 1))), 9);
  EXPECT_EQ(must(tx->put_ticket(tickets()[1])), 2);
  EXPECT_EQ(must(tx->put_ticket(tickets()[0])), 1);
  EXPECT_EQ(must(tx->put_ticket(tickets()[2])), 4);
}

TEST(Migrations, AKillAtTheEndOfOneLeavesTheStoreBeforeIt) {
  TemporaryDirectory directory;
  auto path = directory.path() + "/store.db";
  write_schema_2(path);
  pid_t child = ::fork();
  if (child == 0) {
    static const Migration last = sqlite::migrations()[2];
    std::array<Migration, 3> steps{sqlite::migrations()[0], sqlite::migrations()[1],
                                   [](Connection& c) -> Result<void> {
                                     TRY(last(c));
                                     ::raise(SIGKILL);
                                     return {};
                                   }};
    auto c = Connection::open(path, Mode::write);
    if (c) (void)sqlite::migrate(**c, steps);
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  {
    auto c = must(Connection::open(path, Mode::write));
    EXPECT_EQ(must(c->integer("PRAGMA user_version")), 2);
    EXPECT_EQ(must(c->integer("SELECT count(*) FROM ticket_numbers")), 7);
  }
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  (void)contents(*store);
  expect_numbers(*store);
}

// Where ids and numbers went apart, the newest number is found all the same.
TEST(TicketNumbers, GoOnBehindTheNewestWhateverTheIds) {
  TemporaryDirectory directory;
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  auto put = [&](std::initializer_list<const char*> ids) {
    auto tx = must(store->begin(Durability::refetchable));
    std::vector<std::int64_t> out;
    for (const auto* id : ids) out.push_back(must(tx->put_ticket(ticket(id, 1))));
    must(tx->commit());
    return out;
  };
  {
    auto tx = must(store->begin(Durability::refetchable));
    for (const auto* id : {"a", "b", "c"}) must(tx->put_message(mail(id, id, 1, "s", "t")));
    must(tx->commit());
  }
  EXPECT_THAT(put({"c", "b"}), testing::ElementsAre(1, 2));
  EXPECT_THAT(put({"d"}), testing::ElementsAre(3));
  EXPECT_THAT(put({"a", "e", "d", "c"}), testing::ElementsAre(4, 5, 3, 1));
  {
    auto tx = must(store->begin(Durability::full));
    must(tx->rename_numbers([](std::string_view key) {
      return key == "shop:ticket:e" ? std::optional<std::string>("hidden") : std::nullopt;
    }));
    must(tx->remove_ticket("shop:ticket:e"));
    must(tx->commit());
  }
  EXPECT_THAT(put({"e", "f"}), testing::ElementsAre(6, 7));
  EXPECT_FALSE(must(store->ticket(5)));
  for (const auto& [number, id] :
       std::map<int, std::string>{{1, "c"}, {2, "b"}, {3, "d"}, {4, "a"}, {6, "e"}})
    EXPECT_EQ(must(store->ticket(number))->key, "shop:ticket:" + id);
  for (const auto* id : {"a", "b", "c"})
    EXPECT_EQ(must(store->messages("shop:ticket:" + std::string(id))).size(), 1);
}

TEST(TicketNumbers, DecideAmongEqualsWhereIdsAreInAnotherOrder) {
  TemporaryDirectory directory;
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  {
    auto tx = must(store->begin(Durability::refetchable));
    for (int i = 0; i < 40; ++i) {
      auto id = std::to_string(i);
      must(tx->put_message(mail(id, id, 1, "s", "t")));
    }
    for (int i = 39; i >= 0; --i) {
      auto t = ticket(std::to_string(i), 1'700'000'000 + i % 3);
      if (i % 4 == 0) t.waiting_since = t.created;
      must(tx->put_ticket(t));
    }
    must(tx->commit());
  }
  for (auto order : {Order::waiting, Order::newest, Order::oldest, Order::updated, Order::number}) {
    auto all = must(store->tickets({.order = order}));
    ASSERT_EQ(all.size(), 40U);
    bool falls = order == Order::newest || order == Order::updated;
    for (std::size_t i = 1; i < all.size(); ++i) {
      const auto &one = all[i - 1], &next = all[i];
      if (one.created == next.created && one.waiting_since == next.waiting_since) {
        EXPECT_TRUE(falls ? one.number > next.number : one.number < next.number);
      } else if (falls) {
        EXPECT_GE(one.created, next.created);
      }
    }
    std::vector<std::int64_t> whole, pages;
    for (const auto& t : all) whole.push_back(t.number);
    for (int at = 0; at < 40; at += 7)
      for (const auto& t : must(store->tickets({.order = order, .limit = 7, .offset = at})))
        pages.push_back(t.number);
    EXPECT_EQ(pages, whole);
  }
}

} // namespace
} // namespace helpdesk::store::test
