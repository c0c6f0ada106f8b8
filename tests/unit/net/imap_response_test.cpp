#include "net/imap_client.hpp"
#include "net/imap_reader.hpp"
#include "net/imap_utf7.hpp"
#include "support/memory_stream.hpp"

#include <gtest/gtest.h>

namespace helpdesk::net {
namespace {

Result<ImapResponse> parse(std::string wire, std::size_t chunk = 4096, const ImapLimits& limits = {}) {
  test::MemoryStream stream(std::move(wire), chunk);
  ImapReader reader(stream, 1000, limits);
  auto raw = reader.next();
  if (!raw) return Failure(raw.error());
  return parse_imap_response(*std::move(raw), limits);
}

TEST(ImapResponse, status_lines_keep_code_and_text) {
  const auto r = parse("* OK [UIDVALIDITY 3857529045] UIDs valid\r\n");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->name, "OK");
  EXPECT_EQ(r->code, "UIDVALIDITY 3857529045");
  EXPECT_EQ(r->text, "UIDs valid");
  const auto flags = parse("* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited\r\n");
  ASSERT_TRUE(flags);
  EXPECT_EQ(flags->code, "PERMANENTFLAGS (\\Deleted \\Seen \\*)");
  const auto tagged = parse("h7 NO [UNAVAILABLE] \"later\" (maybe {12}\r\n");
  ASSERT_TRUE(tagged) << "free text is free";
  EXPECT_EQ(tagged->tag, "h7");
  EXPECT_EQ(tagged->code, "UNAVAILABLE");
  EXPECT_EQ(tagged->text, "\"later\" (maybe {12}");
}

TEST(ImapResponse, fetch_with_literals_at_every_chunk_size) {
  const std::string body = "Subject: )({5}\r\n\r\nline\r\n* 3 EXISTS\r\n";
  const std::string wire = "* 12 FETCH (UID 7 FLAGS (\\Seen $Label \"odd one\") INTERNALDATE \"17-Jul-1996 "
                           "02:44:25 -0700\" RFC822.SIZE 44 "
                           "BODY[HEADER.FIELDS (FROM \"X-A)\")] {9}\r\nFrom: a\r\n BODY[] ~{" +
                           std::to_string(body.size()) + "}\r\n" + body +
                           " X-GM-LABELS (\"\\\\Inbox\" Entw&APw-rfe NIL))\r\n";
  for (const std::size_t chunk : {1U, 2U, 3U, 7U, 4096U}) {
    const auto r = parse(wire, chunk);
    ASSERT_TRUE(r) << r.error().message;
    EXPECT_EQ(r->name, "FETCH");
    EXPECT_EQ(r->number, 12U);
    ASSERT_NE(r->item("uid"), nullptr);
    EXPECT_EQ(r->item("UID")->text, "7");
    EXPECT_EQ(r->item("BODY[]")->text, body);
    EXPECT_EQ(r->item("BODY[HEADER")->text, "From: a\r\n");
    EXPECT_EQ(r->item("FLAGS")->items.size(), 3U);
    EXPECT_EQ(r->item("FLAGS")->items[2].text, "odd one");
    EXPECT_EQ(r->item("X-GM-LABELS")->items[0].text, "\\Inbox");
    EXPECT_EQ(r->item("X-GM-LABELS")->items[2].kind, ImapValue::Kind::nil);
    EXPECT_EQ(r->item("ENVELOPE"), nullptr);
  }
}

TEST(ImapResponse, search_and_empty_search) {
  EXPECT_EQ(parse("* SEARCH 2 84 882 (MODSEQ 917162500)\r\n")->numbers,
            (std::vector<std::uint64_t>{2, 84, 882}));
  EXPECT_TRUE(parse("* SEARCH\r\n")->numbers.empty());
  EXPECT_FALSE(parse("* SEARCH 2 x\r\n"));
}

TEST(ImapResponse, garbage_is_an_error_and_never_more) {
  for (const std::string_view bad :
       {"", "\r\n", "*\r\n", "* \r\n", "HTTP/1.1 400 Bad Request\r\n", "* 1 FETCH (UID 1\r\n",
        "* 1 FETCH )\r\n", "* 1 FETCH (BODY[] {3}\r\nab", "* LIST () \"unclosed\r\n",
        "* 1 FETCH (BODY[] {99999999999999999999}\r\n", "* 1 FETCH (UID \"a\\\r\n", "\x01\xff\r\n"}) {
    const auto r = parse(std::string(bad));
    EXPECT_FALSE(r) << bad;
  }
}

TEST(ImapResponse, limits_hold) {
  const ImapLimits tight{
      .line_bytes = 1000, .literal_bytes = 100, .response_bytes = 150, .values = 50, .depth = 10};
  EXPECT_FALSE(parse("* X " + std::string(2000, 'a') + "\r\n", 4096, tight));
  EXPECT_FALSE(parse("* 1 FETCH (A {101}\r\n" + std::string(101, 'a') + ")\r\n", 4096, tight));
  EXPECT_FALSE(
      parse("* 1 FETCH (A {90}\r\n" + std::string(90, 'a') + " B {90}\r\n" + std::string(90, 'b') + ")\r\n",
            4096, tight));
  EXPECT_FALSE(parse("* X " + std::string(100, '(') + std::string(100, ')') + "\r\n", 4096, tight));
  std::string many = "* X";
  for (int i = 0; i < 100; ++i) many += " a";
  EXPECT_FALSE(parse(many + "\r\n", 4096, tight));
  // With the real limits a million brackets must not exhaust the stack either.
  EXPECT_FALSE(parse("* X " + std::string(1'000'000, '(') + "\r\n"));
}

TEST(UidSet, text_and_back) {
  EXPECT_EQ(uid_set({5, 1, 2, 3, 9, 9, 8}), "1:3,5,8:9");
  EXPECT_EQ(uid_set({}), "");
  const auto set = parse_uid_set("9:7,1,3:4,4:5,20:*");
  ASSERT_TRUE(set);
  EXPECT_EQ(*set, (std::vector<UidRange>{{1, 1}, {3, 5}, {7, 9}, {20, UINT32_MAX}}));
  EXPECT_TRUE(contains(*set, 4));
  EXPECT_FALSE(contains(*set, 6));
  EXPECT_TRUE(contains(*set, 4'000'000'000U));
  for (const std::string_view bad : {"", "0", "1:", ":2", "a", "1,,2", "1:2:3", "4294967296"})
    EXPECT_FALSE(parse_uid_set(bad)) << bad;
}

TEST(ModifiedUtf7, names_come_back) {
  EXPECT_EQ(to_modified_utf7("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
  EXPECT_EQ(from_modified_utf7("~peter/mail/&U,BTFw-/&ZeVnLIqe-"), "~peter/mail/台北/日本語");
  EXPECT_EQ(to_modified_utf7("Tom & Jerry"), "Tom &- Jerry");
  EXPECT_EQ(from_modified_utf7("Entw&APw-rfe"), "Entwürfe");
  EXPECT_EQ(from_modified_utf7("&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"), "Отправленные");
  for (const std::string_view name : {"", "&", "a&b&", "søppel", "😀 & 台", "INBOX/ĉio", "\x7f\x01"})
    EXPECT_EQ(from_modified_utf7(to_modified_utf7(name)), name);
  for (const std::string_view odd : {"&", "&A", "&A-", "&====-", "&2AA-", "a&APw", "&AGE-"})
    EXPECT_FALSE(from_modified_utf7(odd).empty());
}

TEST(InternalDate, parses_what_servers_write) {
  EXPECT_EQ(unix_seconds(*parse_internal_date("17-Jul-1996 02:44:25 -0700")), 837596665);
  EXPECT_EQ(unix_seconds(*parse_internal_date(" 1-Jan-1970 00:00:00 +0000")), 0);
  EXPECT_EQ(unix_seconds(*parse_internal_date("01-jan-2026 05:30:00 +0530")), 1767225600);
  for (const std::string_view bad :
       {"", "17-Jul-1996", "31-Feb-2026 00:00:00 +0000", "17-Foo-1996 02:44:25 -0700",
        "17-Jul-1996 25:44:25 -0700", "17-Jul-1996 02:44:25 0700 ", "-Jul-1996 02:44:25 -0700"})
    EXPECT_FALSE(parse_internal_date(bad)) << bad;
  EXPECT_EQ(imap_date(instant_of_seconds(1767225600)), "1-Jan-2026");
}

ImapClient client_over(std::string script, test::MemoryStream*& stream) {
  auto owned =
      std::make_unique<test::MemoryStream>("* CAPABILITY IMAP4rev1 UIDPLUS\r\nh1 OK done\r\n" + script);
  stream = owned.get();
  auto client = ImapClient::over(std::move(owned), {.connect_ms = 100, .idle_ms = 100});
  EXPECT_TRUE(client);
  return *std::move(client);
}

TEST(ImapClient, s7_strings_cannot_add_commands) {
  int tried = 0;
  for (const std::string_view tail :
       {"", "\r\nh9 DELETE INBOX", "\nh9 LOGOUT", "\"", "\\", "{5}", "\") h9 NOOP", "é", "\x7f"})
    for (const std::string_view head : {"", "a", "<x@y>", "\"", "\\\"", "\r\n", "{3+}\r\n"})
      for (const std::string_view middle : {"", " ", "\t", "\r", "\x01", "*", "%", "ø"}) {
        const std::string value = std::string(head) + std::string(middle) + std::string(tail);
        test::MemoryStream* stream = nullptr;
        ImapClient client = client_over("+ go\r\n* SEARCH\r\nh2 OK done\r\n", stream);
        const ImapCriterion criteria[] = {{"HEADER Message-ID", value}};
        (void)client.search(criteria);
        ++tried;
        // Take our own literal off: what is left must be exactly one command.
        std::string sent = stream->written.substr(stream->written.find("h2 "));
        if (const auto open = sent.find('{' + std::to_string(value.size()) + "}\r\n");
            open != std::string::npos) {
          const std::size_t begin = sent.find('\n', open) + 1;
          ASSERT_EQ(sent.substr(begin, value.size()), value);
          sent.erase(open, begin + value.size() - open);
        }
        ASSERT_EQ(std::count(sent.begin(), sent.end(), '\n'), 1) << value;
        ASSERT_TRUE(sent.ends_with("\r\n"));
      }
  EXPECT_GE(tried, 500);
}

TEST(ImapClient, nul_is_refused) {
  test::MemoryStream* stream = nullptr;
  ImapClient client = client_over("", stream);
  const ImapCriterion criteria[] = {{"HEADER Message-ID", std::string("a\0b", 3)}};
  const auto found = client.search(criteria);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::usage);
}

TEST(ImapClient, refusals_have_the_right_kind) {
  const std::pair<std::string_view, ErrorKind> table[] = {
      {"NO [UNAVAILABLE] try later", ErrorKind::retry},
      {"NO [INUSE] busy", ErrorKind::retry},
      {"NO [LIMIT] too many", ErrorKind::retry},
      {"NO [AUTHENTICATIONFAILED] no", ErrorKind::credentials},
      {"NO [EXPIRED] password", ErrorKind::credentials},
      {"NO [NONEXISTENT] what", ErrorKind::failed},
      {"NO just no", ErrorKind::failed},
      {"BAD syntax", ErrorKind::failed},
      {"GARBAGE", ErrorKind::failed},
  };
  for (const auto& [answer, kind] : table) {
    test::MemoryStream* stream = nullptr;
    ImapClient client = client_over("h2 " + std::string(answer) + "\r\n", stream);
    const auto listed = client.list();
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().kind, kind) << answer;
    EXPECT_NE(listed.error().message.find("memory:1"), std::string::npos);
  }
  test::MemoryStream* stream = nullptr;
  ImapClient client = client_over("* BYE shutting down\r\n", stream);
  const auto listed = client.list();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().kind, ErrorKind::retry);
  EXPECT_NE(listed.error().message.find("shutting down"), std::string::npos);
  EXPECT_FALSE(client.usable());
}

TEST(ImapClient, unasked_fetches_are_left_out) {
  test::MemoryStream* stream = nullptr;
  ImapClient client = client_over(
      "* 3 FETCH (UID 9 FLAGS ())\r\n* 1 FETCH (UID 5 FLAGS (\\Recent \\Seen))\r\n* 2 FETCH (FLAGS ())\r\n"
      "* 4 EXPUNGE\r\nh2 OK done\r\n",
      stream);
  std::vector<std::uint32_t> uids;
  ASSERT_TRUE(client.fetch("5:6", "UID FLAGS", [&](ImapMessage&& m) -> Result<void> {
    uids.push_back(m.uid);
    EXPECT_EQ(m.flags.flags, (std::vector<std::string>{"\\Seen"}));
    return {};
  }));
  EXPECT_EQ(uids, (std::vector<std::uint32_t>{5}));
}

} // namespace
} // namespace helpdesk::net
