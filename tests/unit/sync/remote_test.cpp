// A ticket system's statuses, private notes, events, merges and people through Ingest.
#include "support/memory_desk.hpp"
#include "sync/actions.hpp"
#include "sync/ingest.hpp"
#include "sync/people.hpp"

#include <random>

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

using test::MemoryDesk;

class StoreSink : public backend::Sink {
 public:
  StoreSink(store::Store& store, Ingest& ingest) : store_(store), ingest_(ingest) {}
  Result<void> page(backend::Page&& page) override {
    if (left == 0) return fail(ErrorKind::interrupted, "stopped");
    if (left > 0) --left;
    return ingest_.page(std::move(page));
  }
  Result<std::string> cursor(std::string_view stream) override { return store_.cursor("shop", stream); }
  Result<bool> has_record(std::string_view key) override { return store_.has_raw("shop", key); }
  Result<std::optional<store::RawRecord>> record(std::string_view key) override {
    return store_.raw("shop", key);
  }
  Result<std::string> record_of_message_id(std::string_view, std::uint64_t) override { return std::string(); }
  Result<std::vector<store::Placement>> placements(std::string_view stream) override {
    return store_.placements("shop", stream);
  }
  bool in_scope(std::string_view) override { return true; }
  void progress(std::string_view, std::uint64_t, std::uint64_t, std::uint64_t) override {}
  int left = -1;

 private:
  store::Store& store_;
  Ingest& ingest_;
};

class Remote : public testing::Test {
 protected:
  Remote() {
    test::know_memory_desk();
    test::memory_desks()["shop"] = &desk;
    settings.account = policy.account = "shop";
    settings.kind = policy.kind = "memory_desk";
    policy.backend_sends_status = true;
  }
  ~Remote() override { test::memory_desks().erase("shop"); }

  // pages: how many are let through; -1 all.
  void pull(store::Store& into, int pages = -1, std::string page_size = "2") {
    settings.values["page_size"] = std::move(page_size);
    Ingest ingest(into, settings, policy, store::Durability::refetchable);
    StoreSink sink(into, ingest);
    sink.left = pages;
    auto opened = test::k_memory_desk_kind.open(settings, {});
    ASSERT_TRUE(opened);
    auto done = (*opened)->pull({}, sink);
    if (pages < 0) {
      ASSERT_TRUE(done) << done.error().message;
    }
  }
  model::Ticket ticket(const std::string& id) {
    auto found = store->ticket_by_key("shop:ticket:" + id);
    EXPECT_TRUE(found && *found) << id;
    return found && *found ? **found : model::Ticket{};
  }
  static std::string digest(store::Store& of) {
    auto report = of.verify({});
    EXPECT_TRUE(report) << report.error().message;
    for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
    return report->digest;
  }
  static std::string dump(store::Store& of) {
    std::string text;
    (void)of.verify([&](std::string_view line) { text += std::string(line) + "\n"; });
    return text;
  }
  Actions actions() {
    return {*store,
            settings,
            policy,
            {"ada", "ada@desk.example", "Ada", instant_of_seconds(MemoryDesk::k_start + 1'000'000)}};
  }

  // A few conversations with everything that such a system has.
  void fill() {
    asked =
        desk.open_ticket("Lid", "Kari", "kari@example.org", "The lid is broken. When do I get a new one?");
    answered = desk.open_ticket("Perch", "Ola", "ola@example.org", "Where is my perch?");
    desk.comment(answered, "Agent", "agent@desk.example", "agent", true, "It leaves today.");
    desk.comment(answered, "Agent", "agent@desk.example", "agent", false, "Third time this week.");
    desk.set_status(answered, "pending");
    doubled = desk.open_ticket("Lid again", "Kari", "kari@example.org", "Me again about the lid?");
    desk.merge(doubled, asked);
    dropped = desk.open_ticket("Spam", "X", "x@example.org", "buy?");
    desk.remove(dropped);
    solved = desk.open_ticket("Roof", "Ola", "ola@work.example", "Is the roof tight?");
    desk.set_status(solved, "solved");
    desk.add_user("Ola Berg", {"ola@example.org", "ola@work.example"});
  }

  MemoryDesk desk;
  backend::Settings settings;
  Policy policy;
  std::unique_ptr<store::Store> store = store::open_memory_store();
  std::string asked, answered, doubled, dropped, solved;
};

TEST_F(Remote, ATicketIsWhatTheSystemSays) {
  fill();
  pull(*store);
  EXPECT_EQ(ticket(asked).status, model::Status::fresh);
  EXPECT_TRUE(ticket(asked).waiting_since);
  EXPECT_EQ(ticket(asked).requester, "person:email:kari@example.org");
  model::Ticket t = ticket(answered);
  EXPECT_EQ(t.status, model::Status::pending);
  EXPECT_FALSE(t.waiting_since);
  EXPECT_EQ(t.messages, 2) << "the private note is none of the public messages";
  auto messages = store->messages(t.key);
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 3U);
  EXPECT_EQ((*messages)[2].visibility, model::Visibility::private_);
  EXPECT_EQ((*messages)[2].direction, model::Direction::internal);
  EXPECT_EQ((*messages)[1].direction, model::Direction::out);
  EXPECT_EQ(ticket(doubled).merged_into, "shop:ticket:" + asked);
  EXPECT_FALSE(ticket(doubled).waiting_since);
  EXPECT_TRUE(ticket(dropped).deleted);
  EXPECT_FALSE(ticket(dropped).waiting_since);
  EXPECT_EQ(ticket(solved).status, model::Status::solved);
  EXPECT_FALSE(ticket(solved).waiting_since);
  auto timeline = store->timeline("shop:ticket:" + solved);
  ASSERT_TRUE(timeline && *timeline);
  auto changes = std::count_if(
      (*timeline)->entries.begin(), (*timeline)->entries.end(), [](const model::TimelineEntry& e) {
        return e.entry == model::EntryKind::event && e.kind == model::EventKind::status;
      });
  EXPECT_EQ(changes, 1);
  EXPECT_TRUE((*store->timeline("shop:ticket:" + doubled))->merged);
}

TEST_F(Remote, OnePersonOfTwoAddresses) {
  fill();
  pull(*store);
  auto a = store->person_of({"email", "ola@example.org"}),
       b = store->person_of({"email", "ola@work.example"});
  ASSERT_TRUE(a && *a && b && *b);
  EXPECT_EQ((*a)->key, (*b)->key);
  EXPECT_EQ((*a)->identities.size(), 3U);
}

TEST_F(Remote, PartingOthersLeavesThemOne) {
  fill();
  pull(*store);
  ASSERT_TRUE(derive_merged_people(*store));
  auto a = store->person_of({"email", "ola@example.org"});
  ASSERT_TRUE(a && *a);
  EXPECT_EQ((*a)->identities.size(), 3U);
}

TEST_F(Remote, PagesOrderAndRebuildDoNotMatter) {
  fill();
  pull(*store, -1, "100");
  std::string expected = digest(*store);
  for (const char* size : {"1", "2", "3"}) {
    auto other = store::open_memory_store();
    pull(*other, -1, size);
    EXPECT_EQ(digest(*other), expected) << "pages of " << size << "\n"
                                        << dump(*store) << "----\n"
                                        << dump(*other);
  }
  auto interrupted = store::open_memory_store();
  for (int i = 0; i < 40; ++i) pull(*interrupted, 1, "1");
  pull(*interrupted);
  EXPECT_EQ(digest(*interrupted), expected);
  pull(*store);
  EXPECT_EQ(digest(*store), expected) << "pulled again";
  auto counts = rebuild(*store, {{&settings, &policy}}, {});
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(digest(*store), expected) << "rebuilt";
}

TEST_F(Remote, ChangesWhilePagesAreReadAreNotLost) {
  fill();
  int times = 0;
  desk.between_pages = [&] {
    if (++times == 2)
      desk.comment(answered, "Ola", "ola@example.org", "customer", true, "And the second perch?");
    if (times == 3) desk.set_status(answered, "open");
  };
  pull(*store, -1, "1");
  desk.between_pages = nullptr;
  EXPECT_TRUE(ticket(answered).waiting_since);
  EXPECT_EQ(ticket(answered).status, model::Status::open);
  auto other = store::open_memory_store();
  pull(*other, -1, "100");
  EXPECT_EQ(digest(*store), digest(*other));
}

TEST_F(Remote, EventsOfLaterPagesJoinEarlierOnes) {
  fill();
  pull(*store);
  desk.set_status(answered, "solved");
  desk.set_status(answered, "open");
  pull(*store);
  auto timeline = store->timeline("shop:ticket:" + answered);
  ASSERT_TRUE(timeline && *timeline);
  EXPECT_EQ(std::count_if((*timeline)->entries.begin(), (*timeline)->entries.end(),
                          [](const model::TimelineEntry& e) {
                            return e.entry == model::EntryKind::event && e.kind == model::EventKind::status;
                          }),
            3);
  auto other = store::open_memory_store();
  pull(*other);
  EXPECT_EQ(digest(*store), digest(*other));
}

TEST_F(Remote, WhatIsDoneHereSurvivesPullsAndRebuild) {
  fill();
  pull(*store);
  ASSERT_TRUE(actions().set(ticket(asked), {{"tag+", "lid"}, {"priority", "high"}}));
  ASSERT_TRUE(actions().note(ticket(asked), "called the factory", 0));
  EXPECT_EQ(ticket(asked).tags, std::vector<std::string>{"lid"});
  auto count = [&] { return store->messages("shop:ticket:" + asked)->size(); };
  EXPECT_EQ(count(), 2U);
  std::string before = digest(*store);
  ASSERT_TRUE(rebuild(*store, {{&settings, &policy}}, {}));
  EXPECT_EQ(digest(*store), before) << dump(*store);
  desk.comment(asked, "Agent", "agent@desk.example", "agent", true, "A new lid is on its way.");
  pull(*store);
  EXPECT_EQ(count(), 3U);
  EXPECT_FALSE(ticket(asked).waiting_since);
  EXPECT_EQ(ticket(asked).tags, std::vector<std::string>{"lid"});
  ASSERT_TRUE(actions().undo(1));
  EXPECT_EQ(count(), 2U) << "the note is gone, the system's messages are not";
  ASSERT_TRUE(actions().undo(1));
  EXPECT_TRUE(ticket(asked).tags.empty());
}

TEST_F(Remote, TheSystemsNewerWordStands) {
  fill();
  pull(*store);
  Actions early(*store, settings, policy,
                {"ada", "ada@desk.example", "Ada", ticket(asked).updated + std::chrono::seconds(1)});
  ASSERT_TRUE(early.set(ticket(asked), {{"status", "solved"}}));
  EXPECT_EQ(ticket(asked).status, model::Status::solved);
  desk.set_status(asked, "open");
  pull(*store);
  EXPECT_EQ(ticket(asked).status, model::Status::open);
}

TEST_F(Remote, TicketsOfASystemAreMergedThere) {
  fill();
  pull(*store);
  auto merged = actions().merge(ticket(solved), ticket(asked));
  ASSERT_FALSE(merged);
  EXPECT_EQ(merged.error().kind, ErrorKind::usage);
}

TEST_F(Remote, DamagedRecordsAreDefectsOnly) {
  fill();
  settings.values["page_size"] = "50";
  Ingest ingest(*store, settings, policy, store::Durability::refetchable);
  std::string whole = json::dump(desk.tickets.at(asked).body);
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    backend::Page page;
    page.stream = "tickets";
    store::RawRecord record;
    record.key = "tickets:" + asked;
    record.version = std::to_string(size);
    record.format = "json";
    record.bytes = whole.substr(0, size);
    page.records.push_back(std::move(record));
    auto done = ingest.page(std::move(page));
    ASSERT_TRUE(done) << size << ": " << done.error().message;
  }
  EXPECT_EQ(store->defective_records("shop", 10)->size(), 1U);
  pull(*store);
  EXPECT_TRUE(store->defective_records("shop", 10)->empty());
  EXPECT_TRUE(ticket(asked).waiting_since);
}

} // namespace
} // namespace helpdesk::sync
