// One row a time in each format: what RowWriters and the document renderers share.
#pragma once

#include "render/document.hpp"
#include "render/render.hpp"
#include "render/selection.hpp"

#include <string>

namespace helpdesk::render {

// Appends one line; the options' terminal flag and raw_csv are kept.
void append_tsv_row(std::string& out, const Selection& selection, const Row& row, const Options& options,
                    const Zone& zone);
void append_csv_header(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                       const Options& options);
void append_csv_row(std::string& out, const Selection& selection, const Row& row, const Options& options,
                    const Zone& zone);
void append_json_row(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                     const Row& row, const Options& options, const Zone& zone);
void append_markdown_header(std::string& out, const std::vector<Column>& columns, const Selection& selection);
void append_markdown_row(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                         const Row& row, Instant now, const Zone& zone);
void append_html_header(std::string& out, const std::vector<Column>& columns, const Selection& selection);
void append_html_row(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                     const Row& row, Instant now, const Zone& zone);
// What stands before and behind an HTML document's body.
void append_html_start(std::string& out, std::string_view title);
void append_html_end(std::string& out);
// Text from outside in a Markdown or HTML document: defused, then escaped; one line.
std::string html_line(std::string_view text);
std::string markdown_line(std::string_view text);

} // namespace helpdesk::render
