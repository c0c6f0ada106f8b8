// Every example of the help runs against the sample desk.
#include "../cli/execute.hpp"
#include "helpdesk/root.hpp"
#include "source_tree.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

using namespace architecture;

TEST(Examples, RunOnTheSampleDesk) {
  if (!std::filesystem::exists(source() / "examples/desk/config.toml"))
    GTEST_SKIP() << "there is no sample desk";
  char name[] = "/tmp/helpdesk-examples-XXXXXX";
  ASSERT_NE(::mkdtemp(name), nullptr);
  std::filesystem::path home = name;
  std::filesystem::copy(source() / "examples", home / "examples", std::filesystem::copy_options::recursive);
  const std::vector<std::pair<std::string, std::string>> environment = {
      {"HOME", home.string()},
      {"PATH", HELPDESK_BINARY_DIR ":/usr/bin:/bin"},
      {"TZ", "UTC"},
      {"LANG", "C.UTF-8"},
      {"COLUMNS", "100"},
      {"HELPDESK_NOW", "2026-01-15T09:00:00Z"},
      {"PAGER", "cat"},
      {"EDITOR", "true"},
      {"HELPDESK_CONFIG", (home / "examples/desk/config.toml").string()},
  };
  auto run = [&](const std::string& command) {
    return transcript::execute(command, "", false, home.string(), environment);
  };
  transcript::Outcome pulled = run("helpdesk pull");
  ASSERT_EQ(pulled.code, 0) << pulled.err;
  for (const char* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(home / "Maildir" / part);
  for (const helpdesk::cli::Command* command : helpdesk::commands())
    for (const helpdesk::cli::Example& example : command->examples) {
      if (!example.runs) continue;
      // Each begins with the sample's configuration: one that adds an account changes it.
      std::filesystem::copy_file(source() / "examples/desk/config.toml", home / "examples/desk/config.toml",
                                 std::filesystem::copy_options::overwrite_existing);
      transcript::Outcome outcome = run(std::string(example.command));
      EXPECT_EQ(outcome.code, 0) << "$ " << example.command << "\n"
                                 << outcome.err << outcome.out.substr(0, 500);
    }
  std::filesystem::remove_all(home);
}
