// The raw record of a ticket: the rows of all files that speak of it, under the headers of their files. Text,
// a line each: "Ppart", "Hname<TAB>name", "Rvalue<TAB>value", "J{…}".
#pragma once

#include "backend/table/row.hpp"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::table {

inline constexpr std::string_view k_ticket_format = "table-ticket", k_person_format = "table-person",
                                  k_bad_format = "table-bad";

std::string pack_cells(const std::vector<std::string_view>& values);
void pack_cells(const std::vector<std::string_view>& values, std::string& to); // behind what stands there
std::string pack_cell(std::string_view value);

// One stored row. line is what the record keeps of it, with its letter.
struct StoredLine {
  std::string part, header; // the header's line without its letter; empty for JSON
  std::string line;
};
class RecordWriter {
 public:
  RecordWriter() { start(); }
  void start(); // a record, in the memory of the one before
  // line with its letter; header without.
  void add(std::string_view part, std::string_view header, std::string_view line);
  std::string_view text() const { return text_; }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_, part_, header_;
};
std::string write_lines(const std::vector<StoredLine>& lines);
// Damaged text: failed.
Result<std::vector<StoredLine>> read_lines(std::string_view text);

// Lines with their meaning. Lines of parts and columns that the mapping no longer has are left out.
class StoredRows {
 public:
  static Result<StoredRows> read(const Mapping& mapping, const std::vector<StoredLine>& lines);
  static Result<StoredRows> read(const Mapping& mapping, std::string_view record);
  const std::vector<Row>& rows() const { return rows_; } // valid as long as this is

 private:
  std::vector<std::shared_ptr<const Columns>> columns_;
  std::deque<std::string> texts_; // what the rows view
  std::vector<Row> rows_;
  bool any_ = false;
  const Part* part_ = nullptr; // of the line before
  std::string part_name_, header_;

  Result<void> add(const Mapping& mapping, std::string_view part, std::string_view header,
                   std::string_view line);
};

// "ticket:" + id, without the spaces that separate keys elsewhere.
std::string record_key(std::string_view kind, std::string_view id);

} // namespace helpdesk::backend::table
