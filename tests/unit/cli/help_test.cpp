#include "base/text.hpp"
#include "cli/generate.hpp"
#include "cli/help.hpp"
#include "cli/jq.hpp"
#include "cli/topics.hpp"
#include "sample_table.hpp"
#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::cli;

TEST(Help, OverviewGroupsByJobAndHidesWhatIsForPrograms) {
  std::string page = overview(sample::k_table, {});
  EXPECT_NE(page.find("work\n  list"), std::string::npos) << page;
  EXPECT_NE(page.find("store  look after the store (info, verify)"), std::string::npos) << page;
  EXPECT_EQ(page.find("complete"), std::string::npos);
  EXPECT_LT(page.find("set up"), page.find("work"));
}

TEST(Help, FitsTheWidth) {
  for (int width : {40, 60, 100})
    for (const std::string& page :
         {overview(sample::k_table, {width, false}), command_help(sample::set, {width, false}),
          topic_help("exit-codes", {}, {width, false})})
      for (std::string_view line : split_lines(page))
        if (!line.starts_with("usage: ")) {
          EXPECT_LE(terminal::width(line), width) << line;
        }
}

TEST(Help, CommandPageHasEveryRow) {
  std::string page = command_help(sample::list, {});
  for (const char* part :
       {"usage: helpdesk list [FLAG…] [QUERY…]", "-s, --status STATUS", "(new, open, closed)",
        "--json FIELDS", "fields of --json", "helpdesk list --waiting '>4h'"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  EXPECT_EQ(command_help(sample::set, {}).find("--json"), std::string::npos);
}

TEST(Help, EveryTopicHasText) {
  for (std::string_view topic : topic_names()) EXPECT_GT(topic_help(topic, {}, {}).size(), 100U) << topic;
  EXPECT_EQ(topic_help("nothing", {}, {}), "");
}

TEST(Manual, HasAPageForEveryCommandAndEscapes) {
  std::vector<std::string> names;
  for (const GeneratedFile& page : manual_pages(sample::k_table, {})) {
    names.push_back(page.path);
    for (std::string_view line : split(page.text, '\n'))
      if (line.starts_with("'")) ADD_FAILURE() << line;
    if (page.path == "man/helpdesk-list.1") {
      EXPECT_NE(page.text.find("\\&.Second: a\\eb \\(aqquoted\\(aq."), std::string::npos) << page.text;
      EXPECT_NE(page.text.find("\\-\\-waiting"), std::string::npos);
    }
  }
  EXPECT_EQ(names, (std::vector<std::string>{
                       "man/helpdesk.1", "man/helpdesk-list.1", "man/helpdesk-show.1", "man/helpdesk-set.1",
                       "man/helpdesk-store.1", "man/helpdesk-store-info.1", "man/helpdesk-store-verify.1",
                       "man/helpdesk-config.5", "man/helpdesk-exit-codes.7", "man/helpdesk-environment.7",
                       "man/helpdesk-metrics.7", "man/helpdesk-lint.7", "man/helpdesk-templates.7"}));
}

TEST(Jq, FiltersAndNamesMistakes) {
  EXPECT_EQ(run_jq(R"([{"a":"x"},{"a":2}])", ".[].a").value(), "x\n2\n");
  EXPECT_EQ(run_jq("[]", ".").value(), "[]\n");
  EXPECT_EQ(run_jq("[]", ".[]").value(), "");
  auto wrong = run_jq("[]", ".[");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
  EXPECT_TRUE(wrong.error().message.starts_with("--jq: \".[\": ")) << wrong.error().message;
  auto failing = run_jq("[1]", ".a");
  ASSERT_FALSE(failing);
  EXPECT_EQ(failing.error().kind, ErrorKind::failed);
  EXPECT_FALSE(run_jq("{", "."));
}
