// Letters outside ASCII where TOML allows none: toml++ 3.3 reached what it calls unreachable (found by
// fuzzing).
#include "config/toml_file.hpp"

#include <gtest/gtest.h>

namespace helpdesk::config {
namespace {

TEST(Toml, LettersOutsideAsciiAreRefused) {
  for (const char* text : {"a = 1\n\xC3\xA5 = 1\n", "a = 1\nb = 2 \xC2\xB5\n", "a = 1\n[\xD0\xB0]\n"}) {
    const auto parsed = parse_toml(text, "config.toml");
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::usage);
    EXPECT_TRUE(parsed.error().message.starts_with("config.toml:")) << parsed.error().message;
  }
}

} // namespace
} // namespace helpdesk::config
