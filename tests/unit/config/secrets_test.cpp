#include "config/secrets.hpp"
#include "support.hpp"

#include <sys/prctl.h>

using namespace helpdesk;
using namespace helpdesk::config;

class SecretsTest : public ConfigTest {
 protected:
  void SetUp() override {
    ConfigTest::SetUp();
    ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
    ::unsetenv("HELPDESK_PASSWORD_SHOP");
  }
  SecretSource source(std::vector<std::string> command = {}) {
    return {"shop", std::move(command), directory_};
  }
};

TEST_F(SecretsTest, CommandGoesBeforeFileBeforeEnvironment) {
  ::setenv("HELPDESK_PASSWORD_SHOP", "from environment", 1);
  EXPECT_EQ(find_password(source())->secret.text(), "from environment");
  ASSERT_TRUE(store_password(source(), Secret("from file"), SecretPlace::file));
  auto found = find_password(source());
  EXPECT_EQ(found->secret.text(), "from file");
  EXPECT_EQ(found->place, SecretPlace::file);
  found = find_password(source({"printf", "from command\nsecond line\n"}));
  EXPECT_EQ(found->secret.text(), "from command");
  EXPECT_EQ(forget_password(source()).value(), true);
  EXPECT_EQ(forget_password(source()).value(), false);
  EXPECT_EQ(find_password(source())->place, SecretPlace::environment);
}

TEST_F(SecretsTest, MissingAndFailingAreCredentialErrors) {
  auto none = find_password(source());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::credentials);
  EXPECT_NE(none.error().message.find("HELPDESK_PASSWORD_SHOP"), std::string::npos);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"false"},
                                                  {"true"},
                                                  {"no-such-program-here"},
                                                  {"sh", "-c", "echo canary-secret; exit 3"}}) {
    auto failed = find_password(source(command));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::credentials);
    EXPECT_EQ(failed.error().message.find("canary-secret\n"), std::string::npos);
  }
}

TEST_F(SecretsTest, S19NoShellReadsTheCommand) {
  std::string proof = directory_ + "/proof";
  auto found = find_password(source({"printf", "%s", "$(touch " + proof + "); echo"}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->secret.text(), "$(touch " + proof + "); echo");
  EXPECT_FALSE(std::filesystem::exists(proof));
}

TEST_F(SecretsTest, S18FilesAreForTheOwnerAlone) {
  ASSERT_TRUE(store_password(source(), Secret("word"), SecretPlace::file));
  std::string file = directory_ + "/secrets/shop.password";
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
  EXPECT_EQ(std::filesystem::status(directory_ + "/secrets").permissions(), std::filesystem::perms(0700));
  std::filesystem::permissions(file, std::filesystem::perms(0640));
  auto refused = find_password(source());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("chmod 600"), std::string::npos);
}

TEST_F(SecretsTest, NamesNeverLeaveTheDirectory) {
  SecretSource hostile{"../../escape", {}, directory_ + "/inside"};
  ASSERT_TRUE(store_password(hostile, Secret("word"), SecretPlace::file));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_))
    if (entry.is_regular_file()) {
      EXPECT_EQ(entry.path().parent_path(), directory_ + "/inside/secrets");
    }
}

TEST_F(SecretsTest, S10NoCoreWhileASecretLives) {
  int before = ::prctl(PR_GET_DUMPABLE);
  {
    Secret secret(std::string("word"));
    EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
    Secret moved = std::move(secret);
    EXPECT_EQ(moved.text(), "word");
    EXPECT_EQ(secret.text(), ""); // NOLINT: that the source is wiped is what is tested
    EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
  }
  EXPECT_EQ(::prctl(PR_GET_DUMPABLE), before);
}

TEST_F(SecretsTest, S10WipeLeavesNoByteBehind) {
  std::string text(1000, 's');
  const char* memory = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(std::string(memory, 1).find('s'), std::string::npos);
}

TEST_F(SecretsTest, TokensGoThroughTheirFile) {
  EXPECT_FALSE(read_tokens(source())->has_value());
  Tokens tokens{"google", "access", "refresh", instant_of_seconds(1'767'600'000)};
  ASSERT_TRUE(write_tokens(source(), tokens));
  auto back = read_tokens(source());
  ASSERT_TRUE(back && *back);
  EXPECT_EQ((*back)->access, "access");
  EXPECT_EQ((*back)->expires, tokens.expires);
  write("secrets/shop.oauth.json", "{ not json");
  EXPECT_EQ(read_tokens(source()).error().kind, ErrorKind::credentials);
  EXPECT_EQ(forget_tokens(source()).value(), true);
}

TEST_F(SecretsTest, OnlyLinesCanBeKept) {
  EXPECT_FALSE(store_password(source(), Secret(std::string("two\nlines")), SecretPlace::file));
  EXPECT_FALSE(store_password(source(), Secret(std::string()), SecretPlace::file));
  EXPECT_FALSE(store_password(source(), Secret(std::string("x")), SecretPlace::environment));
}

TEST(EnvironmentVariable, IsMadeOfTheName) {
  EXPECT_EQ(environment_variable_of("my-shop.2"), "HELPDESK_PASSWORD_MY_SHOP_2");
}
