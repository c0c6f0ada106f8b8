#include "base/fold.hpp"
#include "base/text.hpp"

#include <random>

#include <gtest/gtest.h>

using namespace helpdesk;

namespace {

// What a one-word search does: the token or one of its alternatives stands in the index.
bool finds(std::string_view typed, std::string_view written) {
  std::string index = " " + fold_for_index(written) + " ";
  auto tokens = fold_tokens(typed);
  if (tokens.size() != 1) return false;
  auto in_index = [&index](const std::string& t) { return index.find(" " + t + " ") != std::string::npos; };
  if (in_index(tokens[0].text)) return true;
  for (const std::string& t : tokens[0].alternatives)
    if (in_index(t)) return true;
  return false;
}

TEST(Fold, EverySpellingFindsTheWordWithMarks) {
  const std::vector<std::vector<std::string>> groups = {{"København", "kobenhavn", "koebenhavn", "KØBENHAVN"},
                                                        {"Malmö", "malmo", "malmoe"},
                                                        {"Müller", "mueller", "muller"},
                                                        {"Århus", "Aarhus", "arhus"},
                                                        {"ĉevalo", "cxevalo", "cevalo"},
                                                        {"på", "paa", "pa"},
                                                        {"ĉu", "cxu", "cu"},
                                                        {"antaŭ", "antaux", "antau"},
                                                        {"Straße", "strasse"},
                                                        {"Łódź", "lodz"},
                                                        {"ёлка", "елка"},
                                                        {"Œuvre", "oeuvre"},
                                                        {"Việt", "viet"},
                                                        {"Ærlig", "aerlig", "ärlig"},
                                                        {"ﬁnance", "finance"},
                                                        {"ＡＢＣ", "abc"},
                                                        {"Ἀθῆναι", "αθηναι"},
                                                        {"İstanbul", "istanbul"},
                                                        {"ﻣﺮﺣﺒﺎ", "مرحبا"},
                                                        {"שָׁלוֹם", "שלום"},
                                                        {"٢٠٢٦", "2026"},
                                                        {"𝗛𝗲𝗹𝗹𝗼", "hello"}};
  for (const auto& group : groups)
    for (const std::string& typed : group)
      EXPECT_TRUE(finds(typed, group[0])) << typed << " finds " << group[0];
}

TEST(Fold, TwoLettersAreFoundByTheMark) {
  for (auto [typed, written] : std::vector<std::pair<std::string, std::string>>{{"København", "Koebenhavn"},
                                                                                {"Müller", "Mueller"},
                                                                                {"Malmö", "Malmoe"},
                                                                                {"på", "paa"},
                                                                                {"Århus", "Aarhus"},
                                                                                {"arhus", "Aarhus"},
                                                                                {"cevalo", "cxevalo"},
                                                                                {"ĉevalo", "cxevalo"}})
    EXPECT_TRUE(finds(typed, written)) << typed << " finds " << written;
}

TEST(Fold, OrdinaryWordsFindThemselvesAndNotTheirNeighbours) {
  for (const char* word : {"queue", "blue", "does", "israel", "due", "value", "linux", "deux", "bazaar",
                           "vitae", "aa", "a", "x"})
    EXPECT_TRUE(finds(word, word)) << word;
  for (auto [typed, written] : std::vector<std::pair<std::string, std::string>>{{"due", "du"},
                                                                                {"blue", "blu"},
                                                                                {"queue", "quu"},
                                                                                {"linux", "linu"},
                                                                                {"dos", "does"},
                                                                                {"du", "due"},
                                                                                {"vitae", "vita"}})
    EXPECT_FALSE(finds(typed, written)) << typed << " finds " << written;
}

TEST(Fold, DecomposedEqualsComposed) {
  EXPECT_EQ(fold_for_index("K\u00f8benhavn Malmo\u0308 \uac01 \u304c"),
            fold_for_index("K\u00f8benhavn Malm\u00f6 \u1100\u1161\u11a8 \u304b\u3099"));
  EXPECT_TRUE(finds("Mu\u0308ller", "Mueller"));
  EXPECT_EQ(fold_for_index("ｶﾞﾊﾟ"), fold_for_index("ガパ"));
}

TEST(Fold, ScriptsWithoutSpacesGiveBigrams) {
  EXPECT_EQ(fold_for_index("東京都 は"), "東京 京都 は");
  EXPECT_EQ(fold_for_index("iPhoneの価格"), "iphone の価 価格");
  EXPECT_EQ(fold_for_index("東 京"), "東 京");
  EXPECT_EQ(fold_for_index("สวัส"), "สว วั ัส");
  auto tokens = fold_tokens("a東京都b");
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_EQ(tokens[1].begin, 1U);
  EXPECT_EQ(tokens[1].end, 7U);
  EXPECT_EQ(tokens[2].begin, 4U);
  EXPECT_EQ(tokens[2].end, 10U);
}

TEST(Fold, OffsetsPointIntoTheOriginal) {
  std::string text = "Hei, Bjo\u0308rn Müller!";
  auto tokens = fold_tokens(text);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "Bjo\u0308rn");
  EXPECT_EQ(text.substr(tokens[2].begin, tokens[2].end - tokens[2].begin), "Müller");
}

TEST(Fold, LongTokensAreCutAlikeOnBothSides) {
  std::string blob(100'000, 'q'), umlauts;
  for (int i = 0; i < 5000; ++i) umlauts += "ö";
  for (const std::string& s : {blob, umlauts}) {
    std::string index = fold_for_index(s);
    EXPECT_LE(index.size(), 96U);
    auto tokens = fold_tokens(s);
    ASSERT_EQ(tokens.size(), 1U);
    EXPECT_EQ(tokens[0].text, index);
    EXPECT_LE(tokens[0].alternatives.size(), 8U);
  }
}

TEST(Fold, WordsForComparisonKeepTheirSpelling) {
  EXPECT_EQ(fold_word("AA"), "aa");
  EXPECT_EQ(fold_word("Følg-Opp 2"), "folg-opp 2");
}

// The index and the query must cut every text into the same tokens, whatever the bytes.
TEST(Fold, RandomBytesFoldAlikeAndNeverCrash) {
  std::mt19937 random(17);
  const std::vector<std::string> pieces = {
      "a",      "aa",     "x", "cx",   "oe",       "é", "\u0301", "\u0308", "東", "か", "\u3099",
      "\uac00", "\u11a8", " ", "\xff", "\xe6\x9d", "ß", "ﬁ",      "ｶ",      "ﾞ",  "ส",  "\xf0\x9f\x98\x80",
      "o",      "u",      "1"};
  for (int i = 0; i < 100'000; ++i) {
    std::string s;
    for (unsigned n = random() % 12; n > 0; --n)
      if (i % 2)
        s += static_cast<char>(random());
      else
        s += pieces[random() % pieces.size()];
    auto tokens = fold_tokens(s);
    std::string joined;
    std::size_t last = 0;
    for (const FoldedToken& t : tokens) {
      joined += (joined.empty() ? "" : " ") + t.text;
      ASSERT_LE(last, t.begin);
      ASSERT_LT(t.begin, t.end);
      ASSERT_LE(t.end, s.size());
      last = t.begin;
      ASSERT_TRUE(is_valid_utf8(t.text));
    }
    ASSERT_EQ(fold_for_index(s), joined) << hex(s);
  }
}

} // namespace
