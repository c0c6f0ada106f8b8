#include "terminal/pager.hpp"
#include "terminal/progress.hpp"
#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

using namespace helpdesk::terminal;
using Lines = std::vector<std::string>;

TEST(Width, CountsColumnsNotBytes) {
  EXPECT_EQ(width("abc"), 3);
  EXPECT_EQ(width("æøå"), 3);
  EXPECT_EQ(width("e\u0301"), 1);
  EXPECT_EQ(width("日本"), 4);
  EXPECT_EQ(width("한국"), 4);
  EXPECT_EQ(width("👍"), 2);
  EXPECT_EQ(width("กำ"), 2);
  EXPECT_EQ(width("\U00020000"), 2);
  EXPECT_EQ(width(""), 0);
}

TEST(Pad, NeverCuts) {
  EXPECT_EQ(pad("日本", 6), "日本  ");
  EXPECT_EQ(pad("12", 4, true), "  12");
  EXPECT_EQ(pad("long", 2), "long");
}

TEST(Fit, CutsAtColumns) {
  EXPECT_EQ(fit("abcdef", 6), "abcdef");
  EXPECT_EQ(fit("abcdef", 4), "abc…");
  EXPECT_EQ(fit("ab cdef", 4), "ab…");
  EXPECT_EQ(fit("日本語", 5), "日本…");
  EXPECT_EQ(fit("日本語", 4), "日…");
  EXPECT_EQ(fit("abc", 1), "…");
  EXPECT_EQ(fit("abc", 0), "");
  for (int columns = 0; columns < 12; ++columns)
    EXPECT_LE(width(fit("日本e\u0301語 tail", columns)), columns);
}

TEST(Wrap, BreaksAtSpacesAndInsideLongWords) {
  EXPECT_EQ(wrap("the quick brown fox", 10), (Lines{"the quick", "brown fox"}));
  EXPECT_EQ(wrap("abcdefghij", 4), (Lines{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrap("ab abcdefgh", 4), (Lines{"ab", "abcd", "efgh"}));
  EXPECT_EQ(wrap("one\n\ntwo", 10), (Lines{"one", "", "two"}));
  EXPECT_EQ(wrap("日本語日本語", 5), (Lines{"日本", "語日", "本語"}));
}

TEST(Wrap, KeepsIndentationWhereThereIsRoom) {
  EXPECT_EQ(wrap("  two words", 6), (Lines{"  two", "words"}));
  for (const std::string& line : wrap("     日", 6)) EXPECT_LE(width(line), 6);
}

TEST(Wrap, EndsWhateverTheWidth) {
  for (int columns = -1; columns < 5; ++columns)
    for (const std::string& line : wrap("   日 abcdef e\u0301 x", columns))
      EXPECT_LE(width(line), std::max(columns, 2));
}

TEST(Paint, OnlyWhenOn) {
  EXPECT_EQ(paint("x", Color::red, true), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(paint("x", Color::red, false), "x");
}

TEST(ProgressText, ShowsTheShareAndStaysInTheLine) {
  EXPECT_EQ(progress_text("pull", "INBOX", 50, 200, 80), "pull: INBOX 50/200 (25 %)");
  EXPECT_EQ(progress_text("pull", "", 50, 0, 80), "pull 50");
  EXPECT_EQ(progress_text("pull", "\x1b[2J", 1, 0, 80), "pull: ^[[2J 1");
  EXPECT_LT(width(progress_text("pull", std::string(200, 'x'), 1, 2, 40)), 40);
}

TEST(LongerThan, CountsFoldedLines) {
  EXPECT_FALSE(longer_than("a\nb\n", 24, 80));
  EXPECT_TRUE(longer_than(std::string(24, '\n'), 24, 80));
  EXPECT_TRUE(longer_than(std::string(80 * 24, 'x'), 24, 80));
}
