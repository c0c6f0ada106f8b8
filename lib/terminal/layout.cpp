// Text in columns: measuring, padding, cutting, wrapping.
#include "base/text.hpp"
#include "terminal/terminal.hpp"
#include "terminal/width_table.hpp"

namespace helpdesk::terminal {
namespace {

// The longest prefix of text that takes at most columns; marks stay with their letter.
std::size_t prefix_of(std::string_view text, int columns) {
  int used = 0;
  std::size_t pos = 0;
  while (pos < text.size()) {
    std::size_t next = pos;
    int own = columns_of(next_code_point(text, next));
    if (used + own > columns) break;
    used += own;
    pos = next;
  }
  return pos;
}

void wrap_line(std::string_view line, int columns, std::vector<std::string>& out) {
  std::string current;
  int used = 0;
  // White space at the start of a line is indentation and stays.
  std::size_t indent = line.find_first_not_of(' ');
  if (indent != std::string_view::npos && indent > 0 && static_cast<int>(indent) < columns) {
    current.assign(indent, ' ');
    used = static_cast<int>(indent);
    line.remove_prefix(indent);
  }
  bool fresh = true; // nothing but indentation in current
  for (std::string_view word : split(line, ' ')) {
    if (word.empty()) continue;
    int own = width(word);
    if (!fresh && used + 1 + own <= columns) {
      current += ' ';
      current += word;
      used += 1 + own;
      continue;
    }
    if (!fresh) {
      out.push_back(std::move(current));
      current.clear();
      used = 0;
    }
    while (used + own > columns) {
      std::size_t cut = prefix_of(word, columns - used);
      if (cut == 0 && used == 0) next_code_point(word, cut); // wider than the whole line: it goes alone
      if (cut == 0) {                                        // the indentation left no room
        current.clear();
        used = 0;
        continue;
      }
      current += word.substr(0, cut);
      word.remove_prefix(cut);
      own = width(word);
      if (word.empty()) break;
      out.push_back(std::move(current));
      current.clear();
      used = 0;
    }
    current += word;
    used += own;
    fresh = false;
  }
  out.push_back(std::move(current));
}

} // namespace

int width(std::string_view text) {
  int columns = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    auto c = static_cast<unsigned char>(text[pos]);
    if (c < 0x80) {
      columns += c >= 0x20 && c != 0x7f;
      ++pos;
    } else {
      columns += columns_of(next_code_point(text, pos));
    }
  }
  return columns;
}

std::string pad(std::string_view text, int columns, bool right_align) {
  int missing = columns - width(text);
  if (missing <= 0) return std::string(text);
  std::string spaces(static_cast<std::size_t>(missing), ' ');
  return right_align ? spaces + std::string(text) : std::string(text) + spaces;
}

std::string fit(std::string_view text, int columns) {
  if (columns <= 0) return {};
  std::size_t whole = prefix_of(text, columns);
  if (whole == text.size()) return std::string(text);
  return std::string(trim_right(text.substr(0, prefix_of(text, columns - 1)))) + "…";
}

std::vector<std::string> wrap(std::string_view text, int columns) {
  if (columns < 1) columns = 1;
  std::vector<std::string> lines;
  for (std::string_view line : split_lines(text)) wrap_line(line, columns, lines);
  return lines;
}

std::string paint(std::string_view text, Color color, bool on) {
  if (!on || color == Color::plain || text.empty()) return std::string(text);
  std::string_view code;
  switch (color) {
  case Color::plain: break;
  case Color::bold: code = "1"; break;
  case Color::dim: code = "2"; break;
  case Color::red: code = "31"; break;
  case Color::green: code = "32"; break;
  case Color::yellow: code = "33"; break;
  case Color::blue: code = "34"; break;
  case Color::cyan: code = "36"; break;
  }
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

} // namespace helpdesk::terminal
