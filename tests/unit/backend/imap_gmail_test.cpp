#include "backend/imap/imap.hpp"
#include "json/json.hpp"
#include "support/fake_gmail.hpp"
#include "support/test_sink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk {
namespace {

using testing::ElementsAre;

constexpr std::string_view k_all = "[Gmail]/Alle Nachrichten";

std::string mail(int n) {
  return fmt::format("From: c{0}@example.net\r\nTo: desk@desk.test\r\nSubject: {0}\r\nMessage-ID: "
                     "<g{0}@example.net>\r\n\r\ntext {0}\r\n",
                     n);
}

class Gmail : public testing::Test {
 protected:
  Result<void> pull(bool news_only = false) {
    backend::Settings s{.account = "shop", .kind = "imap", .values = {}, .us = {}};
    s.values = {{"host", "127.0.0.1"},
                {"port", std::to_string(server.port())},
                {"tls", "none"},
                {"user", "desk"},
                {"timeout", "5s"}};
    backend::Secrets secrets;
    secrets.password = [] { return Result<std::string>("secret"); };
    auto backend = TRY(backend::k_imap_kind.open(s, secrets));
    return news_only ? backend->refresh({.now = system_now()}, sink)
                     : backend->pull({.now = system_now()}, sink);
  }
  std::map<std::uint32_t, test::GmailMessage>& all() { return server.folders[std::string(k_all)]; }
  test::FakeGmail server;
  test::TestSink sink;
};

TEST_F(Gmail, all_mail_once_with_labels_as_places) {
  all()[1] = {mail(1), "\"\\\\Inbox\" Orders Entw&APw-rfe", "\\Seen", 77};
  all()[2] = {mail(2), "\"\\\\Sent\"", "\\Seen", 77};
  all()[3] = {mail(3), "", "", 78};
  all()[4] = {mail(4), "\"\\\\Draft\"", "\\Draft", 79};
  server.folders["INBOX"][1] = {mail(1), "", "", 77};
  const auto pulled = pull();
  ASSERT_TRUE(pulled) << pulled.error().message;
  EXPECT_EQ(sink.records.size(), 3U);
  EXPECT_TRUE(sink.cursors.contains("@bytes")) << "Gmail has a daily limit unless it is set otherwise";
  EXPECT_EQ(server.bodies, 3) << "INBOX is not read beside All Mail, drafts not at all";
  const auto place = [&](const char* uid) { return sink.all_placements().at({std::string(k_all), uid}); };
  EXPECT_EQ(place("1").role, "inbox");
  EXPECT_THAT(place("1").labels, ElementsAre("Entwürfe", "Orders", "\\Inbox", "\\Seen"));
  EXPECT_EQ(place("2").role, "sent");
  EXPECT_EQ(place("3").role, "archive");
  EXPECT_EQ(json::parse(sink.records.at(place("1").record).hint)->operator[]("gmail_thread").as_string(),
            "77");
}

TEST_F(Gmail, labels_moves_and_trash_are_followed_by_condstore) {
  all()[1] = {mail(1), "\"\\\\Inbox\"", "", 1};
  all()[2] = {mail(2), "\"\\\\Inbox\"", "", 2};
  ASSERT_TRUE(pull());
  all()[1].labels = "Done";
  all()[1].modseq = ++server.modseq;
  server.folders["[Gmail]/Papierkorb"][9] = all()[2];
  all().erase(2);
  ++server.modseq;
  all()[3] = {mail(3), "\"\\\\Inbox\"", "", 3, server.modseq};
  server.bodies = 0;
  ASSERT_TRUE(pull());
  EXPECT_EQ(server.bodies, 1);
  EXPECT_THAT(sink.roles_of(sink.record_with("<g1@")), ElementsAre("archive"));
  EXPECT_THAT(sink.roles_of(sink.record_with("<g2@")), ElementsAre("trash"));
  EXPECT_THAT(sink.roles_of(sink.record_with("<g3@")), ElementsAre("inbox"));

  all()[4] = {mail(4), "\"\\\\Sent\"", "", 3, ++server.modseq};
  ASSERT_TRUE(pull(true)) << "All Mail holds INBOX and Sent";
  EXPECT_THAT(sink.roles_of(sink.record_with("<g4@")), ElementsAre("sent"));
}

} // namespace
} // namespace helpdesk
