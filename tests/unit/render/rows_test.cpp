#include "sample.hpp"

#include <gtest/gtest.h>

namespace helpdesk::render::test {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

std::vector<Column> columns() {
  std::vector<Column> list{column("number", "#", Align::right), column("subject", "Subject"),
                           column("waiting", "Waiting", Align::right), column("updated", "Updated")};
  list[1].flexible = true;
  Column hidden = column("key", "Key");
  hidden.shown = false;
  list.push_back(hidden);
  return list;
}
std::vector<Row> rows() {
  return {{Cell(12), Cell("Where is my order?"), Cell(Duration(hours(4))), Cell(at(k_monday - 3 * 3600)),
           Cell("a:b")},
          {Cell(7), Cell("Hello, \"friend\""), Cell(), Cell(at(k_monday)), Cell("c:d")}};
}

TEST(Rows, Csv) {
  EXPECT_EQ(text_of(columns(), rows(), options_of(Format::csv)),
            "number,subject,waiting,updated,key\n"
            "12,Where is my order?,14400,2026-01-05T05:00:00Z,a:b\n"
            "7,\"Hello, \"\"friend\"\"\",,2026-01-05T08:00:00Z,c:d\n");
}

TEST(Rows, TsvHasNoHeaderAndOnlyShownColumns) {
  EXPECT_EQ(text_of(columns(), rows(), options_of(Format::tsv)),
            "12\tWhere is my order?\t14400\t2026-01-05T05:00:00Z\n"
            "7\tHello, \"friend\"\t\t2026-01-05T08:00:00Z\n");
}

TEST(Rows, Json) {
  EXPECT_EQ(text_of(columns(), rows(), options_of(Format::json)),
            "[\n {\"number\":12,\"subject\":\"Where is my "
            "order?\",\"waiting\":14400,\"updated\":\"2026-01-05T05:00:00Z\",\"key\":\"a:b\"},\n"
            " {\"number\":7,\"subject\":\"Hello, "
            "\\\"friend\\\"\",\"waiting\":null,\"updated\":\"2026-01-05T08:00:00Z\",\"key\":\"c:d\"}\n]\n");
  EXPECT_EQ(text_of(columns(), {}, options_of(Format::json)), "[]\n");
  EXPECT_EQ(text_of(columns(), {}, options_of(Format::ndjson)), "");
}

TEST(Rows, FieldsChooseAndOrderColumns) {
  Options options = options_of(Format::ndjson);
  options.fields = {"key", "number"};
  EXPECT_EQ(text_of(columns(), rows(), options),
            "{\"key\":\"a:b\",\"number\":12}\n{\"key\":\"c:d\",\"number\":7}\n");
  options.fields = {"nubmer"};
  EXPECT_EQ(text_of(columns(), rows(), options),
            "error: unknown field \"nubmer\" (did you mean \"number\"?); --json list names the fields");
  EXPECT_EQ(text_of(columns(), {}, options),
            "error: unknown field \"nubmer\" (did you mean \"number\"?); --json list names the fields");
}

TEST(Rows, TableFitsTheWidth) {
  Options options = options_of(Format::table);
  options.width = 40;
  std::string wide = text_of(columns(), rows(), options);
  EXPECT_EQ(wide, " #  Subject            Waiting  Updated\n"
                  "12  Where is my orde…      4 h  3 h ago\n"
                  " 7  Hello, \"friend\"             just now\n");
  options.width = 0;
  EXPECT_NE(text_of(columns(), rows(), options).find("Where is my order?"), std::string::npos);
}

TEST(Rows, EmptyTableSaysSo) {
  EXPECT_EQ(text_of(columns(), {}, options_of(Format::table), "nobody waits"), "nobody waits\n");
  EXPECT_EQ(text_of(columns(), {}, options_of(Format::markdown), "nobody waits"), "nobody waits\n");
  EXPECT_EQ(text_of(columns(), {}, options_of(Format::tsv), "nobody waits"), "");
}

TEST(Rows, Markdown) {
  EXPECT_EQ(text_of({column("a", "A"), column("n", "N", Align::right)}, {{Cell("x|y"), Cell(1)}},
                    options_of(Format::markdown)),
            "| A | N |\n| --- | ---: |\n| x\\|y | 1 |\n");
}

TEST(Rows, NumbersStayNumbersInCsv) {
  EXPECT_EQ(text_of({column("a", "A"), column("b", "B"), column("c", "C"), column("d", "D")},
                    {{Cell(-5), Cell(-0.5), Cell(Duration(-milliseconds(1500))), Cell("-5")}},
                    options_of(Format::csv)),
            "a,b,c,d\n-5,-0.5,-1.5,'-5\n");
}

TEST(Rows, ShortRowsHaveEmptyCells) {
  EXPECT_EQ(text_of({column("a", "A"), column("b", "B")}, {{Cell(1)}}, options_of(Format::csv)), "a,b\n1,\n");
}

TEST(Rows, WriterErrorsComeBack) {
  auto writer = open_rows({column("a", "A")}, options_of(Format::csv),
                          [](std::string_view) { return failed("disk full"); });
  Result<void> result;
  for (int i = 0; i < 1'000'000 && result; ++i)
    result = writer->row({Cell("some text that fills the buffer")});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "disk full");
}

TEST(Rows, AMillionRowsNeedLittleMemory) {
  std::size_t bytes = 0;
  std::size_t largest = 0;
  auto writer =
      open_rows({column("a", "A"), column("b", "B")}, options_of(Format::csv), [&](std::string_view part) {
        bytes += part.size();
        largest = std::max(largest, part.size());
        return Result<void>();
      });
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(writer->row({Cell(i), Cell("text")}));
  ASSERT_TRUE(writer->finish());
  EXPECT_EQ(bytes, 4U + 100'000U * 6 + 488'890U);
  EXPECT_LT(largest, 300'000U);
}

TEST(ParseFormat, KnowsItsNamesAndSuggests) {
  EXPECT_EQ(parse_format("markdown").value(), Format::markdown);
  EXPECT_EQ(parse_format("table").value(), Format::table);
  EXPECT_EQ(parse_format("html").value(), Format::html);
  EXPECT_EQ(parse_format("jsn").error().message, "unknown format \"jsn\" (did you mean \"json\"?)");
  EXPECT_EQ(parse_format("jsn").error().kind, ErrorKind::usage);
}

} // namespace
} // namespace helpdesk::render::test
