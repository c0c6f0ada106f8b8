#include "support.hpp"

using namespace helpdesk;
using namespace helpdesk::config;
using Texts = std::vector<std::string>;

class LoadTest : public ConfigTest {};

TEST_F(LoadTest, ReadsEveryType) {
  auto loaded = load(R"([general]
zone = "Europe/Oslo"
read_only = true
[accounts.shop]
backend = "imap"
us = { addresses = ["a@shop.example"], domains = ["shop.example"] }
history = "90d"
[send]
max = 5
[queries]
urgent = "priority:urgent"
)");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->text("general.zone"), "Europe/Oslo");
  EXPECT_TRUE(loaded->flag("general.read_only"));
  EXPECT_EQ(loaded->list("accounts.shop.us.addresses"), Texts{"a@shop.example"});
  EXPECT_EQ(loaded->integer("send.max"), 5);
  EXPECT_EQ(loaded->duration("accounts.shop.history"), std::chrono::hours(24 * 90));
  EXPECT_EQ(loaded->names("accounts"), Texts{"shop"});
  EXPECT_EQ(loaded->names("queries"), Texts{"urgent"});
}

TEST_F(LoadTest, FallbacksComeFromTheTable) {
  auto loaded = load("[accounts.shop]\nbackend = \"imap\"\n");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->text("reply.target"), "4h");
  EXPECT_EQ(loaded->text("accounts.shop.scope"), "desk");
  EXPECT_EQ(loaded->find("accounts.shop.scope")->origin.layer, Layer::fallback);
  EXPECT_EQ(loaded->find("accounts.shop.solve_after"), nullptr);
}

TEST_F(LoadTest, AccountsKeepTheOrderOfTheFile) {
  auto loaded = load("[accounts.zoo]\nbackend = \"imap\"\n[accounts.alpha]\nbackend = \"mbox\"\n");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->names("accounts"), (Texts{"zoo", "alpha"}));
}

TEST_F(LoadTest, RulesAreTablesWithTheirLine) {
  auto loaded = load("[[rules]]\nwhen = \"invoice\"\nset = [\"tag+=billing\"]\n\n[[rules]]\nwhen = "
                     "\"x\"\nset = \"spam=true\"\n");
  ASSERT_TRUE(loaded) << loaded.error().message;
  auto rules = loaded->tables("rules");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0]["when"], Texts{"invoice"});
  EXPECT_EQ(rules[1]["set"], Texts{"spam=true"});
  EXPECT_EQ(rules[1][""].front(), "5");
}

TEST_F(LoadTest, UnknownKeysNameLineAndSuggestion) {
  EXPECT_EQ(error("[general]\nzonne = \"UTC\"\n"),
            "config.toml:2: unknown key \"general.zonne\" (did you mean \"general.zone\"?)");
  EXPECT_EQ(error("[acounts.shop]\nbackend = \"imap\"\n"),
            "config.toml:2: unknown key \"acounts.shop.backend\" (did you mean \"accounts.shop.backend\"?)");
  EXPECT_EQ(error("[accounts.shop]\nscop = \"all\"\n"),
            "config.toml:2: unknown key \"accounts.shop.scop\" (did you mean \"accounts.shop.scope\"?)");
  EXPECT_EQ(error("[[rules]]\nwhen = \"x\"\nsett = [\"a\"]\n"),
            "config.toml:3: unknown key \"rules.sett\" (did you mean \"rules.set\"?)");
  EXPECT_EQ(error("[accounts.\"my shop\"]\nbackend = \"imap\"\n"),
            "config.toml:2: unknown key \"accounts.my shop.backend\": a name may hold letters, digits, - and "
            "_ only, \"my shop\" does not");
  EXPECT_EQ(error("[qwertyuiop]\nx = 1\n"),
            "config.toml:2: unknown key \"qwertyuiop.x\": helpdesk help config lists the keys");
}

TEST_F(LoadTest, WrongValuesAreRefused) {
  EXPECT_EQ(error("[send]\nmax = \"many\"\n"),
            "config.toml:2: send.max: expected a whole number, found a text");
  EXPECT_EQ(error("[general]\nread_only = 1\n"),
            "config.toml:2: general.read_only: expected true or false, found an integer");
  EXPECT_EQ(error("[accounts.a]\nscope = \"al\"\n"),
            "config.toml:2: accounts.a.scope: \"al\" is not one of desk, all (did you mean \"all\"?)");
  EXPECT_EQ(
      error("[accounts.a]\npassword_command = \"pass desk\"\n"),
      "config.toml:2: accounts.a.password_command: expected a list of program and arguments, found a text");
  EXPECT_NE(error("[reply]\ntarget = \"soon\"\n").find("config.toml:2: reply.target: "), std::string::npos);
  EXPECT_NE(error("[reply]\ntarget = \n").find("config.toml:2: "), std::string::npos);
  EXPECT_NE(error("[reply\n").find("config.toml:1: "), std::string::npos);
  EXPECT_NE(error("rules = 3\n"), "");
  EXPECT_NE(error("[[general]]\nzone = \"UTC\"\n"), "");
}

TEST_F(LoadTest, LayersOverrideInOrder) {
  LoadOptions options;
  options.system_file =
      write("system.toml",
            "[display]\nwidth = 1\n[send]\nmax = 1\n[reply]\ntarget = \"1h\"\n[pull]\nparallel = 9\n");
  options.user_file = write("user.toml", "[display]\nwidth = 2\n[send]\nmax = 2\n[reply]\ntarget = \"2h\"\n");
  write("project/.helpdesk.toml", "[display]\nwidth = 3\n", 0644);
  options.project_directory = directory_ + "/project/a/b";
  options.environment = {
      {"HELPDESK_SEND_MAX", "4"}, {"HELPDESK_REPLY_TARGET", "4h"}, {"HELPDESK_UNRELATED", "x"}};
  options.flags = {{"reply.target", "5h"}};
  auto loaded = Config::load(options);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->integer("pull.parallel"), 9);
  EXPECT_EQ(loaded->integer("display.width"), 3);
  EXPECT_EQ(loaded->integer("send.max"), 4);
  EXPECT_EQ(loaded->text("reply.target"), "5h");
  EXPECT_EQ(to_text(loaded->find("display.width")->origin), directory_ + "/project/.helpdesk.toml:2");
  EXPECT_EQ(to_text(loaded->find("send.max")->origin), "HELPDESK_SEND_MAX");
  EXPECT_EQ(to_text(loaded->find("reply.target")->origin), "--target");
}

TEST_F(LoadTest, ProjectFilesMaySetDisplayAndQueriesOnly) {
  LoadOptions options;
  options.system_file = "";
  options.project_directory = directory_;
  for (const char* text :
       {"[accounts.a]\nhost = \"evil.example\"\n", "[accounts.a]\npassword_command = [\"sh\"]\n",
        "[me]\naddress = \"x@y\"\n", "[smtp.a]\nhost = \"evil.example\"\n", "[general]\nstore = \"x\"\n",
        "[[rules]]\nwhen = \"x\"\n"}) {
    write(".helpdesk.toml", text);
    EXPECT_FALSE(Config::load(options)) << text;
  }
  write(".helpdesk.toml", "[display]\ncolor = \"never\"\n[queries]\nmine = \"assignee:me\"\n");
  EXPECT_TRUE(Config::load(options));
}

TEST_F(LoadTest, S18FilesThatOthersCanWriteAreRefused) {
  LoadOptions options;
  options.system_file = "";
  options.user_file = write("config.toml", "[send]\nmax = 1\n", 0620);
  EXPECT_NE(Config::load(options).error().message.find("chmod go-w"), std::string::npos);
  options.user_file = write("config.toml", "[send]\nmax = 1\n", 0602);
  EXPECT_FALSE(Config::load(options));
  options.user_file = write("config.toml", "[send]\nmax = 1\n", 0644);
  EXPECT_TRUE(Config::load(options));
  options.project_directory = directory_;
  write(".helpdesk.toml", "[display]\nwidth = 1\n", 0664);
  EXPECT_TRUE(Config::load(options)) << "a checked-out tree may be the group's";
  write(".helpdesk.toml", "[display]\nwidth = 1\n", 0666);
  EXPECT_FALSE(Config::load(options));
}

TEST_F(LoadTest, S18APipeInPlaceOfTheFileDoesNotBlock) {
  LoadOptions options;
  options.system_file = "";
  options.user_file = directory_ + "/fifo";
  ASSERT_EQ(std::system(("mkfifo " + options.user_file).c_str()), 0);
  EXPECT_NE(Config::load(options).error().message.find("not a regular file"), std::string::npos);
}

TEST_F(LoadTest, MissingFilesAreEmpty) {
  LoadOptions options;
  options.user_file = directory_ + "/none/config.toml";
  options.system_file = directory_ + "/none.toml";
  EXPECT_TRUE(Config::load(options));
}

TEST_F(LoadTest, VariablesAreCheckedToo) {
  LoadOptions options;
  options.system_file = "";
  options.environment = {{"HELPDESK_READ_ONLY", "1"}};
  EXPECT_TRUE(Config::load(options)->flag("general.read_only"));
  options.environment = {{"HELPDESK_READ_ONLY", "maybe"}};
  EXPECT_EQ(Config::load(options).error().message,
            "HELPDESK_READ_ONLY: expected true or false, found \"maybe\"");
  options.environment = {{"HELPDESK_DIGEST_TO", "a@x.example, b@x.example"}};
  EXPECT_EQ(Config::load(options)->list("digest.to"), (Texts{"a@x.example", "b@x.example"}));
}

TEST_F(LoadTest, KeysOfBackendsAreKeysToo) {
  static const Key k_extra[] = {{"accounts.*.path", Type::path, "", "a path"},
                                {"accounts.*.max_bytes", Type::size, "", "a size"}};
  LoadOptions options;
  options.system_file = "";
  options.extra = k_extra;
  options.user_file = write("config.toml", "[accounts.a]\npath = \"~/Maildir\"\nmax_bytes = \"10MB\"\n");
  auto loaded = Config::load(options);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->integer("accounts.a.max_bytes"), 10'000'000);
  options.user_file = write("config.toml", "[accounts.a]\npaht = \"x\"\n");
  EXPECT_NE(Config::load(options).error().message.find("did you mean \"accounts.a.path\""),
            std::string::npos);
}

TEST_F(LoadTest, AnyBytesEndWithAnAnswer) {
  std::uint32_t seed = 1;
  auto next = [&] { return seed = seed * 1664525 + 1013904223; };
  const std::string pieces[] = {"[",        "]",    "[[",     "]]",         "a",   ".",     "=",
                                "\"",       "'''",  "\"\"\"", "\n",         "{",   "}",     ",",
                                "1",        "\\",   "\x00",   "\xff",       "#",   "rules", "general",
                                "accounts", "zone", " ",      "2026-01-01", "true"};
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (unsigned n = next() % 30; n > 0; --n) text += pieces[(next() >> 8) % std::size(pieces)];
    auto loaded = load(text);
    if (!loaded) {
      EXPECT_EQ(loaded.error().kind, ErrorKind::usage);
    }
  }
  EXPECT_FALSE(load(std::string(100'000, '[')));
  EXPECT_FALSE(load("a = " + std::string(100'000, '[')));
}

TEST(ParseSize, ReadsUnits) {
  EXPECT_EQ(parse_size("1000").value(), 1000U);
  EXPECT_EQ(parse_size("10MB").value(), 10'000'000U);
  EXPECT_EQ(parse_size("2 GiB").value(), 2ULL << 30);
  EXPECT_FALSE(parse_size("-1"));
  EXPECT_FALSE(parse_size("10 apples"));
  EXPECT_FALSE(parse_size("99999999999999 TB"));
  EXPECT_FALSE(parse_size(""));
}
