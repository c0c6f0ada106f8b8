// What became of replies: read from the journal and the timelines of a small desk in the memory store.
#include "reply/draft.hpp"
#include "reply/queue.hpp"
#include "reply/template_stats.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

using std::chrono::hours;

Instant at(int day, int hour) { return instant_of_seconds(1767571200 + day * 86400 + hour * 3600); }

model::TimelineEntry message(Instant time, model::Direction direction) {
  model::TimelineEntry entry;
  entry.time = time;
  entry.direction = direction;
  entry.author_role = direction == model::Direction::in ? model::Role::customer : model::Role::agent;
  return entry;
}
model::TimelineEntry status(Instant time, model::Status from, model::Status to) {
  model::TimelineEntry entry;
  entry.entry = model::EntryKind::event;
  entry.kind = model::EventKind::status;
  entry.time = time;
  entry.from = static_cast<model::Term>(from) + 1;
  entry.to = static_cast<model::Term>(to) + 1;
  return entry;
}

class TemplateStatsTest : public ::testing::Test {
 protected:
  // A ticket that was answered at `sent` with a template, and what came after.
  void answered(const std::string& key, const std::string& template_name, Instant sent,
                std::vector<model::TimelineEntry> after, const std::string& state = "sent") {
    auto t = store_->begin(store::Durability::full);
    ASSERT_TRUE(t);
    model::Ticket ticket;
    ticket.key = key;
    ticket.account = "shop";
    ticket.created = sent - hours(1);
    auto number = (*t)->put_ticket(ticket);
    ASSERT_TRUE(number);
    model::Timeline timeline;
    timeline.ticket = *number;
    model::TimelineEntry created;
    created.entry = model::EntryKind::event;
    created.time = sent - hours(1);
    timeline.entries = {created, message(sent - hours(1), model::Direction::in),
                        message(sent, model::Direction::out)};
    timeline.entries.insert(timeline.entries.end(), after.begin(), after.end());
    ASSERT_TRUE((*t)->put_timeline(key, timeline));
    model::Message reply;
    reply.key = "m-" + key;
    reply.ticket = key;
    reply.time = sent;
    reply.direction = model::Direction::out;
    reply.message_id = key + "@shop.example";
    ASSERT_TRUE((*t)->put_message(reply));
    ASSERT_TRUE((*t)->commit());
    Draft draft;
    draft.id = "d-" + key;
    draft.ticket = key;
    draft.state = "queued";
    draft.template_name = template_name;
    QueueItem item;
    item.id = "q-" + key;
    item.account = "shop";
    item.ticket = key;
    item.draft = draft.id;
    item.message_id = reply.message_id;
    item.mail = item.id;
    item.created = sent;
    ASSERT_TRUE(enqueue(*store_, item, "mail", draft_data(draft), "me"));
    item.state = state;
    ASSERT_TRUE(record_state(*store_, item, "me", sent));
  }
  TemplateStats stats(std::string_view name, TemplateStatsOptions options = {}) {
    options.now = now_;
    auto all = template_stats(*store_, options);
    EXPECT_TRUE(all);
    for (const TemplateStats& one : all.value_or(std::vector<TemplateStats>{}))
      if (one.name == name) return one;
    return {};
  }
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  Instant now_ = at(30, 0);
};

using model::Direction;
using model::Status;

TEST_F(TemplateStatsTest, CountsWhatCameAfterTheReply) {
  answered("quiet", "refund", at(0, 10), {});
  answered("solved", "refund", at(1, 10), {status(at(1, 12), Status::open, Status::solved)});
  answered("again", "refund", at(2, 10),
           {status(at(2, 11), Status::open, Status::solved), message(at(3, 10), Direction::in),
            status(at(3, 10), Status::solved, Status::open),
            status(at(4, 10), Status::open, Status::solved)});
  answered("much later", "refund", at(3, 10), {message(at(20, 10), Direction::in)}); // another matter
  TemplateStats refund = stats("refund");
  EXPECT_EQ(refund.sent, 4);
  EXPECT_EQ(refund.asked_again.decided, 4);
  EXPECT_EQ(refund.asked_again.happened, 1);
  EXPECT_EQ(refund.reopened.decided, 2);
  EXPECT_EQ(refund.reopened.happened, 1);
  EXPECT_EQ(refund.to_close.happened,
            (std::vector<std::int64_t>{Duration(hours(1)).count(), Duration(hours(2)).count()}));
  EXPECT_EQ(refund.to_close.waiting.size(), 2U);
  EXPECT_EQ(refund.last, at(3, 10));
}

TEST_F(TemplateStatsTest, YoungRepliesAreNotDecidedUntilSomebodyAsks) {
  answered("young", "refund", at(28, 10), {status(at(28, 11), Status::open, Status::solved)});
  answered("young and asked", "refund", at(28, 12), {message(at(29, 10), Direction::in)});
  TemplateStats refund = stats("refund");
  EXPECT_EQ(refund.sent, 2);
  EXPECT_EQ(refund.asked_again.decided, 1);
  EXPECT_EQ(refund.asked_again.happened, 1);
  EXPECT_EQ(refund.reopened.decided, 0);
  EXPECT_FALSE(refund.reopened.share());
}

TEST_F(TemplateStatsTest, OnlyWhatLeftInThePeriodCounts) {
  answered("queued", "refund", at(1, 10), {}, "queued");
  answered("early", "refund", at(2, 10), {});
  answered("late", "refund", at(9, 10), {});
  answered("free", "", at(9, 11), {});
  EXPECT_EQ(stats("refund").sent, 2);
  EXPECT_EQ(stats("").sent, 1);
  TemplateStatsOptions options;
  options.since = at(3, 0);
  EXPECT_EQ(stats("refund", options).sent, 1);
  options.until = at(9, 10);
  EXPECT_EQ(stats("refund", options).sent, 0);
}

} // namespace
} // namespace helpdesk::reply
