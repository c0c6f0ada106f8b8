#include "base/text.hpp"
#include "render/document_writers.hpp"
#include "render/rows.hpp"
#include "render/table_layout.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <string>

namespace helpdesk::render {
namespace {

constexpr int k_bar_height = 18;
constexpr int k_bar_step = 24;
constexpr int k_bar_left = 180;
constexpr int k_bar_width = 320;

std::string_view class_name(Emphasis emphasis) {
  switch (emphasis) {
  case Emphasis::plain: return "";
  case Emphasis::strong: return "strong";
  case Emphasis::quiet: return "quiet";
  case Emphasis::good: return "good";
  case Emphasis::warn: return "warn";
  case Emphasis::bad: return "bad";
  }
  return "";
}

std::string open_tag(std::string_view tag, Emphasis emphasis) {
  std::string out = "<" + std::string(tag);
  if (emphasis != Emphasis::plain) out += " class=\"" + std::string(class_name(emphasis)) + "\"";
  return out + ">";
}

class HtmlDocument {
 public:
  HtmlDocument(const Document& document, const Options& options, Output& output)
      : document_(document), options_(options), output_(output) {}

  Result<void> write() {
    append_html_start(output_.text(), document_.title);
    if (!document_.title.empty()) output_ += "<h1>" + html_line(document_.title) + "</h1>\n";
    std::string as_of = as_of_line(document_);
    if (!as_of.empty()) output_ += "<p class=\"quiet\">" + html_line(as_of) + "</p>\n";
    for (const std::string& warning : document_.warnings)
      output_ += "<p class=\"notice warn\">" + html_line(warning) + "</p>\n";
    for (const Section& section : document_.sections) {
      output_ += "<section>\n";
      if (!section.title.empty()) output_ += "<h2>" + html_line(section.title) + "</h2>\n";
      for (const Block& block : section.blocks)
        TRY(std::visit([&](const auto& b) { return write_block(b); }, block));
      output_ += "</section>\n";
    }
    append_html_end(output_.text());
    return {};
  }

 private:
  const Document& document_;
  const Options& options_;
  Output& output_;

  Result<void> write_block(const Table& table) {
    Selection selection = select_columns(table.columns, options_.fields, Audience::people);
    if (selection.empty() || (table.rows.empty() && table.empty.empty())) return {};
    if (!table.title.empty()) output_ += "<h3>" + html_line(table.title) + "</h3>\n";
    if (table.rows.empty()) {
      output_ += "<p class=\"quiet\">" + html_line(table.empty) + "</p>\n";
      return {};
    }
    append_html_header(output_.text(), table.columns, selection);
    for (const Row& row : table.rows) {
      append_html_row(output_.text(), table.columns, selection, row, document_.now, document_.zone);
      TRY(output_.row_done());
    }
    output_ += "</tbody>\n</table>\n";
    return {};
  }

  Result<void> write_block(const Paragraph& paragraph) {
    std::string text = terminal::defuse(paragraph.text);
    if (paragraph.preformatted) {
      output_ += open_tag("pre", paragraph.emphasis) + escape_html(text) + "</pre>\n";
      return output_.row_done();
    }
    bool open = false;
    for (std::string_view part : split_lines(text)) { // an empty line starts a paragraph
      if (part.empty()) {
        if (std::exchange(open, false)) output_ += "</p>\n";
        continue;
      }
      output_ += std::exchange(open, true) ? "<br>\n" : open_tag("p", paragraph.emphasis);
      output_ += escape_html(part);
    }
    if (open) output_ += "</p>\n";
    return output_.row_done();
  }

  Result<void> write_block(const Facts& facts) {
    output_ += "<dl>\n";
    for (const auto& [column, cell] : facts.rows) {
      if (!column.shown) continue;
      output_ += "<dt>" + html_line(column.title) + "</dt>" + open_tag("dd", cell.emphasis) +
                 escape_html(cell_text(cell, column, document_.now, document_.zone)) + "</dd>\n";
    }
    output_ += "</dl>\n";
    return {};
  }

  Result<void> write_block(const Chart& chart) {
    if (chart.bars.empty()) return {};
    if (!chart.title.empty()) output_ += "<h3>" + html_line(chart.title) + "</h3>\n";
    double largest = largest_bar(chart);
    auto height = static_cast<int>(chart.bars.size()) * k_bar_step;
    output_ += "<svg role=\"img\" aria-label=\"" + html_line(chart.title) + "\" viewBox=\"0 0 " +
               std::to_string(k_bar_left + k_bar_width + 120) + " " + std::to_string(height) + "\">\n";
    int y = 0;
    for (const Bar& bar : chart.bars) {
      int length = bar_length(bar.value, largest, k_bar_width);
      std::string middle = std::to_string(y + k_bar_height - 4);
      output_ += "<text x=\"" + std::to_string(k_bar_left - 8) + "\" y=\"" + middle +
                 "\" text-anchor=\"end\">" +
                 escape_html(terminal::fit(terminal::defuse_line(bar.label), 26)) + "</text>";
      output_ += "<rect x=\"" + std::to_string(k_bar_left) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
                 std::to_string(length) + "\" height=\"" + std::to_string(k_bar_height) + "\"/>";
      output_ += "<text x=\"" + std::to_string(k_bar_left + length + 6) + "\" y=\"" + middle + "\">" +
                 html_line(bar_text(bar)) + "</text>\n";
      y += k_bar_step;
    }
    output_ += "</svg>\n";
    return {};
  }
};

} // namespace

Result<void> write_html(const Document& document, const Options& options, Output& output) {
  return HtmlDocument(document, options, output).write();
}

} // namespace helpdesk::render
