// reliability.md R3 and S8 for IMAP: every step fails in every way; nobody can talk the client out of TLS.
#include "base/text.hpp"
#include "net/imap_client.hpp"
#include "net/smtp.hpp"
#include "support/scripted_server.hpp"

#include <chrono>
#include <future>

#include <gtest/gtest.h>

namespace helpdesk::net {
namespace {

using test::Fault;
using test::Peer;
using test::ScriptedServer;

constexpr int k_timeout_ms = 1'200;
constexpr int k_hang_ms = 15'000; // of a client that waits without end; a busy machine takes less

enum class Step { greeting, login, capability, list, examine, search, fetch };
constexpr std::array k_steps{Step::greeting, Step::login,  Step::capability, Step::list,
                             Step::examine,  Step::search, Step::fetch};
constexpr std::array<std::string_view, 7> k_step_names{"greeting", "login",  "CAPABILITY", "LIST",
                                                       "EXAMINE",  "SEARCH", "FETCH"};

void play(Peer& p, Step step, Fault fault) {
  const auto answer = [&](Step here, const std::string& tag, const std::string& text) {
    const Fault f = here == step ? fault : Fault::none;
    if (here == Step::greeting)
      return p.say_with(f, text, "* BYE [UNAVAILABLE] not now\r\n", "* BYE never\r\n");
    return p.say_with(f, text, tag + " NO [UNAVAILABLE] not now\r\n", tag + " NO never\r\n");
  };
  if (!answer(Step::greeting, "", "* OK IMAP4rev1 ready\r\n")) return;
  bool logged_in = false;
  while (const auto line = p.line()) {
    const std::string tag = line->substr(0, line->find(' '));
    const std::string command = line->substr(tag.size() + 1);
    bool goes_on = true;
    if (command.starts_with("CAPABILITY"))
      goes_on = answer(logged_in ? Step::capability : Step::greeting, tag,
                       "* CAPABILITY IMAP4rev1\r\n" + tag + " OK done\r\n");
    else if (command.starts_with("LOGIN"))
      logged_in = goes_on = answer(Step::login, tag, tag + " OK in\r\n");
    else if (command.starts_with("LIST"))
      goes_on = answer(Step::list, tag, "* LIST () \"/\" INBOX\r\n" + tag + " OK done\r\n");
    else if (command.starts_with("EXAMINE"))
      goes_on =
          answer(Step::examine, tag,
                 "* 1 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 8] ok\r\n" + tag + " OK done\r\n");
    else if (command.starts_with("UID SEARCH"))
      goes_on = answer(Step::search, tag, "* SEARCH 7\r\n" + tag + " OK done\r\n");
    else if (command.starts_with("UID FETCH"))
      goes_on = answer(Step::fetch, tag, "* 1 FETCH (UID 7 BODY[] {3}\r\nabc)\r\n" + tag + " OK done\r\n");
    else
      goes_on = p.say(tag + " BAD what\r\n");
    if (!goes_on) return;
  }
}

Result<std::string> read_message(int port) {
  const Endpoint endpoint{.host = "127.0.0.1",
                          .port = port,
                          .security = Security::none,
                          .timeouts = {k_timeout_ms, k_timeout_ms}};
  ImapClient client = TRY(ImapClient::connect(endpoint, {.user = "desk", .secret = "secret"}));
  const auto folders = TRY(client.list());
  if (folders.empty()) return failed("127.0.0.1:0: no folders");
  TRY(client.open(folders[0], OpenMode::examine));
  const ImapCriterion all[] = {{"ALL", std::nullopt}};
  const auto uids = TRY(client.search(all));
  std::string body;
  TRY(client.fetch(uid_set(uids), "UID BODY.PEEK[]", [&](ImapMessage&& m) -> Result<void> {
    if (const ImapValue* v = m.response.item("BODY[]")) body = v->text;
    return {};
  }));
  return body;
}

ErrorKind expected(Step step, Fault fault) {
  if (step == Step::login && fault == Fault::permanent) return ErrorKind::credentials;
  if (step > Step::login && (fault == Fault::permanent || fault == Fault::garbage)) return ErrorKind::failed;
  return ErrorKind::retry;
}

TEST(ImapFaults, r3_every_step_fails_in_every_way) {
  struct Case {
    Step step;
    Fault fault;
    std::future<std::string> problem;
  };
  std::vector<Case> cases;
  for (const Step step : k_steps)
    for (const Fault fault : test::k_faults)
      cases.push_back({step, fault, std::async(std::launch::async, [step, fault]() -> std::string {
                         ScriptedServer server([step, fault](Peer& p) { play(p, step, fault); });
                         const auto began = std::chrono::steady_clock::now();
                         const auto body = read_message(server.port());
                         const auto took = std::chrono::steady_clock::now() - began;
                         std::string problem;
                         if (body) return "came through with \"" + *body + "\"";
                         if (body.error().kind != expected(step, fault))
                           problem += " kind " + std::to_string(static_cast<int>(body.error().kind));
                         if (body.error().message.find("127.0.0.1:") == std::string::npos)
                           problem += " does not name the server";
                         if (body.error().message.find("secret") != std::string::npos)
                           problem += " tells the password";
                         if (took > std::chrono::milliseconds(k_hang_ms)) problem += " took too long";
                         return problem.empty() ? "" : problem + ": " + body.error().message;
                       })});
  EXPECT_EQ(cases.size(), 49U);
  for (Case& c : cases) {
    const std::string problem = c.problem.get();
    EXPECT_EQ(problem, "") << k_step_names[static_cast<std::size_t>(c.step)] << " x "
                           << test::name_of(c.fault);
  }
}

TEST(ImapFaults, a_good_server_is_read) {
  ScriptedServer server([](Peer& p) { play(p, Step::greeting, Fault::none); });
  const auto body = read_message(server.port());
  ASSERT_TRUE(body) << body.error().message;
  EXPECT_EQ(*body, "abc");
}

// Each attack is what a man in the middle may say in clear before TLS stands; the password must stay at home.
TEST(ImapFaults, s8_starttls_attacks_get_no_credentials) {
  const std::string tls_ok_junk =
      " OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA003 OK done\r\nA004 OK done\r\n";
  const std::vector<std::pair<std::string, ScriptedServer::Session>> attacks{
      {"imap: capability left out",
       [](Peer& p) {
         p.say("* OK ready\r\n");
         while (auto line = p.line())
           p.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + line->substr(0, line->find(' ')) + " OK done\r\n");
       }},
      {"imap: PREAUTH",
       [](Peer& p) {
         p.say("* PREAUTH welcome\r\n");
         while (auto line = p.line())
           p.say("* CAPABILITY IMAP4rev1 STARTTLS\r\n" + line->substr(0, line->find(' ')) + " OK done\r\n");
       }},
      {"imap: STARTTLS refused",
       [](Peer& p) {
         p.say("* OK ready\r\n");
         while (auto line = p.line()) {
           const std::string tag = line->substr(0, line->find(' '));
           p.say(line->find("STARTTLS") != std::string::npos
                     ? tag + " NO not today\r\n"
                     : "* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + " OK done\r\n");
         }
       }},
      {"imap: answers injected behind the OK",
       [tls_ok_junk](Peer& p) {
         p.say("* OK ready\r\n");
         while (auto line = p.line()) {
           const std::string tag = line->substr(0, line->find(' '));
           p.say(line->find("STARTTLS") != std::string::npos
                     ? tag + tls_ok_junk
                     : "* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + " OK done\r\n");
         }
       }},
      {"imap: clear text instead of the handshake",
       [](Peer& p) {
         p.say("* OK ready\r\n");
         while (auto line = p.line()) {
           const std::string tag = line->substr(0, line->find(' '));
           p.say(line->find("STARTTLS") != std::string::npos
                     ? tag + " OK begin\r\n"
                     : "* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + " OK done\r\n");
           if (line->find("STARTTLS") != std::string::npos) {
             p.bytes(1);
             p.say("* BAD no TLS here\r\n");
           }
         }
       }},
      {"imap: greeting lists a login and closes the upgrade",
       [](Peer& p) {
         p.say("* OK [CAPABILITY IMAP4rev1 LOGIN AUTH=PLAIN SASL-IR] ready\r\n");
         while (auto line = p.line()) p.say(line->substr(0, line->find(' ')) + " BAD what\r\n");
       }},
  };
  const auto smtp = [](std::string keywords, std::string answer, bool then_garbage) {
    return [=](Peer& p) {
      p.say("220 mx ready\r\n");
      while (auto line = p.line()) {
        if (line->starts_with("EHLO"))
          p.say("250-mx\r\n" + keywords);
        else if (*line == "STARTTLS") {
          p.say(answer);
          if (then_garbage) {
            p.bytes(1);
            p.say("500 no TLS here\r\n");
          }
        } else
          p.say("250 ok\r\n");
      }
    };
  };
  const std::vector<std::pair<std::string, ScriptedServer::Session>> smtp_attacks{
      {"smtp: keyword left out", smtp("250 AUTH PLAIN LOGIN\r\n", "", false)},
      {"smtp: STARTTLS refused", smtp("250-STARTTLS\r\n250 AUTH PLAIN\r\n", "454 not now\r\n", false)},
      {"smtp: STARTTLS refused for good", smtp("250-STARTTLS\r\n250 AUTH PLAIN\r\n", "502 what\r\n", false)},
      {"smtp: answers injected behind the 220",
       smtp("250-STARTTLS\r\n250 AUTH PLAIN\r\n", "220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n235 ok\r\n", false)},
      {"smtp: clear text instead of the handshake",
       smtp("250-STARTTLS\r\n250 AUTH PLAIN\r\n", "220 go\r\n", true)},
      {"smtp: only HELO",
       [](Peer& p) {
         p.say("220 mx ready\r\n");
         while (auto line = p.line()) p.say(line->starts_with("EHLO") ? "502 what\r\n" : "250 ok\r\n");
       }},
  };
  const std::string canary = "canary-password-9913",
                    plain = base64_encode(std::string("\0desk\0", 6) + canary), alone = base64_encode(canary);
  const auto check = [&](const std::string& name, const ScriptedServer::Session& session, Protocol protocol) {
    ScriptedServer server(session);
    const Endpoint endpoint{.host = "127.0.0.1",
                            .port = server.port(),
                            .security = Security::starttls,
                            .timeouts = {k_timeout_ms, k_timeout_ms}};
    const auto connected = connect(protocol, endpoint, {.user = "desk", .secret = canary});
    ASSERT_FALSE(connected) << name;
    const std::string sent = server.received();
    for (const std::string& secret : {canary, plain, alone})
      EXPECT_EQ(sent.find(secret), std::string::npos) << name;
    EXPECT_EQ(sent.find("desk"), std::string::npos) << name;
    EXPECT_EQ(connected.error().message.find(canary), std::string::npos) << name;
  };
  for (const auto& [name, session] : attacks) check(name, session, Protocol::imap);
  for (const auto& [name, session] : smtp_attacks) check(name, session, Protocol::smtp);
  EXPECT_EQ(attacks.size() + smtp_attacks.size(), 12U);
}

TEST(ImapFaults, s8_plain_text_only_to_this_machine) {
  const auto refused = connect(Protocol::imap, {.host = "imap.example.org", .security = Security::none},
                               {.user = "desk", .secret = "secret"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  EXPECT_NE(refused.error().message.find("insecure"), std::string::npos);
  EXPECT_TRUE(is_loopback("127.0.0.1") && is_loopback("127.9.9.9") && is_loopback("::1") &&
              is_loopback("LOCALHOST"));
  for (const std::string_view host :
       {"localhost.example.org", "127.0.0.1.example.org", "128.0.0.1", "10.0.0.1", "::2", "", "0.0.0.0"})
    EXPECT_FALSE(is_loopback(host)) << host;
}

TEST(ImapFaults, s7_login_values_cannot_add_commands) {
  for (const std::string_view bad : {"desk\r\nA9 DELETE INBOX", "desk\n", "de\tsk", "desk\x7f"}) {
    const auto as_user = connect(Protocol::imap, {.host = "127.0.0.1", .port = 1, .security = Security::none},
                                 {.user = std::string(bad), .secret = "s"});
    ASSERT_FALSE(as_user);
    EXPECT_EQ(as_user.error().kind, ErrorKind::usage);
    const auto as_secret =
        connect(Protocol::imap, {.host = "127.0.0.1", .port = 1, .security = Security::none},
                {.user = "desk", .secret = std::string(bad)});
    ASSERT_FALSE(as_secret);
    EXPECT_EQ(as_secret.error().kind, ErrorKind::credentials);
  }
  for (const std::string_view host : {"", "a b", "a/b", "a@b", "[::1]", "a%20b", "a\r\nb"})
    EXPECT_EQ(
        connect(Protocol::imap, {.host = std::string(host)}, {.user = "desk", .secret = "s"}).error().kind,
        ErrorKind::usage)
        << host;
}

} // namespace
} // namespace helpdesk::net
