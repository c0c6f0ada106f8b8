// TSV and CSV: the rows of a document's tables and facts.
#include "render/document_writers.hpp"
#include "render/rows.hpp"

namespace helpdesk::render {
namespace {

Result<void> write_table(const std::vector<Column>& columns, const std::vector<Row>& rows,
                         const Document& document, const Options& options, Output& output, bool& first) {
  bool csv = options.format == Format::csv;
  Selection selection = select_columns(columns, options.fields, csv ? Audience::machines : Audience::people);
  if (selection.empty()) return {};
  if (!std::exchange(first, false)) output += "\n";
  if (csv) append_csv_header(output.text(), columns, selection, options);
  for (const Row& row : rows) {
    if (csv)
      append_csv_row(output.text(), selection, row, options, document.zone);
    else
      append_tsv_row(output.text(), selection, row, options, document.zone);
    TRY(output.row_done());
  }
  return {};
}

} // namespace

Result<void> write_separated(const Document& document, const Options& options, Output& output) {
  bool first = true;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) {
        TRY(write_table(table->columns, table->rows, document, options, output, first));
      } else if (const auto* facts = std::get_if<Facts>(&block)) {
        if (!options.fields.empty()) continue; // facts are no columns
        std::vector<Column> columns(2);
        columns[0].key = "key";
        columns[1].key = "value";
        std::vector<Row> rows;
        for (const auto& [column, cell] : facts->rows)
          if (!column.key.empty()) rows.push_back({Cell(column.key), cell});
        if (rows.empty() && !facts->rows.empty()) continue; // it only shows what a table says
        TRY(write_table(columns, rows, document, options, output, first));
      }
    }
  return {};
}

} // namespace helpdesk::render
