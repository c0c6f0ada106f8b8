#include "base/text.hpp"
#include "unit/backend/mailbox_support.hpp"

#include <chrono>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace helpdesk;
using namespace helpdesk::test;
namespace fs = std::filesystem;

namespace {

std::string name(int n, std::string_view flags = "") {
  return std::to_string(1'767'600'000 + n) + ".M" + std::to_string(n) + "P1.host" +
         (flags.empty() ? "" : ":2," + std::string(flags));
}

// Moves directory times back, as if the last change were long ago.
void settle(const fs::path& maildir) {
  for (const char* part : {"cur", "new"}) {
    const timespec old[2]{{1'700'000'000, 0}, {1'700'000'000, 5}};
    utimensat(AT_FDCWD, (maildir / part).c_str(), old, 0);
  }
}

} // namespace

TEST(Maildir, PullsNewestFirstWithFlagsAndRoles) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  make_maildir(dir.path() / ".Sendte elementer");
  make_maildir(dir.path() / ".Arkiv.2025");
  make_maildir(dir.path() / ".Drafts");
  for (int i = 0; i < 1200; ++i) write(dir.path() / "cur" / name(i, "S"), sample_mail(i));
  write(dir.path() / "new" / name(2000), sample_mail(2000));
  write(dir.path() / ".Sendte elementer/cur" / name(3000, "RSF"), sample_mail(3000));
  write(dir.path() / ".Arkiv.2025/cur" / name(10, "S"), sample_mail(5000));
  write(dir.path() / ".Drafts/cur" / name(1, "D"), sample_mail(6000));
  MemorySink sink;
  const backend::Settings settings{
      .account = "shop", .kind = "maildir", .values = {{"path", dir.path().string()}, {"page_size", "500"}}};
  auto opened = backend::find_kind("maildir")->open(settings, {});
  ASSERT_TRUE(opened);
  ASSERT_TRUE((*opened)->pull({.now = system_now()}, sink));
  EXPECT_EQ(sink.records.size(), 1203U);
  EXPECT_EQ(sink.places.size(), 1203U);
  EXPECT_NE(sink.records[sink.order.front()].bytes.find("question 2000"), std::string::npos);
  for (std::size_t i = 0; i < 500; ++i) // the first page holds the newest 500, whatever folder they lie in
    EXPECT_GE(mime::parse_headers(sink.records[sink.order[i]].bytes).subject.size(),
              std::string_view("question 702").size());
  EXPECT_EQ(mime::parse_headers(sink.records[sink.order[499]].bytes).subject, "question 3000");
  const store::Placement& sent = sink.places.at({"Sendte elementer", name(3000)});
  EXPECT_EQ(sent.role, "sent");
  EXPECT_EQ(sent.labels, (std::vector<std::string>{"\\Answered", "\\Flagged", "\\Seen"}));
  EXPECT_EQ(sink.places.at({"Arkiv/2025", name(10)}).role, "archive");
  EXPECT_EQ(sink.places.at({"INBOX", name(2000)}).role, "inbox");
  EXPECT_EQ(sink.complete_since, instant_of_seconds(1'767'600'000));
  EXPECT_EQ(sink.records.begin()->first, sha256_hex(sink.records.begin()->second.bytes));
  EXPECT_EQ(sink.records.begin()->second.received, Instant{}) << "the mail tells its own time";
  // Nothing was touched.
  EXPECT_TRUE(fs::exists(dir.path() / "new" / name(2000)));
}

TEST(Maildir, SecondPullTakesOnlyWhatIsNew) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  for (int i = 0; i < 20; ++i) write(dir.path() / "cur" / name(i, ""), sample_mail(i));
  MemorySink sink;
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  const int pages = sink.pages;
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  EXPECT_EQ(sink.pages, pages) << "nothing changed, nothing is committed";
  settle(dir.path());
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  const std::string cursor = sink.cursors.at("INBOX");
  const int settled_pages = sink.pages;
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  EXPECT_EQ(sink.pages, settled_pages);
  EXPECT_EQ(sink.cursors.at("INBOX"), cursor);
  const std::size_t before = sink.order.size();
  write(dir.path() / "new" / name(100), sample_mail(100));
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  EXPECT_EQ(sink.order.size(), before + 1);
  EXPECT_TRUE(sink.placed().contains("INBOX:" + name(100)));
}

TEST(Maildir, FollowsFlagsMovesAndDeletions) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  make_maildir(dir.path() / ".Archive");
  make_maildir(dir.path() / ".Trash");
  for (int i = 0; i < 4; ++i) write(dir.path() / "new" / name(i), sample_mail(i));
  MemorySink sink;
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  fs::rename(dir.path() / "new" / name(0), dir.path() / "cur" / name(0, "S"));           // read
  fs::rename(dir.path() / "new" / name(1), dir.path() / ".Archive/cur" / name(77, "S")); // archived
  fs::rename(dir.path() / "new" / name(2), dir.path() / ".Trash/cur" / name(2, "S"));    // deleted
  fs::remove(dir.path() / "new" / name(3));                                              // gone
  write(dir.path() / ".Trash/cur" / name(50), sample_mail(50)); // never known: not fetched
  const std::size_t records = sink.records.size();
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  EXPECT_EQ(sink.records.size(), records);
  EXPECT_EQ(sink.placed(),
            (std::set<std::string>{"INBOX:" + name(0), "Archive:" + name(77), "Trash:" + name(2)}));
  EXPECT_EQ(sink.places.at({"INBOX", name(0)}).labels, std::vector<std::string>{"\\Seen"});
  EXPECT_EQ(sink.places.at({"Trash", name(2)}).role, "trash");
  // A folder that is gone takes its placements along.
  fs::rename(dir.path() / ".Archive", dir.path() / ".Archive-old");
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  EXPECT_TRUE(sink.placed().contains("Archive-old:" + name(77)));
  EXPECT_FALSE(sink.placed().contains("Archive:" + name(77)));
}

TEST(Maildir, InterruptedPullGoesOn) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  for (int i = 0; i < 1600; ++i) write(dir.path() / "cur" / name(i, "S"), sample_mail(i));
  MemorySink undisturbed;
  ASSERT_TRUE(pull("maildir", dir.path(), undisturbed));
  for (int stop = 0; stop < undisturbed.pages; ++stop) {
    MemorySink sink;
    sink.stop_after = stop;
    const auto stopped = pull("maildir", dir.path(), sink);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::interrupted);
    sink.stop_after = -1;
    ASSERT_TRUE(pull("maildir", dir.path(), sink));
    EXPECT_EQ(sink.placed(), undisturbed.placed());
    EXPECT_EQ(sink.order.size(), 1600U) << "nothing is fetched twice, stopped after page " << stop;
    EXPECT_EQ(sink.cursors.size(), undisturbed.cursors.size());
  }
}

TEST(Maildir, OutOfScopeIsLeftOut) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  for (int i = 0; i < 10; ++i) write(dir.path() / "cur" / name(i, "S"), sample_mail(i));
  MemorySink sink;
  int asked = 0;
  sink.scope = [&](std::string_view headers) {
    ++asked;
    EXPECT_EQ(headers.find("Hello"), std::string_view::npos);
    return headers.find("question 3\n") != std::string_view::npos;
  };
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_EQ(asked, 10);
  MemorySink dry;
  ASSERT_TRUE(pull("maildir", dir.path(), dry, {.dry_run = true}));
  EXPECT_EQ(dry.pages, 0);
}

TEST(Maildir, MistakesAreNamed) {
  TemporaryDirectory dir;
  MemorySink sink;
  const auto nothing = pull("maildir", dir.path(), sink);
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().message.find("is no Maildir"), std::string::npos);
  const auto absent = pull("maildir", dir.path() / "absent", sink);
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error().message.find("no such directory"), std::string::npos);
  EXPECT_FALSE(backend::find_kind("maildir")->open({.account = "shop"}, {}));
}

TEST(Maildir, WritingIsRefused) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  auto opened = backend::find_kind("maildir")->open(
      {.account = "shop", .kind = "maildir", .values = {{"path", dir.path().string()}}}, {});
  ASSERT_TRUE(opened);
  EXPECT_FALSE((*opened)->append("sent", "x"));
  EXPECT_FALSE((*opened)->mark_answered("x"));
  EXPECT_TRUE((*opened)->check());
}

TEST(Maildir, UnchangedHundredThousandIsNotReadAgain) {
  TemporaryDirectory dir;
  make_maildir(dir.path());
  constexpr int k_messages = 20'000; // the bench has 100,000; names cost the same here
  for (int i = 0; i < k_messages; ++i) write(dir.path() / "cur" / name(i, "S"), "Subject: x\n\n");
  MemorySink sink;
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  settle(dir.path());
  ASSERT_TRUE(pull("maildir", dir.path(), sink));
  ASSERT_TRUE(pull("maildir", dir.path(), sink)); // how fast that is, tests/bench tells
  EXPECT_EQ(sink.places.size(), static_cast<std::size_t>(k_messages));
}
