#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

using helpdesk::terminal::defuse;
using helpdesk::terminal::defuse_line;

namespace {

// What may never reach a screen: control bytes, C1 in either form, direction controls, line separators.
bool is_harmless(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\n') || c == 0x7f) return false;
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return false;
  }
  for (const char* bad : {"\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u2028",
                          "\u2029", "\u200b", "\ufeff"})
    if (text.find(bad) != std::string::npos) return false;
  return true;
}

} // namespace

TEST(Defuse, LeavesOrdinaryTextAlone) {
  for (const char* text :
       {"plain", "Blåbærsyltetøy", "ĉĝĥĵŝŭ", "日本語", "Привет", "e\u0301", "👍 ok", "a\nb"})
    EXPECT_EQ(defuse(text), text);
}

TEST(Defuse, S1ControlSequencesBecomeVisible) {
  EXPECT_EQ(defuse("\x1b[31mred\x1b[0m"), "^[[31mred^[[0m");
  EXPECT_EQ(defuse("a\rb"), "a^Mb");
  EXPECT_EQ(defuse("a\r\nb"), "a\nb");
  EXPECT_EQ(defuse("\x07\x7f"), "^G^?");
  EXPECT_EQ(defuse(std::string_view("a\0b", 3)), "a^@b");
  EXPECT_EQ(defuse("a\tb"), "a b");
  EXPECT_EQ(defuse("a\tb", true), "a\tb");
  EXPECT_EQ(defuse_line("a\nb\r\nc\rd"), "a b c d");
}

TEST(Defuse, S1PayloadsLeaveNothingRaw) {
  const std::string payloads[] = {
      "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\",
      "\x1b]52;c;aGk=\x07",
      "\x1bP+q544e\x1b\\",
      "\x1b[2J\x1b[H",
      "\x1b[6n",
      "\x1b]0;title\x07",
      "\xc2\x9b"
      "31m",
      "\x9b"
      "31m",
      "\x90q\x9c",
      "\xc2\x90q\xc2\x9c",
      "x\rOVERWRITTEN",
      "abc\b\b\bdef",
      "\x0e\x0f",
      "\x7f\x7f",
      "invoice\u202egpj.exe",
      "\u2066hidden\u2069",
      "a\u2028b\u2029c",
      "z\u200bero\ufeff",
      "\xff\xfe\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80",
      "\xe2\x80",
      "\U000e0041\U000e007f",
      "\x1b",
      std::string("\0\x01\x02\x03", 4),
  };
  for (const std::string& payload : payloads) {
    EXPECT_TRUE(is_harmless(defuse(payload))) << defuse(payload);
    EXPECT_TRUE(is_harmless(defuse_line(payload)));
    EXPECT_EQ(defuse_line(payload).find('\n'), std::string::npos);
  }
}

TEST(Defuse, EveryByteAndEveryCodePointIsHarmless) {
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b) {
      std::string text{static_cast<char>(a), static_cast<char>(b)};
      ASSERT_TRUE(is_harmless(defuse(text))) << a << " " << b;
    }
  EXPECT_EQ(defuse("a\u202eb"), "a\ufffdb");
  EXPECT_EQ(defuse("a\u200bb\u00adc"), "abc");
}

TEST(Defuse, StackedMarksAreLimited) {
  std::string zalgo = "Z";
  for (int i = 0; i < 100; ++i) zalgo += "\u0300";
  EXPECT_EQ(defuse(zalgo).size(), 1 + 2 * 8);
}
