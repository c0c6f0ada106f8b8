// A forward asks somebody outside; what comes back is between us and them. And rules that act.
#include "base/text.hpp"
#include "sync/ingest.hpp"
#include "sync/prune.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

struct Mail {
  std::string id, from, to, answers, more;
  int hour;
};

class Desk {
 public:
  Desk() : store_(store::open_memory_store()) {
    settings_.account = policy_.account = "shop";
    settings_.kind = policy_.kind = "maildir";
    policy_.us_addresses = {"support@desk.example"};
  }
  Policy& policy() { return policy_; }
  store::Store& store() { return *store_; }
  const backend::Settings& settings() const { return settings_; }

  void pull(const std::vector<Mail>& mails) {
    for (const Mail& mail : mails) {
      bool ours = mail.from.find("desk.example") != std::string::npos;
      std::string text = fmt::format(
          "From: {}\r\nTo: {}\r\nSubject: The lid\r\nMessage-ID: <{}@x>\r\n{}{}Date: Mon, 5 Jan 2026 "
          "{:02}:00:00 +0000\r\n",
          mail.from, mail.to, mail.id,
          mail.answers.empty() ? ""
                               : fmt::format("In-Reply-To: <{0}@x>\r\nReferences: <{0}@x>\r\n", mail.answers),
          mail.more.starts_with("MIME") ? "" : mail.more, mail.hour);
      text += mail.more.starts_with("MIME") ? mail.more : "\r\nDoes the lid fit?\r\n";
      store::RawRecord record;
      record.account = "shop";
      record.key = sha256_hex(text);
      record.format = "mail";
      record.received = instant_of_seconds(1'767'571'200 + mail.hour * 3600);
      record.bytes = std::move(text);
      store::Placement placement;
      placement.account = "shop";
      placement.stream = ours ? "Sent" : "INBOX";
      placement.role = ours ? "sent" : "inbox";
      placement.uid = mail.id;
      placement.record = record.key;
      backend::Page page;
      page.stream = placement.stream;
      page.records.push_back(std::move(record));
      page.placements.push_back(std::move(placement));
      Ingest ingest(*store_, settings_, policy_, store::Durability::full);
      auto done = ingest.page(std::move(page));
      ASSERT_TRUE(done) << done.error().message;
    }
  }
  model::Ticket ticket() {
    auto all = store_->tickets({});
    EXPECT_TRUE(all && all->size() == 1) << "one conversation";
    return all && !all->empty() ? all->front() : model::Ticket{};
  }
  std::string directions() {
    std::string text;
    auto heads = store_->heads(ticket().key);
    for (const model::Message& m : heads ? *heads : std::vector<model::Message>{})
      text += (text.empty() ? "" : " ") + std::string(model::text(m.direction));
    return text;
  }

 private:
  std::unique_ptr<store::Store> store_;
  backend::Settings settings_;
  Policy policy_;
};

const std::string k_us = "support@desk.example", k_forward = "X-Helpdesk-Forward: conversation\r\n";
const Mail k_question{"1", "kari@example.org", k_us, "", "", 10};
const Mail k_forwarded{"2", k_us, "factory@maker.example", "1", k_forward, 11};
const Mail k_answer{"3", "factory@maker.example", k_us, "2", "", 12};

TEST(Forward, AnswersNoCustomerAndItsAnswerIsInternal) {
  Desk desk;
  desk.pull({k_question, k_forwarded});
  EXPECT_EQ(desk.directions(), "in internal");
  EXPECT_EQ(desk.ticket().status, model::Status::fresh) << "the customer was not answered";
  ASSERT_TRUE(desk.ticket().waiting_since);
  desk.pull({k_answer});
  EXPECT_EQ(desk.directions(), "in internal internal");
  EXPECT_EQ(desk.ticket().requester_address, "kari@example.org");
  EXPECT_EQ(desk.ticket().waiting_since, instant_of_seconds(1'767'571'200 + 10 * 3600));
  desk.pull({{"4", k_us, "kari@example.org", "1", "", 13}});
  EXPECT_EQ(desk.ticket().status, model::Status::pending);
  EXPECT_FALSE(desk.ticket().waiting_since);
  desk.pull({{"5", "factory@maker.example", k_us, "2", "", 14}}); // asks back, later still
  EXPECT_EQ(desk.ticket().status, model::Status::pending) << "the outsider waits for no answer to a customer";
}

TEST(Forward, AnyOrderOfArrivalGivesTheSame) {
  std::vector<Mail> mails{k_question,
                          k_forwarded,
                          k_answer,
                          {"4", k_us, "factory@maker.example", "3", "", 13},
                          {"5", "kari@example.org", k_us, "1", "", 14}};
  std::sort(mails.begin(), mails.end(), [](const Mail& a, const Mail& b) { return a.id < b.id; });
  std::string expected;
  do {
    Desk desk;
    desk.pull(mails);
    std::string seen = desk.directions() +
                       fmt::format(" {} {}", model::text(desk.ticket().status),
                                   desk.ticket().waiting_since ? micros(*desk.ticket().waiting_since) : 0);
    if (expected.empty()) expected = seen;
    EXPECT_EQ(seen, expected);
  } while (std::next_permutation(mails.begin(), mails.end(),
                                 [](const Mail& a, const Mail& b) { return a.id < b.id; }));
  EXPECT_TRUE(expected.starts_with("in internal internal out in new ")) << expected;
}

TEST(Forward, WhoTookPartBeforeStaysACustomer) {
  Desk desk;
  desk.pull({k_question,
             {"2", "factory@maker.example", k_us, "1", "", 11},
             {"3", k_us, "factory@maker.example", "1", k_forward, 12},
             {"4", "factory@maker.example", k_us, "3", "", 13}});
  EXPECT_EQ(desk.directions(), "in in internal in");
}

TEST(Forward, TheHeaderFromOutsideMeansNothing) {
  Desk desk;
  Mail forged = k_question;
  forged.more = k_forward;
  desk.pull({forged});
  EXPECT_EQ(desk.directions(), "in");
  EXPECT_TRUE(desk.ticket().waiting_since);
}

TEST(Rules, ActOnTheTicketAndAPersonStandsAbove) {
  Desk desk;
  Rule rule;
  rule.name = "lids";
  rule.when = *store::parse_query("subject:lid", Instant{}, Zone::utc());
  rule.changes = {{"tag+", "lids"}, {"queue", "kitchen"}, {"priority", "high"}};
  desk.policy().rules = {rule};
  desk.pull({k_question});
  EXPECT_EQ(desk.ticket().tags, std::vector<std::string>{"lids"});
  EXPECT_EQ(desk.ticket().queue, "kitchen");
  EXPECT_EQ(desk.ticket().priority, model::Priority::high);
  EXPECT_TRUE(desk.ticket().waiting_since);
}

TEST(Prune, BigAttachmentsGoWithAReceiptAndTheTextStays) {
  Desk desk;
  std::string parts = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
                      "boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere is the drawing.\r\n"
                      "--b\r\nContent-Type: application/pdf; name=lid.pdf\r\nContent-Disposition: "
                      "attachment; filename=lid.pdf\r\n\r\n" +
                      std::string(5000, 'p') + "\r\n--b--\r\n";
  Mail mail = k_question;
  mail.more = parts;
  desk.pull({mail});
  auto before = desk.store().messages(desk.ticket().key);
  ASSERT_TRUE(before);
  if (before->front().attachments.empty()) GTEST_SKIP() << "GMime is not installed";
  PruneRequest request;
  request.larger = 1000;
  request.actor = "ada";
  request.now = instant_of_seconds(1'900'000'000);
  request.before = instant_of_seconds(1'600'000'000);
  EXPECT_EQ(prune(desk.store(), desk.settings(), desk.policy(), request).value().parts, 0U)
      << "not old enough";
  request.before = request.now;
  EXPECT_EQ(prune(desk.store(), desk.settings(), desk.policy(), request).value().parts, 1U);
  EXPECT_EQ(desk.store().messages(desk.ticket().key)->front().attachments.front().state,
            model::AttachmentState::stored)
      << "dry run";
  request.dry_run = false;
  auto pruned = prune(desk.store(), desk.settings(), desk.policy(), request);
  ASSERT_TRUE(pruned) << pruned.error().message;
  EXPECT_EQ(pruned->mails, 1U);
  EXPECT_EQ(pruned->unreachable, 0U);
  auto after = desk.store().messages(desk.ticket().key);
  EXPECT_EQ(after->front().text, before->front().text);
  EXPECT_EQ(after->front().key, before->front().key);
  EXPECT_EQ(after->front().attachments.front().name, "lid.pdf");
  EXPECT_EQ(after->front().attachments.front().state, model::AttachmentState::listed);
  store::JournalQuery receipts;
  receipts.kinds = {"prune"};
  EXPECT_EQ(desk.store().journal(receipts)->size(), 1U);
  auto verified = desk.store().verify({});
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->problems.empty()) << verified->problems.front();
  EXPECT_EQ(prune(desk.store(), desk.settings(), desk.policy(), request).value().parts, 0U)
      << "nothing is left to prune";
}

} // namespace
} // namespace helpdesk::sync
