#include "sample.hpp"

#include <gtest/gtest.h>

namespace helpdesk::render::test {
namespace {

using std::chrono::hours;

Document sample() {
  Document document;
  document.kind = "digest";
  document.title = "Digest";
  document.as_of = at(k_monday);
  document.now = at(k_monday);
  document.warnings = {"shop has been quiet for 3 d"};
  Table waiting{"waiting",
                "Waiting",
                {column("number", "#", Align::right), column("subject", "Subject")},
                {},
                "nobody waits"};
  waiting.rows = {{Cell(4), Cell("Refund", Emphasis::bad)}};
  Table none{"none", "", {column("x", "X")}, {}, "nothing came"};
  document.sections.push_back({"who", "Who waits", {waiting, none}});
  document.sections.push_back(
      {"speed",
       "Speed",
       {Facts{"",
              {{column("median", "Median"), Cell(Duration(hours(3)), Emphasis::good, "3 h [2 h .. 4 h]")}}},
        Chart{"by_day", "By day", {{"Mon", 4, ""}, {"Tue", 2, "two"}, {"Wed", 0, ""}}},
        Paragraph{"Half of them waited less than this.", Emphasis::quiet, false, 0, "note"}}});
  return document;
}

TEST(Document, Text) {
  EXPECT_EQ(text_of(sample(), options_of(Format::table)), "Digest\n"
                                                          "as of 2026-01-05 08:00 (UTC)\n"
                                                          "! shop has been quiet for 3 d\n"
                                                          "\n"
                                                          "Who waits\n"
                                                          "Waiting\n"
                                                          "#  Subject\n"
                                                          "4  Refund\n"
                                                          "\n"
                                                          "nothing came\n"
                                                          "\n"
                                                          "Speed\n"
                                                          "Median  3 h [2 h .. 4 h]\n"
                                                          "\n"
                                                          "By day\n"
                                                          "Mon  ████████████████████████████████████████ 4\n"
                                                          "Tue  ████████████████████ two\n"
                                                          "Wed  0\n"
                                                          "\n"
                                                          "Half of them waited less than this.\n");
}

TEST(Document, ColoursAreOnTopOfTheText) {
  Options options = options_of(Format::table);
  options.color = true;
  std::string text = text_of(sample(), options);
  EXPECT_NE(text.find("\x1b[31mRefund\x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("\x1b[1mDigest\x1b[0m"), std::string::npos);
}

TEST(Document, Json) {
  EXPECT_EQ(text_of(sample(), options_of(Format::json)), R"({
  "kind": "digest",
  "as_of": "2026-01-05T08:00:00Z",
  "zone": "UTC",
  "warnings": [
    "shop has been quiet for 3 d"
  ],
  "who": {
    "waiting": [
      {
        "number": 4,
        "subject": "Refund"
      }
    ],
    "none": []
  },
  "speed": {
    "median": 10800,
    "by_day": [
      {
        "label": "Mon",
        "value": 4
      },
      {
        "label": "Tue",
        "value": 2
      },
      {
        "label": "Wed",
        "value": 0
      }
    ],
    "note": "Half of them waited less than this."
  }
}
)");
}

TEST(Document, OwnJsonWins) {
  Document document = sample();
  document.json = Value(Map{{"n", Value(3)}});
  EXPECT_EQ(text_of(document, options_of(Format::json)), "{\n  \"n\": 3\n}\n");
}

TEST(Document, JsonLinesNameTheirTable) {
  Document document = sample();
  EXPECT_EQ(text_of(document, options_of(Format::ndjson)),
            "{\"table\":\"waiting\",\"number\":4,\"subject\":\"Refund\"}\n");
  document.sections[0].blocks.pop_back();
  EXPECT_EQ(text_of(document, options_of(Format::ndjson)), "{\"number\":4,\"subject\":\"Refund\"}\n");
}

TEST(Document, CsvSeparatesTablesByAnEmptyLine) {
  EXPECT_EQ(text_of(sample(), options_of(Format::csv)),
            "number,subject\n4,Refund\n\nx\n\nkey,value\nmedian,10800\n");
}

TEST(Document, FieldsPickTables) {
  Options options = options_of(Format::csv);
  options.fields = {"subject"};
  EXPECT_EQ(text_of(sample(), options), "subject\nRefund\n");
  options.fields = {"subjct"};
  EXPECT_EQ(text_of(sample(), options),
            "error: unknown field \"subjct\" (did you mean \"subject\"?); --json list names the fields");
}

TEST(Document, Markdown) {
  std::string text = text_of(sample(), options_of(Format::markdown));
  EXPECT_NE(text.find("# Digest\n\nas of 2026-01-05 08:00 (UTC)\n\n> **Warning:** shop has been quiet for 3 "
                      "d\n\n## Who waits\n"),
            std::string::npos);
  EXPECT_NE(text.find("| \\# | Subject |\n| ---: | --- |\n| 4 | Refund |\n"), std::string::npos);
  EXPECT_NE(text.find("- **Median:** 3 h \\[2 h .. 4 h\\]\n"), std::string::npos);
  EXPECT_NE(text.find("| Mon | ████████████████████ | 4 |\n"), std::string::npos);
}

TEST(Document, MarkdownFenceIsLongerThanAnyInTheText) {
  Document document;
  document.sections.push_back({"", "", {Paragraph{"a\n````\nb", Emphasis::plain, true, 0, ""}}});
  EXPECT_EQ(text_of(document, options_of(Format::markdown)), "`````text\na\n````\nb\n`````\n");
}

TEST(Document, HtmlIsStandAlone) {
  std::string html = text_of(sample(), options_of(Format::html));
  EXPECT_TRUE(html.starts_with("<!doctype html>\n"));
  EXPECT_NE(html.find("prefers-color-scheme: dark"), std::string::npos);
  EXPECT_NE(html.find("width=device-width"), std::string::npos);
  EXPECT_NE(html.find("<td class=\"bad\" data-label=\"Subject\">Refund</td>"), std::string::npos);
  EXPECT_NE(html.find("<rect x=\"180\" y=\"0\" width=\"320\""), std::string::npos);
  EXPECT_EQ(html.find("http://"), std::string::npos);
  EXPECT_EQ(html.find("https://"), std::string::npos);
}

TEST(Document, BodiesKeepTheirLines) {
  Document document;
  document.sections.push_back({"", "", {Paragraph{"one\n\n  two", Emphasis::plain, true, 2, ""}}});
  EXPECT_EQ(text_of(document, options_of(Format::table)), "  one\n\n    two\n");
}

TEST(Document, BodiesWiderThanTheTerminalAreWrappedBetweenWords) {
  Document document;
  document.sections.push_back(
      {"", "", {Paragraph{"one two three four five six\nseven", Emphasis::plain, true, 2, ""}}});
  Options narrow = options_of(Format::table);
  narrow.width = 24;
  EXPECT_EQ(text_of(document, narrow), "  one two three four\n  five six\n  seven\n");
}

TEST(Document, QuietLinesStandUnderWhatTheyBelongTo) {
  Document document;
  document.sections.push_back(
      {"",
       "",
       {Paragraph{"who", Emphasis::strong}, Paragraph{"to whom", Emphasis::quiet},
        Paragraph{"body", Emphasis::plain, true, 2, ""}, Paragraph{"  attached", Emphasis::quiet},
        Paragraph{"then", Emphasis::quiet}, Paragraph{"and then", Emphasis::quiet}}});
  EXPECT_EQ(text_of(document, options_of(Format::table)),
            "who\nto whom\n\n  body\n\n  attached\n\nthen\nand then\n");
}

TEST(Document, FieldsPickFromItsOwnJson) {
  Document document;
  document.json = Map{{"number", 1}, {"subject", "a"}, {"status", "new"}};
  Options options = options_of(Format::json);
  options.fields = {"status", "number"};
  std::string text = text_of(document, options);
  EXPECT_LT(text.find("\"status\""), text.find("\"number\""));
  EXPECT_EQ(text.find("subject"), std::string::npos);
}

TEST(ToShown, FormsForPeople) {
  Column c = column("a", "A");
  Zone utc = Zone::utc();
  EXPECT_EQ(to_shown(Value(true), c, {}, utc), "yes");
  EXPECT_EQ(to_shown(Value(2.5), c, {}, utc), "2.5");
  EXPECT_EQ(to_shown(Value(2.0), c, {}, utc), "2");
  EXPECT_EQ(to_shown(Value(1.0 / 3), c, {}, utc), "0.333");
  EXPECT_EQ(to_shown(Value(List{Value("a"), Value(1)}), c, {}, utc), "a, 1");
  EXPECT_EQ(to_shown(Value(Map{{"k", Value("v")}}), c, {}, utc), "k: v");
  c.time_style = TimeStyle::minute;
  EXPECT_EQ(to_shown(Value(at(k_monday)), c, {}, utc), "2026-01-05 08:00");
  c.time_style = TimeStyle::day;
  EXPECT_EQ(to_shown(Value(at(k_monday)), c, {}, utc), "2026-01-05");
}

TEST(ToJson, EscapesAndMends) {
  Zone utc = Zone::utc();
  EXPECT_EQ(to_json(Value("a\"b\\c\n\x01\x1b é"), utc), "\"a\\\"b\\\\c\\n\\u0001\\u001b é\"");
  EXPECT_EQ(to_json(Value("\xff"), utc), "\"\xef\xbf\xbd\"");
  EXPECT_EQ(to_json(Value(1e300), utc), "1e+300");
  EXPECT_EQ(to_json(Value(std::numeric_limits<double>::infinity()), utc), "null");
  EXPECT_EQ(to_json(Value(Duration(1)), utc), "0.000001");
  EXPECT_EQ(to_json(Value(List{Value(), Value(false), Value(Map{})}), utc), "[null,false,{}]");
  auto oslo = Zone::load("Europe/Oslo");
  ASSERT_TRUE(oslo);
  EXPECT_EQ(to_json(Value(at(k_monday) + Duration(500'000)), *oslo), "\"2026-01-05T09:00:00.5+01:00\"");
}

} // namespace
} // namespace helpdesk::render::test
