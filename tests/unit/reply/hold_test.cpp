// What is held or scheduled leaves at its time, and only when nobody has written meanwhile.
#include "desk_support.hpp"

#include <gmock/gmock.h>

namespace helpdesk::reply {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Hold : public DeskTest {};

TEST_F(Hold, WaitsForItsTime) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  DeliveryReport report = run(k_now + 9min);
  EXPECT_EQ(report.waiting, 1);
  EXPECT_THAT(report.lines, IsEmpty()); // silent in cron
  EXPECT_THAT(looked_at_, IsEmpty());
  EXPECT_EQ(stands().state, "held");
  EXPECT_EQ(run(k_now + 10min).sent, 1);
  EXPECT_THAT(looked_at_, ElementsAre("shop"));
  EXPECT_THAT(left_, ElementsAre("q1"));
  EXPECT_EQ(stands().state, "sent");
  EXPECT_EQ(run(k_now + 11min).sent, 0);
  EXPECT_THAT(left_, ElementsAre("q1"));
}

TEST_F(Hold, AnAccountIsLookedAtOnceARun) {
  keep_draft("One.");
  queue(held(1min, "q1"));
  QueueItem second = held(1min, "q2");
  second.ticket.clear(); // another matter
  second.watched = true;
  queue(second);
  EXPECT_EQ(run(k_now + 5min).sent, 2);
  EXPECT_THAT(looked_at_, ElementsAre("shop"));
}

TEST_F(Hold, StaysWhenTheMailboxCannotBeLookedAt) {
  keep_draft("One.");
  queue(held(1min, "q1", "shop"));
  QueueItem other = held(1min, "q2", "second");
  other.ticket.clear();
  queue(other);
  unreachable_ = "shop";
  DeliveryReport report = run(k_now + 5min);
  EXPECT_EQ(report.later, 1);
  EXPECT_EQ(report.sent, 1); // the other account does not wait for this one
  ASSERT_EQ(report.lines.size(), 1U);
  EXPECT_THAT(report.lines[0], HasSubstr("shop cannot be looked at for news: no route to host"));
  EXPECT_EQ(stands("q1").state, "held");
  unreachable_.clear();
  EXPECT_EQ(run(k_now + 6min).sent, 1);
  EXPECT_THAT(left_, ElementsAre("q2", "q1"));
}

TEST_F(Hold, ANewMessageTakesItBack) {
  struct Case {
    const char* name;
    model::Direction direction;
    const char* from;
    Duration when;
  };
  for (const Case& c : {Case{"customer", model::Direction::in, "kari@example.org", 3min},
                        Case{"colleague", model::Direction::out, "support@shop.example", 3min},
                        // Its clock is behind what was read before.
                        Case{"late", model::Direction::in, "kari@example.org", -30h}}) {
    store_ = store::open_memory_store();
    SetUp();
    left_.clear();
    keep_draft("A new lid is on its way.");
    queue(held(10min));
    arrives_ = [&] { say("2@example.org", k_now + c.when, c.direction, c.from); };
    DeliveryReport report = run(k_now + 10min);
    EXPECT_EQ(report.taken_back, 1) << c.name;
    EXPECT_THAT(left_, IsEmpty()) << c.name;
    EXPECT_EQ(stands().state, "cancelled") << c.name;
    EXPECT_THAT(stands().last_error, HasSubstr(std::string(c.from) + " wrote at ")) << c.name;
    EXPECT_EQ(draft().state, "open") << c.name;
    EXPECT_EQ(draft().put_back, stands().last_error) << c.name;
    EXPECT_EQ(draft().text, "A new lid is on its way.") << c.name;
    ASSERT_EQ(report.lines.size(), 1U) << c.name;
    EXPECT_THAT(report.lines[0], HasSubstr("its text is draft d1 again")) << c.name;
    arrives_ = nullptr;
    EXPECT_EQ(run(k_now + 20min).taken_back, 0) << c.name; // said once
  }
}

TEST_F(Hold, NewsTakeItBackBeforeItsTime) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  say("2@example.org", k_now + 1min, model::Direction::in, "kari@example.org");
  EXPECT_EQ(run(k_now + 2min).taken_back, 1);
  EXPECT_EQ(stands().state, "cancelled");
}

TEST_F(Hold, NotesAndMachinesDoNotTakeItBack) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  say("note", k_now + 1min, model::Direction::internal, "ida@shop.example", model::Automation::none,
      model::Visibility::private_);
  say("ooo@example.org", k_now + 1min, model::Direction::in, "kari@example.org",
      model::Automation::out_of_office);
  say("bounce@example.org", k_now + 1min, model::Direction::in, "mailer-daemon@example.org",
      model::Automation::bounce);
  say("q1@shop.example", k_now + 1min, model::Direction::out, "support@shop.example"); // itself
  EXPECT_EQ(run(k_now + 10min).sent, 1);
}

TEST_F(Hold, PullTakesBackWhatIsOvertaken) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  EXPECT_THAT(take_back_overtaken(*store_, "Ida", k_now, Zone::utc()).value(), IsEmpty());
  say("2@example.org", k_now + 1min, model::Direction::in, "kari@example.org");
  auto lines = take_back_overtaken(*store_, "Ida", k_now + 2min, Zone::utc());
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(draft().state, "open");
  EXPECT_THAT(take_back_overtaken(*store_, "Ida", k_now, Zone::utc()).value(), IsEmpty());
}

TEST_F(Hold, ByHandItLeavesBeforeItsTimeAndLooksAllTheSame) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  EXPECT_EQ(run(k_now + 1min, "q1").sent, 1);
  EXPECT_THAT(looked_at_, ElementsAre("shop"));
}

TEST_F(Hold, AScheduledMailIsNotTooOldBecauseItWaited) {
  keep_draft("A new lid is on its way.");
  QueueItem one = held(72h);
  one.state = "scheduled";
  queue(one);
  EXPECT_EQ(run(k_now + 71h).waiting, 1);
  EXPECT_EQ(run(k_now + 72h + 5min).sent, 1);
}

TEST_F(Hold, WhatShouldHaveLeftLongAgoWaitsForADecision) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  DeliveryReport report = run(k_now + 26h);
  EXPECT_EQ(report.held, 1);
  EXPECT_EQ(stands().state, "held");
  EXPECT_FALSE(stands().leaves);
  EXPECT_EQ(run(k_now + 27h).held, 1);
  EXPECT_THAT(left_, IsEmpty());
  EXPECT_EQ(run(k_now + 27h, "q1").sent, 1);
}

TEST_F(Hold, ARetryLooksAgain) {
  keep_draft("A new lid is on its way.");
  queue(held(10min));
  Carrier busy = carrier(k_now + 10min);
  busy.send = [](const QueueItem&, std::string_view) {
    net::SendOutcome outcome;
    outcome.kind = net::SendKind::rejected_temporarily;
    outcome.text = "451 later";
    return outcome;
  };
  ASSERT_TRUE(run_queue(*store_, busy));
  EXPECT_EQ(stands().state, "queued");
  say("2@example.org", k_now + 11min, model::Direction::in, "kari@example.org");
  EXPECT_EQ(run(k_now + 30min).taken_back, 1);
  EXPECT_THAT(left_, IsEmpty());
}

TEST_F(Hold, ARefusedCheckLeavesNothingBehind) {
  keep_draft("A new lid is on its way.");
  auto refused = enqueue(*store_, held(10min), "mail", draft_data(draft()), "Ida",
                         [](store::Reader&) -> Result<void> { return not_found("no"); });
  EXPECT_FALSE(refused);
  EXPECT_FALSE(find_queue_item(*store_, "q1"));
  EXPECT_EQ(draft().state, "open");
}

TEST_F(Hold, WhatIsHeldIsReadBackAsItWas) {
  keep_draft("A new lid is on its way.");
  QueueItem one = held(10min);
  one.approval = "abc";
  queue(one);
  QueueItem read = stands();
  EXPECT_EQ(read.leaves, one.leaves);
  EXPECT_TRUE(read.watched);
  EXPECT_EQ(read.seen, one.seen);
  EXPECT_EQ(read.approval, "abc");
  EXPECT_FALSE(stands("q1").seen.empty());
}

TEST_F(Hold, MergedConversationsAreFollowed) {
  model::Ticket target;
  target.key = "shop:ticket:9@example.org";
  target.account = "shop";
  model::Ticket merged;
  merged.key = "shop:ticket:1@example.org";
  merged.account = "shop";
  merged.merged_into = target.key;
  model::Message m;
  m.key = "shop:message:9@example.org";
  m.ticket = target.key;
  m.author = {"", "kari@example.org"};
  auto tx = store_->begin(store::Durability::full);
  ASSERT_TRUE((*tx)->put_ticket(target) && (*tx)->put_ticket(merged) && (*tx)->put_message(m) &&
              (*tx)->commit());
  auto messages = conversation_messages(*store_, merged.key);
  ASSERT_EQ(messages->size(), 1U);
  EXPECT_EQ(messages->front().key, m.key);
}

} // namespace
} // namespace helpdesk::reply
