// What became of promises: kept, broken, replaced, dropped, owed.
#include "report/promises.hpp"

#include <gtest/gtest.h>

namespace helpdesk::report {
namespace {

Instant at(std::string_view text) { return *parse_rfc3339(text); }
const Zone k_utc = Zone::utc();

model::Message ours(std::string_view when, std::string text) {
  model::Message m;
  m.key = "ours " + std::string(when);
  m.ticket = "t";
  m.time = at(when);
  m.direction = model::Direction::out;
  m.author = {"Ida", "ida@shop.example"};
  m.author_role = model::Role::agent;
  m.text = m.stripped = std::move(text);
  m.language = "en";
  return m;
}

model::Ticket ticket() {
  model::Ticket t;
  t.key = "t";
  t.number = 7;
  t.account = "shop";
  t.requester_address = "per@example.org";
  return t;
}

model::Timeline solved(std::string_view when, model::Source source = model::Source::human) {
  model::Timeline timeline;
  model::TimelineEntry e;
  e.entry = model::EntryKind::event;
  e.kind = model::EventKind::status;
  e.time = at(when);
  e.source = source;
  e.to = static_cast<model::Term>(model::Status::solved) + 1;
  timeline.entries.push_back(e);
  return timeline;
}

std::string states(const std::vector<model::Message>& messages, std::string_view now,
                   const model::Timeline* timeline = nullptr) {
  std::string all;
  for (const Promise& promise : promises_of(ticket(), messages, timeline, at(now), k_utc))
    all += (all.empty() ? "" : " ") + std::string(text(promise.state));
  return all;
}

// Monday 5 January 2026.
const model::Message k_promise = ours("2026-01-05T10:00:00Z", "I will write by Friday.");

TEST(Promises, AreOwedUntilTheEndOfTheirDay) {
  EXPECT_EQ(states({k_promise}, "2026-01-05T10:00:00Z"), "open");
  EXPECT_EQ(states({k_promise}, "2026-01-09T23:59:59Z"), "open");
  EXPECT_EQ(states({k_promise}, "2026-01-10T00:00:00Z"), "overdue");
  auto all = promises_of(ticket(), std::vector{k_promise}, nullptr, at("2026-01-05T10:00:00Z"), k_utc);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].due, at("2026-01-09T23:59:59Z"));
  EXPECT_EQ(all[0].by.name, "Ida");
  EXPECT_EQ(all[0].number, 7);
  EXPECT_EQ(all[0].sentence, "I will write by Friday.");
}

TEST(Promises, AreKeptByWritingInTime) {
  EXPECT_EQ(states({k_promise, ours("2026-01-09T20:00:00Z", "It is here.")}, "2026-02-01T00:00:00Z"), "kept");
  EXPECT_EQ(states({k_promise, ours("2026-01-10T08:00:00Z", "It is here.")}, "2026-02-01T00:00:00Z"),
            "broken");
}

TEST(Promises, ANewOneReplacesTheOld) {
  std::vector<model::Message> two{k_promise, ours("2026-01-09T12:00:00Z", "I will write again on Tuesday.")};
  EXPECT_EQ(states(two, "2026-01-10T00:00:00Z"), "replaced open");
  EXPECT_EQ(states(two, "2026-01-14T00:00:00Z"), "replaced overdue");
  two[1].time = at("2026-01-12T12:00:00Z");
  EXPECT_EQ(states(two, "2026-01-12T13:00:00Z"), "broken open");
}

TEST(Promises, OnlyPublicWordsOfPeopleCount) {
  for (int what = 0; what < 5; ++what) {
    model::Message later = ours("2026-01-08T12:00:00Z", "We have received your message.");
    if (what == 0) later.automation = model::Automation::auto_reply;
    if (what == 1) later.visibility = model::Visibility::private_;
    if (what == 2) later.direction = model::Direction::in;
    if (what == 3) later.delivery = model::Delivery::bounced;
    if (what == 4) later.direction = model::Direction::internal;
    EXPECT_EQ(states({k_promise, later}, "2026-01-12T00:00:00Z"), "overdue") << what;
    later.text = later.stripped = "I will write tomorrow.";
    EXPECT_EQ(states({k_promise, later}, "2026-01-08T13:00:00Z"), "open") << what;
  }
}

TEST(Promises, SolvingLaterDropsThem) {
  model::Timeline with_the_reply = solved("2026-01-05T10:01:00Z"), later = solved("2026-01-07T10:00:00Z"),
                  by_rule = solved("2026-01-07T10:00:00Z", model::Source::rule);
  EXPECT_EQ(states({k_promise}, "2026-01-12T00:00:00Z", &with_the_reply), "overdue");
  EXPECT_EQ(states({k_promise}, "2026-01-12T00:00:00Z", &later), "dropped");
  EXPECT_EQ(states({k_promise}, "2026-01-12T00:00:00Z", &by_rule), "overdue");
  EXPECT_EQ(states({k_promise, ours("2026-01-06T10:00:00Z", "Here it is.")}, "2026-01-12T00:00:00Z", &later),
            "kept");
}

class StoredPromises : public ::testing::Test {
 protected:
  std::unique_ptr<store::Store> store_ = store::open_memory_store();
  model::Ticket ticket_ = ticket();

  void put(const std::vector<model::Message>& messages) {
    auto t = store_->begin(store::Durability::full);
    ASSERT_TRUE(t) << t.error().message;
    for (const model::Message& m : messages) {
      ASSERT_TRUE((*t)->put_message(m));
      if (m.direction == model::Direction::out) ticket_.last_out = m.time;
    }
    ASSERT_TRUE((*t)->put_ticket(ticket_));
    ASSERT_TRUE((*t)->commit());
  }
  std::size_t count(std::string_view now, bool owed) {
    auto found = promises(*store_, {ticket_}, owed, at(now), k_utc);
    EXPECT_TRUE(found) << found.error().message;
    return found ? found->size() : 99;
  }
};

TEST_F(StoredPromises, TheLastReplyTellsWhatIsOwed) {
  put({ours("2026-01-02T10:00:00Z", "I will write by Monday."), k_promise});
  EXPECT_EQ(count("2026-01-06T00:00:00Z", true), 1U);
  EXPECT_EQ(count("2026-01-06T00:00:00Z", false), 2U);
  put({ours("2026-01-07T10:00:00Z", "Here it is.")});
  EXPECT_EQ(count("2026-01-08T00:00:00Z", true), 0U);
  EXPECT_EQ(count("2026-01-08T00:00:00Z", false), 2U);
}

TEST_F(StoredPromises, HistoryAndWhatIsOldIsLeftOut) {
  put({k_promise});
  EXPECT_EQ(count("2026-06-01T00:00:00Z", true), 1U);
  EXPECT_EQ(count("2027-06-01T00:00:00Z", true), 0U);
  ticket_.history_only = true;
  EXPECT_EQ(count("2026-01-06T00:00:00Z", true), 0U);
}

} // namespace
} // namespace helpdesk::report
