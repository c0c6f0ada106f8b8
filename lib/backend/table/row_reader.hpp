// The rows of one file, one after the other, in bounded memory whatever the file's size.
#pragma once

#include "backend/table/input.hpp"
#include "backend/table/mapping.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::table {

enum class Shape : unsigned char { separated, json_lines, json_array };

// Views are valid until the next row.
struct FileRow {
  std::vector<std::string_view> values; // as the header names them, valid UTF-8 text
  std::string_view source;              // of a JSON row: its text
  std::uint64_t line = 0;               // 1-based, where it begins
  std::uint64_t begin = 0;              // byte offset where it begins, in the unpacked text
  bool terminated = true;               // a line end stood behind it
  std::string problem;                  // not empty: it cannot be read; source is what there is of it
};

class RowReader {
 public:
  // From the start; with from > 0 (a plain separated or NDJSON file) behind the header at that offset.
  static Result<RowReader> open(const Part& part, const std::string& path);
  static Result<RowReader> resume(const Part& part, const std::string& path, Shape shape,
                                  std::vector<std::string> header, char delimiter, std::uint64_t from,
                                  std::uint64_t line);

  // False at the end.
  Result<bool> next(FileRow& row);

  // Separated: the columns, doubled names as "Name#2". JSON: what the mapping asks for.
  const std::vector<std::string>& header() const { return header_; }
  Shape shape() const { return shape_; }
  char delimiter() const { return delimiter_; }
  bool can_resume() const { return plain_ && shape_ != Shape::json_array; }
  std::uint64_t offset() const { return base_ + pos_; }
  std::uint64_t line() const { return line_; }

  // For another reader of separated rows: what it has read and not given out, and where more comes from.
  struct Rest {
    std::unique_ptr<Input> input;
    std::string bytes;
    std::uint64_t offset = 0, line = 1; // of the first of bytes
    bool only_cr = false;               // rows end with a carriage return alone
    bool is_latin = false;              // as the mapping says
  };
  Rest rest() &&;

 private:
  struct Cell {
    std::size_t begin = 0, end = 0;
    bool doubled = false; // quotes inside are doubled
  };
  std::string path_;
  std::unique_ptr<Input> input_;
  std::string buffer_, scratch_, latin_;
  std::size_t pos_ = 0;
  std::uint64_t base_ = 0, line_ = 1;
  bool ended_ = false, plain_ = true, only_cr_ = false, force_latin_ = false, in_array_ = false;
  Shape shape_ = Shape::separated;
  char delimiter_ = ',';
  std::vector<std::string> header_;
  std::vector<Cell> cells_;
  std::vector<std::string> unescaped_;

  Result<bool> fill();
  Result<void> detect(const Part& part);
  Result<bool> next_separated(FileRow& row);
  Result<bool> scan_separated(std::size_t& end, std::size_t& next, bool& terminated, std::uint64_t& lines,
                              bool& unclosed);
  Result<bool> next_json(FileRow& row);
  Result<bool> json_extent(std::size_t& end, std::size_t& next, bool& terminated);
  void take_json(FileRow& row, std::string_view text);
  void skip_blank();
};

// What a JSON row says under a name: a pointer ("/requester/name"), else a key of its top level.
std::vector<std::string> json_names(const Part& part);
// Doubled names become "Name#2"; empty ones "column 3".
void name_twins(std::vector<std::string>& header);

} // namespace helpdesk::backend::table
