// All renderers behind two doors: a whole Document, or a stream of rows. The one place that escapes for
// terminal, TSV, CSV, HTML, Markdown.
#pragma once

#include "base/result.hpp"
#include "render/document.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace helpdesk::render {

enum class Format : unsigned char { automatic, table, tsv, csv, json, ndjson, markdown, html };
Result<Format> parse_format(std::string_view name); // usage error with a suggestion
const std::vector<std::string_view>& format_names();

using Writer = std::function<Result<void>(std::string_view bytes)>;

struct Options {
  Format format = Format::table;
  int width = 80; // of the terminal; 0: unlimited
  bool color = false;
  bool terminal = false; // stdout is a terminal: control characters are defused whatever the format
  Zone zone = Zone::utc();
  Instant now{};
  std::vector<std::string> fields; // --json FIELDS: these columns, in this order; empty: all
  std::string template_text;       // --render LIQUID: once a row; overrides format
  bool raw_csv = false;            // cells are not defused against formula injection
};

// table format prints sections with titles; tsv and csv print the tables' rows (csv with a header; several
// tables are separated by an empty line); json one object; ndjson one line a row of every table; markdown and
// html stand-alone documents.
Result<void> render(const Document& document, const Options& options, const Writer& writer);

// Rows as they come, bounded memory: list, search, export. Table format buffers to fit widths.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual Result<void> row(Row&& row) = 0;
  virtual Result<void> finish() = 0;
};
std::unique_ptr<RowWriter> open_rows(const std::vector<Column>& columns, const Options& options,
                                     Writer writer, std::string empty_text = "");

// JSON text of a value: for data files and logs.
std::string to_json(const Value& value, const Zone& zone, bool pretty = false);
// What people see of a value in a cell.
std::string to_shown(const Value& value, const Column& column, Instant now, const Zone& zone);

// Escapers, for the few who compose a document by hand.
std::string escape_html(std::string_view text);
std::string escape_markdown(std::string_view text);
std::string escape_csv_cell(std::string_view text, bool raw = false);
std::string escape_tsv_cell(std::string_view text);

} // namespace helpdesk::render
