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
  // Lengths at which the padding takes another block.
  const auto hash_of = [](unsigned size) {
    std::string bytes;
    for (unsigned i = 0; i < size; ++i) bytes += static_cast<char>((i * 7 + size) % 251);
    return sha256_hex(bytes);
  };
  EXPECT_EQ(hash_of(0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_of(55), "d604dc83c754bb5890ec011f3fa0552324cb1412205b5a5e83fd17cd4afe57ed");
  EXPECT_EQ(hash_of(56), "0371e3fd4911ce4109ac9aaddc0ebdfe28431802ef70a966cb245da585f2a37e");
  EXPECT_EQ(hash_of(63), "de8f546e5d44d4fb35d25af2748ed9b6644d200d56b6b0b6e71b095b44348dc6");
  EXPECT_EQ(hash_of(64), "35eb8c80b4af970a05040dd151d5edad6172957c1ded27e521fdcf526178feb3");
  EXPECT_EQ(hash_of(65), "c96988663bcd3779da5b1c0e499742ff48bf6148d5c044326ce3e5845a80e6ab");
  EXPECT_EQ(hash_of(119), "7fb3869648ad8420f2e1a20812a61ba45c3db01dc7b391d48c2a8c1d6f41be35");
  EXPECT_EQ(hash_of(120), "9db2bb35e3e98f502b654e82f0051eebfa45015e36ed8c3a28d44586eff7372b");
  EXPECT_EQ(hash_of(1000), "e66c6563e3797f84573ef7dfe3a460d5d579967297ef20150d89f0c6e358221e");
  EXPECT_EQ(random_hex(8).size(), 16U);
  EXPECT_NE(random_hex(8), random_hex(8));
  EXPECT_EQ(fnv1a("a"), 0xaf63dc4c8601ec8cULL);
}

} // namespace
