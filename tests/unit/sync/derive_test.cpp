#include "sync/derive.hpp"
#include "sync/deriver.hpp"

#include <deque>
#include <map>

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

using model::Direction;
using model::NeedsReply;
using model::Status;

Instant at(int hour, int minute = 0) {
  return instant_of_seconds(1'767'571'200 + hour * 3600 + minute * 60);
} // Monday 2026-01-05

class Desk {
 public:
  Desk() {
    policy_.account = "a";
    policy_.us_addresses = {"support@desk.example"};
  }
  model::Message& in(int hour, int minute = 0) {
    model::Message m;
    m.author = {"Kari", "kari@example.org"};
    m.author_role = model::Role::customer;
    return add(m, hour, minute);
  }
  model::Message& out(int hour, int minute = 0) {
    model::Message m;
    m.direction = Direction::out;
    m.author = {"", "support@desk.example"};
    m.author_role = model::Role::agent;
    m.needs_reply = NeedsReply::no;
    m.to = {{"Kari", "kari@example.org"}};
    return add(m, hour, minute);
  }
  void set(int hour, int minute, std::string field, std::string value) {
    TicketEntry e;
    e.seq = static_cast<std::int64_t>(entries_.size()) + 1;
    e.time = at(hour, minute);
    e.actor = "ada";
    e.kind = "set";
    e.changes = {{std::move(field), std::move(value)}};
    for (const model::Message& m : messages_)
      if (m.time <= e.time) e.message_key = m.key;
    entries_.push_back(e);
  }
  TicketEntry& last_entry() { return entries_.back(); }
  Policy& policy() { return policy_; }
  DerivedTicket derive() {
    std::vector<const model::Message*> messages;
    for (const model::Message& m : messages_) messages.push_back(&m);
    std::vector<const TicketEntry*> entries;
    for (const TicketEntry& e : entries_) entries.push_back(&e);
    return derive_ticket(
        {messages, entries, policy_, nullptr, nullptr, nullptr, &person_key, [this](std::string_view text) {
           auto [it, fresh] =
               terms_.try_emplace(std::string(text), static_cast<model::Term>(terms_.size() + 1));
           return it->second;
         }});
  }

 private:
  std::deque<model::Message> messages_;
  std::deque<TicketEntry> entries_;
  Policy policy_;
  std::map<std::string, model::Term> terms_;
  model::Message& add(model::Message m, int hour, int minute) {
    m.key = "a:message:" + std::to_string(messages_.size()) + "@x";
    m.message_id = std::to_string(messages_.size()) + "@x";
    m.time = at(hour, minute);
    m.subject = "Lid";
    m.labels = {m.direction == Direction::out ? "sent" : "inbox"};
    messages_.push_back(std::move(m));
    return messages_.back();
  }
};

TEST(Derive, AQuestionWaitsUntilAHumanAnswers) {
  Desk desk;
  desk.in(10);
  auto t = desk.derive().ticket;
  EXPECT_EQ(t.status, Status::fresh);
  EXPECT_EQ(t.waiting_since, at(10));
  desk.in(12); // a second message does not move the start
  EXPECT_EQ(desk.derive().ticket.waiting_since, at(10));
  desk.out(13);
  t = desk.derive().ticket;
  EXPECT_EQ(t.status, Status::pending);
  EXPECT_FALSE(t.waiting_since);
  desk.in(14);
  t = desk.derive().ticket;
  EXPECT_EQ(t.status, Status::open);
  EXPECT_EQ(t.waiting_since, at(14));
  EXPECT_EQ(t.requester_address, "kari@example.org");
}

TEST(Derive, MachinesAndThanksDoNotWait) {
  Desk desk;
  desk.in(10);
  desk.out(11).automation = model::Automation::auto_reply;
  EXPECT_EQ(desk.derive().ticket.waiting_since, at(10)) << "an automatic answer is none";
  desk.out(12);
  desk.in(13).needs_reply = NeedsReply::no; // thanks
  auto t = desk.derive().ticket;
  EXPECT_EQ(t.status, Status::pending) << "a bare thanks does not reopen";
  EXPECT_FALSE(t.waiting_since);
}

TEST(Derive, ABouncedAnswerIsNone) {
  Desk desk;
  desk.in(10);
  desk.out(11);
  model::Message& notice = desk.in(11, 5);
  notice.automation = model::Automation::bounce;
  notice.needs_reply = NeedsReply::no;
  notice.delivery = model::Delivery::bounced;
  notice.in_reply_to = "1@x";
  DerivedTicket derived = desk.derive();
  EXPECT_EQ(derived.ticket.waiting_since, at(10));
  EXPECT_EQ(derived.bounced, std::vector<std::size_t>{1});
}

TEST(Derive, SolvedStaysSolvedUntilTheCustomerWrites) {
  Desk desk;
  desk.in(10);
  desk.set(11, 0, "status", "solved");
  EXPECT_EQ(desk.derive().ticket.status, Status::solved);
  EXPECT_FALSE(desk.derive().ticket.waiting_since);
  desk.in(12);
  auto t = desk.derive().ticket;
  EXPECT_EQ(t.status, Status::open);
  EXPECT_EQ(t.waiting_since, at(12));
}

TEST(Derive, ClosingUnseenMailLeavesItWaiting) {
  Desk desk;
  desk.in(10);
  desk.set(11, 0, "status", "solved");
  desk.in(10, 59); // written before, pulled after
  // The one who solved it had seen only the first message.
  desk.last_entry().message_key = "a:message:0@x";
  auto t = desk.derive().ticket;
  EXPECT_EQ(t.status, Status::open);
  EXPECT_EQ(t.waiting_since, at(10, 59));
}

TEST(Derive, ANewMessageWakesASnoozedTicket) {
  Desk desk;
  desk.in(10);
  desk.set(11, 0, "tag+", "later");
  desk.last_entry().kind = "snooze";
  desk.last_entry().until = at(72);
  EXPECT_EQ(desk.derive().ticket.snoozed_until, at(72));
  desk.in(12);
  EXPECT_FALSE(desk.derive().ticket.snoozed_until);
}

TEST(Derive, FoldersSayWhatIsSpamAndDeleted) {
  Desk desk;
  desk.in(10).labels = {"junk"};
  EXPECT_TRUE(desk.derive().ticket.spam);
  EXPECT_FALSE(desk.derive().ticket.waiting_since);
  Desk binned;
  binned.in(10).labels = {"trash"};
  EXPECT_TRUE(binned.derive().ticket.deleted);
  Desk archived;
  archived.in(10).labels = {"archive"};
  EXPECT_EQ(archived.derive().ticket.waiting_since, at(10)) << "archived is not deleted";
  Desk gone;
  gone.in(10).labels = {};
  EXPECT_EQ(gone.derive().ticket.waiting_since, at(10)) << "gone from the server still counts";
}

TEST(Derive, HistoryNeverWaits) {
  Desk desk;
  desk.policy().history_before = at(100);
  desk.in(10);
  EXPECT_TRUE(desk.derive().ticket.history_only);
  EXPECT_FALSE(desk.derive().ticket.waiting_since);
  desk.in(101);
  EXPECT_FALSE(desk.derive().ticket.history_only);
}

TEST(Derive, APersonsWordOnNeedsReply) {
  Desk desk;
  desk.in(10);
  desk.set(11, 0, "needs_reply", "no");
  EXPECT_FALSE(desk.derive().ticket.waiting_since);
  desk.in(12);
  EXPECT_EQ(desk.derive().ticket.waiting_since, at(12));
}

TEST(Derive, RulesActWhereTheyMatched) {
  Desk desk;
  Rule rule;
  rule.name = "bills";
  rule.changes = {{"tag+", "billing"}, {"priority", "high"}};
  desk.policy().rules = {rule};
  desk.in(10).labels = {"inbox", "rule:bills"};
  auto t = desk.derive().ticket;
  EXPECT_EQ(t.tags, std::vector<std::string>{"billing"});
  EXPECT_EQ(t.priority, model::Priority::high);
}

TEST(Derive, TheTimelineIsOrdered) {
  Desk desk;
  desk.in(10);
  desk.out(11);
  desk.set(11, 0, "status", "solved"); // reply and solve in the same minute: the reply first
  auto timeline = desk.derive().timeline;
  for (std::size_t i = 1; i < timeline.entries.size(); ++i)
    EXPECT_LE(timeline.entries[i - 1].time, timeline.entries[i].time);
  EXPECT_EQ(timeline.entries.front().kind, model::EventKind::created);
  EXPECT_EQ(timeline.status, Status::solved);
}

} // namespace
} // namespace helpdesk::sync
