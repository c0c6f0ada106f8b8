// Sending through a real Exim, which hands over to a real Dovecot.
#include "backend/imap/imap.hpp"
#include "net/smtp.hpp"
#include "support/fault_proxy.hpp"
#include "support/mailbox.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk {
namespace {

using net::Login;
using net::Security;
using net::SendKind;
using net::SendOutcome;
using testing::HasSubstr;

class Smtp : public testing::Test {
 protected:
  void SetUp() override {
    dovecot = test::RunningServer::start("dovecot");
    if (dovecot) exim = test::RunningServer::start("exim", dovecot->value("LMTP"));
    if (!exim) GTEST_SKIP() << "exim4, dovecot or openssl is not installed";
  }
  net::SmtpSettings settings(Security security = Security::none, int port = 0) const {
    net::SmtpSettings s;
    s.endpoint.host = security == Security::none ? "127.0.0.1" : "localhost";
    s.endpoint.port = port != 0 ? port : exim->port(security == Security::implicit ? "SMTPS" : "SMTP");
    s.endpoint.security = security;
    s.endpoint.ca_file = exim->value("CERT");
    s.endpoint.timeouts = {10'000, 10'000};
    s.final_dot_ms = 10'000;
    return s;
  }
  static SendOutcome send(const net::SmtpSettings& s, std::vector<std::string> to, std::string_view mail,
                          const Login& login = k_login) {
    return net::send(s, login, {"desk@desk.test", std::move(to)}, mail, false);
  }
  // How many messages of the customer's INBOX hold text, looked at until there are that many or 30 s are
  // over.
  int arrived(std::string_view text, int wanted) const {
    int found = 0;
    for (int i = 0; i < 300; ++i) {
      test::OtherProgram customer(dovecot->port("IMAP"), "customer");
      customer.command("EXAMINE INBOX");
      const std::string answer = customer.command(fmt::format("SEARCH TEXT \"{}\"", text));
      const std::string line = answer.substr(0, answer.find("\r\n"));
      found = static_cast<int>(std::count(line.begin() + 8, line.end(), ' '));
      if (found >= wanted) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return found;
  }
  static inline const Login k_login{.user = "desk", .secret = "secret"};
  std::optional<test::RunningServer> dovecot, exim;
};

std::string reply(std::string_view id) {
  return fmt::format("From: desk@desk.test\r\nTo: customer@desk.test\r\nSubject: Re: question\r\nMessage-ID: "
                     "<{}@desk.test>\r\n\r\n.a dot\r\nid-{}\r\n",
                     id, id);
}

TEST_F(Smtp, every_way_out_arrives_once) {
  for (const Security security : {Security::none, Security::starttls, Security::implicit}) {
    const std::string id = "way" + std::to_string(static_cast<int>(security));
    const SendOutcome outcome = send(settings(security), {"customer@desk.test"}, reply(id));
    ASSERT_EQ(outcome.kind, SendKind::accepted) << outcome.text;
    EXPECT_THAT(outcome.text, HasSubstr("id="));
    EXPECT_EQ(arrived("id-" + id, 1), 1);
  }
  const auto offered = net::check_smtp(settings(Security::starttls), k_login);
  ASSERT_TRUE(offered);
  EXPECT_THAT(*offered, testing::Contains("8BITMIME"));
}

TEST_F(Smtp, refusals_keep_their_kind) {
  const SendOutcome password =
      send(settings(), {"customer@desk.test"}, reply("a"), {.user = "desk", .secret = "wrong"});
  EXPECT_EQ(password.kind, SendKind::not_sent);
  EXPECT_EQ(password.error, ErrorKind::credentials);

  const SendOutcome never =
      send(settings(), {"customer@desk.test", "refused@desk.test", "later@desk.test"}, reply("b"));
  EXPECT_EQ(never.kind, SendKind::rejected_permanently);
  EXPECT_EQ(never.code, 550);
  ASSERT_EQ(never.refusals.size(), 2U);
  EXPECT_EQ(never.refusals[0].recipient, "refused@desk.test");
  EXPECT_EQ(never.refusals[1].code, 451);
  EXPECT_EQ(arrived("id-b", 1), 0) << "one refused recipient and nobody gets it";

  EXPECT_EQ(send(settings(), {"later@desk.test"}, reply("c")).kind, SendKind::rejected_temporarily);

  const std::string poison = "Subject: POISON\r\n\r\nx\r\n";
  const SendOutcome content = send(settings(), {"customer@desk.test"}, poison);
  EXPECT_EQ(content.kind, SendKind::rejected_permanently);
  EXPECT_THAT(content.text, HasSubstr("content refused"));

  std::string big = "Subject: big\r\n\r\n";
  while (big.size() < (6U << 20)) big += std::string(76, 'x') + "\r\n";
  EXPECT_EQ(send(settings(), {"customer@desk.test"}, big).kind, SendKind::rejected_permanently);
  EXPECT_EQ(send(settings(), {"someone@example.net"}, reply("d"), {}).kind, SendKind::rejected_permanently)
      << "no relaying without a login";

  net::SmtpSettings untrusted = settings(Security::starttls);
  untrusted.endpoint.ca_file.clear();
  const SendOutcome tls = send(untrusted, {"customer@desk.test"}, reply("e"));
  EXPECT_EQ(tls.kind, SendKind::not_sent);
  EXPECT_EQ(tls.error, ErrorKind::failed);
  EXPECT_THAT(tls.text, HasSubstr("ca_file"));
}

TEST_F(Smtp, bodies_arrive_as_they_were_sent) {
  std::string body;
  for (int i = 0; i < 4000; ++i)
    body += i % 7 == 0 ? ".\r\n" : i % 5 == 0 ? "..x\r\n" : i % 3 == 0 ? "\r\n" : "æøå .\r\n";
  const std::string mail = "From: desk@desk.test\r\nSubject: dots\r\nMessage-ID: "
                           "<dots@desk.test>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
                           body;
  ASSERT_EQ(send(settings(), {"customer@desk.test"}, mail).kind, SendKind::accepted);
  ASSERT_EQ(arrived("dots@desk.test", 1), 1);
  test::OtherProgram customer(dovecot->port("IMAP"), "customer");
  customer.command("EXAMINE INBOX");
  EXPECT_THAT(customer.command("FETCH 1 (BODY.PEEK[TEXT])"),
              HasSubstr("{" + std::to_string(body.size()) + "}\r\n" + body + ")"));
}

// What the queue relies on: with the line cut at any byte the outcome is never "accepted" for a mail that was
// not, and never "certainly not" for one that was.
TEST_F(Smtp, r2_a_cut_line_never_lies) {
  test::FaultProxy proxy(exim->port("SMTP"));
  ASSERT_EQ(send(settings(Security::none, proxy.port()), {"customer@desk.test"}, reply("whole")).kind,
            SendKind::accepted);
  const std::uint64_t all = proxy.bytes_from_server();
  ASSERT_GT(all, 200U);
  int unknown = 0, not_sent = 0, accepted = 0;
  std::vector<std::pair<std::string, SendKind>> outcomes;
  for (int round = 0; round < 60; ++round) {
    // Spread over the dialogue, denser where the final answer comes. The first of those are not cut at all:
    // the server's last words may have come too late to be counted above.
    const std::uint64_t after = round < 20 ? 1 + static_cast<std::uint64_t>(round) * all / 20
                                           : all + 40 - static_cast<std::uint64_t>(round - 20) * 4;
    proxy.set(round % 2 ? test::Break::reset : test::Break::half_close, after);
    const std::string id = "cut" + std::to_string(round) + "x";
    const SendOutcome outcome =
        send(settings(Security::none, proxy.port()), {"customer@desk.test"}, reply(id));
    outcomes.emplace_back(id, outcome.kind);
    unknown += outcome.kind == SendKind::unknown;
    not_sent += outcome.kind == SendKind::not_sent;
    accepted += outcome.kind == SendKind::accepted;
    EXPECT_TRUE(outcome.kind == SendKind::unknown || outcome.kind == SendKind::not_sent ||
                outcome.kind == SendKind::accepted)
        << outcome.text;
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(1500)); // what was taken is delivered by now
  for (const auto& [id, kind] : outcomes) {
    const int copies = arrived("id-" + id, kind == SendKind::accepted ? 1 : 0);
    EXPECT_LE(copies, 1) << id;
    if (kind != SendKind::unknown) {
      EXPECT_EQ(copies, kind == SendKind::accepted ? 1 : 0) << id;
    }
  }
  EXPECT_GT(unknown, 0);
  EXPECT_GT(not_sent, 0);
  EXPECT_GT(accepted, 0);
}

} // namespace
} // namespace helpdesk
