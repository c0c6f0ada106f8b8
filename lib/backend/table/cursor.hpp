// What a pull leaves behind: how far which files were read, and what was counted.
#pragma once

#include "backend/table/files.hpp"
#include "backend/table/row.hpp"
#include "backend/table/row_reader.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::table {

inline constexpr std::string_view k_stream = "table";

// Where reading goes on when a file has grown.
struct Resume {
  Shape shape = Shape::separated;
  char delimiter = ',';
  std::vector<std::string> header;
  std::uint64_t offset = 0, line = 1;
  // A last row without a line end: read again when more follows, and what it said is taken back.
  std::string open_ticket, open_line, open_bad;
};

struct ReadFile {
  std::string part, path;
  Stamp stamp;
  std::optional<Resume> resume; // only of plain files
};

struct Cursor {
  std::string mapping; // its fingerprint
  bool complete = false;
  std::vector<ReadFile> files;
  Counts counts;

  std::string text() const;
  static std::optional<Cursor> parse(std::string_view text);
};

} // namespace helpdesk::backend::table
