// The language by example: a template, what it prints. Data are the same for all, see data().
#include "liquid/filter_table.hpp"
#include "liquid/template.hpp"

#include <gtest/gtest.h>

namespace helpdesk::liquid {
namespace {

Value list(std::vector<Value> items) { return Value::array(std::move(items)); }
Value hash(std::vector<std::pair<std::string, Value>> entries) { return Value::hash(std::move(entries)); }

Value data() {
  return hash({
      {"n", Value(7)},
      {"x", Value(2.5)},
      {"s", Value("Hæ der")},
      {"empty_text", Value("")},
      {"yes", Value(true)},
      {"no", Value(false)},
      {"nothing", Value()},
      {"list", list({Value("b"), Value("a"), Value("c"), Value("a")})},
      {"numbers", list({Value(3), Value(1.5), Value(2)})},
      {"nested", list({Value(1), list({Value(2), list({Value(3)})})})},
      {"none", list({})},
      {"map", hash({{"first key", Value(1)}, {"b", Value("two")}})},
      {"people", list({hash({{"name", Value("Ola")}, {"age", Value(30)}, {"vip", Value(true)}}),
                       hash({{"name", Value("kari")}, {"age", Value(20)}}),
                       hash({{"name", Value("Bo")}, {"age", Value(25)}, {"vip", Value(false)}})})},
      {"html", Value("<p class=\"a\">A &amp; B</p><script>x<y</script><!-- c --> 'q'")},
      {"lines", Value("one\r\ntwo\nthree\n")},
      {"when", Value("2025-03-14T09:26:53Z")},
  });
}

struct Example {
  const char* text;
  const char* wanted; // or "!" and the message of the error
};

class LiquidLanguage : public testing::TestWithParam<Example> {};

std::string render(const char* text, Mode mode) {
  RenderOptions options;
  options.now = instant_of_seconds(1741944413);
  options.partials = [](std::string_view name) -> std::optional<std::string> {
    if (name == "card") return "[{{ card }}{{ x }}{% assign leaked = 1 %}{{ forloop.index }}]";
    if (name == "set") return "{% assign from_set = 'set' %}{% break %}";
    return std::nullopt;
  };
  const auto parsed = Template::parse_or_problem(text, {.mode = mode, .helpdesk_filters = true});
  if (!parsed) return "!" + parsed.error().message;
  auto rendered = parsed->render(data(), options);
  return rendered.errors.empty() ? rendered.text : "!" + rendered.errors[0].message;
}

TEST_P(LiquidLanguage, Prints) {
  EXPECT_EQ(render(GetParam().text, Mode::strict2), GetParam().wanted) << GetParam().text;
}

class LiquidLax : public testing::TestWithParam<Example> {};
TEST_P(LiquidLax, Prints) {
  EXPECT_EQ(render(GetParam().text, Mode::lax), GetParam().wanted) << GetParam().text;
}

constexpr Example k_values[] = {
    {"", ""},
    {"plain { text } %}", "plain { text } %}"},
    {"{{ n }}{{ x }}{{ s }}{{ yes }}{{ nothing }}", "72.5Hæ dertrue"},
    {"{{ 5.0 }} {{ -3 }} {{ 1.50 }} {{ 0.00001 }} {{ 12345678901234567.0 }}",
     "5.0 -3 1.5 1.0e-05 1.2345678901234568e+16"},
    {"{{ 'single' }}{{ \"double\" }}{{ 'with \"' }}", "singledoublewith \""},
    {"{{ list }}{{ nested }}", "baca123"},
    {"{{ map }}", "{\"first key\"=>1, \"b\"=>\"two\"}"},
    {"{{ map['first key'] }}{{ map.b }}{{ map[\"b\"] }}", "1twotwo"},
    {"{{ list[0] }}{{ list[-1] }}{{ list[9] }}{{ list.first }}{{ list.last }}{{ list.size }}", "baba4"},
    {"{{ people[1].name }}{{ people.first.age }}", "kari30"},
    {"{{ map.size }}{{ map.first }}{{ s.size }}", "2first key16"},
    {"{{ (1..4) }} {{ (1..4) | size }} {{ (n..9) | join: '' }}", "1..4 4 789"},
    {"{{ self.n }}{{ self['s'] }}", "7Hæ der"},
    {"{{ missing }}{{ missing.deep.er }}{{ n.deep }}", ""},
    {"{{ nil }}{{ true }}{{ empty }}{{ blank }}", "true"},
    {"{{ }}{{}}", ""},
    {"{{ list[n] }}{{ list[people[2].age] }}", ""},
    {"{{ people[0]['name'] }}", "Ola"},
    {"{{ n | plus: 1 | times: 2 }}", "16"},
};

constexpr Example k_white_space[] = {
    {"a {{- n -}} b", "a7b"},
    {"a {%- if true -%} x {%- endif -%} b", "axb"},
    {"a {{-}} b", "ab"},
    {"a {%- raw -%} x {%- endraw -%} b", "a x b"},
    {"a {%- comment -%} x {%- endcomment -%} b", "ab"},
    {"{% if true %}  {% assign a = 1 %} {% endif %}|{{ a }}", "|1"},
    {"{% for i in (1..3) %} {% endfor %}|", "|"},
    {"{% if true %} {{ '' }} {% endif %}|", "  |"},
    {"{% case 1 %} {% when 1 %} {% endcase %}|", "|"},
    {"\n{% assign a = 1 %}\n{{ a }}\n", "\n\n1\n"},
};

constexpr Example k_tags[] = {
    {"{% assign a = 'x' | append: 'y' %}{{ a }}", "xy"},
    {"{% capture a %}{{ n }}!{% endcapture %}{{ a }}{{ a }}", "7!7!"},
    {"{% increment c %}{% increment c %}{{ c }}{% decrement d %}{% decrement d %}", "012-1-2"},
    {"{% assign c = 9 %}{% increment c %}{{ c }}", "09"},
    {"{% echo n | plus: 1 %}", "8"},
    {"{% if yes %}a{% else %}b{% endif %}{% if no %}a{% else %}b{% endif %}{% if nothing %}a{% endif %}",
     "ab"},
    {"{% if n > 6 and n < 8 %}y{% endif %}{% if n == 7.0 %}y{% endif %}{% if 'a' < 'b' %}y{% endif %}",
     "yyy"},
    {"{% if true or false and false %}right{% endif %}{% if false and false or true %}left{% endif %}",
     "right"},
    {"{% if n == 1 %}a{% elsif n == 7 %}b{% else %}c{% endif %}", "b"},
    {"{% unless no %}a{% endunless %}{% unless yes %}b{% elsif n == 7 %}c{% else %}d{% endunless %}", "ac"},
    {"{% if list contains 'a' %}y{% endif %}{% if s contains 'der' %}y{% endif %}{% if map contains 'b' "
     "%}y{% endif %}",
     "yyy"},
    {"{% if nothing == blank %}a{% endif %}{% if nothing == empty %}b{% endif %}{% if none == empty %}c{% "
     "endif %}{% if ' ' == blank %}d{% endif %}",
     "acd"},
    {"{% if 0 %}a{% endif %}{% if '' %}b{% endif %}{% if none %}c{% endif %}", "abc"},
    {"{% if n <> 7 %}a{% endif %}{% if n != 7 %}b{% endif %}", ""},
    {"{% if nothing < 1 %}a{% else %}b{% endif %}", "b"},
    {"{% case n %}{% when 1, 2 %}a{% when 7 or 8 %}b{% when 7 %}c{% else %}d{% endcase %}", "bc"},
    {"{% case n %}{% when 1 %}a{% else %}b{% else %}c{% endcase %}", "bc"},
    {"{% for i in list %}{{ i }}{% endfor %}", "baca"},
    {"{% for i in list limit: 2 offset: 1 %}{{ i }}{% endfor %}|{% for i in list offset: continue %}{{ i "
     "}}{% endfor %}",
     "ac|a"},
    {"{% for i in (1..5) reversed limit: 2 %}{{ i }}{% endfor %}", "21"},
    {"{% for i in none %}{% else %}none{% endfor %}{% for i in nothing %}{% else %}nil{% endfor %}",
     "nonenil"},
    {"{% for p in map %}{{ p[0] }}={{ p[1] }};{% endfor %}", "first key=1;b=two;"},
    {"{% for c in 'abc' %}{{ c }}!{% endfor %}", "abc!"},
    {"{% for i in (1..5) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i "
     "}}{% endfor %}",
     "13"},
    {"{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ forloop.index0 }}{% if "
     "forloop.last %};{% endif %}{% endfor %}{% endfor %}",
     "1011;2021;"},
    {"{% for i in (1..3) %}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }} {% endfor %}{{ "
     "forloop }}",
     "32true 21false 10false "},
    {"{% for i in (1..4) %}{% cycle 'a', 'b' %}{% endfor %}{% cycle 'g': 1, 2 %}{% cycle 'g': 1, 2 %}",
     "abab12"},
    {"{% for i in list %}{% ifchanged %}{{ i | upcase }}{% endifchanged %}{% endfor %}", "BACA"},
    {"{% tablerow i in (1..3) cols: 2 %}{{ i }}{{ tablerowloop.col_last }}{% endtablerow %}",
     "<tr class=\"row1\">\n<td class=\"col1\">1false</td><td class=\"col2\">2true</td></tr>\n<tr "
     "class=\"row2\"><td class=\"col1\">3false</td></tr>\n"},
    {"{% raw %}{{ n }}{% if %}{% endraw %}", "{{ n }}{% if %}"},
    {"{% comment %}{% comment %}{{ {% endcomment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}x",
     "!'comment' tag was never closed"},
    {"{% comment %}a{% comment %}b{% endcomment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}x",
     "x"},
    {"{% # one\n   # two %}x{% doc %}{{ {% enddoc %}y", "xy"},
    {"{% liquid\n  assign a = 3\n  if a > 2\n    echo a\n  endif\n  # nothing\n  for i in (1..2)\n    echo "
     "i\n  endfor\n%}",
     "312"},
    {"{% render 'card' with s %}{{ leaked }}", "[Hæ der]"},
    {"{% render 'card', x: n %}", "[7]"},
    {"{% render 'card' for list as card %}", "[b1][a2][c3][a4]"},
    {"{% include 'card', x: 1 %}{{ leaked }}", "[1]1"},
    {"{% for i in (1..3) %}{{ i }}{% include 'set' %}{% endfor %}{{ from_set }}", "1set"},
    {"{% render 'absent' %}", "!Could not find asset absent"},
    {"{% include nothing %}", "!Argument error in tag 'include' - Illegal template name"},
};

constexpr Example k_text_filters[] = {
    {"{{ s | upcase }}{{ 'ÆØÅ ЖИ ß' | downcase }}{{ 'straße' | upcase }}{{ 'øL' | capitalize }}",
     "HÆ DERæøå жи ßSTRASSEØl"},
    {"[{{ '  a b ' | strip }}][{{ ' a ' | lstrip }}][{{ ' a ' | rstrip }}][{{ '  a \n  b ' | squish }}]",
     "[a b][a ][ a][a b]"},
    {"{{ s | append: '!' | prepend: '>' }}", ">Hæ der!"},
    {"{{ 'aXbX' | replace: 'X', '-' }}{{ 'aXbX' | replace_first: 'X', '-' }}{{ 'aXbX' | replace_last: 'X', "
     "'-' }}",
     "a-b-a-bXaXb-"},
    {"{{ 'aXbX' | remove: 'X' }}{{ 'aXbX' | remove_first: 'X' }}{{ 'aXbX' | remove_last: 'X' }}", "ababXaXb"},
    {"{{ 'æb' | replace: '', '.' }}", ".æ.b."},
    {"{{ s | truncate: 5 }}|{{ s | truncate: 5, '' }}|{{ s | truncate: 6 }}|{{ s | truncate: 1 }}",
     "Hæ...|Hæ de|Hæ der|..."},
    {"{{ 'one two  three' | truncatewords: 2 }}|{{ 'one two' | truncatewords: 2 }}|{{ 'a b' | truncatewords: "
     "1, '--' }}",
     "one two...|one two|a--"},
    {"{{ s | slice: 1 }}|{{ s | slice: 1, 3 }}|{{ s | slice: -3, 2 }}|{{ s | slice: 9 }}|{{ list | slice: 1, "
     "2 }}",
     "æ|æ d|de||ac"},
    {"{{ 'a,b,,c,,' | split: ',' | join: '-' }}|{{ ' a  b ' | split: ' ' | size }}|{{ 'æø' | split: '' | "
     "join: '.' }}",
     "a-b--c|2|æ.ø"},
    {"{{ html | escape }}", "&lt;p class=&quot;a&quot;&gt;A &amp;amp; "
                            "B&lt;/p&gt;&lt;script&gt;x&lt;y&lt;/script&gt;&lt;!-- c --&gt; &#39;q&#39;"},
    {"{{ '&amp; & <' | escape_once }}{{ '<' | h }}", "&amp; &amp; &lt;&lt;"},
    {"{{ html | strip_html }}", "A &amp; B 'q'"},
    {"{{ lines | strip_newlines }}|{{ lines | newline_to_br }}",
     "onetwothree|one<br />\ntwo<br />\nthree<br />\n"},
    {"{{ 'a b&ø' | url_encode }} {{ 'a+b%26%C3%B8' | url_decode }}", "a+b%26%C3%B8 a b&ø"},
    {"{{ 'Hæ~~~' | base64_encode }} {{ 'SMOmfn5+' | base64_decode }} {{ 'Hæ~~~' | base64_url_safe_encode }} "
     "{{ 'SMOmfn5-' | base64_url_safe_decode }}",
     "SMOmfn5+ Hæ~~~ SMOmfn5- Hæ~~~"},
    {"{{ 5 | base64_decode }}", "!invalid base64 provided to base64_decode"},
    {"{{ s | size }}{{ list | size }}{{ 42 | size }}{{ nothing | size }}", "6480"},
    {"{{ nothing | default: 'd' }}{{ no | default: 'd' }}{{ no | default: 'd', allow_false: true }}{{ '' | "
     "default: 'd' }}{{ 0 | default: 'd' }}",
     "ddfalsed0"},
    {"{{ nothing | upcase }}{{ n | append: n }}{{ x | append: '' }}", "772.5"},
    {"{{ 'x' | unknown_filter: 1 }}", "x"},
    {"{{ 'x' | append }}", "!wrong number of arguments (given 1, expected 2)"},
    {"{{ 'x' | truncate: 1, 2, 3 }}", "!wrong number of arguments (given 4, expected 1..3)"},
};

constexpr Example k_array_filters[] = {
    {"{{ list | join }}|{{ list | join: ', ' }}|{{ nested | join: '-' }}|{{ n | join }}",
     "b a c a|b, a, c, a|1-2-3|7"},
    {"{{ list | sort | join }}|{{ numbers | sort | join }}|{{ 'b,A,c' | split: ',' | sort_natural | join }}",
     "a a b c|1.5 2 3|A b c"},
    {"{{ people | sort: 'age' | map: 'name' | join }}|{{ people | sort_natural: 'name' | map: 'name' | join "
     "}}",
     "kari Bo Ola|Bo kari Ola"},
    {"{{ list | uniq | join }}|{{ list | reverse | join }}|{{ list | first }}{{ list | last }}",
     "b a c|a c a b|ba"},
    {"{{ people | where: 'vip' | map: 'name' | join }}|{{ people | where: 'age', 20 | map: 'name' | join "
     "}}|{{ people | reject: 'vip' | map: 'name' | join }}",
     "Ola|kari|kari Bo"},
    {"{{ people | has: 'vip', false }}{{ people | find_index: 'age', 25 }}{{ people | find: 'age', 25 | map: "
     "'name' | first }}",
     "true2Bo"},
    {"{{ people | map: 'vip' | compact | size }}{{ people | compact: 'vip' | size }}", "22"},
    {"{{ list | concat: numbers | join }}", "b a c a 3 1.5 2"},
    {"{{ list | concat: n }}", "!concat filter requires an array argument"},
    {"{{ numbers | sum }} {{ people | sum: 'age' }} {{ nested | sum }} {{ none | sum }}", "6.5 75 6 0"},
    {"{{ 'a,1' | split: ',' | concat: numbers | sort }}", "!cannot sort values of incompatible types"},
    {"{{ numbers | map: 'x' }}", "!cannot select the property 'x'"},
};

constexpr Example k_math_filters[] = {
    {"{{ 10.1 | minus: 2.2 }} {{ 0.1 | plus: 0.2 }} {{ 1.1 | times: 3 }} {{ 9 | divided_by: 2 }} {{ 9 | "
     "divided_by: 2.0 }}",
     "7.9 0.3 3.3 4 4.5"},
    {"{{ -9 | divided_by: 2 }} {{ -7 | modulo: 3 }} {{ 7.5 | modulo: 2 }} {{ 10 | divided_by: 3.0 }}",
     "-5 2 1.5 3.3333333333333335"},
    {"{{ 1.5 | round }} {{ 2.5 | round }} {{ -1.5 | round }} {{ 4.5612 | round: 2 }} {{ 1234 | round: -2 }} "
     "{{ 4 | round: 2 }}",
     "2 3 -2 4.56 1200 4"},
    {"{{ 1.2 | ceil }} {{ -1.2 | ceil }} {{ 1.8 | floor }} {{ -1.2 | floor }} {{ -3.5 | abs }} {{ '-7' | abs "
     "}}",
     "2 -1 1 -2 3.5 7"},
    {"{{ 5 | at_least: 7 }} {{ 5 | at_most: 3.5 }} {{ '12abc' | plus: '3' }} {{ 'x' | plus: 1 }} {{ '1.5' | "
     "times: 2 }}",
     "7 3.5 15 1 3.0"},
    {"{{ 1 | divided_by: 0 }}", "!divided by 0"},
    {"{{ 1 | modulo: 0 }}", "!divided by 0"},
    {"{{ 49.956 | round: 2 }} {{ 100 | times: 1.1 }} {{ 19.99 | times: 3 }}", "49.96 110.0 59.97"},
};

constexpr Example k_dates[] = {
    {"{{ when | date: '%e %B %Y' }}|{{ when | date: '%-d.%-m.%y %H:%M:%S' }}|{{ when | date: '%^b %a %j' }}",
     "14 March 2025|14.3.25 09:26:53|MAR Fri 073"},
    {"{{ 'now' | date: '%F %T' }} {{ 'Today' | date: '%s' }} {{ 0 | date: '%Y' }} {{ '1741944413' | date: "
     "'%R' }}",
     "2025-03-14 09:26:53 1741944413 1970 09:26"},
    {"{{ 'March 14, 2016' | date: '%F' }} {{ '14 Mar 2016 3pm' | date: '%F %H' }} {{ 'Fri Jul 16 01:00:00 "
     "2004' | date: '%F %T' }}",
     "2016-03-14 2016-03-14 15 2004-07-16 01:00:00"},
    {"{{ '2020-06-15 14:30:00 -0400' | date: '%z %:z %s' }} {{ '15.6.2020' | date: '%F' }} {{ '15/6/2020' | "
     "date: '%F' }}",
     "-0400 -04:00 1592245800 2020-06-15 2020-06-15"},
    {"{{ '20200615T143000Z' | date: '%c' }} {{ '2020-06-15T14:30:00.25+02:00' | date: '%T.%L %Z%z' }}",
     "Mon Jun 15 14:30:00 2020 14:30:00.250 +0200"},
    {"{{ 'not a date' | date: '%F' }} {{ '2020-13-01' | date: '%F' }} {{ '2021-02-29' | date: '%F' }} {{ "
     "nothing | date: '%F' }}",
     "not a date 2020-13-01 2021-02-29 "},
    {"{{ when | date: '' }} {{ when | date: 'plain' }} {{ when | date: '%Q %' }}",
     "2025-03-14T09:26:53Z plain %Q %"},
    {"{{ '2020-01-05' | date: '%U %W %V %G %g %u %w %C %y' }}", "01 00 01 2020 20 7 0 20 20"},
    {"{{ when | date: '%10d|%_5m|%05e|%-H|%l|%I %p %P' }}", "0000000014|    3|00014|9| 9|09 AM am"},
};

constexpr Example k_desk[] = {
    {"{{ nothing | fallback: 'there' }}{{ ' ' | fallback: 'x' }}{{ s | fallback: 'y' }}", "therexHæ der"},
    {"{{ when | datetime_format: 'MMM Do YY' }}|{{ when | datetime_format: 'dddd, D.M.YYYY [at] HH:mm' }}",
     "Mar 14th 25|Friday, 14.3.2025 at 09:26"},
    {"{{ map | json }} {{ list | json }} {{ 'a\"b' | json }} {{ x | json }} {{ nothing | json }}",
     "{\"first key\":1,\"b\":\"two\"} [\"b\",\"a\",\"c\",\"a\"] \"a\\\"b\" 2.5 null"},
    {"{{ 1234.5 | money: 'EUR' }} {{ -3 | money: 'usd' }} {{ 1234567 | money }} {{ 5 | money: 'NOK' }} {{ "
     "'9.999' | money: 'JPY' }}",
     "€1,234.50 -$3.00 1,234,567.00 kr\u00A0"
     "5.00 ¥10"},
    {"{{ lines | quote }}|{{ '> a' | quote }}", "> one\n> two\n> three|>> a"},
    {"{{ 'Martha Olsen' | first_name }} {{ 'Olsen, Kari Anne' | first_name }} {{ 'Dr. Bo Li' | first_name }} "
     "{{ '' | first_name }}",
     "Martha Kari Bo "},
};

constexpr Example k_syntax[] = {
    {"{{ a b }}", "!Expected end_of_string but found id in \"{{ a b }}\""},
    {"{{ a | }}", "!Expected id but found end_of_string in \"{{ a | }}\""},
    {"{{ a.1 }}", "!Expected id but found number in \"{{ a.1 }}\""},
    {"{{ 'a }}", "!Unexpected character ' in \"{{ 'a }}\""},
    {"{{ å }}", "!Unexpected character å in \"{{ å }}\""},
    {"{{ ['a'] }}", "!Bare bracket access is not allowed. Use self['...'] instead in \"{{ ['a'] }}\""},
    {"{{ a", "!Variable '{{' was not properly terminated with regexp: /\\}\\}/"},
    {"{% if a", "!Tag '{%' was not properly terminated with regexp: /\\%\\}/"},
    {"{% if a %}", "!'if' tag was never closed"},
    {"{% if a %}{% endfor %}", "!'endfor' is not a valid delimiter for if tags. use endif"},
    {"{% for a in b %}{% elsif c %}", "!Unknown tag 'elsif'"},
    {"{% capture a %}{% else %}", "!capture tag does not expect 'else' tag"},
    {"{% else %}", "!Unexpected outer 'else' tag"},
    {"{% what %}", "!Unknown tag 'what'"},
    {"{% assign a 1 %}", "!Syntax Error in 'assign' - Valid syntax: assign [var] = [source]"},
    {"{% for a b %}{% endfor %}", "!For loops require an 'in' clause in \"a b\""},
    {"{% render a %}", "!Expected string but found id in \"a\""},
    {"{% liquid\nendif %}", "!'endif' is not a valid delimiter for liquid tags. use %}"},
    {"{% if 1 = 2 %}{% endif %}", "!Unexpected character = in \"1 = 2\""},
    {"{% if '2' > 1 %}x{% endif %}", "!comparison of String with 1 failed"},
};

constexpr Example k_lax[] = {
    {"{{ a b }}{{ n extra }}", "7"},
    {"{{ people[0]name }}{{ people..first.name }}{{ @n }}", "OlaOla7"},
    {"{{ n | plus 1 | plus: 1 }}", "!wrong number of arguments (given 1, expected 2)"},
    {"{{ n | plus: 1 2 }}", "8"},
    {"{% assign a = 'x' y %}{{ a }}", "x"},
    {"{% for i in list limit:2 junk %}{{ i }}{% endfor %}", "ba"},
    {"{% if n == 7 junk %}y{% endif %}", "y"},
    {"{% if n & 1 %}y{% endif %}", "y"},
    {"{% if n = 7 %}y{% endif %}", "!Unknown operator ="},
    {"{% case n extra %}{% when 7 | 8 %}y{% endcase %}", "y"},
    {"{% cycle 'a' 'b' %}{% include 'card' with s junk %}", "a[Hæ der2.5]"},
    {"{{ - 'a' - }}", ""},
    {"{% what %}", "!Unknown tag 'what'"},
};

INSTANTIATE_TEST_SUITE_P(Values, LiquidLanguage, testing::ValuesIn(k_values));
INSTANTIATE_TEST_SUITE_P(WhiteSpace, LiquidLanguage, testing::ValuesIn(k_white_space));
INSTANTIATE_TEST_SUITE_P(Tags, LiquidLanguage, testing::ValuesIn(k_tags));
INSTANTIATE_TEST_SUITE_P(TextFilters, LiquidLanguage, testing::ValuesIn(k_text_filters));
INSTANTIATE_TEST_SUITE_P(ArrayFilters, LiquidLanguage, testing::ValuesIn(k_array_filters));
INSTANTIATE_TEST_SUITE_P(MathFilters, LiquidLanguage, testing::ValuesIn(k_math_filters));
INSTANTIATE_TEST_SUITE_P(Dates, LiquidLanguage, testing::ValuesIn(k_dates));
INSTANTIATE_TEST_SUITE_P(Desk, LiquidLanguage, testing::ValuesIn(k_desk));
INSTANTIATE_TEST_SUITE_P(Syntax, LiquidLanguage, testing::ValuesIn(k_syntax));
INSTANTIATE_TEST_SUITE_P(All, LiquidLax, testing::ValuesIn(k_lax));

TEST(LiquidFilters, AreSixtyAndTheDesksAreKeptApart) {
  EXPECT_EQ(filter_names(false).size(), 61U); // with the alias h
  for (const auto name : filter_names(false)) EXPECT_NE(find_filter(name, false), nullptr) << name;
  for (const auto* name : {"fallback", "datetime_format", "json", "money", "quote", "first_name"}) {
    EXPECT_EQ(find_filter(name, false), nullptr) << name;
    EXPECT_NE(find_filter(name, true), nullptr) << name;
  }
}

TEST(LiquidDates, SpeakTheLanguageAndKnowTheZone) {
  RenderOptions options;
  options.language = "ru";
  options.zone = *Zone::load("Europe/Oslo");
  const auto text = [&](const char* source) {
    return Template::parse(source, {.helpdesk_filters = true})->render(data(), options).text;
  };
  EXPECT_EQ(text("{{ 1742299200 | date: '%A, %-d %B %H:%M' }} {{ 1742299200 | date: '%B' }}"),
            "вторник, 18 марта 13:00 март");
  EXPECT_EQ(text("{{ 1234.5 | money: 'RUB' }}"), "1\u00A0"
                                                 "234,50\u00A0₽");
  options.language = "nb-NO";
  EXPECT_EQ(text("{{ '2025-07-01' | date: '%A %e. %B' | strip }} {{ '2025-07-01 12:00' | date: '%z' }}"),
            "tirsdag  1. juli +0200");
  options.language = "xx";
  EXPECT_EQ(text("{{ '2025-07-01' | date: '%B' }}"), "July");
}

} // namespace
} // namespace helpdesk::liquid
