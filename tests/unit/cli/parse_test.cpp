#include "cli/parse.hpp"
#include "sample_table.hpp"

#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::cli;
using Words = std::vector<std::string>;

namespace {

Result<Parsed> run(const Words& args) { return parse(sample::k_table, args); }

std::string error(const Words& args) {
  auto parsed = run(args);
  if (parsed) return "";
  EXPECT_EQ(parsed.error().kind, ErrorKind::usage);
  return parsed.error().message;
}

} // namespace

TEST(Parse, FlagsAndArgumentsInAnyOrder) {
  auto parsed =
      run({"list", "printer", "--status", "open", "-s", "new", "jam", "-n5", "--since=2026-01-01", "-m"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command, &sample::list);
  EXPECT_EQ(parsed->invocation.all("status"), (Words{"open", "new"}));
  EXPECT_EQ(parsed->invocation.get("limit"), "5");
  EXPECT_EQ(parsed->invocation.get("since"), "2026-01-01");
  EXPECT_TRUE(parsed->invocation.has("mine"));
  EXPECT_EQ(parsed->invocation.argument_list("QUERY"), (Words{"printer", "jam"}));
}

TEST(Parse, GlobalFlagsStandAnywhere) {
  for (const Words& args :
       {Words{"--now", "2026-01-01", "list", "-q"}, Words{"list", "--now", "2026-01-01", "-q"},
        Words{"-q", "--now=2026-01-01", "list"}}) {
    auto parsed = run(args);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->globals.get("now"), "2026-01-01");
    EXPECT_TRUE(parsed->globals.has("quiet"));
    EXPECT_FALSE(parsed->invocation.has("now"));
  }
}

TEST(Parse, GroupsTakeTwoWords) {
  EXPECT_EQ(run({"store", "info"})->command, &sample::info);
  EXPECT_EQ(run({"store", "-q", "verify"})->command, &sample::verify);
  EXPECT_EQ(error({"store"}), "store: a command is missing: info, verify");
  EXPECT_EQ(error({"store", "inof"}), "store: unknown command \"inof\" (did you mean \"info\"?)");
  EXPECT_EQ(error({"store", "xyzzy"}), "store: unknown command \"xyzzy\": there are info, verify");
}

TEST(Parse, HelpAndVersionWinOverMistakes) {
  EXPECT_EQ(run({})->action, Action::help);
  EXPECT_EQ(run({"--help"})->action, Action::help);
  EXPECT_EQ(run({"show", "--help"})->command, &sample::show);
  EXPECT_EQ(run({"store", "--help"})->group, "store");
  EXPECT_EQ(run({"--help", "list"})->command, &sample::list);
  EXPECT_EQ(run({"list", "--nonsense", "-h"})->action, Action::help);
  EXPECT_EQ(run({"--version"})->action, Action::version);
}

TEST(Parse, LastOneWinsUnlessRepeatable) {
  EXPECT_EQ(run({"list", "-n", "1", "-n", "2"})->invocation.get("limit"), "2");
}

TEST(Parse, ValuesMayBeginWithADash) {
  EXPECT_EQ(run({"list", "--since", "-36h"})->invocation.get("since"), "-36h");
  EXPECT_EQ(run({"list", "--", "-not", "--mine"})->invocation.argument_list("QUERY"),
            (Words{"-not", "--mine"}));
  EXPECT_EQ(run({"set", "-", "status=open"})->invocation.argument_list("ID"), Words{"-"});
}

TEST(Parse, ManyArgumentsLeaveEnoughForTheRest) {
  auto parsed = run({"set", "1", "2", "3", "status=open"});
  EXPECT_EQ(parsed->invocation.argument_list("ID"), (Words{"1", "2", "3"}));
  EXPECT_EQ(parsed->invocation.argument("CHANGE"), "status=open");
  EXPECT_EQ(error({"set", "1"}), "set: CHANGE is missing (usage: helpdesk set ID… CHANGE)");
  EXPECT_EQ(error({"show"}), "show: ID is missing (usage: helpdesk show ID)");
  EXPECT_EQ(error({"show", "1", "2"}), "show: unexpected argument \"2\" (usage: helpdesk show ID)");
}

TEST(Parse, MistakesNameWhatWasMeant) {
  EXPECT_EQ(error({"lsit"}), "unknown command \"lsit\" (did you mean \"list\"?)");
  EXPECT_EQ(error({"verify"}), "unknown command \"verify\" (did you mean \"store verify\"?)");
  EXPECT_EQ(error({"frobnicate"}), "unknown command \"frobnicate\": helpdesk help lists them");
  EXPECT_EQ(error({"list", "--statsu", "open"}), "list: unknown flag --statsu (did you mean --status?)");
  EXPECT_EQ(error({"list", "--xyzzy"}), "list: unknown flag --xyzzy: helpdesk list --help lists them");
  EXPECT_EQ(error({"list", "-z"}), "list: unknown flag -z: helpdesk list --help lists them; to leave out a "
                                   "word write \"WORD -z\" in quotes");
  EXPECT_EQ(error({"--colour", "never", "list"}), "unknown flag --colour (did you mean --color?)");
  EXPECT_EQ(error({"--mine", "list"}),
            "unknown flag --mine before the command: flags of a command stand behind it");
  EXPECT_EQ(error({"list", "--status", "opne"}),
            "list: --status: \"opne\" is not one of new, open, closed (did you mean \"open\"?)");
  EXPECT_EQ(error({"list", "--limit", "many"}), "list: --limit: \"many\" is not a whole number");
  EXPECT_EQ(error({"list", "--format", "jsn"}),
            "list: --format: unknown format \"jsn\" (did you mean \"json\"?)");
  EXPECT_EQ(error({"list", "--limit"}), "list: --limit needs a value");
  EXPECT_EQ(error({"list", "--mine=yes"}), "list: --mine takes no value");
  EXPECT_NE(error({"list", "--waiting", "soon"}), "");
  EXPECT_NE(error({"list", "--since", "whenever"}), "");
  EXPECT_NE(error({"list", "caf\xe9"}), "");
}

TEST(Parse, OutputFlagsNeedOutput) {
  EXPECT_EQ(error({"set", "1", "x=y", "--format", "json"}),
            "set: --format has no meaning here: this command prints no data");
  EXPECT_EQ(error({"store", "verify", "--json", "x"}),
            "store verify: --json has no meaning here: this command prints plain text");
  EXPECT_TRUE(run({"store", "verify", "--output", "x"}));
}

TEST(Parse, AnyWordsEndWithAnAnswer) {
  const std::string pieces[] = {"list",   "set",   "store", "info",     "--",   "-",        "--status",
                                "-n",     "--now", "=",     "--=",      "-=",   "---",      "open",
                                "1",      "",      " ",     "--limit=", "-h",   "--help=1", "\xff",
                                "--json", "'",     "\"",    "-nm",      "-mn3", "[",        "@file"};
  std::uint32_t seed = 7;
  auto next = [&] { return (seed = seed * 1664525 + 1013904223) >> 8; };
  for (int i = 0; i < 3000; ++i) {
    Words args;
    for (unsigned n = next() % 7; n > 0; --n) args.push_back(pieces[next() % std::size(pieces)]);
    auto parsed = run(args);
    if (!parsed) {
      EXPECT_EQ(parsed.error().kind, ErrorKind::usage);
    }
  }
}
