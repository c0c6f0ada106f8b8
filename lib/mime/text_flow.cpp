#include "mime/text_flow.hpp"

namespace helpdesk::mime {

std::string with_plain_line_ends(std::string text) {
  if (text.find('\r') == std::string::npos) return text;
  std::size_t to = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      text[to++] = '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      text[to++] = text[i];
    }
  }
  text.resize(to);
  return text;
}

std::string unwrap_flowed(std::string_view text, bool delete_space) {
  std::string out;
  out.reserve(text.size() + 8);
  bool open = false; // the last line ended in a soft break
  std::size_t open_depth = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    const bool last = end == std::string_view::npos;
    text.remove_prefix(last ? text.size() : end + 1);
    std::size_t depth = 0;
    while (depth < line.size() && line[depth] == '>') ++depth;
    std::string_view content = line.substr(depth);
    if (content.starts_with(' ')) content.remove_prefix(1); // space stuffing
    const bool separator = content == "-- "; // the signature line is never flowed, though it ends in a space
    const bool joins = open && open_depth == depth && !separator;
    if (open && !joins) out += '\n';
    if (!joins) {
      out.append(depth, '>');
      if (depth > 0) out += ' ';
    }
    open = !separator && content.ends_with(' ') && !last;
    open_depth = depth;
    if (open && delete_space) content.remove_suffix(1);
    out += content;
    if (!open && !last) out += '\n';
  }
  return out;
}

} // namespace helpdesk::mime
