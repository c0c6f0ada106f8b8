#include "sync/classify.hpp"

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

using model::Automation;
using model::Direction;
using model::NeedsReply;

Policy desk() {
  Policy policy;
  policy.account = "a";
  policy.us_addresses = {"support@desk.example"};
  policy.us_domains = {"crew.example"};
  return policy;
}

struct Case {
  model::Message message;
  backend::MailFacts facts;
  std::vector<std::string> seen_in{"inbox"};
};

Case mail(std::string from, std::string text, std::vector<std::pair<std::string, std::string>> headers = {}) {
  Case c;
  c.message.key = c.message.message_id = "1@x";
  c.message.author = {"", std::move(from)};
  c.message.to = {{"", "support@desk.example"}};
  c.message.subject = "Bird house";
  c.message.text = std::move(text);
  c.facts.headers = std::move(headers);
  return c;
}

model::Message judged(Case c, const Policy& policy = desk()) {
  complete_mail(c.message, c.facts, policy, c.seen_in);
  return c.message;
}

TEST(Roles, ACustomerAsks) {
  model::Message m = judged(mail("kari@example.org", "When will it arrive?"));
  EXPECT_EQ(m.direction, Direction::in);
  EXPECT_EQ(m.author_role, model::Role::customer);
  EXPECT_EQ(m.needs_reply, NeedsReply::yes);
}

TEST(Roles, OurAddressAndOurDomainAreAgents) {
  for (const char* from : {"support@desk.example", "ada@crew.example", "Support+sales@desk.example"}) {
    Case c = mail(from, "It is on its way.");
    c.message.to = {{"", "kari@example.org"}};
    c.seen_in = {"sent"};
    model::Message m = judged(c);
    EXPECT_EQ(m.direction, Direction::out) << from;
    EXPECT_EQ(m.author_role, model::Role::agent) << from;
    EXPECT_EQ(m.needs_reply, NeedsReply::no) << from;
  }
}

TEST(Roles, AmongOurselvesIsInternal) {
  Case c = mail("ada@crew.example", "who takes this?");
  EXPECT_EQ(judged(c).direction, Direction::internal);
}

TEST(Roles, AFormIsTheCustomerBehindIt) {
  Case c = mail("support@desk.example", "Message: is it waterproof?");
  c.message.reply_to = {{"Kari", "kari@example.org"}};
  model::Message m = judged(c);
  EXPECT_EQ(m.direction, Direction::in);
  EXPECT_EQ(m.author.address, "kari@example.org");
  EXPECT_EQ(m.needs_reply, NeedsReply::yes);
  c.seen_in = {"sent"};
  c.message.to = {{"", "kari@example.org"}};
  EXPECT_EQ(judged(c).direction, Direction::out)
      << "what lies in Sent was written by us, whatever its Reply-To";
}

TEST(Roles, AFormsPatternsNameTheCustomer) {
  Policy policy = desk();
  policy.forms = {{{"web@shop.example"}, "Name: *", "E-mail: *", "Order: *"}};
  model::Message m = judged(
      mail("web@shop.example", "Name: Kari Olsen\nE-mail: kari@example.org\nOrder: 17\n\nWhere is it?"),
      policy);
  EXPECT_EQ(m.author.address, "kari@example.org");
  EXPECT_EQ(m.author.name, "Kari Olsen");
}

TEST(Automation, HeadersOfRfc3834) {
  struct Row {
    std::vector<std::pair<std::string, std::string>> headers;
    Automation automation;
  };
  const Row rows[] = {
      {{{"auto-submitted", "auto-replied"}}, Automation::auto_reply},
      {{{"auto-submitted", "auto-generated; owner-email=\"x\""}}, Automation::auto_reply},
      {{{"auto-submitted", "no"}}, Automation::none},
      {{{"precedence", "bulk"}}, Automation::campaign},
      {{{"precedence", "auto_reply"}}, Automation::auto_reply},
      {{{"x-autoreply", "yes"}}, Automation::auto_reply},
      {{{"list-unsubscribe", "<mailto:u@n.example>"}}, Automation::campaign},
      {{{"list-id", "<news.shop.example>"}}, Automation::campaign},
      {{{"list-id", "<support.desk.example>"}}, Automation::none}, // our own group
      {{{"return-path", "<>"}}, Automation::auto_reply},
  };
  for (const Row& row : rows)
    EXPECT_EQ(judged(mail("x@example.org", "Hello, when?", row.headers)).automation, row.automation)
        << row.headers.front().first << ": " << row.headers.front().second;
}

TEST(Automation, AbsenceIsNoQuestion) {
  Case c =
      mail("kari@example.org", "I am away until Monday. Can you wait?", {{"auto-submitted", "auto-replied"}});
  c.message.subject = "Out of office: Bird house";
  model::Message m = judged(c);
  EXPECT_EQ(m.automation, Automation::out_of_office);
  EXPECT_EQ(m.needs_reply, NeedsReply::no);
}

TEST(NeedsReplyTest, BareThanksOnly) {
  EXPECT_EQ(judged(mail("kari@example.org", "Thank you so much!")).needs_reply, NeedsReply::no);
  EXPECT_EQ(judged(mail("kari@example.org", "Tusen takk!")).needs_reply, NeedsReply::no);
  EXPECT_EQ(judged(mail("kari@example.org", "Thanks! And when does the other one come?")).needs_reply,
            NeedsReply::yes);
}

TEST(NeedsReplyTest, AQuestionUnderANotificationsSubjectIsKept) {
  Case c = mail("billing@vendor.example", "Your payment was received.");
  c.message.subject = "Payment received";
  EXPECT_EQ(judged(c).needs_reply, NeedsReply::no);
  Case person = mail("kari@example.org", "I sent it on Monday and hear nothing");
  person.message.subject = "Payment received";
  EXPECT_EQ(judged(person).needs_reply, NeedsReply::yes) << "a person's address is no office";
  Case reply = mail("billing@vendor.example", "which of the two invoices is it for");
  reply.message.subject = "Re: Payment received";
  EXPECT_EQ(judged(reply).needs_reply, NeedsReply::yes);
}

TEST(Scope, HeadersDecide) {
  EXPECT_TRUE(in_scope("From: a@b.example\r\nTo: Support <SUPPORT@desk.example>\r\n\r\n", desk()));
  EXPECT_TRUE(in_scope(
      "From: a@b.example\r\nTo: list@x.example\r\nDelivered-To: support@desk.example\r\n\r\n", desk()));
  EXPECT_FALSE(in_scope(
      "From: friend@b.example\r\nTo: private@example.org\r\nSubject: support@desk.example\r\n\r\n", desk()));
  Policy all = desk();
  all.scope_all = true;
  EXPECT_TRUE(in_scope("From: friend@b.example\r\n\r\n", all));
}

} // namespace
} // namespace helpdesk::sync
