// What columns are likely to be, from their names and from what stands in them.
#pragma once

#include "backend/table/mapping.hpp"

#include <string>
#include <vector>

namespace helpdesk::backend::table {

struct Column {
  std::string name;
  std::vector<std::string> values;      // of the first rows, missing ones left out
  bool is_time = false;                 // nearly all of them are times
  bool has_offset = false;              // and say their zone
  DateOrder order = DateOrder::unknown; // what their digits allow
  std::size_t distinct = 0;
};

// From the first rows of a file.
std::vector<Column> columns_of(const std::vector<std::string>& header,
                               const std::vector<std::vector<std::string>>& rows);

// Settings of a mapping ("rows", "columns.ticket", "times.created" …) for those columns; empty when there is
// no time in them.
std::vector<std::pair<std::string, std::string>> guess(const std::vector<Column>& columns);

} // namespace helpdesk::backend::table
