#include "net/http.hpp"
#include "support/scripted_server.hpp"

#include <charconv>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::net {
namespace {

using test::Peer;
using test::ScriptedServer;

// Reads requests and answers each by its first line.
ScriptedServer::Session
answering(std::function<std::string(const std::string& line, const std::string& body)> f) {
  return [f](Peer& p) {
    while (const auto line = p.line()) {
      std::size_t length = 0;
      for (auto header = p.line(); header && !header->empty(); header = p.line())
        if (header->starts_with("Content-Length: "))
          std::from_chars(header->data() + 16, header->data() + header->size(), length);
      std::string body;
      if (!p.bytes(length, &body) || !p.say(f(*line, body))) return;
    }
  };
}

std::string ok(std::string_view body) {
  return fmt::format("HTTP/1.1 200 OK\r\nX-Test: yes\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
}
std::string redirect(std::string_view to) {
  return fmt::format("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", to);
}

HttpClient client() { return HttpClient({.timeouts = {.connect_ms = 1000, .idle_ms = 1000}}); }

TEST(Http, get_and_post) {
  ScriptedServer server(
      answering([](const std::string& line, const std::string& body) { return ok(line + "|" + body); }));
  HttpClient http = client();
  const std::string base = fmt::format("http://127.0.0.1:{}", server.port());
  const auto got = http.get(base + "/a?b=c");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->status, 200);
  EXPECT_EQ(got->header("x-test"), "yes");
  EXPECT_EQ(got->body, "GET /a?b=c HTTP/1.1|");
  const auto posted = http.post_form(base + "/token", {{"a", "1 2&=æ"}, {"b", ""}});
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->body, "POST /token HTTP/1.1|a=1%202%26%3D%C3%A6&b=");
  HttpRequest put{
      .method = "PUT", .url = base + "/x", .headers = {{"Content-Type", "application/json"}}, .body = "{}"};
  EXPECT_EQ(http.request(put)->body, "PUT /x HTTP/1.1|{}");
  EXPECT_EQ(http.get(base + "/again")->body, "GET /again HTTP/1.1|")
      << "nothing of an earlier request is left";
  EXPECT_EQ(server.connections(), 1) << "the connection is kept";
}

TEST(Http, s9_secrets_stay_with_their_origin) {
  ScriptedServer thief(answering([](const std::string&, const std::string&) { return ok("mine"); }));
  std::string target;
  ScriptedServer server(answering([&](const std::string& line, const std::string&) {
    return line.starts_with("GET /here") ? ok("arrived") : redirect(target);
  }));
  const std::string base = fmt::format("http://127.0.0.1:{}", server.port()),
                    away = fmt::format("127.0.0.1:{}", thief.port());
  HttpRequest request{.url = base + "/start", .headers = {{"Authorization", "Bearer canary-55"}}};
  for (const std::string& to :
       {"http://" + away + "/", "//" + away + "/", "http://localhost:" + std::to_string(server.port()) + "/",
        "http://user:pass@" + away + "/", std::string("file:///etc/passwd"), std::string("ftp://127.0.0.1/"),
        "http://[::1]:" + std::to_string(thief.port()) + "/", "https://" + away + "/",
        std::string("gopher://127.0.0.1:1/"),
        "http://127.0.0.1:" + std::to_string(server.port()) + "@" + away + "/"}) {
    target = to;
    HttpClient http = client();
    const auto got = http.request(request);
    EXPECT_FALSE(got) << to;
  }
  EXPECT_EQ(thief.received().find("canary-55"), std::string::npos);
  EXPECT_EQ(thief.connections(), 0);

  target = "/here";
  EXPECT_EQ(client().request(request)->body, "arrived");
  target = base + "/here?x";
  EXPECT_EQ(client().request(request)->body, "arrived");
  target = "/start";
  EXPECT_FALSE(client().request(request)) << "a loop ends";
  target = "http://" + away + "/";
  HttpRequest anonymous{.url = base + "/start", .anonymous = true};
  EXPECT_EQ(client().request(anonymous)->body, "mine");
  HttpRequest post{.method = "POST", .url = base + "/start", .body = "a=b"};
  target = "/here";
  EXPECT_FALSE(client().request(post)) << "a form is not sent twice";
}

TEST(Http, limits_and_faults) {
  ScriptedServer big(
      answering([](const std::string&, const std::string&) { return ok(std::string(100'000, 'x')); }));
  HttpRequest request{.url = fmt::format("http://127.0.0.1:{}/", big.port()), .body_limit = 50'000};
  const auto over = client().request(request);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, ErrorKind::failed);

  for (const test::Fault fault :
       {test::Fault::close, test::Fault::reset, test::Fault::hang, test::Fault::slow}) {
    ScriptedServer server([fault](Peer& p) {
      while (auto line = p.line())
        if (line->empty()) {
          p.say_with(fault, ok("0123456789"), "", "");
          return;
        }
    });
    const auto broken = client().get(fmt::format("http://127.0.0.1:{}/", server.port()));
    ASSERT_FALSE(broken) << test::name_of(fault);
    EXPECT_EQ(broken.error().kind, ErrorKind::retry) << broken.error().message;
  }
  ScriptedServer half([](Peer& p) {
    p.line();
    p.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    p.end();
  });
  EXPECT_EQ(client().get(fmt::format("http://127.0.0.1:{}/", half.port())).error().kind, ErrorKind::retry);
  EXPECT_EQ(client().get("http://127.0.0.1:1/").error().kind, ErrorKind::retry);
}

TEST(Http, addresses_that_are_refused) {
  for (const char* url : {"", "example.org", "http://example.org/", "ftp://127.0.0.1/", "https://a@b/",
                          "http://127.0.0.1\\@x/", "javascript:1"})
    EXPECT_EQ(client().get(url).error().kind, ErrorKind::usage) << url;
  HttpRequest injected{.url = "http://127.0.0.1:1/", .headers = {{"X-A", "1\r\nX-B: 2"}}};
  EXPECT_EQ(client().request(injected).error().kind, ErrorKind::usage);
  EXPECT_EQ(origin_of("HTTPS://Example.ORG/x"), "https://example.org:443");
  EXPECT_EQ(origin_of("http://[::1]:8080"), "http://[::1]:8080");
  EXPECT_EQ(origin_of("http://[::1]/"), "http://[::1]:80");
}

} // namespace
} // namespace helpdesk::net
