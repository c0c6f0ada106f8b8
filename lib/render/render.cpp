#include "render/render.hpp"

#include "render/document_writers.hpp"
#include "render/row_template.hpp"
#include "render/selection.hpp"
#include "render/text_form.hpp"

#include <algorithm>
#include <cmath>

namespace helpdesk::render {
namespace {

bool has_rows(const Document& document) {
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      if (std::holds_alternative<Table>(block)) return true;
  return false;
}

Result<void> check_document_fields(const Document& document, const Options& options) {
  if (options.fields.empty()) return {};
  std::vector<const std::vector<Column>*> columns;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      if (const auto* table = std::get_if<Table>(&block)) columns.push_back(&table->columns);
  return check_fields(columns, options.fields);
}

Result<void> write_document(const Document& document, const Options& options, Output& output) {
  if (!options.template_text.empty()) return write_templated(document, options, output);
  Format format = options.format;
  if (format == Format::automatic)
    format = options.terminal || !has_rows(document) ? Format::table : Format::tsv;
  switch (format) {
  case Format::automatic:
  case Format::table: return write_text(document, options, output);
  case Format::tsv:
  case Format::csv: {
    Options separated = options;
    separated.format = format;
    return write_separated(document, separated, output);
  }
  case Format::json: return write_json(document, options, output);
  case Format::ndjson: return write_json_lines(document, options, output);
  case Format::markdown: return write_markdown(document, options, output);
  case Format::html: return write_html(document, options, output);
  }
  return {};
}

} // namespace

Result<void> render(const Document& document, const Options& options, const Writer& writer) {
  if (!document.json || options.fields.empty()) TRY(check_document_fields(document, options));
  Output output(writer);
  TRY(write_document(document, options, output));
  return output.flush();
}

std::string as_of_line(const Document& document) {
  if (!document.as_of) return {};
  return "as of " + format_minute(*document.as_of, document.zone) + " (" + std::string(document.zone.name()) +
         ")";
}

std::vector<PlacedTable> tables_of(const Document& document, const Options& options) {
  std::vector<PlacedTable> tables;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table && !select_columns(table->columns, options.fields, Audience::machines).empty())
        tables.push_back({&section, table});
    }
  return tables;
}

int bar_length(double value, double largest, int full) {
  if (!(value > 0) || !(largest > 0) || !std::isfinite(value) || !std::isfinite(largest)) return 0;
  return std::clamp(static_cast<int>(std::lround(value / largest * full)), 1, full);
}

double largest_bar(const Chart& chart) {
  double largest = 0;
  for (const Bar& bar : chart.bars)
    if (std::isfinite(bar.value)) largest = std::max(largest, bar.value);
  return largest;
}

std::string bar_text(const Bar& bar) {
  return bar.shown.empty() ? to_shown(Value(bar.value), Column{}, Instant{}, Zone::utc()) : bar.shown;
}

Result<void> write_templated(const Document& document, const Options& options, Output& output) {
  RowTemplate row_template(options);
  for (const PlacedTable& placed : tables_of(document, options))
    for (const Row& row : placed.table->rows) {
      TRY(row_template.append(output.text(), placed.table->columns, row));
      TRY(output.row_done());
    }
  return {};
}

} // namespace helpdesk::render
