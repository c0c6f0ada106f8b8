// Tokens from login to renewal, against a login server with a script.
#include "app/exit_code.hpp"
#include "app/oauth.hpp"
#include "base/file.hpp"
#include "support/login_server.hpp"
#include "terminal/memory.hpp"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::app {
namespace {

// A configuration of its own with one account whose tokens come from the server.
class OAuthAccount : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-oauth-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    ::setenv("HELPDESK_CONFIG", (directory_ + "/config.toml").c_str(), 1);
  }
  void TearDown() override {
    ::unsetenv("HELPDESK_CONFIG");
    std::filesystem::remove_all(directory_);
  }
  void configure(const test::LoginServer& server, std::string_view more = "") {
    std::string text = fmt::format("[accounts.shop]\nbackend = \"imap\"\nhost = \"imap.example.org\"\nuser = "
                                   "\"desk@example.org\"\nauth = \"xoauth2\"\n"
                                   "[accounts.shop.oauth]\nprovider = \"custom\"\nclient_id = "
                                   "\"client-7\"\ntoken_url = \"{}\"\ndevice_url = \"{}\"\n{}",
                                   server.url("/token"), server.url("/device"), more);
    ASSERT_TRUE(write_file_atomically(directory_ + "/config.toml", text));
  }
  void keep(App& app, std::string access, std::string refresh, Duration left) {
    auto source = app.secret_source("shop");
    ASSERT_TRUE(source);
    ASSERT_TRUE(config::write_tokens(*source,
                                     {"custom", std::move(access), std::move(refresh), system_now() + left}));
  }
  config::Tokens kept(App& app) {
    auto tokens = config::read_tokens(*app.secret_source("shop"));
    return tokens && *tokens ? **tokens : config::Tokens{};
  }
  terminal::MemoryTerminal terminal_;
  App app_{terminal_, {"helpdesk"}, {}};
  std::string directory_;
};

TEST_F(OAuthAccount, DeviceFlowEndsWithAKeptToken) {
  test::LoginServer server(
      {{200,
        fmt::format(
            R"({{"user_code":"ABCD-EFGH","device_code":"dev-1","verification_uri":"https://login.example.org/device","interval":1,"expires_in":60}})")},
       {400, R"({"error":"authorization_pending"})"},
       {200, R"({"access_token":"first","refresh_token":"r1","expires_in":3600})"}});
  configure(server);
  auto client = oauth_client(app_, "shop");
  ASSERT_TRUE(client) << client.error().message;
  EXPECT_EQ(client->user, "desk@example.org");
  net::HttpClient http;
  auto login = net::begin_device_login(http, *client, system_now());
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user_code, "ABCD-EFGH");
  auto tokens = net::finish_device_login(http, *client, *login, 1);
  ASSERT_TRUE(tokens) << tokens.error().message;
  ASSERT_TRUE(keep_tokens(app_, "shop", *tokens));
  EXPECT_EQ(kept(app_).refresh, "r1");
  EXPECT_EQ(kept(app_).provider, "custom");
  auto token = app_.secrets("shop").access_token(false);
  ASSERT_TRUE(token) << token.error().message;
  EXPECT_EQ(*token, "first");
  EXPECT_NE(server.received().find("device_code=dev-1"), std::string::npos);
}

TEST_F(OAuthAccount, RenewedWhenStaleOrRefused) {
  test::LoginServer server({{200, R"({"access_token":"second","refresh_token":"r2","expires_in":3600})"},
                            {200, R"({"access_token":"third","expires_in":3600})"}});
  configure(server);
  keep(app_, "first", "r1", std::chrono::seconds(-10));
  EXPECT_EQ(app_.secrets("shop").access_token(false).value_or("?"), "second");
  EXPECT_EQ(kept(app_).access, "second");
  EXPECT_EQ(kept(app_).refresh, "r2");
  EXPECT_NE(server.received().find("refresh_token=r1&client_id=client-7"), std::string::npos);
  EXPECT_EQ(app_.secrets("shop").access_token(false).value_or("?"), "second")
      << "good for an hour: the server is not asked";
  EXPECT_EQ(app_.secrets("shop").access_token(true).value_or("?"), "third") << "the mail server refused it";
  EXPECT_EQ(kept(app_).refresh, "r2") << "no new one came: the old one stays";
}

TEST_F(OAuthAccount, RefusedRenewalIsACredentialsErrorThatSaysWhatToDo) {
  test::LoginServer server(
      {{400, R"({"error":"invalid_grant","error_description":"Token has been revoked."})"}});
  configure(server);
  keep(app_, "first", "r1", std::chrono::seconds(-10));
  auto token = app_.secrets("shop").access_token(false);
  ASSERT_FALSE(token);
  EXPECT_EQ(exit_code(token.error().kind), 4);
  for (const char* part : {"shop", "invalid_grant", "revoked", "helpdesk auth login"})
    EXPECT_NE(token.error().message.find(part), std::string::npos) << token.error().message;
  EXPECT_EQ(token.error().message.find("r1"), std::string::npos) << "no secret in a message";
  EXPECT_EQ(kept(app_).refresh, "r1") << "a refusal forgets nothing";
}

TEST_F(OAuthAccount, AServerInTroubleIsTriedLater) {
  test::LoginServer server({{503, "{}"}});
  configure(server);
  keep(app_, "first", "r1", std::chrono::seconds(-10));
  auto token = app_.secrets("shop").access_token(false);
  ASSERT_FALSE(token);
  EXPECT_EQ(exit_code(token.error().kind), 75);
}

TEST_F(OAuthAccount, ClientSecretComesFromACommand) {
  test::LoginServer server({{200, R"({"access_token":"second","expires_in":3600})"}});
  configure(server, "client_secret_command = [\"echo\", \"shh-1\"]\n");
  keep(app_, "first", "r1", std::chrono::seconds(-10));
  EXPECT_EQ(app_.secrets("shop").access_token(false).value_or("?"), "second");
  EXPECT_NE(server.received().find("client_secret=shh-1"), std::string::npos);
}

TEST_F(OAuthAccount, NoLoginYet) {
  test::LoginServer server({{500, ""}});
  configure(server);
  auto token = app_.secrets("shop").access_token(false);
  ASSERT_FALSE(token);
  EXPECT_EQ(exit_code(token.error().kind), 4);
  EXPECT_EQ(token.error().message, "no token for \"shop\": run helpdesk auth login shop");
}

} // namespace
} // namespace helpdesk::app
