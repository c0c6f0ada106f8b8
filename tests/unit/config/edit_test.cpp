#include "support.hpp"

using namespace helpdesk::config;
using Texts = std::vector<std::string>;

class EditTest : public ConfigTest {
 protected:
  // The file after one change.
  std::string after(const std::string& text, const std::string& key, std::optional<Texts> values) {
    std::string file = write("config.toml", text);
    auto done = set_in_file(file, key, values, {});
    EXPECT_TRUE(done) << done.error().message;
    return read(file);
  }
};

TEST_F(EditTest, ReplacesTheValueAndNothingElse) {
  EXPECT_EQ(after("# mine\n[reply] # head\n target =  \"4h\" # why\n\n[send]\nmax = 3\n", "reply.target",
                  Texts{"2h"}),
            "# mine\n[reply] # head\n target =  \"2h\" # why\n\n[send]\nmax = 3\n");
  EXPECT_EQ(after("[me]\nname = \"Åse\" # ø\naddress = \"a@b\" # ø\n", "me.address", Texts{"c@d"}),
            "[me]\nname = \"Åse\" # ø\naddress = \"c@d\" # ø\n");
}

TEST_F(EditTest, ReplacesListsOverSeveralLines) {
  EXPECT_EQ(after("[digest]\nto = [\n  \"a@b\", # boss\n  \"c@d\",\n]\ndetail = \"full\"\n", "digest.to",
                  Texts{"e@f", "g@h"}),
            "[digest]\nto = [\"e@f\", \"g@h\"]\ndetail = \"full\"\n");
}

TEST_F(EditTest, AddsToTheTableThatIsThere) {
  EXPECT_EQ(after("[send]\nmax = 3\n# after\n\n[reply]\ntarget = \"1h\"\n", "send.quote", Texts{"yes"}),
            "[send]\nmax = 3\nquote = true\n# after\n\n[reply]\ntarget = \"1h\"\n");
  EXPECT_EQ(after("[accounts.shop]\nbackend = \"imap\"\nus = { addresses = [\"a@b\"] }\n",
                  "accounts.shop.send.via", Texts{"smtp"}),
            "[accounts.shop]\nbackend = \"imap\"\nus = { addresses = [\"a@b\"] }\nsend.via = \"smtp\"\n");
  EXPECT_EQ(after("[send]", "send.max", Texts{"7"}), "[send]\nmax = 7\n");
}

TEST_F(EditTest, AddsATableWhenThereIsNone) {
  EXPECT_EQ(after("", "general.zone", Texts{"UTC"}), "[general]\nzone = \"UTC\"\n");
  EXPECT_EQ(after("[me]\nname = \"A\"", "accounts.shop.send.via", Texts{"smtp"}),
            "[me]\nname = \"A\"\n\n[accounts.shop]\nsend.via = \"smtp\"\n");
  EXPECT_EQ(after("[[rules]]\nwhen = \"x\"\nset = [\"spam=true\"]\n", "queries.hot", Texts{"priority:high"}),
            "[[rules]]\nwhen = \"x\"\nset = [\"spam=true\"]\n\n[queries]\nhot = \"priority:high\"\n");
}

TEST_F(EditTest, WorksInsideInlineTables) {
  EXPECT_EQ(
      after("[accounts.a]\nus = { addresses = [\"a@b\"] } # desk\n", "accounts.a.us.domains", Texts{"b"}),
      "[accounts.a]\nus = { addresses = [\"a@b\"], domains = [\"b\"] } # desk\n");
  EXPECT_EQ(after("[accounts.a]\nus = { addresses = [\"a@b\"], domains = [\"b\"] }\n",
                  "accounts.a.us.addresses", std::nullopt),
            "[accounts.a]\nus = { domains = [\"b\"] }\n");
  EXPECT_EQ(after("[accounts.a]\nus = {}\n", "accounts.a.us.domains", Texts{"b"}),
            "[accounts.a]\nus = { domains = [\"b\"] }\n");
}

TEST_F(EditTest, RemovesALine) {
  EXPECT_EQ(after("[send]\nmax = 3 # many\nquote = true\n", "send.max", std::nullopt),
            "[send]\nquote = true\n");
  std::string file = write("config.toml", "[send]\n");
  EXPECT_FALSE(set_in_file(file, "send.max", std::nullopt, {}));
}

TEST_F(EditTest, QuotesWhatIsHostile) {
  std::string nasty = "a\"b\\c\nd\te\x1b";
  std::string file = write("config.toml", "");
  ASSERT_TRUE(set_in_file(file, "me.name", Texts{nasty}, {}));
  LoadOptions options;
  options.system_file = "";
  options.user_file = file;
  EXPECT_EQ(Config::load(options)->text("me.name"), nasty);
}

TEST_F(EditTest, RefusesBeforeItWrites) {
  std::string text = "[send]\nmax = 3\n";
  std::string file = write("config.toml", text);
  EXPECT_EQ(set_in_file(file, "send.maxx", Texts{"1"}, {}).error().message,
            "unknown key \"send.maxx\" (did you mean \"send.max\"?)");
  EXPECT_FALSE(set_in_file(file, "send.max", Texts{"x"}, {}));
  EXPECT_FALSE(set_in_file(file, "send.max", Texts{"1", "2"}, {}));
  EXPECT_FALSE(append_to_file(file, "[accounts.x]\nbackend = true\n", {}));
  EXPECT_FALSE(append_to_file(file, "[send]\nmax = 4\n", {})) << "a table twice is no TOML";
  EXPECT_EQ(read(file), text);
}

TEST_F(EditTest, AppendsBlocksAndKeepsTheFilePrivate) {
  std::string file = directory_ + "/new/config.toml";
  auto table = table_text("accounts.shop", {{"backend", {"imap"}}, {"us", {"a@b", "@c"}}}, {});
  ASSERT_TRUE(table) << table.error().message;
  ASSERT_TRUE(append_to_file(file, *table, {}));
  EXPECT_EQ(read(file), "[accounts.shop]\nbackend = \"imap\"\nus = [\"a@b\", \"@c\"]\n");
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
  EXPECT_EQ(std::filesystem::status(directory_ + "/new").permissions(), std::filesystem::perms(0700));
  EXPECT_FALSE(table_text("accounts.my shop", {{"backend", {"imap"}}}, {}));
  EXPECT_FALSE(table_text("accounts.shop", {{"bakend", {"imap"}}}, {}));
}
