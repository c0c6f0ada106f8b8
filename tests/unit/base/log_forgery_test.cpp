// S22: whatever is logged, one call is one line, and its quotes end where they began.
#include "base/log.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

TEST(LogForgery, OneCallIsOneLine) {
  std::vector<std::string> lines;
  set_log_sink([&](std::string_view line) { lines.emplace_back(line); });
  const std::vector<std::string> payloads{
      "a\nFORGED", "a\r\nFORGED", "a\rFORGED", std::string("a\0FORGED", 8), "a\",\"message\":\"FORGED", "a\\",
      "a\\\"",     "a\x1b[31m",   "a\x7f"};
  for (const std::string& payload : payloads) log_debug(payload, payload);
  set_log_sink({});
  ASSERT_EQ(lines.size(), payloads.size());
  for (const std::string& line : lines) {
    EXPECT_TRUE(std::none_of(line.begin(), line.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    })) << line;
    // time, component and message: twelve quotes that are not escaped.
    int quotes = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\\')
        ++i;
      else
        quotes += line[i] == '"';
    }
    EXPECT_EQ(quotes, 12) << line;
  }
}

} // namespace
} // namespace helpdesk
