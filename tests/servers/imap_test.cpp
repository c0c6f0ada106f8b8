// The IMAP backend against a real Dovecot.
#include "backend/imap/imap.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "support/fault_proxy.hpp"
#include "support/jwt.hpp"
#include "support/mailbox.hpp"
#include "support/test_sink.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk {
namespace {

using backend::Backend;
using backend::PullOptions;
using test::OtherProgram;
using test::sample_mail;
using test::TestSink;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class Imap : public testing::Test {
 protected:
  void SetUp() override {
    dovecot = test::RunningServer::start("dovecot", capabilities());
    if (!dovecot) GTEST_SKIP() << "dovecot or openssl is not installed";
  }

  virtual std::string capabilities() const {
    return "";
  } // what the server is to say it can; empty: all that it can

  backend::Settings settings(std::map<std::string, std::string> more = {}) const {
    backend::Settings s;
    s.account = "shop";
    s.kind = "imap";
    s.values = {{"host", "127.0.0.1"},
                {"port", dovecot->value("IMAP")},
                {"tls", "none"},
                {"user", "desk"},
                {"timeout", "10s"}};
    for (auto& [key, value] : more) s.values[key] = value;
    return s;
  }
  static backend::Secrets password(std::string text = "secret") {
    backend::Secrets secrets;
    secrets.password = [text] { return Result<std::string>(text); };
    return secrets;
  }
  std::unique_ptr<Backend> open(std::map<std::string, std::string> more = {}) const {
    auto opened = backend::k_imap_kind.open(settings(std::move(more)), password());
    EXPECT_TRUE(opened);
    return *std::move(opened);
  }
  PullOptions options() const {
    PullOptions o;
    o.now = system_now();
    return o;
  }
  // Pulls over a proxy that counts; returns the bytes the server sent.
  std::uint64_t pull_counted(TestSink& sink) const {
    test::FaultProxy proxy(dovecot->port("IMAP"));
    const auto pulled = open({{"port", std::to_string(proxy.port())}})->pull(options(), sink);
    EXPECT_TRUE(pulled) << pulled.error().message;
    return proxy.bytes_from_server();
  }
  std::optional<test::RunningServer> dovecot;
};

TEST_F(Imap, every_way_in) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(1)));
  const std::vector<std::map<std::string, std::string>> ways{
      {},
      {{"auth", "plain"}},
      {{"auth", "login"}},
      {{"host", "localhost"}, {"tls", "starttls"}, {"ca_file", dovecot->value("CERT")}},
      {{"host", "localhost"},
       {"tls", "implicit"},
       {"port", dovecot->value("IMAPS")},
       {"ca_file", dovecot->value("CERT")}},
  };
  for (const auto& way : ways) {
    TestSink sink;
    const auto pulled = open(way)->pull(options(), sink);
    ASSERT_TRUE(pulled) << pulled.error().message;
    EXPECT_EQ(sink.records.size(), 1U);
  }
}

TEST_F(Imap, oauth_tokens_log_in_and_a_dead_one_is_renewed_once) {
  for (const std::string auth : {"xoauth2", "oauthbearer"}) {
    int asked = 0, renewed = 0;
    backend::Secrets secrets;
    secrets.access_token = [&](bool refresh) -> Result<std::string> {
      ++asked;
      renewed += refresh;
      return test::token_for("desk", refresh ? 3600 : -60);
    };
    auto backend = backend::k_imap_kind.open(settings({{"auth", auth}}), secrets);
    ASSERT_TRUE(backend);
    const auto checked = (*backend)->check();
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(renewed, 1);
    secrets.access_token = [](bool) { return Result<std::string>(test::token_for("desk", -60)); };
    const auto refused = (*backend::k_imap_kind.open(settings({{"auth", auth}}), secrets))->check();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::credentials);
  }
}

TEST_F(Imap, refusals_name_what_is_wrong) {
  const auto wrong = (*backend::k_imap_kind.open(settings(), password("not it")))->check();
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::credentials);
  EXPECT_THAT(wrong.error().message, HasSubstr("login of desk refused"));
  EXPECT_THAT(wrong.error().message, testing::Not(HasSubstr("not it")));

  const auto untrusted =
      open({{"host", "localhost"}, {"tls", "implicit"}, {"port", dovecot->value("IMAPS")}})->check();
  ASSERT_FALSE(untrusted);
  EXPECT_EQ(untrusted.error().kind, ErrorKind::failed);
  EXPECT_THAT(untrusted.error().message, HasSubstr("ca_file"));

  const auto plain_port = open({{"host", "localhost"}, {"tls", "implicit"}})->check();
  ASSERT_FALSE(plain_port);
  EXPECT_THAT(plain_port.error().message, HasSubstr("does not speak TLS"));

  const auto nobody = open({{"port", "1"}})->check();
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, ErrorKind::retry);
  EXPECT_THAT(nobody.error().message, HasSubstr("127.0.0.1:1"));
}

TEST_F(Imap, check_tells_what_the_server_can) {
  const auto report = open()->check();
  ASSERT_TRUE(report);
  EXPECT_THAT(report->facts, testing::IsSupersetOf({"server: Dovecot", "CONDSTORE: yes", "QRESYNC: yes",
                                                    "sent: Sent", "junk: Junk"}));
}

TEST_F(Imap, newest_first_and_then_only_what_is_new) {
  test::deliver(*dovecot, "INBOX", 1, 700);
  test::deliver(*dovecot, "Sent", 701, 750);
  TestSink sink;
  pull_counted(sink);
  EXPECT_EQ(sink.records.size(), 750U);
  EXPECT_GE(sink.pages, 5);
  // The first page holds the newest of INBOX.
  EXPECT_THAT(sink.records.at(sink.order.front()).bytes,
              testing::AnyOf(HasSubstr("question 501\r\n"), HasSubstr("question 700\r\n")));
  EXPECT_EQ(sink.order.size(), 750U) << "nothing was fetched twice";
  const std::string before = sink.digest();

  const std::uint64_t idle = pull_counted(sink);
  EXPECT_LT(idle, 6'000U) << "nothing is new";
  EXPECT_EQ(sink.digest(), before);

  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(900)));
  const std::uint64_t one = pull_counted(sink);
  EXPECT_LT(one, idle + 3'000U);
  EXPECT_EQ(sink.records.size(), 751U);
}

TEST_F(Imap, nothing_is_ever_marked_as_read) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(1)));
  TestSink sink;
  ASSERT_TRUE(open()->pull(options(), sink));
  other.command("SELECT INBOX");
  EXPECT_THAT(other.command("FETCH 1 (FLAGS)"), HasSubstr("\\Recent"));
  EXPECT_THAT(other.command("FETCH 1 (FLAGS)"), testing::Not(HasSubstr("\\Seen")));
}

// What a server offers decides how changes are found, not what is found.
class ImapOffering : public Imap, public testing::WithParamInterface<std::string> {
 protected:
  std::string capabilities() const override { return GetParam(); }
};

TEST_P(ImapOffering, moves_flags_and_expunges_are_followed_without_a_download) {
  OtherProgram other(dovecot->port("IMAP"));
  for (int n = 1; n <= 5; ++n) ASSERT_TRUE(other.append("INBOX", sample_mail(n)));
  TestSink sink;
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_EQ(sink.records.size(), 5U);
  other.command("SELECT INBOX");
  ASSERT_NE(other.command("UID STORE 1 +FLAGS (\\Flagged \\Answered)"), "");
  ASSERT_NE(other.command("UID MOVE 2 Archive"), "");
  ASSERT_NE(other.command("UID MOVE 3 Trash"), "");
  ASSERT_NE(other.command("UID MOVE 4 Junk"), "");
  ASSERT_NE(other.command("UID STORE 5 +FLAGS (\\Deleted)"), "");
  ASSERT_NE(other.command("EXPUNGE"), "");
  sink.records_received = 0;
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_EQ(sink.records_received, 0);
  EXPECT_EQ(sink.records.size(), 5U);
  const auto roles = [&](int n) { return sink.roles_of(sink.record_with(fmt::format("<m{}@", n))); };
  EXPECT_THAT(roles(1), ElementsAre("inbox"));
  EXPECT_THAT(roles(2), ElementsAre("archive"));
  EXPECT_THAT(roles(3), ElementsAre("trash"));
  EXPECT_THAT(roles(4), ElementsAre("junk"));
  EXPECT_THAT(roles(5), ElementsAre()) << "gone from the server";
  EXPECT_THAT(sink.all_placements().at({"INBOX", "1"}).labels, ElementsAre("\\Answered", "\\Flagged"));
  // Back again: archived is not deleted.
  other.command("SELECT Archive");
  ASSERT_NE(other.command("UID MOVE 1 INBOX"), "");
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_THAT(roles(2), ElementsAre("inbox"));
}

TEST_P(ImapOffering, an_idle_pull_changes_nothing) {
  test::deliver(*dovecot, "INBOX", 1, 300);
  TestSink sink;
  pull_counted(sink);
  const std::string before = sink.digest();
  sink.records_received = 0;
  pull_counted(sink);
  EXPECT_EQ(sink.records_received, 0);
  EXPECT_EQ(sink.digest(), before);
}

std::string name_of_offer(const testing::TestParamInfo<std::string>& info) {
  return info.index == 0 ? "qresync" : info.index == 1 ? "condstore" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Servers, ImapOffering,
                         testing::Values("", "IMAP4rev1 SPECIAL-USE CONDSTORE ENABLE UIDPLUS MOVE LITERAL+",
                                         "IMAP4rev1"),
                         name_of_offer);

TEST_F(Imap, mail_only_in_junk_or_trash_is_not_fetched) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("Junk", sample_mail(1)));
  ASSERT_TRUE(other.append("Trash", sample_mail(2)));
  ASSERT_TRUE(other.append("INBOX", sample_mail(3)));
  ASSERT_TRUE(other.append("Trash", sample_mail(3)));
  TestSink sink;
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_THAT(sink.roles_of(sink.record_with("<m3@")), UnorderedElementsAre("inbox", "trash"));
}

TEST_F(Imap, the_same_mail_in_two_folders_is_one_record) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(1)));
  ASSERT_TRUE(other.append("Archive", sample_mail(1)));
  TestSink sink;
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_EQ(sink.records_received, 1);
  EXPECT_THAT(sink.roles_of(sink.order.front()), UnorderedElementsAre("inbox", "archive"));
}

TEST_F(Imap, r12_a_new_uidvalidity_matches_again_without_a_download) {
  test::deliver(*dovecot, "INBOX", 1, 300);
  TestSink sink;
  pull_counted(sink);
  ASSERT_EQ(sink.records.size(), 300U);
  const std::string before = sink.digest();
  const std::string maildir = dovecot->value("MAIL") + "/desk/Maildir";
  const std::string cursor_before = sink.cursors["INBOX"];
  const auto renumber = [&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // Dovecot takes the second of the clock
    test::run({"bash", "-c", "rm -f \"$1\"/dovecot*", "rm", maildir});
  };
  renumber();
  sink.records_received = 0;
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_NE(sink.cursors["INBOX"], cursor_before) << "the server did not renumber";
  EXPECT_EQ(sink.resets, 1);
  EXPECT_EQ(sink.records_received, 0) << "bodies were fetched again";
  EXPECT_EQ(sink.digest(), before);
  // Stopped in the middle of it, and again: the same end.
  renumber();
  sink.fail_after = 2;
  EXPECT_FALSE(open()->pull(options(), sink));
  sink.fail_after = -1;
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_EQ(sink.records_received, 0);
  EXPECT_EQ(sink.digest(), before);
}

TEST_F(Imap, a_pull_stopped_at_any_page_goes_on_where_it_was) {
  test::deliver(*dovecot, "INBOX", 1, 900);
  test::deliver(*dovecot, "Archive", 901, 1300);
  TestSink whole;
  ASSERT_TRUE(open()->pull(options(), whole));
  for (int stop = 0; stop < whole.pages; ++stop) {
    TestSink sink;
    sink.fail_after = stop;
    EXPECT_FALSE(open()->pull(options(), sink));
    const std::size_t kept = sink.records.size();
    sink.fail_after = -1;
    sink.records_received = 0;
    ASSERT_TRUE(open()->pull(options(), sink));
    EXPECT_EQ(sink.records_received + kept, whole.records.size()) << "stopped at page " << stop;
    ASSERT_EQ(sink.digest(), whole.digest()) << "stopped at page " << stop;
  }
}

TEST_F(Imap, a_broken_line_loses_nothing) {
  test::deliver(*dovecot, "INBOX", 1, 250);
  TestSink whole;
  const std::uint64_t bytes = pull_counted(whole);
  TestSink sink;
  unsigned seed = 7;
  test::FaultProxy proxy(dovecot->port("IMAP"));
  for (int round = 0; round < 30; ++round) {
    seed = seed * 1'103'515'245 + 12'345;
    const std::uint64_t after = 1 + (seed >> 8) % bytes;
    proxy.set(round % 5 == 4 ? test::Break::stall
              : round % 2    ? test::Break::reset
                             : test::Break::half_close,
              after);
    TestSink fresh;
    const auto broken =
        open({{"port", std::to_string(proxy.port())}, {"timeout", "1s"}, {"connect_timeout", "1s"}})
            ->pull(options(), fresh);
    ASSERT_FALSE(broken) << "cut after " << after;
    EXPECT_EQ(broken.error().kind, ErrorKind::retry) << broken.error().message;
    EXPECT_THAT(broken.error().message, HasSubstr("127.0.0.1:"));
    proxy.set(test::Break::never, 0);
    const auto again = open({{"port", std::to_string(proxy.port())}})->pull(options(), fresh);
    ASSERT_TRUE(again) << again.error().message;
    ASSERT_EQ(fresh.digest(), whole.digest()) << "cut after " << after;
  }
}

TEST_F(Imap, scope_is_decided_on_headers_alone) {
  OtherProgram other(dovecot->port("IMAP"));
  std::string foreign = replace_all(sample_mail(1), "desk@desk.test", "private@example.net");
  foreign += std::string(200'000, 'x') + "\r\n";
  ASSERT_TRUE(other.append("INBOX", foreign));
  ASSERT_TRUE(other.append("INBOX", sample_mail(2)));
  TestSink sink;
  sink.scope = [](std::string_view header) {
    return header.find("desk@desk.test") != std::string_view::npos;
  };
  EXPECT_LT(pull_counted(sink), 20'000U);
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_EQ(sink.asked, 2);
  pull_counted(sink);
  EXPECT_EQ(sink.asked, 2) << "decided once";

  TestSink dry;
  PullOptions o = options();
  o.dry_run = true;
  ASSERT_TRUE(open()->pull(o, dry));
  EXPECT_EQ(dry.pages, 0);
  EXPECT_EQ(dry.asked, 2);
  EXPECT_GT(dry.bytes, 200'000U);
}

TEST_F(Imap, since_and_what_it_left_out) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(1), "01-Jan-2025 10:00:00 +0000"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(2), "01-Nov-2025 10:00:00 +0000"));
  TestSink sink;
  PullOptions o = options();
  o.since = instant_of_seconds(1'759'000'000); // 27 September 2025
  ASSERT_TRUE(open()->pull(o, sink));
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_EQ(sink.complete_since, o.since);
  sink.records_received = 0;
  ASSERT_TRUE(open()->pull(o, sink));
  EXPECT_EQ(sink.records_received, 0);
  ASSERT_TRUE(open()->pull(options(), sink));
  EXPECT_EQ(sink.records.size(), 2U);
  EXPECT_EQ(sink.records_received, 1);
  EXPECT_EQ(sink.complete_since, Instant{}) << "nothing is left out: complete since ever";
}

TEST_F(Imap, full_looks_at_everything_and_fetches_nothing_twice) {
  test::deliver(*dovecot, "INBOX", 1, 250);
  TestSink sink;
  ASSERT_TRUE(open()->pull(options(), sink));
  const std::string before = sink.digest();
  PullOptions o = options();
  o.full = true;
  sink.records_received = 0;
  ASSERT_TRUE(open()->pull(o, sink));
  EXPECT_EQ(sink.records_received, 0);
  EXPECT_EQ(sink.digest(), before);
}

TEST_F(Imap, the_daily_limit_stops_and_says_when_to_go_on) {
  test::deliver(*dovecot, "INBOX", 1, 400, std::string(2000, 'y'));
  TestSink sink;
  PullOptions o = options();
  o.now = *parse_rfc3339("2026-01-05T22:00:00Z");
  const auto limited = [&] { return open({{"max_bytes_per_day", "300KB"}})->pull(o, sink); };
  const auto first = limited();
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().kind, ErrorKind::retry);
  EXPECT_THAT(first.error().message, HasSubstr("2026-01-06T00:00:00Z"));
  const std::size_t day_one = sink.records.size();
  EXPECT_GT(day_one, 0U);
  EXPECT_LT(day_one, 400U);
  ASSERT_FALSE(limited());
  EXPECT_EQ(sink.records.size(), day_one) << "the day's bytes are used up";
  for (int day = 0; day < 20 && sink.records.size() < 400; ++day) {
    o.now += std::chrono::days(1);
    (void)limited();
  }
  EXPECT_EQ(sink.records.size(), 400U);
  EXPECT_EQ(sink.order.size(), 400U);
}

TEST_F(Imap, big_parts_stay_listed_until_they_are_opened) {
  OtherProgram other(dovecot->port("IMAP"));
  std::string big;
  while (big.size() < (11U << 20)) big += std::string(76, 'A') + "\r\n";
  const std::string whole =
      "From: c@example.net\r\nTo: desk@desk.test\r\nSubject: big\r\nMessage-ID: <big@example.net>\r\n"
      "Content-Type: multipart/mixed; boundary=\"x y\"\r\n\r\npreamble\r\n--x y\r\nContent-Type: "
      "text/plain\r\n\r\n"
      "see the file\r\n--x y\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n"
      "Content-Type: text/html\r\n\r\n<p>inner</p>\r\n--in--\r\n--x y\r\n"
      "Content-Type: application/octet-stream; name=\"disk.img\"\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n" +
      big + "\r\n--x y--\r\n";
  ASSERT_TRUE(other.append("INBOX", whole));
  ASSERT_TRUE(other.append("INBOX", "Subject: one big text\r\nMessage-ID: <text@example.net>\r\n\r\n" + big));
  TestSink sink;
  EXPECT_LT(pull_counted(sink), 100'000U);
  ASSERT_EQ(sink.records.size(), 2U);
  const store::RawRecord& record = sink.records.at(sink.record_with("<big@example.net>"));
  EXPECT_TRUE(json::parse(record.hint)->operator[]("listed").as_bool());
  EXPECT_THAT(record.bytes, HasSubstr("see the file"));
  EXPECT_THAT(record.bytes, HasSubstr("<p>inner</p>"));
  EXPECT_THAT(record.bytes, HasSubstr("disk.img"));
  EXPECT_THAT(record.bytes, HasSubstr("X-Helpdesk-Listed: 8428"));
  EXPECT_LT(record.bytes.size(), 2'000U);
  const auto fetched = open()->fetch_whole("INBOX", "1");
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_EQ(*fetched, whole);
  EXPECT_EQ(open()->fetch_whole("INBOX", "99").error().kind, ErrorKind::negative);
  EXPECT_FALSE(open()->fetch_whole("INBOX", "1:*"));
  sink.records_received = 0;
  EXPECT_LT(pull_counted(sink), 10'000U);
}

TEST_F(Imap, refresh_sees_news_of_inbox_and_sent_only) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("INBOX", sample_mail(1)));
  TestSink sink;
  auto backend = open();
  ASSERT_TRUE(backend->pull(options(), sink));
  ASSERT_TRUE(other.append("INBOX", sample_mail(2)));
  ASSERT_TRUE(other.append("Sent", sample_mail(3)));
  ASSERT_TRUE(other.append("Archive", sample_mail(4)));
  ASSERT_TRUE(backend->refresh(options(), sink));
  EXPECT_EQ(sink.records.size(), 3U);
  ASSERT_TRUE(backend->pull(options(), sink));
  EXPECT_EQ(sink.records.size(), 4U);
}

TEST_F(Imap, sent_copies_drafts_and_answered) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_TRUE(other.append("Archive", sample_mail(1)));
  auto backend = open();
  EXPECT_FALSE(*backend->find_sent("m77@example.net"));
  ASSERT_TRUE(backend->append("sent", sample_mail(77)));
  ASSERT_TRUE(backend->append("drafts", sample_mail(78)));
  EXPECT_TRUE(*backend->find_sent("m77@example.net"));
  EXPECT_FALSE(*backend->find_sent("m78@example.net"));
  ASSERT_TRUE(backend->mark_answered("m1@example.net"));
  EXPECT_EQ(backend->mark_answered("nobody@example.net").error().kind, ErrorKind::negative);
  other.command("EXAMINE Archive");
  EXPECT_THAT(other.command("FETCH 1 (FLAGS)"), HasSubstr("\\Answered"));
  other.command("EXAMINE Drafts");
  EXPECT_THAT(other.command("FETCH 1 (FLAGS)"), HasSubstr("\\Draft"));
  EXPECT_FALSE(backend->append("sent\r\nx", "mail"));
  // Whatever stands in a Message-ID, it is searched for and not executed.
  for (const std::string_view odd : {"a\"b", "a\\b", "a\r\nx DELETE Archive", "ø", "{3}"})
    (void)backend->find_sent(odd);
  EXPECT_TRUE(*open()->find_sent("m1@example.net"));
}

TEST_F(Imap, folders_with_names_from_everywhere) {
  OtherProgram other(dovecot->port("IMAP"));
  ASSERT_NE(other.command("CREATE \"Kunder &- venner.s&APg-ppel\""), "");
  ASSERT_TRUE(other.append("Kunder &- venner.s&APg-ppel", sample_mail(1)));
  TestSink sink;
  ASSERT_TRUE(open({{"folders", "*"}})->pull(options(), sink));
  EXPECT_TRUE(sink.cursors.contains("Kunder & venner.søppel"));
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_FALSE(sink.cursors.contains("Drafts"));
}

TEST_F(Imap, ten_thousand_messages_in_three_folders) {
  test::deliver(*dovecot, "INBOX", 1, 6000);
  test::deliver(*dovecot, "Sent", 6001, 8500);
  test::deliver(*dovecot, "Archive", 8501, 10'000);
  TestSink sink;
  const auto began = std::chrono::steady_clock::now();
  const std::uint64_t all = pull_counted(sink);
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_EQ(sink.records.size(), 10'000U);
  EXPECT_EQ(sink.order.size(), 10'000U);
  const std::uint64_t second = pull_counted(sink);
  // Once more into an empty store: the server's own caches are warm now, which leaves our part.
  TestSink warm;
  const auto warm_began = std::chrono::steady_clock::now();
  pull_counted(warm);
  const auto warm_took = std::chrono::steady_clock::now() - warm_began;
  EXPECT_EQ(warm.digest(), sink.digest());
  std::printf(
      "again into an empty store: %lld ms\n",
      static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(warm_took).count()));
  std::printf("10000 messages: %llu bytes in %lld ms; again: %llu bytes\n",
              static_cast<unsigned long long>(all),
              static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()),
              static_cast<unsigned long long>(second));
  EXPECT_LT(second, 6'000U);
}

} // namespace
} // namespace helpdesk
