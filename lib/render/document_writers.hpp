// The renderers of whole documents, one a file.
#pragma once

#include "base/result.hpp"
#include "render/document.hpp"
#include "render/output.hpp"
#include "render/render.hpp"

#include <string>

namespace helpdesk::render {

Result<void> write_text(const Document& document, const Options& options, Output& output);
Result<void> write_separated(const Document& document, const Options& options, Output& output); // TSV and CSV
Result<void> write_json(const Document& document, const Options& options, Output& output);
Result<void> write_json_lines(const Document& document, const Options& options, Output& output);
Result<void> write_markdown(const Document& document, const Options& options, Output& output);
Result<void> write_html(const Document& document, const Options& options, Output& output);
Result<void> write_templated(const Document& document, const Options& options, Output& output);

// "as of 2026-01-05 10:00 (Europe/Oslo)"; empty when the document has no time.
std::string as_of_line(const Document& document);
// Every table of the document, in order; with --json FIELDS only those that have one of them.
struct PlacedTable {
  const Section* section;
  const Table* table;
};
std::vector<PlacedTable> tables_of(const Document& document, const Options& options);
// How long a chart's bar is, 0 … full.
int bar_length(double value, double largest, int full);
double largest_bar(const Chart& chart);
std::string bar_text(const Bar& bar); // what stands beside it

} // namespace helpdesk::render
