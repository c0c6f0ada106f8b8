// What a store holds after pulling depends on the mailbox, not on the order in which its pages came.
#include "base/text.hpp"
#include "sync/actions.hpp"
#include "sync/ingest.hpp"
#include "sync/people.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

struct Mail {
  std::string bytes, folder, uid, role;
  Instant received;
};

std::string mail_text(int id, std::string_view from, std::string_view to, std::string_view subject,
                      std::string_view references, std::string_view body) {
  return fmt::format("From: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{}@x>\r\n{}Date: Mon, 5 Jan 2026 "
                     "10:{:02}:00 +0000\r\n\r\n{}\r\n",
                     from, to, subject, id,
                     references.empty() ? "" : fmt::format("References: {}\r\n", references), id % 60, body);
}

std::vector<Mail> mailbox(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Mail> mails;
  for (int i = 0; i < 60; ++i) {
    std::string customer = fmt::format("Customer {} <c{}@example.org>", random() % 5, random() % 5);
    bool ours = random() % 3 == 0;
    std::string references = random() % 2 ? fmt::format("<{}@x>", random() % 60) : "";
    std::string subject = fmt::format("{}Matter {}", random() % 2 ? "Re: " : "", random() % 8);
    Mail mail;
    mail.bytes =
        mail_text(i, ours ? "support@desk.example" : customer, ours ? customer : "support@desk.example",
                  subject, references, random() % 3 ? "When will it arrive?" : "Thank you!");
    mail.folder = ours ? "Sent" : "INBOX";
    mail.role = ours ? "sent" : "inbox";
    mail.uid = std::to_string(i + 1);
    mail.received = instant_of_seconds(1'767'600'000 + static_cast<int>(random() % 500'000));
    mails.push_back(mail);
    if (random() % 6 == 0) { // the same mail in a second folder, with another header in front
      Mail copy = mail;
      copy.bytes = "X-Copy: yes\r\n" + mail.bytes;
      copy.folder = "Archive";
      copy.role = "archive";
      mails.push_back(copy);
    }
    if (random() % 6 == 0) { // the very same in a second folder, filed there at another time
      Mail copy = mail;
      copy.folder = "Kept";
      copy.role = "other";
      copy.received += std::chrono::seconds(static_cast<int>(random() % 500'000) - 250'000);
      mails.push_back(copy);
    }
  }
  return mails;
}

// The lines that only one of two dumps has.
std::string difference(std::string_view before, std::string_view after) {
  auto lines_before = split_lines(before), lines_after = split_lines(after);
  std::multiset<std::string_view> a(lines_before.begin(), lines_before.end()),
      b(lines_after.begin(), lines_after.end());
  std::string text;
  for (std::string_view line : a)
    if (!b.contains(line)) text += "- " + std::string(line) + "\n";
  for (std::string_view line : b)
    if (!a.contains(line)) text += "+ " + std::string(line) + "\n";
  return text;
}

class Pulled {
 public:
  Pulled() : store_(store::open_memory_store()) {
    settings_.account = policy_.account = "shop";
    settings_.kind = policy_.kind = "maildir";
    policy_.us_addresses = {"support@desk.example"};
  }
  // Like an IMAP server's mails: what is stored is not fetched again.
  void fetch_nothing_twice() { fetch_nothing_twice_ = true; }
  void pull(const std::vector<Mail>& mails, std::size_t page_size) {
    Ingest ingest(*store_, settings_, policy_, store::Durability::refetchable);
    for (std::size_t start = 0; start < mails.size(); start += page_size) {
      // A page belongs to one stream.
      std::map<std::string, backend::Page> pages;
      for (std::size_t i = start; i < std::min(mails.size(), start + page_size); ++i) {
        const Mail& mail = mails[i];
        backend::Page& page = pages[mail.folder];
        page.stream = mail.folder;
        store::RawRecord record;
        record.key = sha256_hex(mail.bytes);
        record.format = "mail";
        record.bytes = mail.bytes;
        record.received = mail.received;
        store::Placement placement;
        placement.stream = mail.folder;
        placement.uid = mail.uid;
        placement.record = record.key;
        placement.role = mail.role;
        page.placements.push_back(placement);
        if (fetch_nothing_twice_ && store_->has_raw(policy_.account, record.key).value_or(false))
          page.sightings.push_back({record.key, record.received});
        else
          page.records.push_back(record);
      }
      for (auto& [stream, page] : pages) {
        auto done = ingest.page(std::move(page));
        ASSERT_TRUE(done) << done.error().message;
      }
    }
  }
  std::string digest() {
    auto report = store_->verify({});
    EXPECT_TRUE(report) << report.error().message;
    for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
    return report->digest;
  }
  std::string dump() {
    std::string text;
    (void)store_->verify([&](std::string_view line) { text += std::string(line) + "\n"; });
    return text;
  }
  store::Store& store() { return *store_; }
  backend::Settings& settings() { return settings_; }
  Policy& policy() { return policy_; }

 private:
  std::unique_ptr<store::Store> store_;
  backend::Settings settings_;
  Policy policy_;
  bool fetch_nothing_twice_ = false;
};

TEST(Ingest, OrderAndPagesDoNotMatter) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::vector<Mail> mails = mailbox(seed);
    Pulled reference;
    reference.pull(mails, 500);
    std::string expected = reference.digest();
    std::mt19937 random(seed * 31);
    for (std::size_t page_size : {std::size_t{1}, std::size_t{7}, std::size_t{500}}) {
      std::shuffle(mails.begin(), mails.end(), random);
      Pulled shuffled;
      if (page_size == 7) shuffled.fetch_nothing_twice();
      shuffled.pull(mails, page_size);
      ASSERT_EQ(shuffled.digest(), expected) << "seed " << seed << " page " << page_size << "\n"
                                             << difference(reference.dump(), shuffled.dump());
    }
  }
}

TEST(Ingest, PullingAgainChangesNothing) {
  std::vector<Mail> mails = mailbox(9);
  Pulled desk;
  desk.pull(mails, 20);
  std::string before = desk.digest();
  desk.pull(mails, 33);
  EXPECT_EQ(desk.digest(), before);
}

TEST(Ingest, RebuildGivesTheSame) {
  Pulled desk;
  desk.pull(mailbox(3), 11);
  Actor actor{"ada", "ada@desk.example", "Ada", instant_of_seconds(1'768'200'000)};
  Actions actions(desk.store(), desk.settings(), desk.policy(), actor);
  store::TicketQuery all;
  all.now = actor.now;
  auto tickets = desk.store().tickets(all);
  ASSERT_TRUE(tickets);
  ASSERT_GE(tickets->size(), 4u);
  ASSERT_TRUE(actions.set((*tickets)[0], {{"status", "solved"}, {"tag+", "lid"}}));
  ASSERT_TRUE(actions.note((*tickets)[1], "called them", 300));
  ASSERT_TRUE(actions.merge((*tickets)[2], (*tickets)[3]));
  std::string before = desk.digest(), dump_before = desk.dump();
  auto counts = rebuild(desk.store(), {{&desk.settings(), &desk.policy()}}, {});
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(desk.digest(), before) << difference(dump_before, desk.dump());
}

TEST(Ingest, UndoTakesEachActionBack) {
  Pulled desk;
  desk.pull(mailbox(4), 50);
  Actor actor{"ada", "ada@desk.example", "Ada", instant_of_seconds(1'768'200'000)};
  Actions actions(desk.store(), desk.settings(), desk.policy(), actor);
  store::TicketQuery all;
  all.now = actor.now;
  auto derived = [&] { // without the journal, which only grows
    std::string dump = desk.dump(), text;
    for (std::string_view line : split_lines(dump))
      if (!line.starts_with("{\"what\":\"journal\"")) text += std::string(line) + "\n";
    return text;
  };
  auto tickets = desk.store().tickets(all);
  ASSERT_GE(tickets->size(), 3u);
  std::string before = derived();
  ASSERT_TRUE(actions.merge((*tickets)[0], (*tickets)[1]));
  EXPECT_NE(derived(), before);
  ASSERT_TRUE(actions.undo(1));
  EXPECT_EQ(difference(before, derived()), "") << "a merge";
  ASSERT_TRUE(actions.note((*tickets)[1], "a note", 0));
  ASSERT_TRUE(actions.undo(1));
  EXPECT_EQ(difference(before, derived()), "") << "a note";
}

TEST(Ingest, AMoveIsFollowedAndGoneIsKept) {
  Pulled desk;
  Mail mail{mail_text(1, "kari@example.org", "support@desk.example", "Lid", "", "When?"), "INBOX", "1",
            "inbox", instant_of_seconds(1'767'600'000)};
  desk.pull({mail}, 1);
  Ingest ingest(desk.store(), desk.settings(), desk.policy(), store::Durability::refetchable);
  auto message = [&] { return **desk.store().message("shop:message:1@x"); };
  backend::Page vanished;
  vanished.stream = "INBOX";
  vanished.vanished = {"1"};
  ASSERT_TRUE(ingest.page(std::move(vanished)));
  EXPECT_TRUE(message().gone_from_server);
  backend::Page moved;
  moved.stream = "Junk";
  store::Placement placement;
  placement.uid = "9";
  placement.record = sha256_hex(mail.bytes);
  placement.role = "junk";
  moved.placements = {placement};
  ASSERT_TRUE(ingest.page(std::move(moved)));
  EXPECT_FALSE(message().gone_from_server);
  EXPECT_EQ(message().labels, std::vector<std::string>{"junk"});
  auto ticket = desk.store().ticket_by_key("shop:ticket:1@x");
  ASSERT_TRUE(ticket && *ticket);
  EXPECT_TRUE((*ticket)->spam);
}

TEST(Ingest, ErasedMailStaysAway) {
  Pulled desk;
  std::vector<Mail> mails{
      {mail_text(1, "Kari <kari@example.org>", "support@desk.example", "Lid", "", "canary-7f3a"), "INBOX",
       "1", "inbox", instant_of_seconds(1'767'600'000)},
      {mail_text(2, "Ola <ola@example.org>", "support@desk.example", "Nest", "", "hello?"), "INBOX", "2",
       "inbox", instant_of_seconds(1'767'600'100)}};
  desk.pull(mails, 5);
  Actor actor{"ada", "ada@desk.example", "Ada", instant_of_seconds(1'768'200'000)};
  auto person = desk.store().person_of({"email", "kari@example.org"});
  ASSERT_TRUE(person && *person);
  auto erased = erase_person(desk.store(), {{&desk.settings(), &desk.policy()}}, **person, actor);
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_EQ(erased->messages, 1u);
  EXPECT_EQ(desk.dump().find("canary-7f3a"), std::string::npos);
  EXPECT_EQ(desk.dump().find("kari@example.org"), std::string::npos);
  desk.pull(mails, 5);
  EXPECT_EQ(desk.dump().find("canary-7f3a"), std::string::npos) << "a full pull does not bring it back";
  EXPECT_NE(desk.dump().find("ola@example.org"), std::string::npos);
}

} // namespace
} // namespace helpdesk::sync
