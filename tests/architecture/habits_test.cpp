// Sizes, and who may write and who may exit.
#include "source_tree.hpp"

#include <gtest/gtest.h>

using namespace architecture;

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Whether a line calls or names the word: not in a comment, not as part of another word.
bool names(const std::string& line, const std::string& word) {
  std::string code = line.substr(0, line.find("//"));
  for (std::size_t at = code.find(word); at != std::string::npos; at = code.find(word, at + 1)) {
    bool before = at > 0 && (is_word(code[at - 1]) || code[at - 1] == '"');
    std::size_t end = at + word.size();
    bool after = end < code.size() && is_word(code[end]) && is_word(word.back());
    if (!before && !after) return true;
  }
  return false;
}

void expect_nowhere(const std::vector<std::string>& words, const std::vector<std::string>& directories,
                    const std::vector<std::string>& but) {
  for (const SourceFile& file : sources_below(directories)) {
    bool excepted = false;
    for (const std::string& prefix : but) excepted = excepted || file.name.starts_with(prefix);
    if (excepted) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string& word : words)
        EXPECT_FALSE(names(file.lines[i], word)) << file.name << ":" << i + 1 << ": " << file.lines[i];
  }
}

} // namespace

TEST(Sizes, NoFileIsOver600Lines) {
  for (const SourceFile& file : sources_below({"lib", "cmd", "tests"}))
    EXPECT_LE(file.lines.size(), 600U) << file.name;
}

TEST(Sizes, MainIsSmall) {
  for (const SourceFile& file : sources_below({"cmd"}))
    if (file.name.ends_with("/main.cpp")) {
      EXPECT_LE(file.lines.size(), 20U);
    }
}

TEST(Habits, OnlyTheTerminalWritesToATerminal) {
  expect_nowhere({"std::cout", "std::cerr", "std::clog", "printf(", "fprintf(", "puts(", "fputs(", "putchar(",
                  "perror(", "STDOUT_FILENO", "STDERR_FILENO", "stdout", "stderr", "/dev/tty"},
                 {"lib", "cmd"}, {"lib/terminal/", "lib/base/process"});
}

TEST(Habits, OnlyMainExits) {
  expect_nowhere(
      {"exit(", "std::exit(", "quick_exit(", "abort(", "terminate("}, {"lib", "cmd"},
      {"lib/terminal/last_words"}); // of the terminate handler: lack of memory has an exit code too
}

TEST(Habits, NoShellIsCalled) { expect_nowhere({"system(", "popen(", "wordexp("}, {"lib", "cmd"}, {}); }

// What is thrown in std::call_once passes through the C library, which ends the program where it has no
// memory to load an unwinder: see language/phrase_index.cpp.
TEST(Habits, NothingIsThrownThroughTheCLibrary) {
  expect_nowhere({"std::call_once(", "pthread_once("}, {"lib", "cmd"}, {});
}

TEST(Habits, MacrosAreTryOnly) {
  for (const SourceFile& file : sources_below({"lib", "cmd"})) {
    // A library that is loaded at run time needs one list of its functions for two uses: declaring and
    // finding them.
    if (file.name.starts_with("lib/mime/gmime_api.")) continue;
    if (file.name.starts_with("lib/metrics/ical_api.")) continue;
    if (file.name == "lib/config/toml_file.cpp") continue; // toml++ is told by a macro what its assertions do
    for (const std::string& line : file.lines) {
      std::size_t at = line.find("#define ");
      if (at != 0) continue;
      std::string name = line.substr(8, line.find_first_of(" (", 8) - 8);
      bool for_a_library = name.find('_') != std::string::npos && line.find('(') == std::string::npos;
      EXPECT_TRUE(name.starts_with("TRY") || for_a_library) << file.name << ": " << line;
    }
  }
}

TEST(Habits, VersionIsTheBuildFiles) {
  std::string build = read(source() / "CMakeLists.txt"), header = read(source() / "lib/cli/version.hpp");
  std::size_t at = build.find("project(helpdesk VERSION ");
  ASSERT_NE(at, std::string::npos);
  std::string version = build.substr(at + 25, build.find(' ', at + 25) - at - 25);
  EXPECT_NE(header.find("\"" + version + "\""), std::string::npos) << version;
}

TEST(Habits, NoMachinePathStandsInASource) {
  for (const SourceFile& file : sources_below({"lib", "cmd", "tests"}))
    for (const std::string& line : file.lines)
      for (const std::string place : {"/ro"
                                      "ot/",
                                      "/ho"
                                      "me/",
                                      "/wo"
                                      "rk/"})
        EXPECT_EQ(line.find(place), std::string::npos) << file.name << ": " << line;
}
