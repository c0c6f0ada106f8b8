#include "json/json.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

using namespace helpdesk;
using json::Value;

namespace {

std::string again(std::string_view text) {
  auto value = json::parse(text);
  return value ? json::dump(*value) : value.error().message;
}

TEST(Json, RoundTripsAndKeepsOrderAndLargeNumbers) {
  for (const char* text : {R"({"z":1,"a":[true,null,-0.5],"m":{"x":"å\n"}})", "12345678901234567890123456789",
                           "-9223372036854775808", "9223372036854775807", "18446744073709551615", "1.0",
                           "1e+300", "\"\\u2028\\u0001\\u007f\"", "[]", "{}", "0.1"})
    EXPECT_EQ(json::parse(again(text)).value(), json::parse(text).value()) << text;
  EXPECT_EQ(again(R"({"z":1, "a":18446744073709551615,"b":12345678901234567890123})"),
            R"({"z":1,"a":18446744073709551615,"b":12345678901234567890123})");
  EXPECT_EQ(again("1.0"), "1.0");
  EXPECT_EQ(json::parse("18446744073709551615")->id_text(), "18446744073709551615");
}

TEST(Json, TheLastOfDoubledKeysWins) { EXPECT_EQ(again(R"({"a":1,"b":2,"a":3,"a":4})"), R"({"a":4,"b":2})"); }

TEST(Json, FailuresNameThePlace) {
  EXPECT_EQ(again("{\n \"a\": x}"), "invalid JSON at line 2, column 7 (byte 8): unexpected \"x\"");
  EXPECT_EQ(again("[1,"), "invalid JSON at line 1, column 4 (byte 3): it ends too early");
  EXPECT_EQ(again("[\"\xff\"]"), "invalid JSON at line 1, column 3 (byte 2): not UTF-8");
  EXPECT_EQ(again(" "), "invalid JSON: empty");
  EXPECT_FALSE(json::parse("1e999"));
  EXPECT_FALSE(json::parse("{} x"));
  EXPECT_FALSE(json::parse("NaN"));
  EXPECT_TRUE(json::parse(std::string(200, '[') + std::string(200, ']')));
  EXPECT_EQ(again(std::string(1'000'000, '[')), "invalid JSON: more than 200 levels deep");
}

TEST(Json, ReadingNeverFails) {
  Value v = json::parse(
                R"({"id":17,"who":{"mails":["a@example.org","b"]},"a/b":{"~":1},"on":true,"d":2.0,"s":"x"})")
                .value();
  EXPECT_EQ(v["id"].as_int(), 17);
  EXPECT_EQ(v["id"].id_text(), "17");
  EXPECT_EQ(v["who"]["mails"][1].as_string(), "b");
  EXPECT_EQ(v["none"]["deeper"][7].as_string(), "");
  EXPECT_EQ(v["s"].as_int(-1), -1);
  EXPECT_EQ(v["d"].as_int(), 2);
  EXPECT_TRUE(v["on"].as_bool());
  EXPECT_EQ(v.at_pointer("/who/mails/0")->as_string(), "a@example.org");
  EXPECT_EQ(v.at_pointer("/a~1b/~0")->as_int(), 1);
  EXPECT_EQ(v.at_pointer(""), &v);
  for (const char* pointer : {"/who/mails/2", "/who/mails/01", "/who/mails/-", "x", "/none/x", "/id/0"})
    EXPECT_EQ(v.at_pointer(pointer), nullptr) << pointer;
  std::string keys;
  for (const auto& [key, member] : v.members()) keys += key + " ";
  EXPECT_EQ(keys, "id who a/b on d s ");
}

TEST(Json, Building) {
  Value v = Value::object({{"id", "17"}, {"open", true}, {"n", 3U}});
  v.set("tags", Value::array().push("a").push("b")).set("id", "18").set("none", std::optional<std::string>());
  EXPECT_EQ(json::dump(v), R"({"id":"18","open":true,"n":3,"tags":["a","b"],"none":null})");
  EXPECT_TRUE(v.erase("n"));
  EXPECT_FALSE(v.erase("n"));
  EXPECT_EQ(json::dump(Value::object({{"a", Value::array().push(1)}, {"b", Value::object()}}), 2),
            "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
  EXPECT_EQ(json::dump(Value(std::nan(""))), "null");
  EXPECT_EQ(json::dump(Value("\xff\"")), "\"\uFFFD\\\"\"");
  EXPECT_EQ(Value::object({{"a", 1}, {"b", 2}}), Value::object({{"b", 2}, {"a", 1}}));
  EXPECT_EQ(json::dump(Value(UINT64_MAX)), "18446744073709551615");
}

TEST(Json, RandomTextNeverCrashes) {
  std::mt19937 random(11);
  const std::string alphabet = "{}[]\",:0123456789.-+eEtruefalsnl\\u \n\xc3\xa5\xff";
  int parsed = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string s;
    for (unsigned n = random() % 12; n > 0; --n) s += alphabet[random() % alphabet.size()];
    auto value = json::parse(s);
    if (!value) continue;
    ++parsed;
    auto second = json::parse(json::dump(*value));
    ASSERT_TRUE(second) << s;
    ASSERT_EQ(*second, *value) << s;
  }
  EXPECT_GT(parsed, 100);
}

} // namespace
