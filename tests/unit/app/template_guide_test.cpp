// helpdesk-templates(7) lists the names that templates see, no more and no less.
#include "cli/table.hpp"
#include "cli/template_guide.hpp"
#include "helpdesk/root.hpp"
#include "reply/foreign/foreign.hpp"
#include "reply/template_context.hpp"
#include "reply/template_names.hpp"

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

TEST(TemplateGuide, ListsTheNamesOfTheContext) {
  std::vector<std::string_view> listed;
  for (const cli::GuideChapter& chapter : cli::template_guide())
    if (chapter.heading == cli::k_names_heading)
      for (const cli::GuideTerm& term : chapter.terms) listed.push_back(term.term);
  const auto names = reply::context_names();
  EXPECT_EQ(listed, std::vector<std::string_view>(names.begin(), names.end()));
}

TEST(TemplateGuide, SpeaksOfEverySystem) {
  std::string terms;
  for (const cli::GuideChapter& chapter : cli::template_guide())
    if (chapter.heading == "IMPORT")
      for (const cli::GuideTerm& term : chapter.terms) terms += std::string(term.term) + ", ";
  for (const reply::foreign::System* system : reply::foreign::systems())
    EXPECT_NE(terms.find(std::string(system->name) + ","), std::string::npos) << system->name;
}

TEST(TemplateGuide, ImportOffersEverySystem) {
  const cli::Command* command = cli::find_command(commands(), "template import");
  ASSERT_NE(command, nullptr);
  std::string names;
  for (const reply::foreign::System* system : reply::foreign::systems())
    names += (names.empty() ? "" : "|") + std::string(system->name);
  for (const cli::Flag& flag : command->flags)
    if (flag.name == "from") {
      EXPECT_EQ(flag.choices, names);
    }
}

} // namespace
} // namespace helpdesk
