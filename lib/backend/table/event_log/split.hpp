// The cells of a block's rows, as RowReader reads them.
#pragma once

#include "backend/table/event_log/blocks.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::table::event_log {

class Splitter {
 public:
  enum class Found : unsigned char {
    row,
    end,
    odd // quotes stand inside of cells: where rows end is for RowReader to say
  };
  Splitter(char delimiter, bool is_latin) : delimiter_(delimiter), force_latin_(is_latin) {}
  void start(const Block& block); // views it
  // values: valid UTF-8, unquoted; like all that is told of the row valid until the next.
  Found next(std::vector<std::string_view>& values);

  // The text from one cell's begin to another's end, as it stands there. Where the outer cells are quoted
  // their outer quotes are left out, which tells no two rows alike: no other cell may hold a quote.
  std::string_view raw(std::size_t first, std::size_t last) const {
    const char* begin = (*stands_)[first].data();
    const std::string_view end = (*stands_)[last];
    return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
  }
  bool is_latin() const { return latin_; }
  // Some of the row's values do not stand in the block, and so not for longer than the row.
  bool is_converted() const { return stands_ == &unread_; }
  const Block& block() const { return *block_; }
  std::uint64_t offset() const { return block_->offset + static_cast<std::uint64_t>(row_ - data()); }
  std::uint64_t lines_before() const { return lines_before_; } // line ends of the block before it
  std::uint64_t line_ends() const { return line_ends_; }       // until here
  // Behind the last row, before what is blank there; a row without a line end has none.
  struct RowEnd {
    std::uint64_t offset = 0, lines = 0; // of the block
    bool is_terminated = true;
  };
  const RowEnd& row_end() const { return row_end_; }

 private:
  char delimiter_;
  bool force_latin_, latin_ = false, is_plain_ = true;
  const Block* block_ = nullptr;
  const char *at_ = nullptr, *row_ = nullptr, *end_ = nullptr;
  static constexpr std::size_t k_window = 64;
  // Which bytes end a cell, or open or close quotes, of the window's 64: a bit each.
  struct Marks {
    const char* window = nullptr;
    std::uint64_t bits = 0;
  };
  Marks marks_; // from at_ on
  std::uint64_t line_ends_ = 0, lines_before_ = 0;
  RowEnd row_end_;
  const std::vector<std::string_view>* stands_ = nullptr; // the cells in the block: the values, or
  std::vector<std::string_view> unread_;                  // what they were made of
  std::vector<std::size_t> doubled_;                      // cells with doubled quotes
  std::vector<std::string> made_;                         // values that do not stand in the block

  const char* data() const { return block_->bytes.data(); }
  Marks look(const char* from) const;
  Marks behind(const char* from, Marks marks) const;
  const char* next_of(Marks& marks) const;
  const char* quoted(const char* at, std::string_view& value, std::size_t number);
  void convert(std::string_view whole, std::vector<std::string_view>& values);
};

} // namespace helpdesk::backend::table::event_log
