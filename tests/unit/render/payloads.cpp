#include "sample.hpp"

namespace helpdesk::render::test {

const std::vector<std::string>& payloads() {
  static const std::vector<std::string> all{
      "\x1b[31mred\x1b[0m",
      "\x1b]0;title\x07",
      "\x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x1b\\",
      "\x1b]52;c;ZXZpbA==\x07",
      "\x1bP$q\"p\x1b\\",
      "\x1b[2J\x1b[H",
      "\x1b[6n",
      "\x1b(0lqk\x1b(B",
      "\x1b^private\x1b\\",
      "\x1b_app\x1b\\",
      "\xc2\x9b"
      "31mC1 as UTF-8",
      "\x9b"
      "31mC1 raw",
      "\xc2\x85next line",
      "\xc2\x90"
      "dcs\xc2\x9c",
      "over\rwrite",
      "back\b\b\bspace",
      "bell\x07",
      "delete\x7f",
      std::string("nul\0byte", 8),
      "shift\x0e out\x0f",
      "line one\nline two\r\nline three",
      "tab\tseparated",
      "vertical\x0btab and form\x0c"
      "feed",
      "\xe2\x80\xae"
      "gpj.exe",
      "\xe2\x80\xaa"
      "embedded\xe2\x80\xac",
      "\xe2\x81\xa6isolate\xe2\x81\xa9",
      "\xe2\x81\xa7rtl\xe2\x81\xa8",
      "\xe2\x80\x8e\xe2\x80\x8fmarks",
      "\xd8\x9c"
      "alm",
      "line\xe2\x80\xa8separator\xe2\x80\xa9"
      "paragraph",
      "zero\xe2\x80\x8bwidth\xef\xbb\xbf",
      "\xf3\xa0\x81\x81tag characters\xf3\xa0\x81\xbf",
      "overlong \xc0\xaf\xe0\x80\xaf",
      "surrogate \xed\xa0\x80",
      "truncated \xf0\x9f\x98",
      "\xff\xfe bytes",
      "=cmd|' /C calc'!A0",
      "=HYPERLINK(\"http://evil.example\",\"x\")",
      "+1+1",
      "-2+3+cmd|' /C calc'!A0",
      "@SUM(1+1)*cmd|' /C calc'!A0",
      "\t=1+1",
      "\r=1+1",
      "\n=1+1",
      "  =1+1",
      "\xef\xbc\x9d"
      "1+1",
      "\xef\xbb\xbf=1+1",
      "\"=1+1",
      ",=1+1",
      ";=1+1",
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "' onmouseover='alert(1)",
      "</title><script>alert(1)</script>",
      "</pre><svg onload=alert(1)>",
      "</style><script>alert(1)</script>",
      "<a href=\"javascript:alert(1)\">x</a>",
      "&lt;script&gt;",
      "<!-- -->",
      "]]><script>alert(1)</script>",
      "[link](javascript:alert(1))",
      "![image](http://evil.example/x.png)",
      "```\nfence\n```",
      "| cell | break |",
      "# heading\n- list\n1. item",
      "{{ 7 | times: 7 }}{% raw %}",
      "\xe0\xb8\x81\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80\xcc\x80"
      "\xcc\x80\xcc\x80\xcc\x80",
  };
  return all;
}

} // namespace helpdesk::render::test
