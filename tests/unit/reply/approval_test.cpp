// Approvals: which replies need one, what one binds, and that nothing leaves without it.
#include "desk_support.hpp"

#include <gmock/gmock.h>

namespace helpdesk::reply {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Amount, NumbersBesideACurrency) {
  struct Case {
    const char* text;
    std::int64_t amount;
  };
  for (const Case& c : {Case{"We refund €500 today.", 500},
                        {"We refund 500 € today.", 500},
                        {"You get 1.200,50 EUR back.", 1200},
                        {"You get $1,200.50 back.", 1200},
                        {"Du får 1 200 kr tilbake.", 1200},
                        {"Du får kr. 1 500,- tilbake.", 1500},
                        {"Du får 750,- kr.", 750},
                        {"Возвращаем 2 500 рублей.", 2500},
                        {"CHF 1'250.00 and EUR 80", 1250},
                        {"10 EUR, 90 EUR, 40 EUR", 90},
                        {"EUR 99999999999999999999999", 1'000'000'000'000'000}})
    EXPECT_EQ(largest_amount(c.text), c.amount) << c.text;
}

TEST(Amount, OtherNumbersAreNone) {
  for (const char* text : {"", "Order 1200 leaves on 3 May.", "Call 555 1234.", "In 2026 we had 30 krabs.",
                           "version 1.2.3", "5 % off", "eur", "€"})
    EXPECT_FALSE(largest_amount(text)) << text;
}

class Approving : public DeskTest {
 protected:
  std::string why(const Draft& draft, std::vector<std::string> recipients = {"kari@example.org"}) {
    auto ticket = store_->ticket_by_key(draft.ticket).value();
    auto messages = store_->messages(draft.ticket).value();
    return why_approval(rules_, {draft, ticket ? &*ticket : nullptr, messages, recipients}, k_now);
  }
  void when(const char* query) {
    rules_.when_text = query;
    rules_.when = *store::parse_query(query, k_now, Zone::utc());
  }
};

TEST_F(Approving, EachRuleAsksForItsOwn) {
  Draft draft = keep_draft("You get 500 EUR back.");
  EXPECT_EQ(why(draft), "");
  when("tag:refund");
  EXPECT_EQ(why(draft), "tag:refund");
  when("tag:other or priority:>=high");
  EXPECT_EQ(why(draft), "");
  when("from:kari@example.org"); // of the messages
  EXPECT_NE(why(draft), "");
  rules_ = {};
  rules_.templates = {"refund"};
  EXPECT_EQ(why(draft), "");
  draft.template_name = "refund";
  EXPECT_EQ(why(draft), "template refund");
  rules_ = {};
  rules_.outside = true;
  EXPECT_EQ(why(draft), "");
  EXPECT_EQ(why(draft, {"kari@example.org", "press@paper.example"}), "outside: press@paper.example");
  rules_ = {};
  rules_.amount = 501;
  EXPECT_EQ(why(draft), "");
  rules_.amount = 500;
  EXPECT_EQ(why(draft), "an amount of 500");
  rules_.every = true;
  EXPECT_EQ(why(draft), "every reply, an amount of 500");
}

TEST_F(Approving, TheFirstMailOfAConversationIsJudgedByWhatIsKnown) {
  Draft draft = keep_draft("Dear press,");
  draft.ticket.clear();
  when("account:shop");
  EXPECT_EQ(why(draft), "account:shop");
  when("account:other");
  EXPECT_EQ(why(draft), "");
  rules_ = {};
  rules_.outside = true;
  EXPECT_NE(why(draft), "");
}

TEST(ApprovalHash, BindsWhatIsRead) {
  Draft draft;
  mime::Outgoing mail;
  mail.from = {"Shop", "support@shop.example"};
  mail.to = {{"Kari", "kari@example.org"}};
  mail.subject = "Re: lid";
  mail.text = "A new lid.\n\n-- \nIda\n";
  const std::string hash = approval_hash(draft, mail);
  mime::Outgoing same = mail;
  same.message_id = "other@shop.example";
  same.date = k_now;
  EXPECT_EQ(approval_hash(draft, same), hash);
  auto changed = [&](auto&& change) {
    mime::Outgoing other = mail;
    change(other);
    return approval_hash(draft, other) != hash;
  };
  EXPECT_TRUE(changed([](auto& m) { m.text += " "; }));
  EXPECT_TRUE(changed([](auto& m) { m.subject += "!"; }));
  EXPECT_TRUE(changed([](auto& m) { m.to.push_back({"", "press@paper.example"}); }));
  EXPECT_TRUE(changed([](auto& m) { m.cc.push_back({"", "press@paper.example"}); }));
  EXPECT_TRUE(changed([](auto& m) { m.to.front().address = "per@example.org"; }));
  EXPECT_TRUE(changed([](auto& m) { m.from.address = "boss@shop.example"; }));
  Draft with_file = draft;
  with_file.attachments.push_back({"a.pdf", "application/pdf", "00ff", 2});
  const std::string with = approval_hash(with_file, mail);
  EXPECT_NE(with, hash);
  with_file.attachments.front().sha256 = "00fe";
  EXPECT_NE(approval_hash(with_file, mail), with);
}

TEST_F(Approving, TheLastOneCounts) {
  EXPECT_FALSE(latest_approval(*store_, "d1").value());
  approve("one");
  approve("two");
  // A finding of lint that was allowed is written down under the same kind.
  store::JournalEntry lint;
  lint.time = k_now;
  lint.kind = "approval";
  lint.subject = "d1";
  lint.data = R"({"lint":["HD017@1"],"reason":"theirs"})";
  auto tx = store_->begin(store::Durability::full);
  ASSERT_TRUE((*tx)->append(lint) && (*tx)->commit());
  EXPECT_EQ(latest_approval(*store_, "d1").value()->hash, "two");
  approve("two", true);
  EXPECT_TRUE(latest_approval(*store_, "d1").value()->withdrawn);
}

TEST_F(Approving, DamagedEntriesAreNone) {
  for (const char* data : {"", "{", "[]", R"({"erased":true})", R"({"state":"maybe"})", R"({"state":5})"})
    EXPECT_FALSE(approval_of({.data = data})) << data;
}

TEST_F(Approving, WhoWroteWhatStandsThere) {
  Draft draft = keep_draft("One.", "Ida <ida@shop.example> (ida@desk)");
  EXPECT_EQ(draft_author(*store_, "d1").value(), "Ida <ida@shop.example> (ida@desk)");
  draft.state = "queued"; // no change of content
  ASSERT_TRUE(save_draft(*store_, draft, {}, "Cron (cron@desk)", k_now));
  draft.state = "open";
  draft.put_back = "kari@example.org wrote at 10:00";
  ASSERT_TRUE(save_draft(*store_, draft, {}, "Cron (cron@desk)", k_now));
  EXPECT_EQ(draft_author(*store_, "d1").value(), "Ida <ida@shop.example> (ida@desk)");
  draft.text += " Two.";
  ASSERT_TRUE(save_draft(*store_, draft, {}, "Bo <bo@shop.example> (bo@desk)", k_now));
  EXPECT_EQ(draft_author(*store_, "d1").value(), "Bo <bo@shop.example> (bo@desk)");
}

TEST(Operator, SameAndShort) {
  EXPECT_TRUE(same_operator("Ida <ida@x> (ida@desk)", "Ida B <IDA@X> (ida@laptop)"));
  EXPECT_FALSE(same_operator("Ida <ida@x> (root@desk)", "Bo <bo@x> (root@desk)"));
  EXPECT_TRUE(same_operator("ida (ida@desk)", "ida (ida@desk)"));
  EXPECT_FALSE(same_operator("ida (ida@desk)", "bo (bo@desk)"));
  // Somebody took the address out of the configuration.
  EXPECT_TRUE(same_operator("Ida <ida@x> (ida@desk)", "ida (ida@desk)"));
  EXPECT_EQ(short_operator("Ida <ida@x> (ida@desk)"), "Ida (ida@desk)");
  EXPECT_EQ(short_operator("ida (ida@desk)"), "ida (ida@desk)");
  EXPECT_EQ(short_operator("<ida@x> (ida@desk)"), "<ida@x> (ida@desk)");
  EXPECT_EQ(short_operator("rule solve_after"), "rule solve_after");
  EXPECT_EQ(short_operator(""), "");
}

TEST_F(Approving, ApprovedItLeaves) {
  keep_draft("A refund.");
  when("tag:refund");
  approve("h");
  QueueItem one = item();
  one.approval = "h";
  queue(one);
  EXPECT_EQ(run(k_now).sent, 1);
}

TEST_F(Approving, WithoutItNothingLeaves) {
  keep_draft("A refund.");
  when("tag:refund");
  queue(item()); // queued before the rule was there
  DeliveryReport report = run(k_now);
  EXPECT_EQ(report.taken_back, 1);
  EXPECT_THAT(left_, IsEmpty());
  EXPECT_THAT(draft().put_back, HasSubstr("needs an approval now (tag:refund)"));
  EXPECT_EQ(draft().state, "open");
}

TEST_F(Approving, WithdrawnItDoesNotLeave) {
  keep_draft("A refund.");
  when("tag:refund");
  approve("h");
  QueueItem one = held(10min);
  one.approval = "h";
  queue(one);
  approve("h", true);
  EXPECT_EQ(run(k_now + 10min).taken_back, 1);
  EXPECT_THAT(left_, IsEmpty());
  EXPECT_THAT(stands().last_error, HasSubstr("withdrawn"));
}

TEST_F(Approving, WhoMayGiveItIsJudgedWhenItLeaves) {
  keep_draft("A refund.");
  when("tag:refund");
  approve("h");
  Approval given = *latest_approval(*store_, "d1").value();
  EXPECT_TRUE(may_have_given(*store_, rules_, given).value());
  given.actor = "Ida <ida@shop.example> (ida@desk)"; // the author
  EXPECT_FALSE(may_have_given(*store_, rules_, given).value());
  rules_.self = true;
  EXPECT_TRUE(may_have_given(*store_, rules_, given).value());
  rules_.by = {"boss@shop.example"};
  EXPECT_FALSE(may_have_given(*store_, rules_, given).value());
  QueueItem one = item();
  one.approval = "h";
  queue(one);
  EXPECT_EQ(run(k_now).taken_back, 1);
  EXPECT_THAT(left_, IsEmpty());
}

TEST_F(Approving, AnotherTextsApprovalIsNone) {
  keep_draft("A refund.");
  when("tag:refund");
  approve("of another text");
  QueueItem one = item();
  one.approval = "h";
  queue(one);
  EXPECT_EQ(run(k_now).taken_back, 1);
  EXPECT_THAT(left_, IsEmpty());
}

TEST_F(Approving, OtherBytesThanTheApprovedDoNotLeave) {
  keep_draft("A refund.");
  approve("h");
  QueueItem one = item();
  one.approval = "h";
  one.mail = sha256_hex("what was approved");
  queue(one); // with other bytes under that name
  EXPECT_FALSE(run_queue(*store_, carrier(k_now)));
  EXPECT_THAT(left_, IsEmpty());
}

TEST_F(Approving, DigestsNeedNone) {
  rules_.every = true;
  QueueItem digest = item("q2");
  digest.draft.clear();
  digest.ticket.clear();
  digest.reply = false;
  ASSERT_TRUE(enqueue(*store_, digest, "the mail of q2", "", "Ida"));
  EXPECT_EQ(run(k_now).sent, 1);
  EXPECT_THAT(left_, ElementsAre("q2"));
}

} // namespace
} // namespace helpdesk::reply
