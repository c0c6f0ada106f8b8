// Cursors, folder roles, settings, and servers that hand over less than they were asked for.
#include "backend/imap/cursor.hpp"
#include "backend/imap/folders.hpp"
#include "backend/imap/imap.hpp"
#include "backend/imap/listed.hpp"
#include "support/scripted_server.hpp"
#include "support/test_sink.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk::backend::imap {
namespace {

using testing::ElementsAre;

net::ImapFolder folder(std::string name, std::vector<std::string> attributes = {}) {
  return {name, name, std::move(attributes)};
}

TEST(ImapCursor, text_and_back) {
  const FolderCursor c{.uidvalidity = 4'000'000'000U,
                       .uidnext = 7,
                       .low = 3,
                       .highestmodseq = 1ULL << 60,
                       .exists = 5,
                       .reached = 1'767'600'000,
                       .since = 9,
                       .skipped = {4, 6}};
  const auto back = parse_cursor(to_text(c));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_text(*back), to_text(c));
  EXPECT_THAT(back->skipped, ElementsAre(4, 6));
  for (const char* bad : {"", "{}", "[]", "x", "{\"uidvalidity\":0,\"uidnext\":1,\"low\":1}",
                          "{\"uidvalidity\":\"1\",\"uidnext\":1,\"low\":1}"})
    EXPECT_FALSE(parse_cursor(bad)) << bad;
  EXPECT_EQ(parse_byte_count(to_text(ByteCount{20'000, 5})).bytes, 5U);
  EXPECT_EQ(parse_byte_count("junk").day, 0);
}

TEST(ImapFolders, roles_by_attribute_name_and_setting) {
  const auto folders = with_roles({folder("INBOX"), folder("Gesendet"), folder("Elsewhere", {"\\sent"}),
                                   folder("INBOX.Корзина"), folder("[Gmail]", {"\\noselect"}),
                                   folder("søppelpost"), folder("Arkiv"), folder("Mine")},
                                  {});
  std::vector<std::string> roles;
  for (const Folder& f : folders) roles.push_back(f.name() + "=" + f.role);
  EXPECT_THAT(roles, ElementsAre("INBOX=inbox", "Gesendet=other", "Elsewhere=sent", "INBOX.Корзина=trash",
                                 "søppelpost=junk", "Arkiv=archive", "Mine=other"));
  ImapSettings s;
  s.sent = "Mine";
  s.more_folders = {"Gesendet"};
  const auto by_setting =
      with_roles({folder("INBOX"), folder("Gesendet"), folder("Elsewhere", {"\\sent"}), folder("Mine")}, s);
  EXPECT_EQ(find_role(by_setting, "sent")->name(), "Mine");
  std::vector<std::string> names;
  for (const Folder& f : to_pull(by_setting, s, false)) names.push_back(f.name());
  EXPECT_THAT(names, ElementsAre("INBOX", "Mine", "Gesendet"));
  EXPECT_EQ(role_of_name("Éléments envoyés"), "sent");
  EXPECT_EQ(role_of_name("ОТПРАВЛЕННЫЕ"), "sent");
  EXPECT_EQ(role_of_name("Sentimental"), "");
}

TEST(ImapSettings, mistakes_are_named) {
  Settings s;
  s.account = "shop";
  const auto message = [&](std::map<std::string, std::string, std::less<>> values) {
    s.values = std::move(values);
    const auto read = read_settings(s);
    if (read) return std::string("fine");
    EXPECT_EQ(read.error().kind, ErrorKind::usage);
    return read.error().message;
  };
  EXPECT_THAT(message({{"user", "u"}}), testing::HasSubstr("host"));
  EXPECT_THAT(message({{"host", "h"}}), testing::HasSubstr("user"));
  EXPECT_THAT(message({{"host", "h"}, {"user", "u"}, {"port", "99999"}}), testing::HasSubstr("port"));
  EXPECT_THAT(message({{"host", "h"}, {"user", "u"}, {"tls", "ssl"}}),
              testing::HasSubstr("implicit, starttls, none"));
  EXPECT_THAT(message({{"host", "h"}, {"user", "u"}, {"auth", "x"}}), testing::HasSubstr("xoauth2"));
  EXPECT_THAT(message({{"host", "h"}, {"user", "u"}, {"timeout", "1"}}), testing::HasSubstr("timeout"));
  EXPECT_THAT(message({{"host", "h"}, {"user", "u"}, {"max_bytes_per_day", "lots"}}),
              testing::HasSubstr("500MB"));
  EXPECT_EQ(message({{"host", "h"}, {"user", "u"}, {"max_bytes_per_day", "2 GB"}, {"timeout", "90s"}}),
            "fine");
  EXPECT_EQ(*parse_size("500MB"), 500ULL << 20);
  EXPECT_EQ(*parse_size("17"), 17U);
  for (const char* bad : {"", "-1", "1TB", "99999999999999999999", "20000000000G", "M"})
    EXPECT_FALSE(parse_size(bad)) << bad;
}

TEST(BodyStructure, hostile_ones_are_refused) {
  const auto parse = [](std::string text) {
    auto response = net::parse_imap_response({"* 1 FETCH (BODYSTRUCTURE " + text + ")", {}});
    EXPECT_TRUE(response) << text;
    return parse_body_structure(*response->item("BODYSTRUCTURE"));
  };
  const auto good =
      parse("((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)((\"A\" \"B\" NIL NIL NIL \"BASE64\" 99)\"ALT\" "
            "(\"BOUNDARY\" \"in\"))\"MIXED\" (\"X\" \"y\" \"boundary\" \"out\"))");
  ASSERT_TRUE(good) << good.error().message;
  EXPECT_EQ(good->boundary, "out");
  EXPECT_EQ(good->parts[1].parts[0].path, "2.1");
  EXPECT_FALSE(has_big_part(*good));
  for (const char* bad : {"NIL", "()", "(\"A\" \"B\")", "((\"A\" \"B\" NIL NIL NIL \"7BIT\" 5)\"MIXED\")",
                          "((NIL)\"MIXED\" (\"BOUNDARY\" \"x\"))",
                          "((\"A\" \"B\" NIL NIL NIL \"7BIT\" 5)\"MIXED\" (\"BOUNDARY\" \"a\x01\"))"})
    EXPECT_FALSE(parse(bad)) << bad;
}

// A server that lets one message vanish between header and body, refuses another, and hands that one over the
// next time.
TEST(ImapPull, r12_messages_that_vanish_or_are_refused) {
  std::atomic<bool> heals = false;
  test::ScriptedServer server([&](test::Peer& p) {
    p.say("* OK ready\r\n");
    while (const auto line = p.line()) {
      const std::string tag = line->substr(0, line->find(' ')), command = line->substr(tag.size() + 1);
      const auto mail = [](int uid) {
        return fmt::format("Message-ID: <v{}@example.net>\r\n\r\n{}\r\n", uid, uid);
      };
      if (command == "CAPABILITY") p.say("* CAPABILITY IMAP4rev1\r\n");
      if (command.starts_with("LIST")) p.say("* LIST () \"/\" INBOX\r\n");
      if (command.starts_with("EXAMINE"))
        p.say("* 3 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 4] ok\r\n");
      // Message 2 is gone from the second search on; asked for one set of UIDs the server leaves out what it
      // has not got.
      if (command.starts_with("UID SEARCH UID 1:3"))
        p.say("* SEARCH 1 2 3\r\n");
      else if (command.starts_with("UID SEARCH UID 4:*"))
        p.say("* SEARCH 3\r\n");
      else if (command.starts_with("UID SEARCH"))
        p.say("* SEARCH 1 3\r\n");
      if (command.starts_with("UID FETCH") && command.find("HEADER.FIELDS") != std::string::npos)
        for (int uid = 1; uid <= 3; ++uid)
          if (!heals || uid == 3)
            p.say(fmt::format(
                "* {0} FETCH (UID {0} FLAGS () RFC822.SIZE {1} BODY[HEADER.FIELDS (X)] {{{1}}}\r\n{2})\r\n",
                uid, mail(uid).size(), mail(uid)));
      if (command.starts_with("UID FETCH") && command.find("BODY.PEEK[]") != std::string::npos) {
        if (!heals) {
          p.say(fmt::format("* 1 FETCH (UID 1 BODY[] {{{}}}\r\n{})\r\n", mail(1).size(), mail(1)));
          p.say(tag + " NO some messages could not be read\r\n");
          continue;
        }
        p.say(fmt::format("* 2 FETCH (UID 3 BODY[] {{{}}}\r\n{})\r\n", mail(3).size(), mail(3)));
      }
      if (!p.say(tag + " OK done\r\n")) return;
    }
  });
  Settings s;
  s.account = "shop";
  s.values = {{"host", "127.0.0.1"},
              {"port", std::to_string(server.port())},
              {"tls", "none"},
              {"user", "desk"},
              {"timeout", "5s"}};
  Secrets secrets;
  secrets.password = [] { return Result<std::string>("secret"); };
  test::TestSink sink;
  const auto first = (*k_imap_kind.open(s, secrets))->pull({.now = system_now()}, sink);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_THAT(parse_cursor(sink.cursors["INBOX"])->skipped, ElementsAre(3)) << "2 is gone, 3 is owed to us";
  heals = true;
  const auto second = (*k_imap_kind.open(s, secrets))->pull({.now = system_now()}, sink);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(sink.records.size(), 2U);
  EXPECT_TRUE(parse_cursor(sink.cursors["INBOX"])->skipped.empty());
}

} // namespace
} // namespace helpdesk::backend::imap
