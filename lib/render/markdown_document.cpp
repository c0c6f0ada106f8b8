#include "base/text.hpp"
#include "render/document_writers.hpp"
#include "render/rows.hpp"
#include "render/table_layout.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

namespace helpdesk::render {
namespace {

constexpr int k_bar_width = 20;

// A fence longer than any run of back-ticks in the text.
std::string fence_for(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

class MarkdownDocument {
 public:
  MarkdownDocument(const Document& document, const Options& options, Output& output)
      : document_(document), options_(options), output_(output) {}

  Result<void> write() {
    if (!document_.title.empty()) paragraph("# " + markdown_line(document_.title));
    std::string as_of = as_of_line(document_);
    if (!as_of.empty()) paragraph(markdown_line(as_of));
    for (const std::string& warning : document_.warnings)
      paragraph("> **Warning:** " + markdown_line(warning));
    for (const Section& section : document_.sections) {
      if (!section.title.empty()) paragraph("## " + markdown_line(section.title));
      for (const Block& block : section.blocks)
        TRY(std::visit([&](const auto& b) { return write_block(b); }, block));
    }
    return {};
  }

 private:
  const Document& document_;
  const Options& options_;
  Output& output_;
  bool anything_ = false;

  void gap() {
    if (std::exchange(anything_, true)) output_ += "\n";
  }
  void paragraph(std::string_view text) {
    gap();
    output_ += text;
    output_ += "\n";
  }

  Result<void> write_block(const Table& table) {
    Selection selection = select_columns(table.columns, options_.fields, Audience::people);
    if (selection.empty() || (table.rows.empty() && table.empty.empty())) return {};
    if (!table.title.empty()) paragraph("### " + markdown_line(table.title));
    if (table.rows.empty()) {
      paragraph(markdown_line(table.empty));
      return {};
    }
    gap();
    append_markdown_header(output_.text(), table.columns, selection);
    for (const Row& row : table.rows) {
      append_markdown_row(output_.text(), table.columns, selection, row, document_.now, document_.zone);
      TRY(output_.row_done());
    }
    return {};
  }

  Result<void> write_block(const Paragraph& p) {
    std::string text = terminal::defuse(p.text);
    if (p.preformatted) {
      std::string fence = fence_for(text);
      paragraph(fence + "text\n" + text + (text.ends_with('\n') ? "" : "\n") + fence);
    } else {
      paragraph(escape_markdown(trim(text)));
    }
    return output_.row_done();
  }

  Result<void> write_block(const Facts& facts) {
    if (std::none_of(facts.rows.begin(), facts.rows.end(), [](const auto& row) { return row.first.shown; }))
      return {};
    gap();
    for (const auto& [column, cell] : facts.rows) {
      if (!column.shown) continue;
      output_ += "- **" + markdown_line(column.title) + ":** " +
                 escape_markdown(cell_text(cell, column, document_.now, document_.zone)) + "\n";
    }
    return {};
  }

  Result<void> write_block(const Chart& chart) {
    if (chart.bars.empty()) return {};
    if (!chart.title.empty()) paragraph("### " + markdown_line(chart.title));
    gap();
    output_ += "| | | |\n| --- | --- | ---: |\n";
    double largest = largest_bar(chart);
    for (const Bar& bar : chart.bars) {
      std::string blocks;
      for (int i = bar_length(bar.value, largest, k_bar_width); i > 0; --i) blocks += "█";
      output_ +=
          "| " + markdown_line(bar.label) + " | " + blocks + " | " + markdown_line(bar_text(bar)) + " |\n";
    }
    return {};
  }
};

} // namespace

Result<void> write_markdown(const Document& document, const Options& options, Output& output) {
  return MarkdownDocument(document, options, output).write();
}

} // namespace helpdesk::render
