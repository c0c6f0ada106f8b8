#include "base/text.hpp"
#include "render/render.hpp"

namespace helpdesk::render {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Spreadsheets take a cell for a formula by its first character; some skip white space and control characters
// before it, and some take the full-width forms of the signs as well.
bool is_formula(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '\t' || text.front() == '\r' || text.front() == '\n' || text.front() == '\0')
    return true;
  std::size_t i = 0;
  while (i < text.size() && (text[i] == ' ' || is_control(text[i]))) ++i;
  text.remove_prefix(i);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3); // byte order mark
  if (text.empty()) return false;
  switch (text.front()) {
  case '=':
  case '+':
  case '-':
  case '@': return true;
  default: break;
  }
  return text.starts_with("\xef\xbc\x9d") || text.starts_with("\xef\xbc\x8b") ||
         text.starts_with("\xef\xbc\x8d") || text.starts_with("\xef\xbc\xa0");
}

bool starts_block(std::string_view rest) { // at the start of a Markdown line
  if (rest.empty()) return false;
  if (rest.front() == '-' || rest.front() == '+' || rest.front() == '=') return true;
  std::size_t digits = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') ++digits;
  return digits > 0 && digits < rest.size() && (rest[digits] == '.' || rest[digits] == ')');
}

} // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (char c : text) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    default: out += c;
    }
  }
  return out;
}

std::string escape_markdown(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  bool line_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (line_start && c != ' ' && c != '\n') {
      std::string_view rest = text.substr(i);
      if (starts_block(rest)) {
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') out += text[i++];
        out += '\\';
        out += text[i];
        line_start = false;
        continue;
      }
      line_start = false;
    }
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '\\':
    case '`':
    case '*':
    case '_':
    case '[':
    case ']':
    case '|':
    case '~':
    case '#':
    case '!':
    case '$':
      out += '\\';
      out += c;
      break;
    case '\n':
      line_start = true;
      out += c;
      break;
    default: out += c;
    }
  }
  return out;
}

std::string escape_csv_cell(std::string_view text, bool raw) {
  bool formula = !raw && is_formula(text);
  bool quoted = text.find_first_of("\",;\n\r\t") != std::string_view::npos ||
                (!text.empty() && (text.front() == ' ' || text.back() == ' '));
  if (!formula && !quoted) return std::string(text);
  std::string out;
  out.reserve(text.size() + 4);
  if (quoted) out += '"';
  if (formula) out += '\'';
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
  return out;
}

std::string escape_tsv_cell(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (is_control(out[i])) out[i] = ' ';
    // A C1 control (U+0080 to U+009F) commands some terminals just as well.
    if (out[i] == '\xc2' && i + 1 < out.size() && static_cast<unsigned char>(out[i + 1]) < 0xa0) {
      out[i] = ' ';
      out.erase(i + 1, 1);
    }
  }
  return out;
}

} // namespace helpdesk::render
