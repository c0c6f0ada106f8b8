// Noise stays out of the list and no customer is lost: on a generated mailbox, and on mails written by hand.
#include "base/file.hpp"
#include "base/text.hpp"
#include "noise_mailbox.hpp"
#include "sync/ingest.hpp"

#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

class NoiseDesk {
 public:
  NoiseDesk() : store_(store::open_memory_store()) {
    settings_.account = policy_.account = "desk";
    settings_.kind = policy_.kind = "maildir";
    policy_.us_addresses = {"support@desk.example", "sales@desk.example"};
    policy_.us_domains = {"desk.example"};
    policy_.forms = {{{"wordpress@hosting.example"}, "Name: *", "E-mail: *", ""}};
    settings_.us = {"support@desk.example", "sales@desk.example", "@desk.example"};
  }
  void take(const std::string& bytes, const std::string& folder) {
    backend::Page page;
    page.stream = folder;
    store::RawRecord record;
    record.key = sha256_hex(bytes);
    record.format = "mail";
    record.bytes = bytes;
    store::Placement placement;
    placement.stream = folder;
    placement.uid = std::to_string(++uid_);
    placement.record = record.key;
    placement.role = folder == "Sent" ? "sent" : "inbox";
    page.records.push_back(std::move(record));
    page.placements.push_back(std::move(placement));
    Ingest ingest(*store_, settings_, policy_, store::Durability::refetchable);
    auto done = ingest.page(std::move(page));
    ASSERT_TRUE(done) << done.error().message;
  }
  // Message-ID (the key's tail) -> its ticket.
  model::Ticket ticket_of(std::string_view message_id) {
    auto message = store_->message_by_message_id("desk", message_id);
    if (!message || !*message) return {};
    auto ticket = store_->ticket_by_key((*message)->ticket);
    return ticket && *ticket ? **ticket : model::Ticket{};
  }
  std::vector<model::Ticket> tickets() {
    store::TicketQuery all;
    all.now = instant_of_seconds(1'770'000'000);
    auto found = store_->tickets(all);
    return found ? *found : std::vector<model::Ticket>{};
  }

 private:
  std::unique_ptr<store::Store> store_;
  backend::Settings settings_;
  Policy policy_;
  int uid_ = 0;
};

std::string message_id_of(std::string_view mail) {
  std::size_t at = ascii_lower(mail).find("message-id: <");
  return std::string(mail.substr(at + 13, mail.find('>', at) - at - 13));
}

TEST(Noise, AGeneratedMailbox) {
  for (unsigned seed : {1U, 2U}) {
    std::vector<test::NoiseConversation> conversations = test::noise_mailbox(seed, 500);
    NoiseDesk desk;
    for (const test::NoiseConversation& c : conversations)
      for (const test::NoiseMail& m : c.mails) desk.take(m.bytes, m.folder);
    int noise = 0, quiet = 0;
    std::map<std::string, std::string> loud;
    for (const test::NoiseConversation& c : conversations) {
      model::Ticket ticket = desk.ticket_of(message_id_of(c.mails.back().bytes));
      ASSERT_FALSE(ticket.key.empty()) << c.mails.back().bytes;
      if (c.waits) {
        EXPECT_TRUE(ticket.waiting_since) << "lost: " << c.kind << ": " << ticket.needs_reply_reason << "\n"
                                          << c.mails.back().bytes;
        continue;
      }
      ++noise;
      if (ticket.waiting_since) {
        loud[c.kind] += "\n" + ticket.needs_reply_reason + "\n" + c.mails.back().bytes;
      } else {
        ++quiet;
      }
    }
    EXPECT_EQ(noise, 300);
    EXPECT_GE(quiet * 100, noise * 95) << quiet << " of " << noise;
    if (quiet * 100 < noise * 95)
      for (const auto& [kind, mails] : loud) ADD_FAILURE() << kind << mails;
    RecordProperty("quiet_of_300", quiet);
  }
}

struct HandMail {
  const char* file;
  bool waits;
};
constexpr HandMail k_hand[] = {
    {"answers-between-quotes", true},
    {"absence-exchange", false},
    {"attachment-only", true},
    {"attachment-only-no-subject", true},
    {"auto-reply-german", false},
    {"auto-submitted-no", true},
    {"away-with-question", false},
    {"bounce-of-reply", false},
    {"calendar-file-with-question", true},
    {"code-notification", false},
    {"colleague", false},
    {"cron-output", false},
    {"customer-forwards-bounce", true},
    {"delayed-delivery", false},
    {"dmarc-report", false},
    {"dmarc-report-person-like", false},
    {"form-by-pattern", true},
    {"form-own-noreply", true},
    {"forwarded-newsletter", true},
    {"french-complaint", true},
    {"google-group", true},
    {"html-question", true},
    {"invitation", false},
    {"invitation-accepted", false},
    {"invoice-complaint", true},
    {"japanese-question", true},
    {"journalist", true},
    {"newsletter", false},
    {"newsletter-without-list-headers", false},
    {"noreply-with-reply-to", false},
    {"noreply-with-vendor-reply-to", false},
    {"office-customer", true},
    {"one-word", true},
    {"other-desk-acknowledges", false},
    {"payment-failed-vendor", false},
    {"postmaster-asks", true},
    {"reaction", false},
    {"read-receipt", false},
    {"receipt", false},
    {"reply-to-our-auto-reply", true},
    {"sales-customer", true},
    {"shipping-notice", false},
    {"shop-system-with-customer", true},
    {"social-invitation", false},
    {"spanish-thanks-question", true},
    {"subject-only", true},
    {"suppress-header", true},
    {"survey", false},
    {"thanks-but", true},
    {"thanks-esperanto", false},
    {"thanks-in-advance", true},
    {"thanks-norwegian", false},
    {"thanks-order-number", true},
    {"thanks-over-quoted-question", false},
    {"thanks-russian", false},
    {"thanks-with-question", true},
    {"thumbs-up", false},
    {"tls-report", false},
    {"unsubscribe-request", true},
};

TEST(Noise, MailsWrittenByHand) {
  const std::string folder = std::string(HELPDESK_SOURCE_DIR) + "/tests/unit/sync/data/hand/";
  std::set<std::string> listed;
  int noise = 0, quiet = 0;
  std::string loud;
  for (const HandMail& row : k_hand) {
    listed.insert(row.file + std::string(".eml"));
    auto bytes = read_file(folder + row.file + ".eml");
    ASSERT_TRUE(bytes) << bytes.error().message;
    NoiseDesk desk;
    desk.take(*bytes, "INBOX");
    auto tickets = desk.tickets();
    ASSERT_EQ(tickets.size(), 1U) << row.file;
    bool waits = tickets.front().waiting_since.has_value();
    if (row.waits) {
      EXPECT_TRUE(waits) << row.file << " is lost: " << tickets.front().needs_reply_reason;
      continue;
    }
    ++noise;
    quiet += waits ? 0 : 1;
    if (waits) loud += fmt::format("\n{}: {}", row.file, tickets.front().needs_reply_reason);
  }
  EXPECT_GE(quiet * 100, noise * 95) << quiet << " of " << noise << loud;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    EXPECT_TRUE(listed.contains(entry.path().filename())) << "no expectation for " << entry.path().filename();
}

} // namespace
} // namespace helpdesk::sync
