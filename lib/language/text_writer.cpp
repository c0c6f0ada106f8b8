#include "language/text_writer.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::html {
namespace {

constexpr int k_max_prefix = 20; // deeper quotes and lists look the same

// White space and filler at s[i]: their length, 0 for anything visible. Filler has no width and no meaning in
// a mail.
struct Blank {
  std::size_t length = 0;
  bool is_space = false;
};

Blank blank_at(std::string_view s, std::size_t i) {
  const auto c = static_cast<unsigned char>(s[i]);
  if (c == ' ' || (c >= '\t' && c <= '\r')) return {1, true};
  if (c == 0xC2 && i + 1 < s.size()) {
    const auto d = static_cast<unsigned char>(s[i + 1]);
    if (d == 0xA0) return {2, true};
    if (d == 0xAD) return {2, false};
  }
  if (c == 0xCD && i + 1 < s.size() && static_cast<unsigned char>(s[i + 1]) == 0x8F) return {2, false};
  if (i + 2 < s.size()) {
    const std::string_view three = s.substr(i, 3);
    if (three == "\u200B" || three == "\u2060" || three == "\uFEFF") return {3, false};
    if (three == "\u2007" || three == "\u2002" || three == "\u2003" || three == "\u2009") return {3, true};
  }
  return {};
}

} // namespace

void TextWriter::begin_text() {
  if (breaks_ > 0 && !out_.empty()) {
    for (int i = 1; i < breaks_; ++i) {
      out_ += '\n';
      if (const int both = std::min({quotes_, line_quotes_, k_max_prefix}); both > 0)
        out_.append(static_cast<std::size_t>(both), '>');
    }
    out_ += '\n';
    line_open_ = false;
  }
  breaks_ = 0;
  if (!line_open_) {
    space_ = false;
    for (int i = std::min(quotes_, k_max_prefix); i > 0; --i) out_ += i > 1 ? ">" : "> ";
    const int indents = std::min(indents_, k_max_prefix) - (marker_.empty() ? 0 : 1);
    for (int i = 0; i < indents; ++i) out_ += "  ";
    out_ += marker_;
    marker_.clear();
    line_open_ = true;
    line_quotes_ = quotes_;
  } else if (space_) {
    out_ += ' ';
    space_ = false;
  }
}

void TextWriter::add(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (const Blank blank = blank_at(text, i); blank.length) {
      space_ = space_ || blank.is_space;
      i += blank.length;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !blank_at(text, end).length) ++end;
    begin_text();
    out_ += text.substr(i, end - i);
    i = end;
  }
}

void TextWriter::add_verbatim(std::string_view text) {
  for (std::size_t i = 0; i <= text.size();) {
    std::size_t end = text.find('\n', i);
    if (end == text.npos) end = text.size();
    std::string_view line = text.substr(i, end - i);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) {
      begin_text();
      out_ += line;
    }
    if (end < text.size()) {
      if (inline_ > 0)
        space_ = true;
      else
        ++breaks_;
    }
    i = end + 1;
  }
}

void TextWriter::block_break(int lines) {
  if (inline_ > 0) {
    space_ = true;
    return;
  }
  breaks_ = std::max(breaks_, lines);
  space_ = false;
}

void TextWriter::line_break() {
  if (inline_ > 0) {
    space_ = true;
    return;
  }
  breaks_ = std::min(breaks_ + 1, 3);
  space_ = false;
}

std::string TextWriter::take() { return std::string(trim(out_)); }

} // namespace helpdesk::html
