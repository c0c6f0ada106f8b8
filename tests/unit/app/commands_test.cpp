// Whole commands against servers with a script: logging in by device, proving that an account can send.
#include "app/app.hpp"
#include "base/file.hpp"
#include "helpdesk/root.hpp"
#include "support/login_server.hpp"
#include "terminal/memory.hpp"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::app {
namespace {

// Accepts every mail, or refuses the recipient.
class MailServer {
 public:
  explicit MailServer(bool accepts) : accepts_(accepts), server_([this](test::Peer& p) { play(p); }) {}
  int port() const { return server_.port(); }
  std::string received() const { return server_.received(); }

 private:
  void play(test::Peer& p) {
    p.say("220 mx.example.org ready\r\n");
    bool in_data = false;
    while (const auto line = p.line()) {
      if (in_data) {
        if (*line != ".") continue;
        in_data = false;
        p.say("250 2.0.0 queued as 4711\r\n");
      } else if (line->starts_with("EHLO")) {
        p.say("250-mx.example.org\r\n250 8BITMIME\r\n");
      } else if (line->starts_with("RCPT") && !accepts_) {
        p.say("550 5.1.1 nobody here\r\n");
      } else if (*line == "DATA") {
        in_data = true;
        p.say("354 go on\r\n");
      } else if (*line == "QUIT") {
        p.say("221 bye\r\n");
        return;
      } else {
        p.say("250 ok\r\n");
      }
    }
  }
  bool accepts_;
  test::ScriptedServer server_;
};

class Commands : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-commands-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    ::setenv("HELPDESK_CONFIG", (directory_ + "/config.toml").c_str(), 1);
    ASSERT_TRUE(make_private_directories(directory_ + "/Maildir/cur"));
    ASSERT_TRUE(make_private_directories(directory_ + "/Maildir/new"));
  }
  void TearDown() override {
    ::unsetenv("HELPDESK_CONFIG");
    std::filesystem::remove_all(directory_);
  }
  void configure(const std::string& text) {
    ASSERT_TRUE(write_file_atomically(directory_ + "/config.toml", text));
  }
  void configure_sending(int port) {
    configure(fmt::format(
        "[accounts.shop]\nbackend = \"maildir\"\npath = \"{}/Maildir\"\nus = [\"desk@example.org\"]\n\n"
        "[smtp.shop]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n",
        directory_, port));
  }
  int run(std::vector<std::string> words) {
    words.insert(words.begin(), "helpdesk");
    terminal_.errors.clear();
    terminal_.output.clear();
    App app(terminal_, std::move(words), commands());
    return app.run();
  }
  std::string configuration() { return read_file(directory_ + "/config.toml").value_or(""); }
  terminal::MemoryTerminal terminal_;
  std::string directory_;
};

TEST_F(Commands, DeviceLoginShowsTheCodeAndKeepsTheToken) {
  test::LoginServer server(
      {{200,
        R"({"user_code":"ABCD-EFGH","device_code":"d","verification_uri":"https://login.example.org/device","interval":1,"expires_in":60})"},
       {200, R"({"access_token":"token-one","refresh_token":"r1","expires_in":3600})"}});
  configure(fmt::format("[accounts.shop]\nbackend = \"imap\"\nhost = \"imap.example.org\"\nuser = "
                        "\"desk\"\nauth = \"xoauth2\"\n[accounts.shop.oauth]\nprovider = \"custom\"\n"
                        "client_id = \"c\"\ntoken_url = \"{}\"\ndevice_url = \"{}\"\n",
                        server.url("/token"), server.url("/device")));
  EXPECT_EQ(run({"auth", "status"}), 4);
  EXPECT_EQ(run({"auth", "login", "shop"}), 0) << terminal_.errors;
  EXPECT_NE(terminal_.errors.find("https://login.example.org/device"), std::string::npos);
  EXPECT_NE(terminal_.errors.find("ABCD-EFGH"), std::string::npos);
  EXPECT_EQ(run({"auth", "status"}), 0);
  EXPECT_NE(terminal_.output.find("token"), std::string::npos);
  EXPECT_EQ(terminal_.output.find("token-one"), std::string::npos) << "status never shows it";
  EXPECT_EQ(run({"auth", "logout", "shop"}), 0);
  EXPECT_EQ(run({"auth", "status"}), 4);
}

TEST_F(Commands, ARefusedLoginIsExitFour) {
  test::LoginServer server(
      {{200,
        R"({"user_code":"X","device_code":"d","verification_uri":"https://login.example.org/","interval":1,"expires_in":60})"},
       {400, R"({"error":"access_denied"})"}});
  configure(fmt::format("[accounts.shop]\nbackend = \"imap\"\nhost = \"imap.example.org\"\nuser = "
                        "\"desk\"\nauth = \"xoauth2\"\n[accounts.shop.oauth]\nprovider = \"custom\"\n"
                        "client_id = \"c\"\ntoken_url = \"{}\"\ndevice_url = \"{}\"\n",
                        server.url("/token"), server.url("/device")));
  EXPECT_EQ(run({"auth", "login", "shop"}), 4);
  EXPECT_NE(terminal_.errors.find("access_denied"), std::string::npos) << terminal_.errors;
}

TEST_F(Commands, SendingIsAllowedOnceItWasProved) {
  MailServer server(true);
  configure_sending(server.port());
  EXPECT_EQ(run({"account", "test", "shop", "--send-to", "me@example.org"}), 0) << terminal_.errors;
  EXPECT_NE(terminal_.errors.find("queued as 4711"), std::string::npos) << terminal_.errors;
  EXPECT_NE(configuration().find("send.via = \"smtp\""), std::string::npos) << configuration();
  EXPECT_NE(server.received().find("RCPT TO:<me@example.org>"), std::string::npos);
  EXPECT_EQ(run({"config", "get", "accounts.shop.send.via"}), 0);
  EXPECT_EQ(terminal_.output, "smtp\n");
}

TEST_F(Commands, ARefusedMailProvesNothing) {
  MailServer server(false);
  configure_sending(server.port());
  std::string before = configuration();
  EXPECT_EQ(run({"account", "test", "shop", "--send-to", "me@example.org"}), 3);
  EXPECT_NE(terminal_.errors.find("nobody here"), std::string::npos) << terminal_.errors;
  EXPECT_EQ(configuration(), before);
  EXPECT_EQ(run({"account", "test", "shop", "--send-to", "me@example.org", "--read-only"}), 2);
}

} // namespace
} // namespace helpdesk::app
