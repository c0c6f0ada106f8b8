#include "base/file.hpp"
#include "contract/store/fixture.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/schema.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace helpdesk::store::test {
namespace {

using sqlite::Connection;
using sqlite::Migration;
using sqlite::Mode;

mode_t mode_of(const std::string& path) {
  struct stat s{};
  return ::stat(path.c_str(), &s) == 0 ? s.st_mode & 0777 : 0;
}

void put_some(Store& store, int from, int count, const std::string& word = "printer") {
  auto tx = must(store.begin(Durability::refetchable));
  for (int i = from; i < from + count; ++i) {
    auto id = std::to_string(i);
    must(tx->put_raw(
        {.account = "shop", .key = "r" + id, .version = "1", .format = "mail", .bytes = "raw " + word + id}));
    auto m = mail(id, id, 1'700'000'000 - i, word + " " + id, "text about " + word);
    m.raw = "r" + id;
    must(tx->put_message(m));
    auto t = ticket(id, 1'700'000'000 - i);
    must(tx->put_ticket(t));
    must(tx->put_timeline(t.key, {.account = must(tx->term("shop")),
                                  .requester = must(tx->term(word)),
                                  .entries = {{.time = m.time}}}));
  }
  must(tx->commit());
}

TEST(SqliteStore, FilesArePrivateWhateverTheUmask) {
  TemporaryDirectory directory;
  auto old = ::umask(0);
  auto store = must(open_sqlite_store(directory.path() + "/a/b", Access::write));
  put_some(*store, 0, 3);
  must(store->backup(directory.path() + "/backup.db"));
  ::umask(old);
  EXPECT_EQ(mode_of(directory.path() + "/a/b"), 0700);
  for (const auto* name : {"/a/b/store.db", "/a/b/store.db-wal", "/a/b/store.db-shm", "/backup.db"})
    EXPECT_EQ(mode_of(directory.path() + name), 0600) << name;
  store.reset();
  ::chmod((directory.path() + "/a/b/store.db").c_str(), 0644);
  store = must(open_sqlite_store(directory.path() + "/a/b", Access::write));
  EXPECT_EQ(mode_of(directory.path() + "/a/b/store.db"), 0600);
}

TEST(SqliteStore, AReaderNeedsAStoreAndWritesNothing) {
  TemporaryDirectory directory;
  auto none = open_sqlite_store(directory.path() + "/none", Access::read);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::negative);
  EXPECT_THAT(none.error().message, testing::HasSubstr("helpdesk pull"));
  EXPECT_FALSE(std::filesystem::exists(directory.path() + "/none"));
  put_some(*must(open_sqlite_store(directory.path(), Access::write)), 0, 2);
  auto store = must(open_sqlite_store(directory.path(), Access::read));
  EXPECT_EQ(must(store->info()).messages, 2);
  EXPECT_FALSE(store->begin(Durability::full));
}

TEST(SqliteStore, AReaderSeesOneStateWhileAWriterWorks) {
  TemporaryDirectory directory;
  auto writer = must(open_sqlite_store(directory.path(), Access::write));
  put_some(*writer, 0, 10);
  std::jthread pull([&](const std::stop_token& stop) {
    auto own = must(open_sqlite_store(directory.path(), Access::write));
    for (int i = 1; i < 100 && !stop.stop_requested(); ++i) put_some(*own, i * 10, 10);
  });
  auto reader = must(open_sqlite_store(directory.path(), Access::read));
  for (int i = 0; i < 40; ++i) {
    std::size_t lines = 0, after = 0;
    must(reader->timelines({}, [&](const model::Timeline&) { return ++lines, true; }));
    must(reader->timelines({}, [&](const model::Timeline&) { return ++after, true; }));
    EXPECT_EQ(lines % 10, 0);
    EXPECT_LE(lines, after);
  }
  must(reader->backup(directory.path() + "/copy.db"));
  pull.request_stop();
  pull.join();
  std::filesystem::create_directory(directory.path() + "/restored");
  std::filesystem::rename(directory.path() + "/copy.db", directory.path() + "/restored/store.db");
  auto copy = must(open_sqlite_store(directory.path() + "/restored", Access::write));
  EXPECT_EQ(must(copy->info()).messages % 10, 0);
  EXPECT_THAT(must(copy->verify({})).problems, testing::IsEmpty());
}

TEST(SqliteStore, ABackupNeverReplacesAFile) {
  TemporaryDirectory directory;
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  std::ofstream(directory.path() + "/mine") << "precious";
  EXPECT_FALSE(store->backup(directory.path() + "/mine"));
  EXPECT_EQ(must(read_file(directory.path() + "/mine")), "precious");
  EXPECT_FALSE(store->backup(directory.path() + "/no/where"));
  EXPECT_FALSE(std::filesystem::exists(directory.path() + "/mine.partial"));
}

TEST(SqliteStore, TheDigestDoesNotKnowTheOrderOfArrival) {
  TemporaryDirectory directory;
  auto a = must(open_sqlite_store(directory.path() + "/a", Access::write));
  auto b = must(open_sqlite_store(directory.path() + "/b", Access::write));
  put_some(*a, 0, 20), put_some(*a, 20, 20);
  for (int i = 39; i >= 0; --i) put_some(*b, i, 1);
  std::string lines_a, lines_b;
  auto digest = must(a->verify([&](std::string_view line) { lines_a += line, lines_a += '\n'; })).digest;
  EXPECT_EQ(must(b->verify([&](std::string_view line) { lines_b += line, lines_b += '\n'; })).digest, digest);
  EXPECT_EQ(lines_a, lines_b);
  EXPECT_EQ(digest.size(), 64);
  must(a->compact_timelines());
  must(a->vacuum());
  EXPECT_EQ(must(a->verify({})).digest, digest);
  put_some(*b, 40, 1);
  EXPECT_NE(must(b->verify({})).digest, digest);
}

TEST(SqliteStore, VerifyNamesWhatIsBroken) {
  TemporaryDirectory directory;
  put_some(*must(open_sqlite_store(directory.path(), Access::write)), 0, 5);
  auto break_it = [&](std::string_view sql) {
    auto c = must(Connection::open(directory.path() + "/store.db", Mode::write));
    must(c->execute(sql));
  };
  auto problems = [&] {
    return testing::PrintToString(
        must(must(open_sqlite_store(directory.path(), Access::write))->verify({})).problems);
  };
  EXPECT_EQ(problems(), "{}");
  break_it("UPDATE raw SET frame=substr(frame, 1, length(frame)-2) || x'0000' WHERE key='r1'");
  EXPECT_THAT(problems(), testing::HasSubstr("record shop r1"));
  break_it("DELETE FROM raw WHERE key='r1'; DELETE FROM tickets WHERE coalesce(number, id)=2");
  EXPECT_THAT(problems(), testing::HasSubstr("1 messages belong to a ticket that is not there"));
  break_it("UPDATE timeline_delta SET data=x'01ff' WHERE number=3");
  EXPECT_THAT(problems(), testing::HasSubstr("the timeline of #3"));
  break_it("INSERT INTO search(search, rowid, subject, body, sender, recipients, attachments) "
           "SELECT 'delete', id, 'printer', '', '', '', '' FROM messages LIMIT 1");
  EXPECT_THAT(problems(), testing::HasSubstr("full-text index"));
}

TEST(SqliteStore, VacuumLeavesNoDeletedByte) {
  TemporaryDirectory directory;
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  const std::string canary = "xylophonecanary";
  put_some(*store, 0, 200);
  put_some(*store, 200, 50, canary);
  put_some(*store, 300, 200);
  must(store->compact_timelines());
  {
    auto tx = must(store->begin(Durability::full));
    must(tx->append({.kind = "note", .subject = "x", .data = "\"" + canary + "\""}));
    must(tx->commit());
  }
  auto holds_canary = [&] {
    for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
      if (must(read_file(entry.path().string())).find(canary) != std::string::npos) return true;
    return false;
  };
  EXPECT_TRUE(holds_canary()) << "the test looks in the wrong place";
  auto tx = must(store->begin(Durability::full));
  for (int i = 200; i < 250; ++i) {
    auto id = std::to_string(i);
    must(tx->remove_message("shop:message:" + id));
    must(tx->remove_ticket("shop:ticket:" + id));
    must(tx->remove_raw("shop", "r" + id));
  }
  must(tx->rewrite_journal([](const JournalEntry& e) {
    auto now = e;
    now.data = "\"\"";
    return e.kind == "note" ? std::optional(now) : std::nullopt;
  }));
  must(tx->commit());
  must(store->vacuum());
  EXPECT_FALSE(holds_canary());
  EXPECT_THAT(must(store->verify({})).problems, testing::IsEmpty());
  EXPECT_EQ(must(store->info()).messages, 400);
}

// POSIX drops every lock of a process on a file when it closes any descriptor of it.
TEST(SqliteStore, OpeningASecondOneKeepsTheLocksOfTheFirst) {
  TemporaryDirectory directory;
  auto first = must(open_sqlite_store(directory.path(), Access::write));
  put_some(*first, 0, 3);
  auto is_locked = [&] { // seen from another process
    pid_t child = ::fork();
    if (child == 0) {
      int fd = ::open((directory.path() + "/store.db").c_str(), O_RDWR);
      struct flock lock{};
      lock.l_type = F_WRLCK;
      lock.l_whence = SEEK_SET;
      ::_exit(fd >= 0 && ::fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
  };
  EXPECT_TRUE(is_locked()) << "the test asks for the wrong lock";
  {
    auto second = must(open_sqlite_store(directory.path(), Access::write));
  }
  EXPECT_TRUE(is_locked());
}

TEST(SqliteStore, CompactionFoldsOnlyALargeDelta) {
  TemporaryDirectory directory;
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  auto delta = [&] {
    return must(must(Connection::open(directory.path() + "/store.db", Mode::read))
                    ->integer("SELECT count(*) FROM timeline_delta"));
  };
  put_some(*store, 0, 1'500);
  must(store->compact_timelines());
  EXPECT_EQ(delta(), 0);
  put_some(*store, 100, 900);
  must(store->compact_timelines());
  EXPECT_EQ(delta(), 900);
  std::int64_t count = 0;
  must(store->timelines({}, [&](const model::Timeline& t) {
    EXPECT_EQ(t.ticket, ++count);
    return true;
  }));
  EXPECT_EQ(count, 1'500);
}

TEST(SqliteStore, AFirstPullMakesTheIndexesOfTicketsLast) {
  TemporaryDirectory directory, untouched;
  auto schema = [](const TemporaryDirectory& of) {
    auto c = must(Connection::open(of.path() + "/store.db", Mode::read));
    auto s =
        must(c->statement("SELECT name, sql FROM sqlite_schema WHERE type='index' AND tbl_name='tickets'"));
    std::map<std::string, std::string> indexes;
    while (must(s.step())) indexes[std::string(s.text(0))] = s.text(1);
    return indexes;
  };
  must(open_sqlite_store(untouched.path(), Access::write));
  auto store = must(open_sqlite_store(directory.path(), Access::write));
  ASSERT_EQ(schema(directory), schema(untouched));
  put_some(*store, 0, 20);
  put_some(*store, 20, 20);
  EXPECT_EQ(schema(directory).size(), 1U) << "that of the numbers, which are looked up meanwhile";
  EXPECT_EQ(must(store->tickets({})).size(), 40U);
  must(store->compact_timelines());
  EXPECT_EQ(schema(directory), schema(untouched));
  put_some(*store, 40, 1);
  EXPECT_EQ(schema(directory), schema(untouched)) << "a store with tickets keeps them";
  EXPECT_TRUE(must(store->verify({})).problems.empty());
}

// ---- migrations

Result<void> first(Connection& c) { return c.execute("CREATE TABLE one(a); INSERT INTO one VALUES(1)"); }
Result<void> second(Connection& c) {
  return c.execute("CREATE TABLE two(a); INSERT INTO two SELECT a+1 FROM one; DROP TABLE one");
}
Result<void> killed(Connection& c) {
  TRY(c.execute("CREATE TABLE two(a); INSERT INTO two SELECT a+1 FROM one; DROP TABLE one"));
  ::raise(SIGKILL);
  return {};
}
Result<void> failing(Connection& c) {
  TRY(c.execute("DROP TABLE one"));
  return failed("no");
}

TEST(Migrations, RunOneByOneAndSurviveAKillHalfWay) {
  TemporaryDirectory directory;
  auto path = directory.path() + "/x.db";
  auto version = [&] {
    return must(must(Connection::open(path, Mode::create))->integer("PRAGMA user_version"));
  };
  std::array<Migration, 1> old{first};
  must(sqlite::migrate(*must(Connection::open(path, Mode::create)), old));
  EXPECT_EQ(version(), 1);
  auto child = ::fork();
  if (child == 0) {
    auto c = Connection::open(path, Mode::create);
    std::array<Migration, 2> steps{first, killed};
    if (c) (void)sqlite::migrate(**c, steps);
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(version(), 1);
  EXPECT_EQ(must(must(Connection::open(path, Mode::create))->integer("SELECT a FROM one")), 1);
  std::array<Migration, 2> refused{first, failing};
  EXPECT_FALSE(sqlite::migrate(*must(Connection::open(path, Mode::create)), refused));
  EXPECT_EQ(must(must(Connection::open(path, Mode::create))->integer("SELECT a FROM one")), 1)
      << "half a migration stayed";
  std::array<Migration, 2> steps{first, second};
  must(sqlite::migrate(*must(Connection::open(path, Mode::create)), steps));
  EXPECT_EQ(version(), 2);
  EXPECT_EQ(must(must(Connection::open(path, Mode::create))->integer("SELECT a FROM two")), 2);
  auto downgrade = sqlite::migrate(*must(Connection::open(path, Mode::create)), old);
  ASSERT_FALSE(downgrade);
  EXPECT_THAT(downgrade.error().message, testing::HasSubstr("upgrade helpdesk"));
}

TEST(Migrations, AStoreOfANewerHelpdeskIsRefusedByName) {
  TemporaryDirectory directory;
  must(open_sqlite_store(directory.path(), Access::write));
  must(must(Connection::open(directory.path() + "/store.db", Mode::write))
           ->execute("PRAGMA user_version=999"));
  for (auto access : {Access::read, Access::write}) {
    auto store = open_sqlite_store(directory.path(), access);
    ASSERT_FALSE(store);
    EXPECT_THAT(store.error().message,
                testing::AllOf(testing::HasSubstr("newer helpdesk"), testing::HasSubstr("999")));
  }
}

// ---- damage

TEST(SqliteStore, ADamagedFileIsAnErrorNeverACrash) {
  TemporaryDirectory directory;
  {
    auto store = must(open_sqlite_store(directory.path() + "/good", Access::write));
    put_some(*store, 0, 60);
    must(store->compact_timelines());
    must(store->vacuum());
  }
  auto good = must(read_file(directory.path() + "/good/store.db"));
  std::mt19937 random(11);
  int told = 0;
  for (int round = 0; round < 200; ++round) {
    auto bytes = good;
    for (auto n = 1 + random() % 20; n > 0; --n) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 5 == 0) bytes.resize(random() % bytes.size());
    auto where = directory.path() + "/bad";
    std::filesystem::remove_all(where);
    std::filesystem::create_directory(where);
    std::ofstream(where + "/store.db", std::ios::binary) << bytes;
    auto note = [&](const auto& result) {
      if (result) return;
      ++told;
      EXPECT_NE(result.error().kind, ErrorKind::retry);
      EXPECT_NE(result.error().message, "");
    };
    auto store = open_sqlite_store(where, round % 2 ? Access::write : Access::read);
    note(store);
    if (!store) continue;
    auto q = must(parse_query("printer text", {}, Zone::utc()));
    note((*store)->info());
    note((*store)->search(q, Ranking::newest, 5, {}));
    note((*store)->tickets({.filter = q}));
    note((*store)->timelines({}, [](const model::Timeline&) { return true; }));
    note((*store)->each_raw("shop", [](RawRecord&&) { return true; }));
    note((*store)->verify({}));
    if (auto tx = (*store)->begin(Durability::refetchable)) {
      note((*tx)->put_message(mail("5", "5", 1'700'000'001, "changed", "text")));
      note((*tx)->commit());
    }
  }
  EXPECT_GT(told, 20);
}

} // namespace
} // namespace helpdesk::store::test
