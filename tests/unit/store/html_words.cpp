#include "store/html_words.hpp"

#include "base/fold.hpp"
#include "store/query_terms.hpp"

#include <gtest/gtest.h>

namespace helpdesk::store {
namespace {

std::string words(std::string_view html) { return fold_for_index(text_of_html(html)); }

TEST(HtmlWords, TakesTheTextAndNothingElse) {
  EXPECT_EQ(words("<p>Blå <b>sy</b>kkel</p><p>ny</p>"), "bla sykkel ny");
  EXPECT_EQ(words("<html><head><title>t</title><style>p { color: red }</style></head><body>a</body>"), "a");
  EXPECT_EQ(words("a<script>if (x < 1) y()</script>b<!-- <p>c</p> -->d"), "a bd");
  EXPECT_EQ(words("<a href=\"x>y\" title='z>'>go</a>on<br>here"), "goon here");
  EXPECT_EQ(words("<td>1</td><td>2</td>3 < 4 & 5"), "1 2 3 4 5");
}

TEST(HtmlWords, DecodesReferences) {
  EXPECT_EQ(words("bl&aring; r&oslash;d Stra&szlig;e ni&ntilde;o"), "bla rod strasse nino");
  EXPECT_EQ(words("&#229;&#xE5;r a&nbsp;b &#x110000; &unknown; &#zz; &"),
            fold_for_index("\u00E5\u00E5r a b \uFFFD zz"));
}

TEST(HtmlWords, EndsOnAnyBytes) {
  for (const char* html : {"<", "</", "<!", "<!--", "<a href=\"", "<script>", "&#", "&#x;", "<a", "<?",
                           "<style></", "&;", "<p title='"})
    EXPECT_LE(text_of_html(html).size(), 4U) << html;
}

TEST(HtmlWords, KeepsOnlyWhatTheTextDoesNotSay) {
  EXPECT_EQ(words_beyond("a b c", "a b c"), "");
  EXPECT_EQ(words_beyond("a b c", "b a c"), "");
  EXPECT_EQ(words_beyond("a b c", "a x y b z"), "| x y | z");
  EXPECT_EQ(words_beyond("", "a b"), "| a b");
  EXPECT_EQ(words_beyond("a", ""), "");
}

TEST(HtmlWords, StandBehindTheTextInTheIndex) {
  model::Message m;
  m.text = "Hello there";
  m.html = "<p>Hello there, <i>dear</i> friend</p>";
  EXPECT_EQ(fold_column(m, Column::body), "hello there | dear friend");
  EXPECT_TRUE(occurs(pattern_of("dear friend", false), fold_column(m, Column::body)));
  EXPECT_FALSE(occurs(pattern_of("there dear", false), fold_column(m, Column::body)));
  m.html = "<p>Hello there</p>";
  EXPECT_EQ(fold_column(m, Column::body), "hello there");
}

} // namespace
} // namespace helpdesk::store
