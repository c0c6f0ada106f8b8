// A log read straight from its file says what a pull of the same file puts into a store.
#include "base/file.hpp"
#include "sync/ingest.hpp"
#include "sync/log_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

constexpr std::string_view k_log =
    "ticket,time,author,role,status,text\n"
    "12,2026-01-05 09:00,kari@example.org,customer,open,Where is it?\n"
    "7,2026-01-05 10:00,ola@example.org,customer,open,It leaks. Can you help?\n"
    "12,2026-01-05 11:00,ida@shop.example,agent,solved,On its way.\n"
    "a-1,2026-01-06 09:00,ane@example.org,customer,open,Can I pay by invoice?\n"
    "9,nonsense,ane@example.org,customer,open,Hello?\n";

class Logs : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-log-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    settings_.account = policy_.account = "log";
    settings_.kind = policy_.kind = "table";
    settings_.values = {{"path", (folder_ / "log.csv").string()},
                        {"rows", "message"},
                        {"max_bad", "50%"},
                        {"columns.ticket", "ticket"},
                        {"columns.time", "time"},
                        {"columns.author", "author"},
                        {"columns.role", "role"},
                        {"columns.text", "text"}};
    ASSERT_TRUE(write_file_atomically((folder_ / "log.csv").string(), k_log));
    options_.now = instant_of_seconds(1769000000);
    options_.keep_subjects = true;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Everything of a timeline but the store's own numbers, in words.
  static std::vector<std::string> lines_of(store::Reader& reader) {
    std::vector<std::string> lines;
    auto read = reader.timelines({}, [&](const model::Timeline& t) {
      std::string line;
      for (model::Term term : {t.account, t.requester, t.assignee, t.queue})
        line += reader.term_text(term).value_or("?") + "|";
      line += std::string(model::text(t.channel)) + "|" + std::string(model::text(t.status));
      for (const model::TimelineEntry& e : t.entries) {
        line += "\n" + std::to_string(micros(e.time)) + " " + std::to_string(static_cast<int>(e.entry)) +
                std::to_string(static_cast<int>(e.direction)) +
                std::to_string(static_cast<int>(e.author_role)) +
                std::to_string(static_cast<int>(e.needs_reply)) + std::to_string(static_cast<int>(e.kind)) +
                " " + reader.term_text(e.actor).value_or("?") + " " + std::to_string(e.number);
      }
      lines.push_back(std::move(line));
      return true;
    });
    EXPECT_TRUE(read);
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  std::filesystem::path folder_;
  backend::Settings settings_;
  Policy policy_;
  LogOptions options_;
};

// Takes the pages into a store as a pull does.
class StoreSink final : public backend::Sink {
 public:
  explicit StoreSink(Ingest& ingest) : ingest_(ingest) {}
  Result<void> page(backend::Page&& page) override { return ingest_.page(std::move(page)); }
  Result<std::string> cursor(std::string_view) override { return std::string(); }
  Result<bool> has_record(std::string_view) override { return false; }
  Result<std::optional<store::RawRecord>> record(std::string_view) override {
    return std::optional<store::RawRecord>();
  }
  Result<std::string> record_of_message_id(std::string_view, std::uint64_t) override { return std::string(); }
  Result<std::vector<store::Placement>> placements(std::string_view) override {
    return std::vector<store::Placement>();
  }
  bool in_scope(std::string_view) override { return true; }
  void progress(std::string_view, std::uint64_t, std::uint64_t, std::uint64_t) override {}

 private:
  Ingest& ingest_;
};

TEST_F(Logs, SayTheSameAsAStore) {
  auto read = LogReader::read(settings_, policy_, options_);
  ASSERT_TRUE(read) << read.error().message;
  std::unique_ptr<store::Store> stored = store::open_memory_store();
  Ingest ingest(*stored, settings_, policy_, store::Durability::refetchable);
  StoreSink sink(ingest);
  auto backend = backend::find_kind("table")->open(settings_, {});
  ASSERT_TRUE(backend);
  auto pulled = (*backend)->pull({.now = options_.now}, sink);
  ASSERT_TRUE(pulled) << pulled.error().message;
  std::vector<std::string> lines = lines_of(**read);
  EXPECT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines, lines_of(*stored));
}

TEST_F(Logs, KeepTheirNumbersAndCountWhatIsBad) {
  auto read = LogReader::read(settings_, policy_, options_);
  ASSERT_TRUE(read) << read.error().message;
  LogReader& log = **read;
  EXPECT_EQ(log.ticket_count(), 3);
  EXPECT_EQ(log.bad_rows(), 1U);
  ASSERT_EQ(log.first_bad().size(), 1U);
  EXPECT_TRUE(log.first_bad()[0].starts_with("log.csv:6: ")) << log.first_bad()[0];
  std::vector<std::int64_t> numbers;
  ASSERT_TRUE(log.timelines({}, [&](const model::Timeline& t) {
    numbers.push_back(t.ticket);
    return true;
  }));
  EXPECT_EQ(numbers, (std::vector<std::int64_t>{3, 7, 12})) << "a-1 has its place instead";
  std::size_t in_batches = 0;
  auto cursor = log.timeline_batches();
  ASSERT_TRUE(cursor);
  model::Timeline timeline;
  for (;;) {
    auto batch = (*cursor)->next();
    ASSERT_TRUE(batch);
    if (!*batch) break;
    ASSERT_TRUE((*batch)->each(timeline, [&] { ++in_batches; }));
  }
  EXPECT_EQ(in_batches, 3U);
  EXPECT_TRUE(*log.ticket(7));
  EXPECT_FALSE(*log.ticket(8));
  auto state = log.account_state("log");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->last_success, options_.now);
  EXPECT_TRUE(state->complete_since);
  EXPECT_FALSE(log.term_text(100'000));
}

TEST_F(Logs, AnyNumberOfThreadsReadsTheSame) {
  std::string text = "ticket,time,author,role,status,text\n";
  for (int i = 1; i <= 500; ++i)
    text += std::to_string(i) + ",2026-01-05 09:00,a" + std::to_string(i % 7) +
            "@example.org,customer,open,Where is number " + std::to_string(i) + "?\n";
  ASSERT_TRUE(write_file_atomically((folder_ / "log.csv").string(), text));
  options_.threads = 1;
  auto one = LogReader::read(settings_, policy_, options_);
  options_.threads = 4;
  auto four = LogReader::read(settings_, policy_, options_);
  ASSERT_TRUE(one);
  ASSERT_TRUE(four);
  EXPECT_EQ(lines_of(**one), lines_of(**four));
  std::vector<model::Timeline> all;
  ASSERT_TRUE((*one)->timelines({}, [&](const model::Timeline& t) {
    all.push_back(t);
    return true;
  }));
  std::size_t i = 0;
  ASSERT_TRUE((*four)->timelines({}, [&](const model::Timeline& t) {
    EXPECT_EQ(t, all.at(i++)) << "codes too";
    return true;
  }));
  EXPECT_EQ(i, 500U);
}

TEST_F(Logs, TooManyBadRowsAreAFailure) {
  settings_.values["max_bad"] = "5%";
  auto read = LogReader::read(settings_, policy_, options_);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::failed);
}

} // namespace
} // namespace helpdesk::sync
