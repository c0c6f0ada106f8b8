// Lines of plain text out of running text: white space collapses, breaks add up to one blank line, quoted
// blocks and list items get their prefix. Inside lib/language only.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::html {

class TextWriter {
 public:
  // Runs of white space become one space; invisible filler is dropped.
  void add(std::string_view text);
  // As it is, line by line.
  void add_verbatim(std::string_view text);
  // A new line begins (1), or a blank line and then a new line (2); several calls in a row give the largest.
  void block_break(int lines);
  // One more line end, as <br> asks.
  void line_break();
  // Instead of line ends, a space: the inside of a table cell. Calls nest.
  void set_inline(bool on) { inline_ += on ? 1 : -1; }
  bool is_inline() const { return inline_ > 0; }

  void push_quote() { ++quotes_; }
  void pop_quote() { --quotes_; }
  void push_indent() { ++indents_; }
  void pop_indent() { --indents_; }
  // Before the next text of this indent: "- ", "1. ".
  void set_marker(std::string marker) { marker_ = std::move(marker); }
  void clear_marker() { marker_.clear(); }

  // Bytes written so far; text from a mark on, for comparing a link's text with its address.
  std::size_t mark() const { return out_.size(); }
  std::string_view since(std::size_t mark) const { return std::string_view(out_).substr(mark); }
  // Nothing but " | " can come after trailing white space.
  void drop_since(std::size_t mark) { out_.resize(mark); }
  bool full() const { return out_.size() > k_output_limit; }
  std::string take();

 private:
  static constexpr std::size_t k_output_limit = 8U << 20;
  void begin_text();
  std::string out_, marker_;
  int breaks_ = 0, quotes_ = 0, indents_ = 0, inline_ = 0, line_quotes_ = 0;
  bool space_ = false, line_open_ = false;
};

} // namespace helpdesk::html
