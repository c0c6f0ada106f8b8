// A log that says that somebody wrote and not what: no message to read, and all of it in the timeline.
#include "sync/actions.hpp"
#include "sync/ingest.hpp"

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

class BareLog : public testing::Test {
 protected:
  BareLog() {
    settings.account = policy.account = "log";
    settings.kind = policy.kind = "table";
    policy.backend_sends_status = true;
    settings.values = {{"path", "log.csv"},      {"rows", "event"},          {"columns.ticket", "id"},
                       {"columns.time", "at"},   {"columns.event", "what"},  {"columns.actor", "who"},
                       {"columns.text", "text"}, {"events.question", "ask"}, {"events.reply", "reply"}};
  }
  void put(const std::string& version, const std::string& rows) {
    backend::Page page;
    page.stream = "table";
    page.records.push_back({.account = "log",
                            .key = "ticket:7",
                            .version = version,
                            .format = "table-ticket",
                            .bytes = "table1\nProws\nHid\tat\twhat\twho\ttext\n" + rows,
                            .hint = "7"});
    auto done = Ingest(*store, settings, policy, store::Durability::refetchable).page(std::move(page));
    ASSERT_TRUE(done) << done.error().message;
  }
  std::size_t messages_in_timeline() {
    auto timeline = store->timeline("log:ticket:7");
    EXPECT_TRUE(timeline && *timeline);
    std::size_t n = 0;
    if (timeline && *timeline)
      for (const auto& e : (*timeline)->entries) n += e.entry == model::EntryKind::message;
    return n;
  }
  model::Ticket ticket() {
    auto found = store->ticket_by_key("log:ticket:7");
    EXPECT_TRUE(found && *found);
    return found && *found ? **found : model::Ticket{};
  }

  backend::Settings settings;
  Policy policy;
  std::unique_ptr<store::Store> store = store::open_memory_store();
};

constexpr const char* k_asked = "R7\t2026-01-05T10:00:00Z\tquestion\tkari\t\n";
constexpr const char* k_replied = "R7\t2026-01-05T11:00:00Z\treply\tann\t\n";

TEST_F(BareLog, WaitsAndIsAnsweredWithoutAMessage) {
  put("1", k_asked);
  EXPECT_TRUE(ticket().waiting_since);
  EXPECT_EQ(ticket().needs_reply, model::NeedsReply::yes);
  EXPECT_EQ(ticket().requester, "") << "nobody is named";
  put("2", std::string(k_asked) + k_replied);
  EXPECT_FALSE(ticket().waiting_since);
  EXPECT_EQ(ticket().messages, 2);
  EXPECT_EQ(ticket().last_message, "");
  EXPECT_EQ(messages_in_timeline(), 2U);
  EXPECT_TRUE(store->heads("log:ticket:7")->empty());
}

TEST_F(BareLog, WordsMakeItAMessageAndTheirLossTakesItAway) {
  put("1", std::string(k_asked) + "R7\t2026-01-05T11:00:00Z\treply\tann\tIt leaves today.\n");
  ASSERT_EQ(store->heads("log:ticket:7")->size(), 1U);
  EXPECT_EQ(ticket().last_message, store->heads("log:ticket:7")->front().key);
  put("2", std::string(k_asked) + k_replied);
  EXPECT_TRUE(store->heads("log:ticket:7")->empty());
  EXPECT_EQ(messages_in_timeline(), 2U);
}

TEST_F(BareLog, RebuildLeavesTheSame) {
  put("1", std::string(k_asked) + k_replied + "R7\t2026-01-05T12:00:00Z\treply\tann\tOne word more.\n");
  auto before = store->verify({});
  auto done = rebuild(*store, {{&settings, &policy}}, {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(store->verify({})->digest, before->digest);
}

} // namespace
} // namespace helpdesk::sync
