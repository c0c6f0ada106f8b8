#include "liquid/template.hpp"

#include <gtest/gtest.h>

namespace helpdesk::liquid {
namespace {

Value person() {
  return Value::hash({{"ticket", Value::hash({{"requester", Value::hash({{"name", Value("Märtha")}})}})},
                      {"tags", Value::array({Value("a"), Value("b")})}});
}

std::string describe(const Rendered& rendered) {
  std::string all;
  for (const auto& span : rendered.source_map) {
    all += std::to_string(span.position().line) + ":" + std::to_string(span.position().column) + " " +
           std::string(span.variable().empty() ? "text" : span.variable()) + " [" +
           rendered.text.substr(span.begin, span.end - span.begin) + "]\n";
  }
  return all;
}

TEST(LiquidSourceMap, TellsWordsFromData) {
  const auto rendered = Template::parse("Hæ {{ ticket.requester.name | upcase }},\n{{ missing }}thanks{% for "
                                        "t in tags %} {{ t }}{% endfor %}")
                            ->render(person());
  EXPECT_EQ(rendered.text, "Hæ MÄRTHA,\nthanks a b");
  EXPECT_EQ(describe(rendered), "1:1 text [Hæ ]\n1:4 ticket.requester.name [MÄRTHA]\n1:40 text [,\n]\n2:1 "
                                "missing []\n2:14 text [thanks]\n"
                                "2:39 text [ ]\n2:40 t [a]\n2:39 text [ ]\n2:40 t [b]\n");
}

TEST(LiquidSourceMap, CoversEveryByteInOrder) {
  RenderOptions render;
  render.on_error = OnError::inline_;
  render.partials = [](std::string_view) { return std::optional<std::string>("<{{ x }}>"); };
  const auto rendered =
      Template::parse(
          "a{% render 'p', x: 1 %}{{ 1 | divided_by: 0 }}{% capture c %}zz{{ tags }}{% endcapture %}{{ c }}"
          "{% tablerow t in tags %}{{ t }}{% endtablerow %}{% cycle 'x' %}{% increment n %}{% raw %}{{{% "
          "endraw %}")
          ->render(person(), render);
  std::uint32_t at = 0;
  for (const auto& span : rendered.source_map) {
    EXPECT_EQ(span.begin, at);
    at = span.end;
  }
  EXPECT_EQ(at, rendered.text.size()) << rendered.text;
}

TEST(LiquidSourceMap, NamesThePartial) {
  RenderOptions render;
  render.partials = [](std::string_view) { return std::optional<std::string>("\n {{ who }}"); };
  const auto rendered = Template::parse("{% render 'block', who: 'me' %}", {.name = "mail.liquid"})
                            ->render(Value::hash(), render);
  ASSERT_EQ(rendered.source_map.size(), 2U);
  EXPECT_EQ(rendered.source_map[1].name(), "block");
  EXPECT_EQ(rendered.source_map[1].variable(), "who");
  EXPECT_EQ(rendered.source_map[1].position().line, 2U);
}

TEST(LiquidSourceMap, CanBeLeftOut) {
  RenderOptions render;
  render.source_map = false;
  EXPECT_TRUE(Template::parse("a{{ b }}")->render(Value::hash(), render).source_map.empty());
}

TEST(LiquidErrors, SayFileLineAndColumn) {
  const auto bad = Template::parse("one\ntwo {{ a b }}", {.name = "greeting.en.liquid"});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().kind, ErrorKind::usage);
  EXPECT_EQ(bad.error().message,
            "greeting.en.liquid:2:10: Expected end_of_string but found id in \"{{ a b }}\"");
  const auto rendered =
      Template::parse("\n\n  {{ 1 | divided_by: 0 }}", {.name = "x.liquid"})->render(Value::hash());
  ASSERT_EQ(rendered.errors.size(), 1U);
  EXPECT_EQ(rendered.errors[0].located(), "x.liquid:3:3: divided by 0");
  EXPECT_EQ(rendered.errors[0].text, "Liquid error (line 3): divided by 0");
}

TEST(LiquidErrors, StrictVariablesAndFilters) {
  RenderOptions render;
  render.strict_variables = render.strict_filters = true;
  render.on_error = OnError::inline_;
  const auto rendered =
      Template::parse("{{ ticket.requester.nam }}|{{ who }}|{{ tags | firstt }}|{{ tags | first }}")
          ->render(person(), render);
  EXPECT_EQ(rendered.text, "|||a");
  ASSERT_EQ(rendered.errors.size(), 3U);
  EXPECT_EQ(rendered.errors[0].message, "undefined variable nam");
  EXPECT_EQ(rendered.errors[1].message, "undefined variable who");
  EXPECT_EQ(rendered.errors[2].message, "undefined filter firstt");
  EXPECT_EQ(rendered.errors[2].position.column, 48U);
}

TEST(LiquidErrors, WarnModeRendersAndTells) {
  const auto parsed = Template::parse("{{ a b }}", {.mode = Mode::warn});
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->warnings().size(), 1U);
  EXPECT_EQ(parsed->warnings()[0].message, "Expected end_of_string but found id");
}

TEST(LiquidVariables, AreThoseFromOutside) {
  const auto parsed = Template::parse(
      "{% assign x = order.total | plus: tax %}{{ x }}{% for item in order.items %}{{ item.name }}{{ "
      "forloop.index }}"
      "{% endfor %}{{ ticket['id'] }}{{ list[0].a }}{{ list[x] }}{% if order.total > 3 %}{% endif %}");
  std::string all;
  for (const auto& use : parsed->variables())
    all += use.path + "@" + std::to_string(use.position.column) + " ";
  EXPECT_EQ(all, "order.total@15 tax@35 order.items@63 ticket.id@126 list[0].a@144 list[]@159 ");
}

class Lazy final : public Object {
 public:
  explicit Lazy(int& asked) : asked_(asked) {}
  Value get(std::string_view key) const override {
    ++asked_;
    return key == "id" ? Value(7) : Value::array({Value("one"), Value("two")});
  }
  bool has(std::string_view key) const override { return key == "id" || key == "comments"; }
  Value whole() const override { return Value("ticket 7"); }

 private:
  int& asked_;
};

TEST(LiquidObjects, AreAskedOnlyForWhatIsNamed) {
  int asked = 0;
  auto data = Value::hash();
  data.set("ticket", Value::object(std::make_unique<Lazy>(asked)));
  EXPECT_EQ(Template::parse("{% if false %}{{ ticket.id }}{% endif %}")->render(data).text, "");
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(
      Template::parse("{{ ticket.id }} {{ ticket.comments | last }} {{ ticket.none }} {{ ticket | upcase }}")
          ->render(data)
          .text,
      "7 two  TICKET 7");
  EXPECT_EQ(asked, 2);
}

TEST(LiquidValues, KeepInsertionOrder) {
  auto hash = Value::hash();
  for (int i = 40; i > 0; --i) hash.set("key" + std::to_string(i), Value(i));
  hash.set("key40", Value(0));
  EXPECT_EQ(hash.count(), 40);
  EXPECT_EQ(hash.as_hash().front().key.as_string(), "key40");
  EXPECT_EQ(hash.find("key40")->as_integer(), 0);
  EXPECT_EQ(hash.find("key1")->as_integer(), 1);
  EXPECT_EQ(hash.find("nothing"), nullptr);
  EXPECT_EQ(Value::hash({{"b", Value(1.0)}, {"a", Value()}}).text(), "{\"b\"=>1.0, \"a\"=>nil}");
}

} // namespace
} // namespace helpdesk::liquid
