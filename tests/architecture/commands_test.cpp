// The command table: complete, documented, shown in transcripts, and everything made from it is up to date.
#include "app/app.hpp"
#include "base/file.hpp"
#include "cli/generate.hpp"
#include "cli/globals.hpp"
#include "helpdesk/root.hpp"
#include "source_tree.hpp"
#include "terminal/memory.hpp"

#include <algorithm>
#include <cstdlib>

#include <gtest/gtest.h>

using namespace architecture;
using namespace helpdesk;

namespace {

// Every command line of every transcript.
const std::vector<std::string>& transcript_lines() {
  static const std::vector<std::string> k_lines = [] {
    std::vector<std::string> lines;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source() / "tests/cli")) {
      if (entry.path().extension() != ".test") continue;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);)
        if (line.starts_with("$ ")) lines.push_back(" " + line.substr(2) + " ");
    }
    return lines;
  }();
  return k_lines;
}

bool shown(std::string_view command, const cli::Flag& flag) {
  for (const std::string& line : transcript_lines()) {
    if (!command.empty() && line.find(" " + std::string(command) + " ") == std::string::npos) continue;
    for (char end : {' ', '='})
      if (line.find(" --" + std::string(flag.name) + end) != std::string::npos) return true;
    if (flag.letter != 0 && line.find(std::string(" -") + flag.letter) != std::string::npos) return true;
  }
  return false;
}

bool is_sentence(std::string_view text) {
  return !text.empty() && text.back() != '.' &&
         !(text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z' && text != "Liquid");
}

} // namespace

TEST(Commands, HaveNamesSummariesAndExamples) {
  std::set<std::string_view> names, jobs{"set up", "pull", "work", "reply", "measure", "tell", "know", ""};
  for (const cli::Command* command : commands()) {
    EXPECT_TRUE(names.insert(command->name).second) << command->name << " stands twice in the table";
    EXPECT_TRUE(jobs.contains(command->job)) << command->name << ": " << command->job;
    EXPECT_TRUE(is_sentence(command->summary)) << command->name << ": " << command->summary;
    EXPECT_LE(command->summary.size(), 70U) << command->name;
    if (command->run) {
      EXPECT_FALSE(command->examples.empty()) << command->name << " has no example";
    }
    if (!command->run) {
      EXPECT_FALSE(cli::members(commands(), command->name).empty())
          << command->name << " is a group of nothing";
    }
    for (const cli::Example& example : command->examples) {
      EXPECT_NE(example.command.find("helpdesk " + std::string(command->name)), std::string_view::npos)
          << example.command;
      EXPECT_TRUE(is_sentence(example.says)) << example.command << ": " << example.says;
    }
    if (std::size_t space = command->name.find(' '); space != std::string_view::npos) {
      EXPECT_TRUE(cli::find_command(commands(), command->name.substr(0, space)))
          << command->name << ": its group has no row";
    }
  }
}

TEST(Commands, EveryFlagHasHelpAndATranscript) {
  for (const cli::Command* command : commands()) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const cli::GlobalFlag& global : cli::global_flags())
      if (global.flag.letter != 0) letters.insert(global.flag.letter);
    for (const cli::Argument& argument : command->arguments)
      EXPECT_FALSE(argument.help.empty()) << command->name << " " << argument.name;
    for (const cli::FieldDoc& field : command->fields)
      EXPECT_FALSE(field.help.empty()) << command->name << " " << field.name;
    for (const cli::Flag& flag : command->flags) {
      EXPECT_TRUE(is_sentence(flag.help)) << command->name << " --" << flag.name << ": " << flag.help;
      EXPECT_TRUE(names.insert(flag.name).second) << command->name << " --" << flag.name << " stands twice";
      if (flag.letter != 0) {
        EXPECT_TRUE(letters.insert(flag.letter).second)
            << command->name << " -" << flag.letter << " means two things";
      }
      EXPECT_EQ(flag.value == cli::ValueKind::none, flag.placeholder.empty())
          << command->name << " --" << flag.name;
      // Names of the user's too, or formats beside the usual ones.
      bool open_list = (flag.value == cli::ValueKind::text || flag.value == cli::ValueKind::format) &&
                       !flag.choices.empty();
      EXPECT_EQ(flag.value == cli::ValueKind::choice || open_list, !flag.choices.empty())
          << command->name << " --" << flag.name;
      EXPECT_TRUE(shown(command->name, flag))
          << command->name << " --" << flag.name << " is in no transcript";
    }
  }
  for (const cli::GlobalFlag& global : cli::global_flags()) {
    EXPECT_TRUE(is_sentence(global.flag.help)) << "--" << global.flag.name;
    EXPECT_TRUE(shown("", global.flag)) << "--" << global.flag.name << " is in no transcript";
  }
}

TEST(Commands, EveryCommandHasATranscript) {
  for (const cli::Command* command : commands()) {
    if (!command->run) continue;
    bool found = false;
    for (const std::string& line : transcript_lines())
      found = found || line.find("helpdesk " + std::string(command->name)) != std::string::npos;
    EXPECT_TRUE(found) << command->name << " is in no transcript";
  }
}

// HELPDESK_UPDATE=1 writes them anew.
TEST(Commands, GeneratedFilesAreUpToDate) {
  terminal::MemoryTerminal terminal;
  app::App app(terminal, {"helpdesk"}, commands());
  if (const char* update = std::getenv("HELPDESK_UPDATE"); update && update[0] == '1') {
    for (const char* directory : {"man", "completions"}) std::filesystem::remove_all(source() / directory);
    ASSERT_TRUE(cli::generate(commands(), app.config_keys(), source().string()));
    for (const char* directory : {"man", "completions"})
      std::filesystem::permissions(source() / directory, std::filesystem::perms(0755));
  }
  char name[] = "/tmp/helpdesk-generated-XXXXXX";
  ASSERT_NE(::mkdtemp(name), nullptr);
  std::filesystem::path fresh = name;
  ASSERT_TRUE(cli::generate(commands(), app.config_keys(), fresh.string()));
  for (const char* directory : {"man", "completions"}) {
    std::set<std::string> made, kept;
    for (const auto& entry : std::filesystem::directory_iterator(fresh / directory))
      made.insert(entry.path().filename().string());
    for (const auto& entry : std::filesystem::directory_iterator(source() / directory))
      kept.insert(entry.path().filename().string());
    EXPECT_EQ(made, kept) << directory << ": helpdesk help --generate . makes them";
    for (const std::string& file : made)
      EXPECT_EQ(read(fresh / directory / file), read(source() / directory / file))
          << directory << "/" << file << " is out of date";
  }
  std::filesystem::remove_all(fresh);
}

TEST(Commands, KeysOfTheConfigurationAreDocumented) {
  terminal::MemoryTerminal terminal;
  app::App app(terminal, {"helpdesk"}, commands());
  std::set<std::string_view> names;
  auto check = [&](const config::Key& key) {
    EXPECT_TRUE(names.insert(key.name).second) << key.name << " stands twice";
    EXPECT_FALSE(key.help.empty()) << key.name;
    EXPECT_EQ(key.type == config::Type::choice, !key.choices.empty()) << key.name;
    // What a project's file may set can neither run a program nor reach a server.
    if (key.policy == config::Policy::project) {
      EXPECT_TRUE(key.name.starts_with("display.") || key.name.starts_with("queries.")) << key.name;
    }
  };
  for (const config::Key& key : config::keys()) check(key);
  for (const config::Key& key : app.config_keys()) check(key);
}
