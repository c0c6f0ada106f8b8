#include "base/text.hpp"

#include <random>

#include <gtest/gtest.h>

using namespace helpdesk;

namespace {

TEST(Utf8, InvalidSequencesAreSeenAndReplaced) {
  for (std::string_view bad : {"\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8", "\x80",
                               "\xe2\x82", "a\xff"}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << hex(bad);
    EXPECT_TRUE(is_valid_utf8(clean_utf8(bad))) << hex(bad);
  }
  EXPECT_EQ(clean_utf8("\xe2\x82x"), "\uFFFDx");
  EXPECT_EQ(clean_utf8("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(clean_utf8(std::string("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(clean_utf8("blåbær 東 😀"), "blåbær 東 😀");
  EXPECT_EQ(count_code_points("blå😀"), 4U);
  EXPECT_EQ(ellipsize("blåbær", 3), "blå…");
  EXPECT_EQ(ellipsize("blå", 3), "blå");
  EXPECT_EQ(ellipsize("", 0), "");
}

TEST(Utf8, RandomBytesBecomeValid) {
  std::mt19937 random(3);
  for (int i = 0; i < 100'000; ++i) {
    std::string s;
    for (unsigned n = random() % 12; n > 0; --n) s += static_cast<char>(random() | (random() % 2 ? 0x80 : 0));
    std::string clean = clean_utf8(s);
    ASSERT_TRUE(is_valid_utf8(clean)) << hex(s);
    ASSERT_EQ(clean == s, is_valid_utf8(s) && s.find('\0') == std::string::npos) << hex(s);
    std::string again;
    for (std::size_t pos = 0; pos < s.size();) append_utf8(again, next_code_point(s, pos));
    ASSERT_EQ(replace_all(again, std::string(1, '\0'), "\uFFFD"), clean) << hex(s);
    ASSERT_TRUE(is_valid_utf8(lower(s)));
    (void)collapse_spaces(s);
  }
}

TEST(Text, Helpers) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(split_lines("a\r\nb\rc\n\nd\n"), (std::vector<std::string_view>{"a", "b", "c", "", "d"}));
  EXPECT_EQ(collapse_spaces(" a\u00a0\n b\u2003"), "a b");
  EXPECT_EQ(replace_all("aaa", "aa", "b"), "ba");
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
  EXPECT_TRUE(contains_ignoring_case("Re: HELLO", "hello"));
  EXPECT_FALSE(contains_ignoring_case("hell", "hello"));
  EXPECT_TRUE(starts_with_ignoring_case("Content-Type", "content-"));
}

TEST(Text, LowerCaseOfManyScripts) {
  EXPECT_EQ(lower("ÆØÅ ÉÀ ŁŹ ΑΒΓ ЁЖЯ ԱԲ Ÿ Ā ₓ"), "æøå éà łź αβγ ёжя աբ ÿ ā ₓ");
  EXPECT_EQ(lower(U'Ǆ'), U'ǆ');
  EXPECT_EQ(lower(U'ǅ'), U'ǆ');
  EXPECT_TRUE(is_letter(U'ø') && is_letter(U'東') && is_letter(U'ж') && is_letter(U'z'));
  EXPECT_FALSE(is_letter(U'×') || is_letter(U'1') || is_letter(U'😀') || is_letter(U'€'));
  EXPECT_TRUE(is_digit(U'7') && is_digit(U'٣'));
  EXPECT_FALSE(is_digit(U'²'));
}

TEST(Text, DidYouMean) {
  EXPECT_EQ(edit_distance("limt", "limit"), 1U);
  EXPECT_EQ(edit_distance("acount", "account"), 1U);
  EXPECT_EQ(edit_distance("lsit", "list"), 1U);
  EXPECT_EQ(edit_distance("blå", "bla"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(nearest("serch", {"show", "search", "send"}), "search");
  EXPECT_EQ(nearest("zzz", {"show", "search", "send"}), "");
}

TEST(Text, Encodings) {
  EXPECT_EQ(base64_encode("ab"), "YWI=");
  EXPECT_EQ(base64_encode(""), "");
  EXPECT_EQ(base64url_encode("\xff\xfe"), "__4");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(random_hex(8).size(), 16U);
  EXPECT_NE(random_hex(8), random_hex(8));
  EXPECT_EQ(fnv1a("a"), 0xaf63dc4c8601ec8cULL);
}

} // namespace
