#include "contract/store/fixture.hpp"

namespace helpdesk::store::test {
namespace {

using testing::ElementsAre;

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, testing::Values(Kind::sqlite, Kind::memory),
                         [](const auto& i) { return i.param == Kind::sqlite ? "sqlite" : "memory"; });

RawRecord record(std::string key, std::string bytes, std::string version = "1") {
  return {.account = "shop",
          .key = std::move(key),
          .version = std::move(version),
          .format = "mail",
          .bytes = std::move(bytes),
          .received = instant_of_seconds(5),
          .hint = "{}"};
}

TEST_P(StoreContract, KeepsRecordsAsTheyArrived) {
  std::string bytes("From: a\r\n\0\xff\xfe body", 17);
  write([&](Transaction& tx) {
    must(tx.put_raw(record("b", bytes)));
    must(tx.put_raw(record("a", std::string(300'000, 'x'))));
    must(tx.put_raw(record("empty", "")));
    EXPECT_TRUE(must(tx.has_raw("shop", "b")));
  });
  EXPECT_EQ(must(store_->raw("shop", "b"))->bytes, bytes);
  EXPECT_EQ(must(store_->raw("shop", "b"))->received, instant_of_seconds(5));
  EXPECT_EQ(must(store_->raw("shop", "empty"))->bytes, "");
  EXPECT_FALSE(must(store_->raw("shop", "c")));
  EXPECT_FALSE(must(store_->has_raw("other", "a")));
  std::vector<std::string> keys;
  must(store_->each_raw("shop", [&](RawRecord&& r) { return keys.push_back(r.key), keys.size() < 2; }));
  EXPECT_THAT(keys, ElementsAre("a", "b"));
  EXPECT_THAT(must(store_->accounts()), ElementsAre("shop"));
  write([&](Transaction& tx) {
    RawRecord own = record("q", "a mail that is to leave");
    own.account = "@queue";
    must(tx.put_raw(std::move(own)));
  });
  EXPECT_THAT(must(store_->accounts()), ElementsAre("shop")) << "the desk's own shelves are no accounts";
}

TEST_P(StoreContract, EachRawGoesThroughManyRecordsInKeyOrder) {
  write([&](Transaction& tx) {
    for (int i = 999; i >= 0; --i) must(tx.put_raw(record(std::to_string(10'000 + i), std::to_string(i))));
    must(tx.put_raw(record("", "the empty key is a key")));
  });
  std::vector<std::string> keys;
  must(store_->each_raw("shop", [&](RawRecord&& r) { return keys.push_back(r.key), true; }));
  EXPECT_EQ(keys.size(), 1001);
  EXPECT_TRUE(std::ranges::is_sorted(keys));
}

TEST_P(StoreContract, TheSameVersionAgainChangesNothingAnotherReplaces) {
  write([&](Transaction& tx) { must(tx.put_raw(record("a", "one"))); });
  write([&](Transaction& tx) { must(tx.put_raw(record("a", "two"))); });
  EXPECT_EQ(must(store_->raw("shop", "a"))->bytes, "one");
  write([&](Transaction& tx) { must(tx.put_raw(record("a", "three", "2"))); });
  EXPECT_EQ(must(store_->raw("shop", "a"))->bytes, "three");
  EXPECT_EQ(must(store_->info()).records, 1);
}

TEST_P(StoreContract, TheEarliestTimeStaysWhicheverCopyCameFirst) {
  auto at = [](std::string key, int seconds) {
    auto r = record(std::move(key), "the same");
    r.received = instant_of_seconds(seconds);
    return r;
  };
  for (int seconds : {0, 9, 5, 7}) write([&](Transaction& tx) { must(tx.put_raw(at("a", seconds))); });
  for (int seconds : {5, 7, 9, 0}) write([&](Transaction& tx) { must(tx.put_raw(at("b", seconds))); });
  EXPECT_EQ(must(store_->raw("shop", "a"))->received, instant_of_seconds(5));
  EXPECT_EQ(must(store_->raw("shop", "b"))->received, instant_of_seconds(5));
}

TEST_P(StoreContract, ListsDefectsAndTakesThemBack) {
  auto broken = record("a", "x");
  broken.defect = "too many parts";
  write([&](Transaction& tx) { must(tx.put_raw(broken)), must(tx.put_raw(record("b", "y"))); });
  auto list = must(store_->defective_records("shop", 10));
  ASSERT_EQ(list.size(), 1);
  EXPECT_EQ(list[0].defect, "too many parts");
  EXPECT_EQ(list[0].bytes, "");
  broken.defect.clear();
  write([&](Transaction& tx) { must(tx.put_raw(broken)); });
  EXPECT_TRUE(must(store_->defective_records("shop", 10)).empty());
}

TEST_P(StoreContract, PlacementsFollowTheServer) {
  write([&](Transaction& tx) {
    must(tx.put_placement({.account = "shop",
                           .stream = "INBOX",
                           .uid = "1",
                           .record = "a",
                           .labels = {"\\Seen"},
                           .role = "inbox"}));
    must(
        tx.put_placement({.account = "shop", .stream = "INBOX", .uid = "2", .record = "b", .role = "inbox"}));
    must(tx.put_placement(
        {.account = "shop", .stream = "Archive", .uid = "1", .record = "a", .role = "archive"}));
    must(tx.set_cursor("shop", "INBOX", "{\"uid\":2}"));
    must(tx.put_placement(
        {.account = "shop", .stream = "INBOX", .uid = "2", .record = "b", .labels = {"x"}, .role = "inbox"}));
  });
  EXPECT_EQ(must(store_->placements("shop", "INBOX")).size(), 2);
  EXPECT_EQ(must(store_->placements("shop", "")).size(), 3);
  EXPECT_EQ(must(store_->placements_of("shop", "a")).size(), 2);
  EXPECT_THAT(must(store_->placements_of("shop", "b"))[0].labels, ElementsAre("x"));
  EXPECT_EQ(must(store_->cursor("shop", "INBOX")), "{\"uid\":2}");
  EXPECT_EQ(must(store_->cursor("shop", "Sent")), "");
  write([&](Transaction& tx) {
    must(tx.remove_placement("shop", "INBOX", "2"));
    must(tx.remove_stream("shop", "Archive"));
  });
  EXPECT_EQ(must(store_->placements("shop", "")).size(), 1);
  write([&](Transaction& tx) { must(tx.remove_stream("shop", "INBOX")); });
  EXPECT_EQ(must(store_->cursor("shop", "INBOX")), "");
}

TEST_P(StoreContract, AccountStateComesBack) {
  EXPECT_FALSE(must(store_->account_state("shop")).last_success);
  write([&](Transaction& tx) {
    must(tx.put_account_state({.account = "shop", .last_success = now_, .last_error = "e", .data = "{}"}));
  });
  auto state = must(store_->account_state("shop"));
  EXPECT_EQ(state.last_success, now_);
  EXPECT_FALSE(state.complete_since);
  EXPECT_EQ(state.last_error, "e");
}

TEST_P(StoreContract, JournalIsAppendedAndAsked) {
  write(
      [&](Transaction& tx) {
        EXPECT_EQ(must(tx.append({.time = now_, .actor = "me", .kind = "set", .subject = "t1", .data = "1"})),
                  1);
        EXPECT_EQ(must(tx.append({.time = now_, .kind = "draft", .subject = "t1", .data = "2"})), 2);
        EXPECT_EQ(must(tx.append({.time = now_, .kind = "draft", .subject = "t2", .data = "3"})), 3);
        EXPECT_EQ(must(tx.append({.time = now_, .kind = "draft", .subject = "t1", .data = "4"})), 4);
      },
      Durability::full);
  auto seqs = [](const std::vector<JournalEntry>& entries) {
    std::vector<std::int64_t> out;
    for (const auto& e : entries) out.push_back(e.seq);
    return out;
  };
  EXPECT_THAT(seqs(must(store_->journal({}))), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(seqs(must(store_->journal({.kinds = {"draft"}, .subject = "t1", .newest_first = true}))),
              ElementsAre(4, 2));
  EXPECT_THAT(seqs(must(store_->journal({.kinds = {"draft", "set"}, .after = 1, .limit = 2}))),
              ElementsAre(2, 3));
  EXPECT_THAT(seqs(must(store_->latest("draft"))), ElementsAre(3, 4));
  EXPECT_EQ(must(store_->latest("draft", "t1"))->data, "4");
  EXPECT_FALSE(must(store_->latest("queue", "t1")));
  EXPECT_EQ(must(store_->journal({}))[0].actor, "me");
  write([&](Transaction& tx) {
    must(tx.rewrite_journal([](const JournalEntry& e) {
      auto now = e;
      now.data = "erased";
      return e.subject == "t1" ? std::optional(now) : std::nullopt;
    }));
  });
  EXPECT_EQ(must(store_->latest("draft", "t1"))->data, "erased");
  EXPECT_EQ(must(store_->latest("draft", "t2"))->data, "3");
  EXPECT_THAT(seqs(must(store_->journal({}))), ElementsAre(1, 2, 3, 4));
}

TEST_P(StoreContract, AnErasedTicketsNumberIsKeptUnderAnotherKey) {
  write(
      [&](Transaction& tx) {
        EXPECT_EQ(must(tx.put_ticket(ticket("t1", 1))), 1);
        EXPECT_EQ(must(tx.put_ticket(ticket("t2", 2))), 2);
        must(tx.remove_ticket(ticket("t2", 2).key));
        must(tx.rename_numbers([](std::string_view key) {
          return key == ticket("t2", 2).key ? std::optional<std::string>("gone") : std::nullopt;
        }));
      },
      Durability::full);
  EXPECT_FALSE(must(store_->ticket(2)));
  EXPECT_EQ(must(store_->ticket(1))->key, ticket("t1", 1).key);
  write([&](Transaction& tx) { EXPECT_EQ(must(tx.put_ticket(ticket("t2", 3))), 3) << "#2 was given again"; });
  EXPECT_THAT(must(store_->verify({})).problems, testing::IsEmpty());
}

TEST_P(StoreContract, RemembersWhatWasErased) {
  EXPECT_FALSE(must(store_->is_erased("m1")));
  write([&](Transaction& tx) { must(tx.add_erased("m1")), must(tx.add_erased("m1")); });
  EXPECT_TRUE(must(store_->is_erased("m1")));
  EXPECT_FALSE(must(store_->is_erased("m2")));
}

TEST_P(StoreContract, WhatIsNotCommittedLeavesNothing) {
  {
    auto tx = must(store_->begin(Durability::refetchable));
    must(tx->put_raw(record("a", "x")));
    must(tx->put_message(mail("m1", "t1", 10, "hello", "world")));
    must(tx->put_ticket(ticket("t1", 10)));
    must(tx->append({.kind = "set", .subject = "t1"}));
    EXPECT_TRUE(must(tx->has_raw("shop", "a")));
    EXPECT_EQ(must(tx->count_messages(query("world"), now_)), 1);
    EXPECT_FALSE(must(store_->has_raw("shop", "a"))) << "seen before the commit";
    EXPECT_EQ(must(store_->count_messages(query("world"), now_)), 0);
  }
  EXPECT_FALSE(must(store_->has_raw("shop", "a")));
  EXPECT_FALSE(must(store_->message("shop:message:m1")));
  EXPECT_TRUE(must(store_->journal({})).empty());
  write([&](Transaction& tx) { EXPECT_EQ(must(tx.put_ticket(ticket("t2", 1))), 1) << "a number was lost"; });
}

TEST_P(StoreContract, OneWriterAtATime) {
  auto tx = must(store_->begin(Durability::refetchable));
  auto second = store_->begin(Durability::refetchable);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::retry);
  tx.reset();
  EXPECT_TRUE(store_->begin(Durability::refetchable));
}

TEST_P(StoreContract, TheLockNamesItsHolder) {
  auto held = store_->lock("helpdesk pull", 0);
  ASSERT_TRUE(held);
  auto second = store_->lock("helpdesk rebuild", 10);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::retry);
  EXPECT_THAT(second.error().message, testing::HasSubstr("helpdesk pull"));
}

} // namespace
} // namespace helpdesk::store::test
