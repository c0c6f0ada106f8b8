// A table of text fitted to a width: columns are dropped by their keep, flexible ones are cut.
#pragma once

#include "render/document.hpp"
#include "render/render.hpp"

#include <string>
#include <vector>

namespace helpdesk::render {

struct LayoutColumn {
  int natural = 0;  // widest cell, title included
  int smallest = 0; // as far as it may be cut; natural when it is not flexible
  int keep = 5;
  bool flexible = false;
};
// The width of each column, 0: dropped. Two spaces stand between columns. Fits into the total unless it is 0
// (unlimited) or too small for anything.
std::vector<int> lay_out(const std::vector<LayoutColumn>& columns, int total);

// Lines of a table for people; defused, with colours if the options say so.
void append_table(std::string& out, const std::vector<Column>& columns, const std::vector<Row>& rows,
                  const Options& options, const Zone& zone, Instant now);
// The text of a cell for people: one line, defused.
std::string cell_text(const Cell& cell, const Column& column, Instant now, const Zone& zone);
std::string emphasised(std::string_view text, Emphasis emphasis, bool color);

} // namespace helpdesk::render
