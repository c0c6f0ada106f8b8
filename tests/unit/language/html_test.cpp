#include "base/text.hpp"
#include "language/html.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

TEST(HtmlToText, blocks_lists_links_and_entities) {
  EXPECT_EQ(html_to_text("<h1>Order &amp; more</h1><p>Hello <b>Ann</b>,<br>caf&eacute; "
                         "&#8364;</p><div>a</div><div><br></div><div>b</div>"),
            "Order & more\n\nHello Ann,\ncafé €\n\na\n\nb");
  EXPECT_EQ(html_to_text("<ul><li>One</li><li>Two<ul><li>In</li></ul></li></ul><ol start=3><li>c<li>d</ol>"),
            "- One\n- Two\n  - In\n\n3. c\n4. d");
  EXPECT_EQ(html_to_text("<a href='https://example.org/x?a=1&amp;b=2'>here</a>"),
            "here <https://example.org/x?a=1&b=2>");
  EXPECT_EQ(
      html_to_text(
          "<a href='https://www.example.org/'>example.org</a> <a href='mailto:a@b.example'>a@b.example</a>"),
      "example.org a@b.example");
  EXPECT_EQ(html_to_text("<a href='javascript:alert(1)'>x</a>"), "x");
  EXPECT_EQ(html_to_text("<pre>  a\n    b\n</pre>"), "a\n    b");
  EXPECT_EQ(html_to_text("<p>x</p><blockquote>old<blockquote>older</blockquote></blockquote>"),
            "x\n\n> old\n>> older");
}

TEST(HtmlToText, tables) {
  EXPECT_EQ(
      html_to_text(
          "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Lid</td><td><p>12,50</p></td></tr></table>"),
      "Item | Price\nLid | 12,50");
  EXPECT_EQ(
      html_to_text(
          "<table><tr><td><h2>A</h2><p>b</p></td><td><table><tr><td>c</td></tr></table></td></tr></table>"),
      "A\n\nb\n\nc");
}

TEST(HtmlToText, hidden_things_stay_hidden) {
  EXPECT_EQ(
      html_to_text(
          "<style>p{}</style><script>x()</script><div style='display: none'>a</div><span "
          "style='opacity:0'>b</span>"
          "<div style='max-height:0px'>c</div><div class=preheader>d</div><p hidden>e</p><!-- f --><p>g</p>"),
      "g");
  EXPECT_EQ(html_to_text("<p style='max-height:0.5em'>a</p><p style='line-height:0'>b</p>"), "a\n\nb");
  EXPECT_EQ(html_to_text("a&#8203;b&shy;c &zwnj;&nbsp; d"), "abc \u200C d");
}

TEST(HtmlToText, output_is_valid_for_any_bytes) {
  std::string all = "<p>";
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_TRUE(is_valid_utf8(html_to_text(all)));
  EXPECT_TRUE(is_valid_utf8(sanitise_html(all)));
  EXPECT_EQ(html_to_text(""), "");
  EXPECT_EQ(html_to_text("just text"), "just text");
  EXPECT_EQ(html_to_text(std::string("a\0b", 3)), "a\uFFFDb");
}

TEST(HtmlToText, nesting_and_size_cost_linear_time) {
  const auto repeat = [](std::string_view s, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
  };
  for (const std::string& html :
       {repeat("<div>", 100'000) + "x", repeat("<b>", 200'000) + "x", repeat("<table><tr><td>", 50'000) + "x",
        repeat("<font size=1><p>", 50'000), repeat("<svg><title>", 1) + repeat("<div>", 100'000) + "x",
        "<div a==\"" + repeat("><div ", 100'000), repeat("<a href=x>", 100'000),
        "<p " + repeat("a=1 b ", 100'000) + ">x", repeat("<li>", 200'000), repeat("</p>", 300'000),
        repeat("&", 500'000), repeat("<", 500'000), repeat("<!--", 200'000), repeat("<script>", 100'000),
        repeat("<blockquote>", 300) + repeat("<br>x", 100'000), repeat("<select><option>", 50'000),
        repeat("<table>x", 380) + repeat("<i>y</i>", 20'000),
        repeat("<ul><li>", 190) + repeat("x<br>", 100'000)}) {
    EXPECT_TRUE(is_valid_utf8(html_to_text(html)));
    html_reply_only(html);
    sanitise_html(html);
  }
}

TEST(HtmlReplyOnly, mail_programs) {
  const char* const quoted[] = {
      "<div>Yes.</div><div class='gmail_quote'><div class='gmail_attr'>On Mon, 1 Feb 2016 at 10:00 A "
      "&lt;a@b.example&gt; wrote:</div>"
      "<blockquote class='gmail_quote'>Old?</blockquote></div>",
      "<p>Yes.</p><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'><b>From:</b> "
      "A</div><div>Old</div>",
      "<p class=MsoNormal>Yes.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm "
      "0cm 0cm'><p><b>Von:</b> A</p></div><p>Old</p>",
      "<div>Yes.</div><br><div><div>On 1 Feb 2016, at 10:00, A &lt;a@b.example&gt; wrote:</div><blockquote "
      "type='cite'>Old</blockquote></div>",
      "<p>Yes.</p><div class='moz-cite-prefix'>On 01.02.2016 10:00, A wrote:<br></div><blockquote "
      "type='cite' cite='mid:1@b'>Old</blockquote>",
      "<div>Yes.</div><div id='yahoo_quoted_1' class='yahoo_quoted'>On Monday A wrote: Old</div>",
      "<div>Yes.</div><div class='protonmail_quote'>Old</div>",
      "<div>Yes.</div><hr id='zwchr' data-marker='__DIVIDER__'><div data-marker='__QUOTED_TEXT__'>Old</div>",
      "<div>Yes.</div><div class='x_gmail_quote'>---------- Forwarded message ---------<br>Old</div>",
      "<span>Yes.</span><span id='OLK_SRC_BODY_SECTION'><div>From: A</div>Old</span>",
      "<p>Yes.</p><p>Am 01.02.2016 um 10:00 schrieb A &lt;a@b.example&gt;:</p><blockquote>Old</blockquote>",
  };
  for (const char* html : quoted) EXPECT_EQ(html_reply_only(html), "Yes.") << html;
}

TEST(HtmlReplyOnly, answers_between_quotes_stay) {
  EXPECT_EQ(html_reply_only(
                "<div class='gmail_quote'><div class='gmail_attr'>On 1 Feb 2016 A wrote:</div><blockquote "
                "class='gmail_quote'>One?</blockquote>"
                "<div>First.</div><blockquote class='gmail_quote'>Two?</blockquote><div>Second.</div></div>"),
            "First.\nSecond.");
}

TEST(HtmlReplyOnly, a_bare_forward_keeps_its_text) {
  EXPECT_NE(html_reply_only("<div class='gmail_quote'>---------- Forwarded message ---------<br>From: A "
                            "&lt;a@b.example&gt;<br>Date: 1 Feb 2016<br>"
                            "Subject: x<br>To: c@d.example<br><br>The text</div>")
                .find("The text"),
            std::string::npos);
}

TEST(HtmlReplyOnly, a_line_above_is_no_quote_by_itself) {
  EXPECT_EQ(html_reply_only("<p>A</p><div style='border-top:1px solid #ccc'>Total: 12</div>"),
            "A\n\nTotal: 12");
}

} // namespace
} // namespace helpdesk
