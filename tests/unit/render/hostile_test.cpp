// One generic test a renderer: every payload in every place a document has, so that a new field cannot escape
// it.
#include "base/text.hpp"
#include "sample.hpp"
#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

namespace helpdesk::render::test {
namespace {

Document document_of(const std::string& text) {
  Document document;
  document.kind = text;
  document.title = text;
  document.as_of = at(k_monday);
  document.now = at(k_monday);
  document.warnings = {text};
  Column plain = column("plain", text);
  Column flexible = column(text, text);
  flexible.flexible = true;
  Table table{text, text, {plain, flexible}, {}, text};
  table.rows.push_back({Cell(text, Emphasis::bad), Cell(Value(1), Emphasis::plain, text)});
  table.rows.push_back({Cell(Value(List{Value(text)})), Cell(Value(Map{{text, Value(text)}}))});
  Table empty{"", text, {plain}, {}, text};
  Facts facts{text, {{column(text, text), Cell(text, Emphasis::strong)}}};
  Chart chart{text, text, {{text, 2, text}, {"b", 1, ""}}};
  Paragraph paragraph{text, Emphasis::quiet, false, 2, "p"};
  Paragraph pre{text, Emphasis::plain, true, 0, ""};
  document.sections.push_back({text, text, {table, empty, facts, chart, paragraph, pre}});
  return document;
}

Options terminal_options(Format format) {
  Options options = options_of(format);
  options.terminal = true;
  options.color = false;
  options.width = 60;
  return options;
}

// Nothing but text and line ends: what the terminal module lets through unchanged.
void expect_harmless(const std::string& text, const std::string& payload) {
  EXPECT_TRUE(is_valid_utf8(text)) << payload;
  for (char c : text)
    EXPECT_FALSE((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) << payload;
  EXPECT_EQ(terminal::defuse(text, true), text) << payload;
}

class EveryFormat : public ::testing::TestWithParam<Format> {};

TEST_P(EveryFormat, TerminalGetsNoControlCharacter) {
  for (const std::string& payload : payloads()) {
    expect_harmless(text_of(document_of(payload), terminal_options(GetParam())), payload);
    std::vector<Column> columns{column("a", payload), column(payload, "b")};
    expect_harmless(text_of(columns, {{Cell(payload), Cell(Value(1), Emphasis::bad, payload)}},
                            terminal_options(GetParam()), payload),
                    payload);
    expect_harmless(text_of(columns, {}, terminal_options(GetParam()), payload), payload);
  }
}

// Separated text is passed on byte by byte in a pipe; every other format mends what is not UTF-8.
TEST(Hostile, OutputIsUtf8InAPipe) {
  for (Format format : {Format::table, Format::json, Format::ndjson, Format::markdown, Format::html})
    for (const std::string& payload : payloads())
      EXPECT_TRUE(is_valid_utf8(text_of(document_of(payload), options_of(format)))) << payload;
}

INSTANTIATE_TEST_SUITE_P(All, EveryFormat,
                         ::testing::Values(Format::table, Format::tsv, Format::csv, Format::json,
                                           Format::ndjson, Format::markdown, Format::html));

TEST(Hostile, ColouredTableHoldsOnlyOurOwnSequences) {
  for (const std::string& payload : payloads()) {
    Options options = terminal_options(Format::table);
    options.color = true;
    std::string text = text_of(document_of(payload), options);
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b', at + 1)) {
      std::size_t end = text.find('m', at);
      ASSERT_NE(end, std::string::npos) << payload;
      EXPECT_EQ(text.substr(at + 2, end - at - 2).find_first_not_of("0123456789;"), std::string::npos)
          << payload;
    }
  }
}

// Every tag of the page is one that the renderer writes, with attributes that it writes.
TEST(Hostile, HtmlHoldsNoTagFromOutside) {
  std::string harmless = text_of(document_of("harmless"), options_of(Format::html));
  auto tags = [](const std::string& html) {
    std::vector<std::string> names;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
      std::size_t end = html.find_first_of(" >", at);
      std::string name = html.substr(at, end - at);
      if (name != "<br" && name != "<p" && name != "</p")
        names.push_back(name); // their number depends on line ends
    }
    return names;
  };
  auto expected = tags(harmless);
  for (const std::string& payload : payloads()) {
    std::string html = text_of(document_of(payload), options_of(Format::html));
    EXPECT_EQ(tags(html), expected) << payload;
    EXPECT_EQ(html.find("<script"), std::string::npos) << payload;
    EXPECT_EQ(html.find("<img"), std::string::npos) << payload;
    EXPECT_EQ(html.find("href"),
              payload.find("href") == std::string::npos ? std::string::npos : html.find("href"));
  }
  EXPECT_NE(
      harmless.find("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\""),
      std::string::npos);
}

TEST(Hostile, HtmlAttributesAreNotLeft) {
  for (const std::string& payload : payloads()) {
    std::string html = text_of(document_of(payload), options_of(Format::html));
    for (std::size_t at = html.find("data-label=\""); at != std::string::npos;
         at = html.find("data-label=\"", at + 1)) {
      std::size_t end = html.find('"', at + 12);
      ASSERT_NE(end, std::string::npos);
      EXPECT_EQ(html[end + 1], '>') << payload;
    }
  }
}

// A reader of RFC 4180: the cells as a spreadsheet sees them.
std::vector<std::string> csv_cells(std::string_view text) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"')
        cells.back() += text[++i];
      else if (c == '"')
        quoted = false;
      else
        cells.back() += c;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

TEST(Hostile, CsvCellsAreNoFormulas) {
  for (const std::string& payload : payloads()) {
    std::vector<Column> columns{column("a", "A"), column("b", "B")};
    std::string csv = text_of(columns, {{Cell(payload), Cell("after")}}, options_of(Format::csv));
    auto cells = csv_cells(csv);
    ASSERT_EQ(cells.size(), 5U) << payload; // two names, two cells, the end
    EXPECT_EQ(cells[3], "after");
    std::size_t first = cells[2].find_first_not_of(" ");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(std::string("=+-@\t\r\n").find(cells[2][first]), std::string::npos) << payload;
    EXPECT_TRUE(cells[2] == payload || cells[2] == "'" + payload) << payload;
  }
}

TEST(Hostile, RawCsvRoundTripsEveryByte) {
  Options options = options_of(Format::csv);
  options.raw_csv = true;
  for (const std::string& payload : payloads()) {
    auto cells =
        csv_cells(text_of({column("a", "A"), column("b", "B")}, {{Cell(payload), Cell("after")}}, options));
    ASSERT_EQ(cells.size(), 5U) << payload;
    EXPECT_EQ(cells[2], payload);
  }
}

TEST(Hostile, TsvStaysOneLineWithAllItsColumns) {
  for (const std::string& payload : payloads()) {
    std::string tsv = text_of({column("a", "A"), column("b", "B")}, {{Cell(payload), Cell("after")}},
                              options_of(Format::tsv));
    EXPECT_EQ(std::count(tsv.begin(), tsv.end(), '\n'), 1) << payload;
    EXPECT_EQ(std::count(tsv.begin(), tsv.end(), '\t'), 1) << payload;
    for (char c : tsv)
      EXPECT_FALSE((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) << payload;
  }
}

TEST(Hostile, MarkdownHasNoHtmlNoLinksAndWholeTables) {
  for (const std::string& payload : payloads()) {
    std::string markdown = text_of({column("a", "A"), column("b", "B")}, {{Cell(payload), Cell("after")}},
                                   options_of(Format::markdown));
    EXPECT_EQ(std::count(markdown.begin(), markdown.end(), '\n'), 3) << payload;
    EXPECT_EQ(markdown.find('<'), std::string::npos) << payload;
    for (std::size_t at = markdown.find("]("); at != std::string::npos; at = markdown.find("](", at + 1))
      EXPECT_EQ(markdown[at - 1], '\\') << payload;
    std::size_t bars = 0;
    std::string last = markdown.substr(markdown.rfind('\n', markdown.size() - 2) + 1);
    for (std::size_t i = 0; i < last.size(); ++i)
      if (last[i] == '|' && (i == 0 || last[i - 1] != '\\')) ++bars;
    EXPECT_EQ(bars, 3U) << payload;
  }
}

} // namespace
} // namespace helpdesk::render::test
