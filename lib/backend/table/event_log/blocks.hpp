// The rows of a separated file in blocks of whole rows, so that several threads can take them apart.
#pragma once

#include "backend/table/row_reader.hpp"

#include <cstdint>
#include <string>

namespace helpdesk::backend::table::event_log {

struct Block {
  std::string bytes;
  std::uint64_t offset = 0; // of its first byte, in the unpacked text
};

class Blocks {
 public:
  // A reader that stands behind the header; size: bytes of a block, more where a row is longer.
  Blocks(RowReader&& reader, std::size_t size);
  // False at the end, and at a row of many megabytes. A row ends at a line end outside of quotes, as long as
  // quotes stand around cells only: who takes the block apart finds out.
  Result<bool> next(Block& block);
  bool has_endless_row() const { return endless_; }
  std::uint64_t end() const { return rest_.offset; } // of what was given out

 private:
  RowReader::Rest rest_;        // offset: of what comes next
  std::size_t size_, seen_ = 0; // seen: of rest_.bytes
  std::string ahead_;           // read, and not given out
  bool ended_ = false, endless_ = false;

  Result<std::size_t> read(char* to, std::size_t size);
  Result<void> fill(std::string& bytes, std::size_t size);
};

} // namespace helpdesk::backend::table::event_log
