#include "contract/store/fixture.hpp"

namespace helpdesk::store::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(StoreContract, TicketComesBackWhole) {
  auto t = ticket("t1", 100);
  t.aliases = {"shop:ticket:a", "shop:ticket:b"};
  t.url = "https://x", t.status = model::Status::pending, t.status_raw = "on-hold",
  t.priority = model::Priority::high;
  t.requester_name = "Ægir Þórsson", t.assignee = "Kim", t.tags = {"billing", "eu"},
  t.fields = {{"order", "1"}};
  t.waiting_since = instant_of_seconds(50), t.needs_reply = model::NeedsReply::unsure,
  t.needs_reply_reason = "question";
  t.last_in = instant_of_micros(-1), t.messages = 7, t.language = "is";
  write([&](Transaction& tx) { EXPECT_EQ(must(tx.put_ticket(t)), 1); });
  for (const auto& got : {must(store_->ticket(1)), must(store_->ticket_by_key(t.key)),
                          must(store_->ticket_by_key("shop:ticket:b"))}) {
    ASSERT_TRUE(got);
    EXPECT_EQ(got->key, t.key);
    EXPECT_EQ(got->number, 1);
    EXPECT_EQ(got->aliases, t.aliases);
    EXPECT_EQ(got->status_raw, "on-hold");
    EXPECT_EQ(got->requester_name, "Ægir Þórsson");
    EXPECT_EQ(got->tags, t.tags);
    EXPECT_EQ(got->waiting_since, t.waiting_since);
    EXPECT_EQ(got->last_in, t.last_in);
    EXPECT_FALSE(got->last_out);
    EXPECT_EQ(got->messages, 7);
  }
  EXPECT_FALSE(must(store_->ticket(2)));
  EXPECT_FALSE(must(store_->ticket_by_key("shop:ticket:c")));
}

TEST_P(StoreContract, NumbersAreGivenOnce) {
  write([&](Transaction& tx) {
    EXPECT_EQ(must(tx.put_ticket(ticket("a", 1))), 1);
    EXPECT_EQ(must(tx.put_ticket(ticket("b", 2))), 2);
    EXPECT_EQ(must(tx.put_ticket(ticket("c", 3))), 3);
    EXPECT_EQ(must(tx.put_ticket(ticket("a", 4))), 1);
    must(tx.remove_ticket("shop:ticket:c"));
    EXPECT_EQ(must(tx.put_ticket(ticket("d", 5))), 4) << "3 was given again";
  });
  write([&](Transaction& tx) {
    must(tx.clear_derived());
    EXPECT_EQ(must(tx.put_ticket(ticket("b", 2))), 2);
    EXPECT_EQ(must(tx.put_ticket(ticket("a", 1))), 1);
    EXPECT_EQ(must(tx.put_ticket(ticket("e", 6))), 5);
  });
  EXPECT_FALSE(must(store_->ticket_by_key("shop:ticket:d")));
}

// Both orders in which sync may do it: the row that is swallowed goes before or after the other is written.
TEST_P(StoreContract, JoinedTicketsKeepTheSmallestNumber) {
  for (bool before : {true, false}) {
    store_ = make(before ? "before" : "after");
    model::Timeline line{.entries = {{.time = now_}}};
    write([&](Transaction& tx) {
      for (const char* id : {"late", "early"})
        must(tx.put_ticket(ticket(id, 1))), must(tx.put_timeline("shop:ticket:" + std::string(id), line));
    });
    write([&](Transaction& tx) {
      auto joined = ticket("early", 1);
      joined.aliases = {"shop:ticket:late"};
      line.entries.push_back({.time = now_, .number = 2});
      if (before) must(tx.remove_ticket("shop:ticket:late"));
      EXPECT_EQ(must(tx.put_ticket(joined)), 1);
      must(tx.put_timeline(joined.key, line));
      if (!before) must(tx.remove_ticket("shop:ticket:late"));
      must(tx.put_ticket(joined));
    });
    EXPECT_EQ(must(store_->ticket(1))->key, "shop:ticket:early");
    EXPECT_EQ(must(store_->ticket(2))->key, "shop:ticket:early") << "the other number leads nowhere";
    EXPECT_EQ(must(store_->ticket_by_key("shop:ticket:late"))->key, "shop:ticket:early");
    std::vector<std::int64_t> numbers;
    must(store_->timelines({}, [&](const model::Timeline& t) {
      EXPECT_EQ(t.entries.size(), 2);
      return numbers.push_back(t.ticket), true;
    }));
    EXPECT_THAT(numbers, ElementsAre(1));
    EXPECT_EQ(must(store_->timeline("shop:ticket:late"))->entries.size(), 2);
  }
}

TEST_P(StoreContract, MessageComesBackWhole) {
  auto m = mail("m1", "t1", 100, "Hei", "blå skriver");
  m.html = "<b>blå</b>", m.raw = "r1", m.cc = {{"", "x@y"}}, m.references = {"r0", "r00"},
  m.in_reply_to = "r0";
  m.attachments = {{.number = 1,
                    .name = "f.pdf",
                    .type = "application/pdf",
                    .size = 5'000'000'000,
                    .sha256 = "ab",
                    .inline_part = true}};
  m.defects = {"bad date"}, m.labels = {"INBOX"}, m.automation = model::Automation::auto_reply,
  m.gone_from_server = true;
  write([&](Transaction& tx) { must(tx.put_message(m)), must(tx.put_ticket(ticket("t1", 100))); });
  auto got = must(store_->message(m.key));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->html, m.html);
  EXPECT_EQ(got->text, m.text);
  EXPECT_EQ(got->cc, m.cc);
  EXPECT_EQ(got->references, m.references);
  EXPECT_EQ(got->attachments[0].size, 5'000'000'000U);
  EXPECT_TRUE(got->attachments[0].inline_part);
  EXPECT_EQ(got->automation, model::Automation::auto_reply);
  EXPECT_TRUE(got->gone_from_server);
  auto head = must(store_->heads("shop:ticket:t1"));
  ASSERT_EQ(head.size(), 1);
  EXPECT_EQ(head[0].subject, "Hei");
  EXPECT_EQ(head[0].text + head[0].html + head[0].stripped, "");
  EXPECT_EQ(must(store_->message_by_message_id("shop", "m1"))->key, m.key);
  EXPECT_FALSE(must(store_->message_by_message_id("other", "m1")));
  EXPECT_FALSE(must(store_->message_by_message_id("shop", "r0")));
  EXPECT_EQ(must(store_->info()).attachments, 1);
}

TEST_P(StoreContract, MessagesAreInOrderOfTimeThenKey) {
  write([&](Transaction& tx) {
    for (const auto* id : {"c", "a", "b"}) must(tx.put_message(mail(id, "t1", 50, "s", "x")));
    must(tx.put_message(mail("z", "t1", 49, "s", "x")));
    must(tx.put_message(mail("old", "t1", -5, "s", "x")));
    must(tx.put_message(mail("older", "t1", -5'000'000, "s", "x")));
    must(tx.put_ticket(ticket("t1", 49)));
  });
  std::vector<std::string> keys, back;
  for (const auto& m : must(store_->messages("shop:ticket:t1"))) keys.push_back(m.message_id);
  EXPECT_THAT(keys, ElementsAre("older", "old", "z", "a", "b", "c"));
  must(store_->each_head("shop", std::nullopt,
                         [&](const model::Message& m) { return back.push_back(m.message_id), true; }));
  EXPECT_THAT(back, ElementsAre("a", "b", "c", "z", "old", "older"));
  back.clear();
  must(store_->each_head("", instant_of_seconds(49), [&](const model::Message& m) {
    return back.push_back(m.message_id), back.size() < 4;
  }));
  EXPECT_THAT(back, ElementsAre("a", "b", "c", "z"));
  EXPECT_EQ(must(store_->info()).oldest, instant_of_seconds(-5'000'000));
  EXPECT_EQ(must(store_->info()).newest, instant_of_seconds(50));
}

// Far more messages in a second than the ids of a second can hold: order and search must not notice.
TEST_P(StoreContract, ManyMessagesOfOneSecond) {
  write([&](Transaction& tx) {
    for (int i = 0; i < 100; ++i) {
      auto m = mail("m" + std::to_string(1000 + i), "t1", 50, "s", "word");
      m.time += Duration(i * 7919 % 100);
      must(tx.put_message(m));
    }
    must(tx.put_message(mail("later", "t1", 51, "s", "word")));
    must(tx.put_message(mail("latest", "t1", 53, "s", "word")));
    must(tx.put_ticket(ticket("t1", 49)));
  });
  std::vector<model::Message> heads;
  must(
      store_->each_head("", std::nullopt, [&](const model::Message& m) { return heads.push_back(m), true; }));
  ASSERT_EQ(heads.size(), 102);
  EXPECT_EQ(heads[0].message_id, "latest");
  EXPECT_EQ(heads[1].message_id, "later");
  EXPECT_TRUE(std::ranges::is_sorted(heads, std::greater{}, &model::Message::time));
  auto hits = found("word", Ranking::newest, 3);
  EXPECT_EQ(hits[0], "latest");
  EXPECT_EQ(hits[1], "later");
  EXPECT_EQ(hits[2], heads[2].message_id);
}

TEST_P(StoreContract, PuttingAMessageAgainReplacesIt) {
  write([&](Transaction& tx) {
    must(tx.put_message(mail("m1", "t1", 100, "printer", "smoke"))), must(tx.put_ticket(ticket("t1", 1)));
  });
  write([&](Transaction& tx) {
    auto m = mail("m1", "t1", 200, "scanner", "noise");
    m.references = {"r1"};
    must(tx.put_message(m));
    EXPECT_EQ(must(tx.count_messages(query("smoke"), now_)), 0);
    EXPECT_EQ(must(tx.count_messages(query("noise"), now_)), 1);
    m.text = m.stripped = "silence";
    must(tx.put_message(m));
    EXPECT_EQ(must(tx.count_messages(query("noise"), now_)), 0);
  });
  EXPECT_THAT(found("silence scanner"), ElementsAre("m1"));
  EXPECT_THAT(found("printer"), IsEmpty());
  EXPECT_EQ(must(store_->info()).messages, 1);
  EXPECT_THAT(must(store_->linked_tickets("shop", {"r1"})), ElementsAre("shop:ticket:t1"));
  write([&](Transaction& tx) {
    must(tx.remove_message("shop:message:m1")), must(tx.remove_message("shop:message:m1"));
  });
  EXPECT_THAT(found("silence"), IsEmpty());
  EXPECT_THAT(must(store_->linked_tickets("shop", {"r1", "m1"})), IsEmpty());
  must(store_->vacuum());
  EXPECT_THAT(must(store_->verify({})).problems, IsEmpty());
}

TEST_P(StoreContract, UpdateHeadChangesWhatItSays) {
  write([&](Transaction& tx) {
    auto m = mail("m1", "t1", 100, "printer", "smoke");
    m.html = "<i>x</i>";
    must(tx.put_message(m));
    must(tx.put_ticket(ticket("t1", 1)));
    must(tx.put_ticket(ticket("t2", 1)));
    m.ticket = "shop:ticket:t2", m.needs_reply = model::NeedsReply::no, m.needs_reply_reason = "thanks";
    m.author_role = model::Role::agent, m.labels = {"Sent"}, m.subject = "ignored", m.text = m.html = "";
    must(tx.update_head(m));
    m.key = "shop:message:none";
    EXPECT_FALSE(tx.update_head(m));
  });
  auto m = must(store_->message("shop:message:m1"));
  EXPECT_EQ(m->ticket, "shop:ticket:t2");
  EXPECT_EQ(m->needs_reply_reason, "thanks");
  EXPECT_EQ(m->author_role, model::Role::agent);
  EXPECT_EQ(m->subject, "printer");
  EXPECT_EQ(m->text, "smoke");
  EXPECT_THAT(found("needs_reply:no smoke has:html"), ElementsAre("m1"));
}

TEST_P(StoreContract, LinksLeadFromMessageIdsToTickets) {
  write([&](Transaction& tx) {
    must(tx.put_message(mail("m1", "t1", 1, "s", "x")));
    auto reply = mail("m2", "t1", 2, "s", "x");
    reply.in_reply_to = "m1", reply.references = {"m0", "m1"};
    must(tx.put_message(reply));
    must(tx.put_message(mail("m3", "t3", 3, "s2", "x")));
    auto other = mail("m1", "t9", 3, "s2", "x");
    other.key = "mobile:message:m1", other.ticket = "mobile:ticket:t9";
    must(tx.put_message(other));
  });
  EXPECT_THAT(must(store_->linked_tickets("shop", {"m0"})), ElementsAre("shop:ticket:t1"));
  EXPECT_THAT(must(store_->linked_tickets("shop", {"m1", "m3", "m3"})),
              ElementsAre("shop:ticket:t1", "shop:ticket:t3"));
  EXPECT_THAT(must(store_->linked_tickets("shop", {"m4"})), IsEmpty());
  EXPECT_THAT(must(store_->linked_tickets("shop", {})), IsEmpty());
  EXPECT_THAT(must(store_->linked_tickets("mobile", {"m1"})), ElementsAre("mobile:ticket:t9"));
  auto at = [](int s) { return instant_of_seconds(s); };
  EXPECT_THAT(must(store_->subject_tickets("shop", "s", at(2), at(9))), ElementsAre("shop:ticket:t1"));
  EXPECT_THAT(must(store_->subject_tickets("shop", "s2", at(0), at(2))), IsEmpty());
  EXPECT_THAT(must(store_->subject_tickets("mobile", "s2", at(3), at(3))), ElementsAre("mobile:ticket:t9"));
  EXPECT_THAT(must(store_->subject_tickets("shop", "", at(0), at(9))), IsEmpty());
}

TEST_P(StoreContract, PeopleAreFoundByAnyIdentity) {
  model::Person p{.key = "person:anna@example.org",
                  .role = model::Role::customer,
                  .name = "Anna Ødegård",
                  .identities = {{"email", "anna@example.org"}, {"phone", "+47 123"}},
                  .organisation = "Berg AS",
                  .name_at = now_};
  write([&](Transaction& tx) {
    must(tx.put_person(p)),
        must(tx.put_person({.key = "person:z", .name = "Zoe", .identities = {{"handle", "z"}}}));
  });
  EXPECT_EQ(must(store_->person_of({"phone", "+47 123"}))->name, "Anna Ødegård");
  EXPECT_EQ(must(store_->person(p.key))->organisation, "Berg AS");
  EXPECT_EQ(must(store_->people("odeg", 5)).size(), 1);
  EXPECT_EQ(must(store_->people("example.org", 5)).size(), 1);
  EXPECT_EQ(must(store_->people("", 1)).size(), 1);
  p.identities.pop_back();
  write([&](Transaction& tx) { must(tx.put_person(p)); });
  EXPECT_FALSE(must(store_->person_of({"phone", "+47 123"})));
  write([&](Transaction& tx) { must(tx.remove_person(p.key)); });
  EXPECT_FALSE(must(store_->person_of({"email", "anna@example.org"})));
  EXPECT_EQ(must(store_->info()).people, 1);
}

TEST_P(StoreContract, TimelinesComeBackByNumber) {
  model::Timeline line;
  write([&](Transaction& tx) {
    line = {.account = must(tx.term("shop")),
            .assignee = must(tx.term("kim")),
            .channel = model::Channel::chat,
            .tags = {must(tx.term("x"))},
            .fields = {{must(tx.term("plan")), must(tx.term("gold"))}},
            .entries = {{.time = instant_of_micros(-7),
                         .automation = model::Automation::ai,
                         .actor = must(tx.term("kim")),
                         .number = 1},
                        {.time = now_,
                         .entry = model::EntryKind::event,
                         .direction = model::Direction::in,
                         .kind = model::EventKind::policy_change,
                         .source = model::Source::bot,
                         .from = 4,
                         .local = true,
                         .number = -9}}};
    for (int i = 0; i < 300; ++i)
      must(tx.put_ticket(ticket(std::to_string(i), i))),
          must(tx.put_timeline("shop:ticket:" + std::to_string(i), line));
    EXPECT_FALSE(tx.put_timeline("shop:ticket:none", line));
  });
  auto read = [&](TimelineFilter filter) {
    std::vector<std::int64_t> numbers;
    must(store_->timelines(filter, [&](const model::Timeline& t) {
      auto expected = line;
      expected.ticket = t.ticket;
      EXPECT_EQ(t, expected);
      return numbers.push_back(t.ticket), true;
    }));
    return numbers;
  };
  EXPECT_EQ(read({}).size(), 300);
  auto read_batches = [&] {
    std::vector<std::int64_t> numbers;
    auto cursor = must(store_->timeline_batches());
    while (auto batch = must(cursor->next())) {
      model::Timeline t;
      must(batch->each(t, [&] {
        auto expected = line;
        expected.ticket = t.ticket;
        EXPECT_EQ(t, expected);
        numbers.push_back(t.ticket);
      }));
    }
    EXPECT_FALSE(must(cursor->next()));
    return numbers;
  };
  EXPECT_EQ(read_batches(), read({}));
  EXPECT_TRUE(std::ranges::is_sorted(read({})));
  EXPECT_THAT(read({.tickets = {9, 2, 900, 2}}), ElementsAre(2, 9));
  EXPECT_EQ(read({.account = "shop", .since = now_}).size(), 300);
  EXPECT_TRUE(read({.since = now_ + Duration(1)}).empty());
  EXPECT_TRUE(read({.until = instant_of_micros(-7)}).empty());
  EXPECT_TRUE(read({.account = "other"}).empty());
  EXPECT_EQ(must(store_->term_text(line.assignee)), "kim");
  EXPECT_EQ(must(store_->term_text(0)), "");
  EXPECT_FALSE(store_->term_text(12345));
  EXPECT_FALSE(must(store_->timeline("shop:ticket:none")));
}

TEST_P(StoreContract, FacetsCountWhatListsShow) {
  write([&](Transaction& tx) {
    for (int i = 0; i < 6; ++i) {
      auto t = ticket(std::to_string(i), i);
      t.assignee = i < 4 ? "Kim" : "Åse",
      t.tags = i % 2 ? std::vector<std::string>{"a", "b"} : std::vector<std::string>{"b"};
      t.status = i == 0 ? model::Status::solved : model::Status::fresh;
      t.spam = i == 5;
      must(tx.put_ticket(t));
    }
  });
  using Pair = std::pair<std::string, std::int64_t>;
  EXPECT_THAT(must(store_->facet("tag", "", -1)), ElementsAre(Pair("b", 5), Pair("a", 2)));
  EXPECT_THAT(must(store_->facet("assignee", "as", -1)), ElementsAre(Pair("Åse", 1)));
  EXPECT_THAT(must(store_->facet("status", "", 1)), ElementsAre(Pair("new", 4)));
  EXPECT_THAT(must(store_->facet("queue", "", -1)), IsEmpty());
  EXPECT_FALSE(store_->facet("nothing", "", 1));
}

TEST_P(StoreContract, ClearDerivedLeavesThePrimary) {
  write([&](Transaction& tx) {
    must(tx.put_raw({.account = "shop", .key = "k", .bytes = "b"}));
    must(tx.put_message(mail("m1", "t1", 1, "printer", "x")));
    must(tx.put_ticket(ticket("t1", 1)));
    must(tx.put_person({.key = "p", .identities = {{"email", "a"}}}));
    must(tx.append({.kind = "note", .subject = "x", .data = "{}"}));
  });
  write([&](Transaction& tx) { must(tx.clear_derived()); });
  auto info = must(store_->info());
  EXPECT_EQ(info.messages + info.tickets + info.people, 0);
  EXPECT_EQ(info.records, 1);
  EXPECT_EQ(info.journal_entries, 1);
  EXPECT_EQ(must(store_->count_messages(query("printer"), now_)), 0);
  write([&](Transaction& tx) {
    must(tx.put_message(mail("m1", "t1", 1, "printer", "x"))), must(tx.put_ticket(ticket("t1", 1)));
  });
  EXPECT_EQ(must(store_->count_messages(query("printer"), now_)), 1);
  EXPECT_THAT(must(store_->verify({})).problems, IsEmpty());
}

} // namespace
} // namespace helpdesk::store::test
