#include "base/time.hpp"

#include <random>

#include <gtest/gtest.h>

using namespace helpdesk;

namespace {

TEST(MailDate, ReadsWhatPeopleSend) {
  struct Case {
    const char* header;
    const char* expected; // empty: no date
  };
  for (const Case& c : std::initializer_list<Case>{
           {"Mon, 5 Jan 2026 10:00:00 +0100", "2026-01-05T09:00:00Z"},
           {"5 Jan 2026 10:00 +0000", "2026-01-05T10:00:00Z"},
           {"Mon,05 Jan 26 10:00:00 EST", "2026-01-05T15:00:00Z"},
           {"Fri, 21 Nov 97 09:55:06 -0600", "1997-11-21T15:55:06Z"},
           {"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"},
           {"Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 "
            "(Newfoundland Time)",
            "1969-02-14T03:02:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 +0100 (CET)", "2026-01-05T09:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 +0100 (a (nested \\) one))", "2026-01-05T09:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 GMT+0200", "2026-01-05T08:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 UTC", "2026-01-05T10:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 CEST", "2026-01-05T08:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 PDT", "2026-01-05T17:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 A", "2026-01-05T10:00:00Z"},
           {"Mon Jan  5 10:00:00 2026", "2026-01-05T10:00:00Z"},
           {"Mon Jan  5 10:00:00 CET 2026", "2026-01-05T09:00:00Z"},
           {"Mon, Jan 5, 2026 at 3:04 PM", "2026-01-05T15:04:00Z"},
           {"Monday, January 5, 2026 12:30 AM", "2026-01-05T00:30:00Z"},
           {"2026-01-05T10:00:00Z", "2026-01-05T10:00:00Z"},
           {"2026-01-05 10:00:00 +0100", "2026-01-05T09:00:00Z"},
           {"2026-01-05T10:00:00.123456+01:00", "2026-01-05T09:00:00.123456Z"},
           {"2026-01-05 10:00", "2026-01-05T10:00:00Z"},
           {"5-Jan-2026 10:00:00 +0000", "2026-01-05T10:00:00Z"},
           {"05.01.2026 10:00:00", "2026-01-05T10:00:00Z"},
           {"Tue, 1 Jul 103 16:11:22 +0200", "2003-07-01T14:11:22Z"},
           {"Mon, 5 Jan 2026 10:00:00 --0100", "2026-01-05T10:00:00Z"},
           {"Wed, 31 Dec 2008 23:59:60 +0000", "2009-01-01T00:00:00Z"},
           {"10:00:00 +0000 5 Jan 2026", "2026-01-05T10:00:00Z"},
           {"Mon, 5 Jan 2026", "2026-01-05T00:00:00Z"},
           {"Mon, 5 Jan 2026 10:00:00 +9999", "2026-01-05T10:00:00Z"},
           {"29 Feb 2024 00:00:00 +0000", "2024-02-29T00:00:00Z"},
           {"29 Feb 2023 00:00:00 +0000", ""},
           {"31 Apr 2026 00:00:00 +0000", ""},
           {"", ""},
           {"yesterday", ""},
           {"(5 Jan 2026 10:00)", ""},
           {"5 2026 10:00", ""}}) {
    auto t = parse_mail_date(c.header);
    EXPECT_EQ(t ? format_rfc3339(*t, Zone::utc()) : "", c.expected) << c.header;
  }
}

TEST(MailDate, ReadsBackWhatWeWrite) {
  auto zone = Zone::load("America/St_Johns");
  ASSERT_TRUE(zone);
  for (std::int64_t s = 0; s < 4'000'000'000; s += 86'399 * 97) {
    Instant t = instant_of_seconds(s);
    ASSERT_EQ(parse_mail_date(format_rfc5322(t, *zone)), t) << s;
    ASSERT_EQ(parse_rfc3339(format_rfc3339(t, *zone)), t) << s;
  }
}

TEST(MailDate, NoBytesCrashIt) {
  std::mt19937 random(5);
  const std::string alphabet = "0123456789 :+-/.,()\\TZJanFebMonGMT\t\r\n";
  for (int i = 0; i < 100'000; ++i) {
    std::string s;
    for (unsigned n = random() % 30; n > 0; --n)
      s += i % 4 ? alphabet[random() % alphabet.size()] : static_cast<char>(random());
    Instant t = parse_mail_date(s).value_or(Instant());
    ASSERT_GT(unix_seconds(t), -3'000'000'000) << s;
    ASSERT_EQ(parse_mail_date(format_rfc5322(t, Zone::utc())), t - Duration(micros(t) % 1'000'000)) << s;
    (void)parse_rfc3339(s);
    (void)parse_instant(s, instant_of_seconds(1'767'600'000), Zone::utc());
    (void)parse_duration(s);
  }
  EXPECT_FALSE(parse_mail_date(std::string(1'000'000, '(')));
}

} // namespace
