#include "base/text.hpp"
#include "net/flat_json.hpp"
#include "net/oauth.hpp"
#include "support/scripted_server.hpp"

#include <charconv>
#include <future>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::net {
namespace {

using test::Peer;
using test::ScriptedServer;

// A login server: answers the n-th request with the n-th body (the last one again and again), and keeps the
// forms it got.
class LoginServer {
 public:
  explicit LoginServer(std::vector<std::pair<int, std::string>> answers)
      : answers_(std::move(answers)), server_([this](Peer& p) { serve(p); }) {}
  OAuthClient client() const {
    const std::string base = fmt::format("http://127.0.0.1:{}", server_.port());
    OAuthClient c;
    c.provider = {.name = "custom",
                  .authorization_url = base + "/authorize",
                  .token_url = base + "/token",
                  .device_url = base + "/device",
                  .scopes = {"mail", "offline_access"},
                  .refusal_reasons = "It dies after 7 days"};
    c.client_id = "id 1";
    c.user = "desk@desk.test";
    return c;
  }
  std::string received() const { return server_.received(); }

 private:
  void serve(Peer& p) {
    while (const auto line = p.line()) {
      std::size_t length = 0;
      for (auto header = p.line(); header && !header->empty(); header = p.line())
        if (header->starts_with("Content-Length: "))
          std::from_chars(header->data() + 16, header->data() + header->size(), length);
      if (!p.bytes(length)) return;
      const auto& [status, body] = answers_[std::min(next_++, answers_.size() - 1)];
      p.say(fmt::format("HTTP/1.1 {} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                        status, body.size(), body));
    }
  }
  std::vector<std::pair<int, std::string>> answers_;
  std::size_t next_ = 0;
  ScriptedServer server_;
};

HttpClient client() { return HttpClient({.timeouts = {.connect_ms = 1000, .idle_ms = 1000}}); }
const Instant k_now = instant_of_seconds(1'767'600'000);

TEST(Pkce, rfc_7636_appendix_b) {
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const Pkce a = make_pkce(), b = make_pkce();
  EXPECT_EQ(a.verifier.size(), 43U);
  EXPECT_NE(a.verifier, b.verifier);
  EXPECT_EQ(a.challenge, pkce_challenge(a.verifier));
}

TEST(OAuth, renewal_is_saved_before_it_is_used) {
  LoginServer server(
      {{200, R"({"access_token":"fresh","expires_in":3600,"refresh_token":"r2","token_type":"Bearer"})"}});
  HttpClient http = client();
  OAuthTokens kept{.access_token = "old", .refresh_token = "r1", .expires = k_now + std::chrono::seconds(30)};
  int saves = 0;
  const TokenStorage storage{.load = [&] { return Result<std::optional<OAuthTokens>>(kept); },
                             .save = [&](const OAuthTokens& t) -> Result<void> {
                               kept = t;
                               ++saves;
                               return {};
                             }};
  EXPECT_EQ(*access_token(http, server.client(), storage, false, k_now), "fresh") << "30 s left are too few";
  EXPECT_EQ(saves, 1);
  EXPECT_EQ(kept.refresh_token, "r2");
  EXPECT_EQ(kept.expires, k_now + std::chrono::hours(1));
  EXPECT_NE(server.received().find("grant_type=refresh_token&refresh_token=r1&client_id=id%201"),
            std::string::npos);
  EXPECT_EQ(*access_token(http, server.client(), storage, false, k_now), "fresh");
  EXPECT_EQ(saves, 1) << "a good token is used as it is";
  EXPECT_EQ(*access_token(http, server.client(), storage, true, k_now), "fresh");
  EXPECT_EQ(saves, 2);
  const auto again = parse_oauth_tokens(to_text(kept));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->access_token, kept.access_token);
  EXPECT_EQ(again->refresh_token, kept.refresh_token);
  EXPECT_EQ(again->expires, kept.expires);
}

TEST(OAuth, refusals_name_the_reason_and_passing_faults_do_not_log_out) {
  LoginServer refusing(
      {{400, R"({"error":"invalid_grant","error_description":"Token has been expired or revoked."})"}});
  HttpClient http = client();
  const auto refused = renew(http, refusing.client(), "r1", k_now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::credentials);
  for (const char* part : {"invalid_grant", "expired or revoked", "7 days", "desk@desk.test", "auth login"})
    EXPECT_NE(refused.error().message.find(part), std::string::npos) << part;
  EXPECT_EQ(refused.error().message.find("r1"), std::string::npos);

  for (const int status : {500, 503, 429}) {
    LoginServer down({{status, "busy"}});
    EXPECT_EQ(renew(http, down.client(), "r1", k_now).error().kind, ErrorKind::retry) << status;
  }
  for (const std::string body : {"", "<html>", "[]", "{}", R"({"access_token":""})",
                                 R"({"access_token":"a\r\nb"})", R"({"access_token":"a b"})"}) {
    LoginServer odd({{200, body}});
    EXPECT_EQ(renew(http, odd.client(), "r1", k_now).error().kind, ErrorKind::failed) << body;
  }
  OAuthClient nowhere = refusing.client();
  nowhere.provider.token_url = "http://127.0.0.1:1/token";
  EXPECT_EQ(renew(http, nowhere, "r1", k_now).error().kind, ErrorKind::retry);
}

TEST(OAuth, device_flow) {
  const std::string begin =
      R"({"device_code":"dc","user_code":"ABCD-EFGH","verification_uri":"https://login.example.org/device","interval":5,"expires_in":900})";
  LoginServer server({{200, begin},
                      {400, R"({"error":"authorization_pending"})"},
                      {400, R"({"error":"slow_down"})"},
                      {503, ""},
                      {200, R"({"access_token":"t","refresh_token":"r","expires_in":"3599"})"}});
  HttpClient http = client();
  const auto login = begin_device_login(http, server.client(), system_now());
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user_code, "ABCD-EFGH");
  EXPECT_EQ(login->verification_url, "https://login.example.org/device");
  const auto tokens = finish_device_login(http, server.client(), *login, 1);
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->refresh_token, "r");

  for (const char* error : {"access_denied", "expired_token"}) {
    LoginServer refusing({{200, begin}, {400, fmt::format(R"({{"error":"{}"}})", error)}});
    const auto again = begin_device_login(http, refusing.client(), system_now());
    EXPECT_EQ(finish_device_login(http, refusing.client(), *again, 1).error().kind, ErrorKind::credentials);
  }
  OAuthClient google = server.client();
  google.provider = *find_oauth_provider("google");
  EXPECT_EQ(begin_device_login(http, google, system_now()).error().kind, ErrorKind::usage);
}

// What the browser does when it is sent back.
int visit(const std::string& url) {
  HttpClient browser = client();
  const auto page = browser.get(url);
  return page ? page->status : 0;
}

TEST(OAuth, loopback_flow_checks_the_state_and_proves_the_verifier) {
  LoginServer server({{200, R"({"access_token":"t","refresh_token":"r","expires_in":3600})"}});
  auto login = LoopbackLogin::begin(server.client());
  ASSERT_TRUE(login);
  const std::string url = login->authorization_url();
  for (const char* part : {"response_type=code", "client_id=id%201", "code_challenge_method=S256",
                           "scope=mail%20offline_access", "login_hint=desk%40desk.test"})
    EXPECT_NE(url.find(part), std::string::npos) << part;
  const auto parameter = [&](const std::string& name) {
    const std::size_t at = url.find(name + "=") + name.size() + 1;
    return url.substr(at, url.find('&', at) - at);
  };
  HttpClient http = client();
  auto finished = std::async(std::launch::async, [&] { return login->finish(http, 10'000); });
  const std::string back = login->redirect_url();
  EXPECT_EQ(visit(back + "favicon.ico"), 400);
  EXPECT_EQ(visit(back + "?code=stolen&state=wrong"), 400);
  EXPECT_EQ(visit(back + "?state=" + parameter("state")), 400);
  EXPECT_EQ(visit(back + "?code=the%2Bcode&state=" + parameter("state")), 200);
  const auto tokens = finished.get();
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->access_token, "t");
  const std::string form = server.received();
  EXPECT_NE(form.find("code=the%2Bcode"), std::string::npos);
  EXPECT_EQ(form.find("stolen"), std::string::npos);
  const std::size_t at = form.find("code_verifier=") + 14;
  EXPECT_EQ(pkce_challenge(form.substr(at, form.find('&', at) - at)), parameter("code_challenge"));

  auto denied = LoopbackLogin::begin(server.client());
  const std::string denied_url = denied->authorization_url();
  const std::size_t state = denied_url.find("state=") + 6;
  auto refusal = std::async(std::launch::async, [&] { return denied->finish(http, 10'000); });
  EXPECT_EQ(visit(denied->redirect_url() + "?error=access_denied&state=" +
                  denied_url.substr(state, denied_url.find('&', state) - state)),
            200);
  EXPECT_EQ(refusal.get().error().kind, ErrorKind::credentials);

  auto alone = LoopbackLogin::begin(server.client());
  EXPECT_EQ(alone->finish(http, 300).error().kind, ErrorKind::credentials);
}

TEST(FlatJson, members_and_mistakes) {
  const auto members = parse_flat_json(" { \"a\" : \"x\\n\\u00e6\\ud83d\\ude00\\/\" , "
                                       "\"n\":-1.5e3,\"t\":true,\"z\":null,\"o\":{\"b\":[1,\"}\"]} } ");
  ASSERT_TRUE(members);
  EXPECT_EQ(members->at("a"), "x\næ😀/");
  EXPECT_EQ(members->at("n"), "-1.5e3");
  EXPECT_EQ(members->at("t"), "true");
  EXPECT_FALSE(members->contains("z"));
  EXPECT_EQ(members->at("o"), "{\"b\":[1,\"}\"]}");
  for (const char* bad : {"", "{", "{}x", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":\"b}", "{\"a\":\"\\q\"}",
                          "{\"a\":\"\\u12\"}", "{\"a\":1,}", "{\"a\":[1}"})
    EXPECT_FALSE(parse_flat_json(bad)) << bad;
  EXPECT_EQ(json_string("a\"\\\n"), "\"a\\\"\\\\\\u000a\"");
}

} // namespace
} // namespace helpdesk::net
