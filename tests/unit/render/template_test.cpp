#include "base/text.hpp"
#include "sample.hpp"
#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

namespace helpdesk::render::test {
namespace {

std::vector<Column> columns() {
  return {column("number", "#"), column("subject", "Subject"), column("tags", "Tags"), column("at", "At")};
}
std::vector<Row> rows() {
  return {{Cell(4), Cell("Refund"), Cell(Value(List{Value("a"), Value("b")})), Cell(at(k_monday))},
          {Cell(5), Cell("Order"), Cell(Value(List{})), Cell()}};
}

TEST(Template, OnceARow) {
  Options options = options_of(Format::csv);
  options.template_text = "#{{ number }} {{ subject | upcase }} {{ tags | join: '+' }}";
  EXPECT_EQ(text_of(columns(), rows(), options), "#4 REFUND a+b\n#5 ORDER \n");
}

TEST(Template, LineEndsOfItsOwnStay) {
  Options options = options_of(Format::csv);
  options.template_text = "{{ number }}\n\n";
  EXPECT_EQ(text_of(columns(), rows(), options), "4\n\n5\n\n");
  options.template_text = "{% if number == 5 %}{{ number }}{% endif %}";
  EXPECT_EQ(text_of(columns(), rows(), options), "5\n");
}

TEST(Template, ErrorsNameTheirPlace) {
  Options options = options_of(Format::csv);
  options.template_text = "{% if %}";
  EXPECT_TRUE(text_of(columns(), rows(), options).starts_with("error: --render:1:"))
      << text_of(columns(), rows(), options);
  options.template_text = "{{ number | divided_by: 0 }}";
  EXPECT_EQ(text_of(columns(), rows(), options), "error: --render:1:1: divided by 0");
}

TEST(Template, TextFromOutsideIsNoTemplateAndDefused) {
  Options options = options_of(Format::csv);
  options.template_text = "{{ subject }}";
  EXPECT_EQ(text_of(columns(), {{Cell(1), Cell("{{ number }}")}}, options), "{{ number }}\n");
  options.terminal = true;
  for (const std::string& payload : payloads()) {
    std::string text = text_of(columns(), {{Cell(1), Cell(payload)}}, options);
    EXPECT_EQ(terminal::defuse(text, true), text) << payload;
  }
}

} // namespace
} // namespace helpdesk::render::test
