#include "base/process.hpp"

#include <chrono>
#include <csignal>

#include <gtest/gtest.h>
#include <unistd.h>

using namespace helpdesk;

namespace {

TEST(Process, FeedsAndCaptures) {
  std::string big(3'000'000, 'x');
  auto result = run_process({"cat"}, {.input = big});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->out, big);
  EXPECT_EQ(result->exit_code, 0);
  auto both = run_process({"/bin/sh", "-c", "echo out; echo err >&2; exit 7"});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->out, "out\n");
  EXPECT_EQ(both->err, "err\n");
  EXPECT_EQ(both->exit_code, 7);
}

TEST(Process, ArgumentsMeetNoShell) {
  auto result = run_process({"printf", "%s|", "$HOME", "a;b", "`id`", "'\""});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->out, "$HOME|a;b|`id`|'\"|");
  EXPECT_FALSE(run_process({"printf", std::string("a\0b", 3)}));
}

TEST(Process, AProgramThatReadsNothingDoesNotKillUs) {
  auto result = run_process({"true"}, {.input = std::string(1'000'000, 'x')});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 0);
}

TEST(Process, IsKilledWithItsChildrenWhenItTakesTooLong) {
  auto begin = std::chrono::steady_clock::now();
  auto result = run_process({"/bin/sh", "-c", "sleep 30 & sleep 30"}, {.timeout_ms = 200});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::retry);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Process, SaysWhyItCannotStart) {
  EXPECT_EQ(run_process({"/absent/program"}).error().message,
            "/absent/program: cannot start: No such file or directory");
  EXPECT_FALSE(run_process({}));
  EXPECT_FALSE(run_process({""}));
  auto killed = run_process({"/bin/sh", "-c", "kill -9 $$"});
  ASSERT_TRUE(killed);
  EXPECT_EQ(killed->exit_code, 128 + 9);
}

TEST(Process, CommandsSplitIntoWords) {
  EXPECT_EQ(split_command("vim -u 'a b' \"c \\\" d\" e\\ f ''").value(),
            (std::vector<std::string>{"vim", "-u", "a b", "c \" d", "e f", ""}));
  EXPECT_EQ(split_command("less $X *").value(), (std::vector<std::string>{"less", "$X", "*"}));
  EXPECT_FALSE(split_command("vim 'a"));
  EXPECT_FALSE(split_command("  "));
}

TEST(Signals, TheFirstIsNotedTheSecondKills) {
  EXPECT_EXIT(
      {
        install_signal_handlers();
        if (interrupted()) ::_exit(1);
        std::raise(SIGINT);
        if (!interrupted()) ::_exit(2);
        std::raise(SIGINT);
        ::_exit(3);
      },
      testing::KilledBySignal(SIGINT), "");
}

} // namespace
