// A document on a terminal or in a plain text mail.
#include "base/text.hpp"
#include "render/document_writers.hpp"
#include "render/selection.hpp"
#include "render/table_layout.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

namespace helpdesk::render {
namespace {

constexpr int k_default_width = 80; // of wrapped text and bars when the width is unlimited
constexpr int k_bar_width = 40;

class TextDocument {
 public:
  TextDocument(const Document& document, const Options& options, Output& output)
      : document_(document), options_(options), output_(output) {}

  Result<void> write() {
    head();
    for (const Section& section : document_.sections) {
      if (!section.title.empty()) {
        gap();
        line(section.title, Emphasis::strong);
        after_title_ = true;
      }
      for (const Block& block : section.blocks) {
        std::visit([&](const auto& b) { write_block(b); }, block);
        above_ = std::get_if<Paragraph>(&block);
        TRY(output_.row_done());
      }
    }
    return {};
  }

 private:
  const Document& document_;
  const Options& options_;
  Output& output_;
  bool anything_ = false;            // something stands above: a gap is due
  bool after_title_ = false;         // no gap between a title and its block
  const Paragraph* above_ = nullptr; // the block just written, if it was a paragraph

  int width() const { return options_.width > 0 ? options_.width : k_default_width; }

  void gap() {
    if (anything_ && !after_title_) output_ += "\n";
    after_title_ = false;
    anything_ = true;
  }

  void line(std::string_view text, Emphasis emphasis) {
    output_ += emphasised(terminal::defuse_line(text), emphasis, options_.color);
    output_ += "\n";
    anything_ = true;
  }

  void wrapped(std::string_view text, Emphasis emphasis, int indent, std::string_view first_prefix) {
    auto prefix = static_cast<int>(first_prefix.size());
    bool first = true;
    for (const std::string& part :
         terminal::wrap(terminal::defuse_line(text), std::max(20, width() - indent - prefix))) {
      output_.text().append(static_cast<std::size_t>(indent), ' ');
      output_ += emphasised(
          (std::exchange(first, false) ? std::string(first_prefix) : std::string(first_prefix.size(), ' ')) +
              part,
          emphasis, options_.color);
      output_ += "\n";
    }
    anything_ = true;
  }

  void head() {
    if (!document_.title.empty()) line(document_.title, Emphasis::strong);
    std::string as_of = as_of_line(document_);
    if (!as_of.empty()) line(as_of, Emphasis::quiet);
    for (const std::string& warning : document_.warnings) wrapped(warning, Emphasis::warn, 0, "! ");
  }

  void write_block(const Table& table) {
    if (select_columns(table.columns, options_.fields, Audience::people).empty()) return;
    if (table.rows.empty() && table.empty.empty()) return;
    gap();
    if (!table.title.empty()) line(table.title, Emphasis::strong);
    if (table.rows.empty())
      line(table.empty, Emphasis::quiet);
    else
      append_table(output_.text(), table.columns, table.rows, options_, document_.zone, document_.now);
  }

  // A quiet line belongs to the line above it: who a message went to, one event after another.
  bool belongs_above(const Paragraph& paragraph) const {
    return above_ && paragraph.emphasis == Emphasis::quiet && !paragraph.preformatted &&
           !above_->preformatted &&
           (above_->emphasis == Emphasis::quiet || above_->emphasis == Emphasis::strong) &&
           above_->text.starts_with(' ') == paragraph.text.starts_with(' ');
  }

  void write_block(const Paragraph& paragraph) {
    if (!belongs_above(paragraph)) gap();
    std::string text = terminal::defuse(paragraph.text);
    for (std::string_view part : split_lines(text)) {
      if (part.empty()) {
        output_ += "\n";
      } else if (paragraph.preformatted &&
                 (options_.width <= 0 || terminal::width(part) + paragraph.indent <= options_.width)) {
        output_.text().append(static_cast<std::size_t>(std::max(0, paragraph.indent)), ' ');
        output_ += emphasised(part, paragraph.emphasis, options_.color);
        output_ += "\n";
      } else {
        wrapped(part, paragraph.emphasis, std::max(0, paragraph.indent), "");
      }
    }
  }

  void write_block(const Facts& facts) {
    if (std::none_of(facts.rows.begin(), facts.rows.end(), [](const auto& row) { return row.first.shown; }))
      return;
    gap();
    int widest = 0;
    for (const auto& [column, cell] : facts.rows)
      if (column.shown) widest = std::max(widest, terminal::width(terminal::defuse_line(column.title)));
    for (const auto& [column, cell] : facts.rows) {
      if (!column.shown) continue;
      output_ += emphasised(terminal::pad(terminal::defuse_line(column.title), widest), Emphasis::quiet,
                            options_.color);
      output_ += "  ";
      bool first = true;
      std::string text = cell_text(cell, column, document_.now, document_.zone);
      if (text.empty())
        output_ += "\n";
      else
        for (const std::string& part : terminal::wrap(text, std::max(20, width() - widest - 2))) {
          if (!std::exchange(first, false)) output_.text().append(static_cast<std::size_t>(widest) + 2, ' ');
          output_ += emphasised(part, cell.emphasis, options_.color);
          output_ += "\n";
        }
    }
  }

  void write_block(const Chart& chart) {
    if (chart.bars.empty()) return;
    gap();
    if (!chart.title.empty()) line(chart.title, Emphasis::strong);
    int labels = 0;
    int values = 0;
    for (const Bar& bar : chart.bars) {
      labels = std::max(labels, terminal::width(terminal::defuse_line(bar.label)));
      values = std::max(values, terminal::width(terminal::defuse_line(bar_text(bar))));
    }
    labels = std::min(labels, std::max(8, width() / 3));
    int full = std::clamp(width() - labels - values - 4, 5, k_bar_width);
    double largest = largest_bar(chart);
    for (const Bar& bar : chart.bars) {
      output_ += terminal::pad(terminal::fit(terminal::defuse_line(bar.label), labels), labels) + "  ";
      std::string blocks;
      for (int i = bar_length(bar.value, largest, full); i > 0; --i) blocks += "█";
      output_ += terminal::paint(blocks, terminal::Color::blue, options_.color);
      output_ += (blocks.empty() ? "" : " ") + terminal::defuse_line(bar_text(bar)) + "\n";
    }
  }
};

} // namespace

Result<void> write_text(const Document& document, const Options& options, Output& output) {
  return TextDocument(document, options, output).write();
}

} // namespace helpdesk::render
