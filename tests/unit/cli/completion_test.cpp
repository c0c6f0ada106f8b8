// The completions are asked the way a shell asks them.
#include "base/file.hpp"
#include "base/process.hpp"
#include "cli/generate.hpp"
#include "sample_table.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

using namespace helpdesk;

namespace {

class CompletionTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/helpdesk-complete-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    directory_ = name;
    // What helpdesk complete would answer.
    write("helpdesk", "#!/bin/sh\ntest \"$1\" = complete && printf '%s\\tsays\\n' \"$2-1\" \"$2-2\"\n", 0700);
    write("bash", cli::bash_completion(sample::k_table));
    write("zsh", cli::zsh_completion(sample::k_table));
    write("fish", cli::fish_completion(sample::k_table));
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& name, const std::string& text, unsigned mode = 0600) {
    ASSERT_TRUE(write_file_atomically(directory_ + "/" + name, text, mode));
  }
  static bool installed(const std::string& program) {
    return exists("/usr/bin/" + program) || exists("/bin/" + program);
  }
  std::string output(const std::vector<std::string>& argv) {
    auto ended = run_process(argv);
    if (!ended) return ended.error().message;
    return ended->out + ended->err;
  }
  // words: of the line, as an array literal; the last one is completed.
  std::string bash(const std::string& words) {
    return output({"bash", "--norc", "-c",
                   "PATH=" + directory_ + ":$PATH; . " + directory_ + "/bash; COMP_WORDS=(" + words +
                       "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _helpdesk; printf %s \"${COMPREPLY[*]}\""});
  }
  std::string fish(const std::string& line) {
    return output({"env", "HOME=" + directory_, "fish", "--no-config", "-c",
                   "set -x PATH " + directory_ + " $PATH; source " + directory_ + "/fish; complete -C '" +
                       line + "' | string replace -r '\\t.*' ''"});
  }

  std::string directory_;
};

} // namespace

TEST_F(CompletionTest, Bash) {
  EXPECT_EQ(bash("helpdesk s"), "show set store");
  EXPECT_EQ(bash("helpdesk store ''"), "info verify");
  EXPECT_EQ(bash("helpdesk list --st"), "--status --store");
  EXPECT_EQ(bash("helpdesk list --status o"), "open");
  EXPECT_EQ(bash("helpdesk list --status = o"), "open");
  EXPECT_EQ(bash("helpdesk list -s ''"), "new open closed");
  EXPECT_EQ(bash("helpdesk --now x list --format c"), "csv");
  EXPECT_EQ(bash("helpdesk show ''"), "ticket-1 ticket-2");
  EXPECT_EQ(bash("helpdesk show 1 ''"), "");
  EXPECT_EQ(bash("helpdesk list a b ''"), "query-1 query-2");
  EXPECT_EQ(bash("helpdesk list --json s"), "subject");
  EXPECT_EQ(bash("helpdesk comp"), "");
}

TEST_F(CompletionTest, Fish) {
  if (!installed("fish")) GTEST_SKIP() << "fish is not installed";
  EXPECT_EQ(fish("helpdesk s"), "set\nshow\nstore\n");
  EXPECT_EQ(fish("helpdesk store "), "info\nverify\n");
  EXPECT_EQ(fish("helpdesk list --status o"), "open\n");
  EXPECT_EQ(fish("helpdesk show "), "ticket-1\nticket-2\n");
  EXPECT_EQ(fish("helpdesk --now x sho"), "show\n");
}

TEST_F(CompletionTest, ZshReadsIt) {
  if (!installed("zsh")) GTEST_SKIP() << "zsh is not installed";
  EXPECT_EQ(output({"zsh", "-f", "-n", directory_ + "/zsh"}), "");
  // compadd and _describe stand in for the completion system, which needs a terminal.
  std::string driver =
      "compdef() { }; compadd() { shift; print -r -- $*; }; _describe() { print -r -- ${(P)${@[-1]}%%:*}; }; "
      "PATH=" +
      directory_ + ":$PATH; . " + directory_ + "/zsh; ";
  auto zsh = [&](const std::string& words) {
    return output({"zsh", "-f", "-c", driver + "words=(" + words + "); CURRENT=$#words; _helpdesk"});
  };
  EXPECT_EQ(zsh("helpdesk store ''"), "info verify\n");
  EXPECT_EQ(zsh("helpdesk list --status o"), "new open closed\n");
  EXPECT_EQ(zsh("helpdesk show ''"), "ticket-1 ticket-2\n");
}
