// reliability.md R3: the server fails at every SMTP step in every way; each case has one right outcome, in
// time.
#include "net/smtp.hpp"
#include "support/scripted_server.hpp"

#include <chrono>
#include <future>
#include <map>

#include <gtest/gtest.h>

namespace helpdesk::net {
namespace {

using test::Fault;
using test::Peer;
using test::ScriptedServer;

enum class Step { greeting, ehlo, auth, mail, rcpt, data, dot, quit };
constexpr std::array k_steps{Step::greeting, Step::ehlo, Step::auth, Step::mail,
                             Step::rcpt,     Step::data, Step::dot,  Step::quit};
constexpr std::array<std::string_view, 8> k_step_names{"greeting", "EHLO", "AUTH",      "MAIL",
                                                       "RCPT",     "DATA", "final dot", "QUIT"};

constexpr int k_timeout_ms = 1'200;
constexpr int k_hang_ms = 15'000; // of a client that waits without end; a busy machine takes less
constexpr std::string_view k_mail =
    "From: desk@desk.test\r\nSubject: hello\r\n\r\n.one dot\r\n..two dots\r\n.\r\nlast line\r\n";

// Plays a submission server that fails at one step; keeps the mails that it accepted.
class SmtpPart {
 public:
  SmtpPart(Step step, Fault fault) : step_(step), fault_(fault), server_([this](Peer& p) { play(p); }) {}
  int port() const { return server_.port(); }
  std::string received() const { return server_.received(); }
  bool saw_final_dot() const { return saw_dot_; }
  std::string body() const { return body_; }

 private:
  bool answer(Peer& p, Step step, std::string_view text) {
    return p.say_with(step == step_ ? fault_ : Fault::none, text, "421 4.3.2 not now\r\n",
                      "554 5.7.1 never\r\n");
  }
  void play(Peer& p) {
    if (!answer(p, Step::greeting, "220 mx.desk.test ready\r\n")) return;
    while (const auto line = p.line()) {
      bool goes_on = true;
      if (line->starts_with("EHLO"))
        goes_on = answer(p, Step::ehlo,
                         "250-mx.desk.test\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n");
      else if (line->starts_with("HELO"))
        goes_on = answer(p, Step::ehlo, "250 mx.desk.test\r\n");
      else if (line->starts_with("AUTH"))
        goes_on = line->size() > 11 ? answer(p, Step::auth, "235 ok\r\n") : p.say("334 \r\n");
      else if (line->starts_with("MAIL"))
        goes_on = answer(p, Step::mail, "250 ok\r\n");
      else if (line->starts_with("RCPT"))
        goes_on = answer(p, Step::rcpt, "250 ok\r\n");
      else if (*line == "DATA") {
        goes_on = answer(p, Step::data, "354 go on\r\n");
        if (goes_on && (step_ != Step::data || fault_ == Fault::slow)) goes_on = take_mail(p);
      } else if (*line == "QUIT") {
        answer(p, Step::quit, "221 bye\r\n");
        return;
      } else
        goes_on = answer(p, Step::auth, "235 ok\r\n"); // the second line of AUTH
      if (!goes_on) return;
    }
  }
  bool take_mail(Peer& p) {
    std::string body;
    for (auto line = p.line(); line; line = p.line()) {
      if (*line == ".") {
        body_ = body;
        saw_dot_ = true;
        return answer(p, Step::dot, "250 queued as 42\r\n");
      }
      body += (line->starts_with(".") ? line->substr(1) : *line) + "\r\n";
    }
    return false;
  }
  Step step_;
  Fault fault_;
  std::atomic<bool> saw_dot_ = false;
  std::string body_;
  ScriptedServer server_;
};

SmtpSettings settings_for(int port) {
  SmtpSettings s;
  s.endpoint = {.host = "127.0.0.1",
                .port = port,
                .security = Security::none,
                .timeouts = {k_timeout_ms, k_timeout_ms}};
  s.final_dot_ms = k_timeout_ms;
  return s;
}

struct Expected {
  SendKind kind;
  ErrorKind error;
};

// The whole table in words: before the final dot nothing was handed over; after it only the server's word
// counts.
Expected expected(Step step, Fault fault) {
  const bool refuses = fault == Fault::temporary || fault == Fault::permanent;
  if (step == Step::quit) return {SendKind::accepted, ErrorKind::retry};
  if (step == Step::dot && !refuses) return {SendKind::unknown, ErrorKind::retry};
  if (refuses && step >= Step::mail)
    return fault == Fault::temporary ? Expected{SendKind::rejected_temporarily, ErrorKind::retry}
                                     : Expected{SendKind::rejected_permanently, ErrorKind::failed};
  if (step == Step::auth && refuses)
    return {SendKind::not_sent, fault == Fault::temporary ? ErrorKind::retry : ErrorKind::credentials};
  if (step < Step::auth && fault == Fault::permanent) return {SendKind::not_sent, ErrorKind::failed};
  // What is no SMTP at all will not be any the next time; libcurl waits for sense until its time is up.
  if (step >= Step::mail && fault == Fault::garbage) return {SendKind::not_sent, ErrorKind::failed};
  return {SendKind::not_sent, ErrorKind::retry};
}

TEST(SmtpFaults, r3_every_step_fails_in_every_way) {
  struct Case {
    Step step;
    Fault fault;
    std::future<std::string> problem;
  };
  std::vector<Case> cases;
  for (const Step step : k_steps)
    for (const Fault fault : test::k_faults)
      cases.push_back(
          {step, fault, std::async(std::launch::async, [step, fault]() -> std::string {
             SmtpPart server(step, fault);
             const auto began = std::chrono::steady_clock::now();
             const SendOutcome outcome =
                 send(settings_for(server.port()), {.user = "desk", .secret = "secret"},
                      {"desk@desk.test", {"customer@desk.test"}}, k_mail, false);
             const auto took = std::chrono::steady_clock::now() - began;
             const Expected want = expected(step, fault);
             std::string problem;
             if (outcome.kind != want.kind)
               problem += " kind " + std::to_string(static_cast<int>(outcome.kind));
             if (want.kind != SendKind::accepted && outcome.error != want.error)
               problem += " error " + std::to_string(static_cast<int>(outcome.error));
             if (want.kind != SendKind::accepted && outcome.text.find("127.0.0.1:") == std::string::npos)
               problem += " does not name the server";
             if (outcome.kind == SendKind::not_sent && server.saw_final_dot())
               problem += " called not sent, but the dot was out";
             if (took > std::chrono::milliseconds(k_hang_ms))
               problem +=
                   " took " +
                   std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) +
                   " ms";
             return problem.empty() ? "" : problem + ": " + outcome.text;
           })});
  EXPECT_EQ(cases.size(), 56U);
  for (Case& c : cases) {
    const std::string problem = c.problem.get();
    EXPECT_EQ(problem, "") << k_step_names[static_cast<std::size_t>(c.step)] << " x "
                           << test::name_of(c.fault);
  }
}

TEST(SmtpFaults, a_good_server_gets_the_mail_byte_for_byte) {
  SmtpPart server(Step::greeting, Fault::none);
  const SendOutcome outcome = send(settings_for(server.port()), {.user = "desk", .secret = "secret"},
                                   {"desk@desk.test", {"customer@desk.test"}}, k_mail, false);
  EXPECT_EQ(outcome.kind, SendKind::accepted) << outcome.text;
  EXPECT_EQ(outcome.text, "queued as 42");
  EXPECT_EQ(server.body(), k_mail);
}

TEST(SmtpFaults, smtputf8_is_refused_by_name_when_not_offered) {
  SmtpPart server(Step::greeting, Fault::none);
  const SendOutcome outcome =
      send(settings_for(server.port()), {}, {"desk@desk.test", {"blåbær@desk.test"}}, k_mail, false);
  EXPECT_EQ(outcome.kind, SendKind::not_sent);
  EXPECT_NE(outcome.text.find("SMTPUTF8"), std::string::npos) << outcome.text;
  EXPECT_EQ(server.received().find("MAIL"), std::string::npos);
}

TEST(SmtpFaults, s5_envelope_values_cannot_add_commands) {
  SmtpPart server(Step::greeting, Fault::none);
  for (const std::string& bad :
       {std::string("a@b>\r\nRCPT TO:<x@evil.test"), std::string("a@b\nDATA"), std::string("a\0b@c", 5),
        std::string("a b@c"), std::string("<a@b>"), std::string("")}) {
    const SendOutcome to = send(settings_for(server.port()), {}, {"desk@desk.test", {bad}}, k_mail, false);
    EXPECT_EQ(to.kind, SendKind::not_sent);
    EXPECT_EQ(to.error, ErrorKind::usage);
    if (bad.empty()) continue; // a null sender is allowed
    const SendOutcome from =
        send(settings_for(server.port()), {}, {bad, {"customer@desk.test"}}, k_mail, false);
    EXPECT_EQ(from.kind, SendKind::not_sent);
  }
  EXPECT_EQ(server.received(), "");
}

TEST(SmtpFaults, s6_bare_line_ends_are_refused) {
  SmtpPart server(Step::greeting, Fault::none);
  for (const std::string_view bad : {"a\n.\nb", "a\r.\rb", "a\r\n.\nb\r\n", "\n", "a\r"})
    EXPECT_EQ(send(settings_for(server.port()), {}, {"desk@desk.test", {"c@desk.test"}}, bad, false).kind,
              SendKind::not_sent);
  EXPECT_EQ(server.received(), "");
}

TEST(SmtpFaults, s10_no_secret_in_any_message) {
  for (const Fault fault : {Fault::close, Fault::temporary, Fault::permanent}) {
    SmtpPart server(Step::auth, fault);
    const SendOutcome outcome = send(settings_for(server.port()), {.user = "desk", .secret = "canary-7351"},
                                     {"desk@desk.test", {"c@desk.test"}}, k_mail, false);
    EXPECT_EQ(outcome.text.find("canary-7351"), std::string::npos);
  }
}

TEST(DotStuffing, leading_dots_are_doubled_and_the_end_is_marked) {
  EXPECT_EQ(dot_stuffed("a\r\n"), "a\r\n.\r\n");
  EXPECT_EQ(dot_stuffed("a"), "a\r\n.\r\n");
  EXPECT_EQ(dot_stuffed(".\r\n"), "..\r\n.\r\n");
  EXPECT_EQ(dot_stuffed("..a\r\n.b\r\nc.d\r\n"), "...a\r\n..b\r\nc.d\r\n.\r\n");
}

TEST(DotStuffing, s6_random_bodies_come_back) {
  unsigned seed = 20'260'105;
  const auto next = [&seed] { return seed = seed * 1'103'515'245 + 12'345, (seed >> 16) & 0x7fff; };
  for (int round = 0; round < 20'000; ++round) {
    std::string body;
    for (unsigned i = 0, n = next() % 30; i < n; ++i) {
      constexpr std::array<std::string_view, 5> k_pieces{".", "\r\n", "x", "..", " "};
      body += k_pieces[next() % k_pieces.size()];
    }
    const std::string wire = dot_stuffed(body);
    // A receiver as RFC 5321 4.5.2 has it.
    std::string got;
    std::size_t at = 0;
    bool ended = false;
    while (at < wire.size() && !ended) {
      const std::size_t end = wire.find("\r\n", at);
      ASSERT_NE(end, std::string::npos);
      const std::string line = wire.substr(at, end - at);
      at = end + 2;
      if (line == ".")
        ended = true;
      else
        got += (line.starts_with(".") ? line.substr(1) : line) + "\r\n";
    }
    ASSERT_TRUE(ended);
    ASSERT_EQ(at, wire.size()) << "the mail ended before its end";
    ASSERT_EQ(got, body.ends_with("\r\n") ? body : body + "\r\n");
  }
}

} // namespace
} // namespace helpdesk::net
