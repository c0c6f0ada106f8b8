// What every backend promises (lib/backend/backend.hpp), whatever it talks to.
#include "subject.hpp"
#include "support/test_sink.hpp"

#include <ostream>

#include <gtest/gtest.h>

namespace helpdesk::test {

void PrintTo(const SubjectRow& row, std::ostream* out) { *out << row.name; }

namespace {

using backend::Backend;
using backend::PullOptions;

std::string text_of(const Result<backend::Decoded>& decoded) {
  if (!decoded) return "failed: " + decoded.error().message;
  std::string text;
  for (const backend::DecodedMessage& m : decoded->messages)
    text += m.message.key + "|" + m.message.author.address + "|" + m.message.subject + "|" + m.message.text +
            "|" + m.ticket_remote_id + "\n";
  for (const model::Ticket& t : decoded->tickets)
    text += t.key + "|" + t.subject + "|" + std::string(model::text(t.status)) + "\n";
  for (const model::Event& e : decoded->events)
    text += e.key + "|" + e.ticket + "|" + e.from + "|" + e.to + "\n";
  for (const model::Person& p : decoded->people)
    for (const model::Identity& i : p.identities) text += p.name + "|" + i.kind + ":" + i.value + "\n";
  return text;
}

class BackendContract : public testing::TestWithParam<SubjectRow> {
 protected:
  void SetUp() override {
    subject = GetParam().make();
    if (std::string reason = subject->why_not(); !reason.empty()) GTEST_SKIP() << reason;
    auto opened = subject->open(subject->settings());
    ASSERT_TRUE(opened) << opened.error().message;
    system = std::move(*opened);
    options.now = instant_of_seconds(1'768'000'000);
  }
  void pull(TestSink& sink) {
    auto done = system->pull(options, sink);
    ASSERT_TRUE(done) << done.error().message;
  }
  // A refusal in words: of its own kind, and no silence.
  template <class T> static void expect_refusal(const Result<T>& result) {
    ASSERT_FALSE(result);
    EXPECT_FALSE(result.error().message.empty());
    EXPECT_NE(result.error().kind, ErrorKind::retry) << "what can never work must not be tried again";
  }

  std::unique_ptr<Subject> subject;
  std::unique_ptr<Backend> system;
  PullOptions options;
};

TEST_P(BackendContract, NamesItself) {
  const backend::Kind& kind = subject->kind();
  EXPECT_FALSE(kind.name.empty());
  EXPECT_FALSE(kind.summary.empty());
  for (const backend::SettingKey& key : kind.keys) {
    EXPECT_FALSE(key.name.empty());
    EXPECT_FALSE(key.help.empty()) << key.name;
    EXPECT_FALSE(key.type.empty()) << key.name;
  }
  const backend::Capabilities &said = kind.capabilities, &has = system->capabilities();
  EXPECT_EQ(said.incremental, has.incremental);
  EXPECT_EQ(said.reply, has.reply);
  EXPECT_EQ(said.notes, has.notes);
  EXPECT_EQ(said.sets_fields, has.sets_fields);
  EXPECT_EQ(said.sends_status, has.sends_status);
}

TEST_P(BackendContract, ChecksWhatAnswers) {
  auto report = system->check();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_FALSE(report->identity.empty());
}

TEST_P(BackendContract, SaysWhatDoesNotAnswer) {
  auto opened = subject->open(subject->broken_settings());
  if (!opened) {
    EXPECT_FALSE(opened.error().message.empty());
    return;
  }
  auto report = (*opened)->check();
  ASSERT_FALSE(report);
  EXPECT_FALSE(report.error().message.empty());
  TestSink sink;
  EXPECT_FALSE((*opened)->pull(options, sink));
  EXPECT_TRUE(sink.records.empty());
}

TEST_P(BackendContract, PullsEverythingOnce) {
  TestSink sink;
  pull(sink);
  EXPECT_GE(sink.records.size(), 7U);
  EXPECT_FALSE(sink.cursors.empty());
  for (const auto& [key, record] : sink.records) {
    EXPECT_FALSE(key.empty());
    EXPECT_FALSE(record.bytes.empty()) << key;
    EXPECT_FALSE(record.format.empty()) << key;
    EXPECT_EQ(record.account, "shop") << key;
  }
  std::string before = sink.digest();
  int received = sink.records_received;
  pull(sink);
  EXPECT_EQ(sink.digest(), before);
  EXPECT_EQ(sink.records_received, received) << "nothing is new: nothing is fetched";
  options.full = true;
  pull(sink);
  EXPECT_EQ(sink.digest(), before) << "looking at everything again changes nothing";
}

TEST_P(BackendContract, ContinuesWhereItWasInterrupted) {
  TestSink whole;
  pull(whole);
  for (int after = 0; after <= whole.pages; ++after) {
    TestSink sink;
    sink.fail_after = after;
    auto stopped = system->pull(options, sink);
    if (after < whole.pages) {
      ASSERT_FALSE(stopped) << after;
      EXPECT_EQ(stopped.error().kind, ErrorKind::interrupted);
    }
    sink.fail_after = -1;
    auto again = subject->open(subject->settings()); // a new process
    ASSERT_TRUE(again);
    ASSERT_TRUE((*again)->pull(options, sink));
    EXPECT_EQ(sink.digest(), whole.digest()) << "after " << after << " pages";
  }
}

TEST_P(BackendContract, FindsWhatIsNew) {
  TestSink sink;
  pull(sink);
  std::size_t before = sink.records.size();
  int received = sink.records_received;
  subject->add_one();
  pull(sink);
  EXPECT_GT(sink.records.size(), before);
  if (system->capabilities().incremental) {
    EXPECT_LE(sink.records_received, received + 2) << "only the news is fetched";
  }
  TestSink fresh;
  pull(fresh);
  EXPECT_EQ(fresh.digest(), sink.digest());
}

TEST_P(BackendContract, RefreshBringsNews) {
  TestSink sink;
  pull(sink);
  std::size_t before = sink.records.size();
  subject->add_one();
  auto done = system->refresh(options, sink);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_GT(sink.records.size(), before);
}

TEST_P(BackendContract, ADryRunStoresNothing) {
  TestSink sink;
  options.dry_run = true;
  pull(sink);
  EXPECT_TRUE(sink.records.empty());
  EXPECT_TRUE(sink.cursors.empty());
  options.dry_run = false;
  pull(sink);
  EXPECT_GE(sink.records.size(), 7U) << "and leaves nothing behind that hides a record later";
}

TEST_P(BackendContract, WritesWhatItSaysItCan) {
  const backend::Capabilities& can = system->capabilities();
  TestSink sink;
  pull(sink);
  int received = sink.records_received;
  std::string ticket = subject->a_ticket();
  backend::OutgoingReply reply;
  reply.ticket_remote_id = ticket;
  reply.text = "It leaves today.";
  reply.client_key = "one@desk.example";
  auto sent = system->reply(reply);
  if (can.reply) {
    ASSERT_TRUE(sent) << sent.error().message;
    EXPECT_FALSE(sent->empty());
    if (can.idempotent_create) {
      auto again = system->reply(reply);
      ASSERT_TRUE(again);
      EXPECT_EQ(*again, *sent) << "the same key is the same reply";
    }
  } else {
    expect_refusal(sent);
  }
  auto noted = system->note(ticket, "third time");
  if (can.notes) {
    ASSERT_TRUE(noted) << noted.error().message;
    expect_refusal(system->note("0", "no such ticket"));
  } else {
    expect_refusal(noted);
  }
  const backend::FieldChange solved[] = {{"status", "solved"}};
  auto set = system->set(ticket, solved);
  if (can.sets_fields) {
    ASSERT_TRUE(set) << set.error().message;
    const backend::FieldChange unknown[] = {{"no_such_field", "x"}};
    expect_refusal(system->set(ticket, unknown));
  } else {
    expect_refusal(set);
  }
  if (!can.reply && !can.notes && !can.sets_fields) return;
  pull(sink);
  EXPECT_GT(sink.records_received, received) << "what was written comes back by pull";
}

TEST_P(BackendContract, ANameThatIsNotThereIsRefused) {
  expect_refusal(system->fetch_whole("no such stream", "1"));
}

TEST_P(BackendContract, DecodeIsPureAndTotal) {
  TestSink sink;
  pull(sink);
  const backend::Kind& kind = subject->kind();
  backend::Settings settings = subject->settings();
  for (const auto& [key, record] : sink.records) {
    auto decoded = kind.decode(settings, record);
    ASSERT_TRUE(decoded) << key << ": " << decoded.error().message;
    EXPECT_EQ(text_of(decoded), text_of(kind.decode(settings, record)));
    EXPECT_FALSE(text_of(decoded).empty()) << key;
  }
  // Cut anywhere, with a byte turned, empty: an error or something, never a crash.
  const store::RawRecord& sample = sink.records.begin()->second;
  for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
    store::RawRecord cut = sample;
    cut.bytes.resize(size);
    EXPECT_EQ(text_of(kind.decode(settings, cut)), text_of(kind.decode(settings, cut))) << size;
    store::RawRecord turned = sample;
    turned.bytes[size] = static_cast<char>(turned.bytes[size] ^ 0x55);
    EXPECT_EQ(text_of(kind.decode(settings, turned)), text_of(kind.decode(settings, turned))) << size;
  }
}

constexpr SubjectRow k_rows[] = {
    {"maildir", make_maildir}, {"mbox", make_mbox},   {"memory_desk", make_memory_desk},
    {"imap", make_imap},       {"table", make_table}, {"growing_table", make_growing_table}};
INSTANTIATE_TEST_SUITE_P(Each, BackendContract, testing::ValuesIn(k_rows),
                         [](const testing::TestParamInfo<SubjectRow>& info) {
                           return std::string(info.param.name);
                         });

} // namespace
} // namespace helpdesk::test
