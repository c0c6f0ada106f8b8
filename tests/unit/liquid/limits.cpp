// Templates that would run for ever or eat the memory end soon, and say by which limit.
#include "liquid/template.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace helpdesk::liquid {
namespace {

struct Bomb {
  const char* name;
  std::string text;
  const char* limit; // empty: a syntax error
};

std::string times(std::size_t n, std::string_view text) {
  std::string all;
  all.reserve(n * text.size());
  for (std::size_t i = 0; i < n; ++i) all += text;
  return all;
}

std::vector<Bomb> bombs() {
  return {
      {"nested loops", "{% for i in (1..10000) %}{% for j in (1..10000) %}{{ i }}{% endfor %}{% endfor %}",
       "steps"},
      {"silent nested loops",
       "{% for i in (1..10000) %}{% for j in (1..10000) %}{% assign a = j %}{% endfor %}{% endfor %}",
       "steps"},
      {"long loop", "{% for i in (1..1000000000) %}x{% endfor %}", "steps"},
      {"reversed long loop", "{% for i in (1..1000000000) reversed %}{{ i }}{% endfor %}", "steps"},
      {"endless range", "{% for i in (-9223372036854775808..9223372036854775807) %}{% endfor %}", "steps"},
      {"tablerow", "{% tablerow i in (1..1000000000) cols: 3 %}{{ i }}{% endtablerow %}", "output"},
      {"range join", "{{ (1..1000000000) | join }}", "steps"},
      {"range sort", "{{ (1..1000000000) | sort | first }}", "steps"},
      {"range in filters", "{{ (1..1000000000) | where: 'a' | map: 'b' | size }}", "steps"},
      {"append doubling",
       "{% assign a = 'aaaaaaaa' %}" + times(30, "{% assign a = a | append: a %}") + "{{ a }}", "memory"},
      {"append printed",
       "{% assign a = 'aaaaaaaa' %}" + times(21, "{% assign a = a | append: a %}") + "{{ a }}", "output"},
      {"replace bomb",
       "{% assign a = 'aaaaaaaaaaaaaaaa' %}" +
           times(7, "{% assign a = a | replace: 'a', 'aaaaaaaaaaaaaaaa' %}"),
       "memory"},
      {"replace by empty",
       "{% assign a = 'abcdefgh' %}" + times(12, "{% assign a = a | replace: '', 'xxxxxxxx' %}"), "steps"},
      {"concat doubling",
       "{% assign a = '1,2,3,4' | split: ',' %}" + times(40, "{% assign a = a | concat: a %}"), "steps"},
      {"capture doubling",
       "{% assign a = 'aaaaaaaa' %}" + times(30, "{% capture a %}{{ a }}{{ a }}{% endcapture %}"), "output"},
      {"split",
       "{% assign a = 'ab' %}" + times(22, "{% assign a = a | append: a %}") + "{{ a | split: 'a' | size }}",
       "steps"},
      {"deep ifs", times(20000, "{% if true %}"), "depth"},
      {"deep loops", times(20000, "{% for a in b %}"), "depth"},
      {"deep brackets", "{{ " + times(100000, "a[") + "0" + times(100000, "]") + " }}", "depth"},
      {"deep parentheses", "{{ " + times(100000, "(") + " }}", "depth"},
      {"unclosed outputs", times(200000, "{{ "), ""},
      {"unclosed tags", times(200000, "{% "), ""},
      {"unclosed raws", times(100000, "{% raw %}"), ""},
      {"unclosed comments", times(100000, "{% comment %}"), ""},
      {"unclosed quotes", "{{ " + times(200000, "' \" ") + " }}", ""},
      {"recursive render", "{% render 'again' %}", "depth"},
      {"recursive include", "{% include 'self' %}", "depth"},
      {"doubling render", "{% render 'double' %}", "depth"},
      {"date width",
       "{{ 'now' | date: '%999999999d' | size }}" +
           times(3000, "{{ 'now' | date: '%9999d%9999d%9999d%9999d%9999d' }}"),
       "output"},
  };
}

PartialSource partials() {
  return [](std::string_view name) -> std::optional<std::string> {
    if (name == "double") return "{% render 'double' %}{% render 'double' %}";
    return "{% " + std::string(name == "self" ? "include" : "render") + " '" + std::string(name) + "' %}";
  };
}

std::string run(const Bomb& bomb, Mode mode, OnError on_error) {
  RenderOptions render;
  render.partials = partials();
  render.on_error = on_error;
  render.limits.time = std::chrono::minutes(5); // which limit ends a bomb must not depend on the machine
  auto parsed = Template::parse_or_problem(bomb.text, {.mode = mode});
  if (!parsed) return parsed.error().limit;
  const auto rendered = parsed->render(Value::hash(), render);
  return rendered.errors.empty() ? "none" : rendered.errors.back().limit;
}

class LiquidBombs : public testing::TestWithParam<Bomb> {};

TEST_P(LiquidBombs, EndWithANamedLimit) {
  EXPECT_EQ(run(GetParam(), Mode::strict2, OnError::stop), GetParam().limit);
}

TEST_P(LiquidBombs, EndInLaxModeToo) {
  const auto limit = run(GetParam(), Mode::lax, OnError::inline_);
  // A quote that nothing closes is no error in lax mode: the output is empty.
  if (GetParam().limit[0] != '\0') {
    EXPECT_NE(limit, "none");
  }
}

INSTANTIATE_TEST_SUITE_P(All, LiquidBombs, testing::ValuesIn(bombs()), [](const auto& info) {
  std::string name = info.param.name;
  for (auto& c : name)
    if (c == ' ') c = '_';
  return name;
});

TEST(LiquidLimits, TimeIsOne) {
  RenderOptions render;
  render.limits.steps = 0;
  render.limits.output_bytes = 0;
  render.limits.time = std::chrono::milliseconds(20);
  const auto rendered = Template::parse("{% for i in (1..1000000000) %}{% assign a = i %}{% endfor %}")
                            ->render(Value::hash(), render);
  ASSERT_EQ(rendered.errors.size(), 1U);
  EXPECT_EQ(rendered.errors[0].limit, "time");
}

// What no tag stands around: the outermost body itself goes past the limit.
TEST(LiquidLimits, TheOutermostBodyHasThemToo) {
  std::string outputs, errors;
  for (int i = 0; i < 500; ++i) {
    outputs += "{{ 1 }}";
    errors += "{{ 1 | divided_by: 0 }}";
  }
  RenderOptions render;
  render.on_error = OnError::inline_;
  render.limits.steps = 400;
  for (const auto& text : {outputs, errors}) {
    const auto rendered = Template::parse(text)->render(Value::hash(), render);
    ASSERT_FALSE(rendered.errors.empty());
    EXPECT_EQ(rendered.errors.back().limit, "steps");
  }
  render.limits = {};
  render.limits.render_score = 400;
  const auto rendered = Template::parse(outputs)->render(Value::hash(), render);
  ASSERT_EQ(rendered.errors.size(), 1U);
  EXPECT_EQ(rendered.errors[0].limit, "score");
}

TEST(LiquidLimits, WhatCameBeforeTheLimitIsKept) {
  RenderOptions render;
  render.limits.output_bytes = 10;
  const auto rendered =
      Template::parse("{% for i in (1..100) %}abc{% endfor %}")->render(Value::hash(), render);
  ASSERT_EQ(rendered.errors.size(), 1U);
  EXPECT_EQ(rendered.errors[0].message, "output limit of 10 bytes exceeded");
  EXPECT_EQ(rendered.text.substr(0, 9), "abcabcabc");
}

TEST(LiquidLimits, DeepValuesPrintAndDie) {
  Value deep = Value::array();
  for (int i = 0; i < 200000; ++i) deep = Value::array({deep});
  auto data = Value::hash();
  data.set("deep", deep);
  const auto rendered =
      Template::parse("{{ deep }}{{ deep | join }}{% if deep == deep %}{% endif %}")->render(data);
  EXPECT_TRUE(rendered.errors.empty());
}

} // namespace
} // namespace helpdesk::liquid
