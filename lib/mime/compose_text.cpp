#include "mime/compose_text.hpp"

#include "base/text.hpp"
#include "mime/text_flow.hpp"

#include <algorithm>
#include <utility>

namespace helpdesk::mime {

namespace {

constexpr std::size_t k_width = 76;

void append_flowed_line(std::string& out, std::string_view line) {
  std::size_t depth = 0;
  while (depth < line.size() && line[depth] == '>') {
    ++depth;
    // "> > text" is how some clients quote twice
    if (depth + 1 < line.size() && line[depth] == ' ' && line[depth + 1] == '>')
      line = std::string_view(line.data(), line.size()), ++depth;
  }
  std::size_t marks = static_cast<std::size_t>(
      std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(depth), '>'));
  std::string_view content = line.substr(depth);
  if (marks > 0 && content.starts_with(' ')) content.remove_prefix(1);
  const std::string prefix = marks > 0 ? std::string(marks, '>') + " " : std::string();
  if (content == "-- ") { // the signature line keeps its space
    out += prefix + "-- \n";
    return;
  }
  content = trim_right(content); // a space at the end would join the next line
  for (bool first = true; first || !content.empty(); first = false) {
    std::string_view piece = content;
    const std::size_t room = k_width - std::min<std::size_t>(prefix.size() + 1, 40);
    if (count_code_points(content) > room) {
      std::size_t cut = std::string_view::npos, pos = 0;
      for (std::size_t n = 0; pos < content.size() && (n < room || cut == std::string_view::npos); ++n) {
        if (content[pos] == ' ' && pos > 0) cut = pos;
        next_code_point(content, pos);
        if (n >= room && cut != std::string_view::npos) break;
      }
      if (cut != std::string_view::npos) piece = content.substr(0, cut + 1); // its space is the soft break
    }
    content.remove_prefix(piece.size());
    // A run of spaces at the cut stays on this line; the next one starts with a word.
    std::string text(piece);
    while (content.starts_with(' ')) {
      text += ' ';
      content.remove_prefix(1);
    }
    const bool stuff =
        prefix.empty() && (text.starts_with(' ') || text.starts_with('>') || text.starts_with("From "));
    out += prefix;
    if (stuff) out += ' ';
    out += text;
    out += '\n';
  }
}

} // namespace

std::string wrap_flowed(std::string_view text) {
  const std::string plain = with_plain_line_ends(std::string(text));
  std::string out;
  out.reserve(plain.size() + plain.size() / 40);
  for (const std::string_view line : split_lines(plain)) append_flowed_line(out, line);
  return out;
}

std::string with_crlf_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n' || text[i] == '\r')
      out += "\r\n";
    else
      out += text[i];
  }
  return out;
}

bool is_wire_safe(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 127 || byte == 0 || (byte < 32 && byte != '\t' && byte != '\n' && byte != '\r')) return false;
    if (byte == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n')) return false;
    length = byte == '\n' ? 0 : length + 1;
    if (length > 990) return false;
  }
  return true;
}

std::string quoted_printable(std::string_view text) {
  static constexpr char k_digits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n' || c == '\r') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool line_ends = i + 1 >= text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    const bool from = column == 0 && text.substr(i, 5) == "From "; // mbox writers would put a '>' in front
    const bool dot = column == 0 && c == '.';
    const bool literal =
        ((byte > 32 && byte < 127 && c != '=') || ((c == ' ' || c == '\t') && !line_ends)) && !from && !dot;
    const std::size_t width = literal ? 1 : 3;
    if (column + width > 75) {
      out += "=\r\n";
      column = 0;
    }
    if (literal)
      out += c;
    else {
      out += '=';
      out += k_digits[byte >> 4];
      out += k_digits[byte & 15];
    }
    column += width;
  }
  if (column > 0) out += "\r\n";
  return out;
}

std::string base64_lines(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() / 57 * 78 + 80);
  for (std::size_t i = 0; i < bytes.size(); i += 57) {
    out += base64_encode(bytes.substr(i, 57));
    out += "\r\n";
  }
  return out;
}

std::string_view type_of_name(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> k_types[] = {
      {"pdf", "application/pdf"},
      {"txt", "text/plain"},
      {"log", "text/plain"},
      {"md", "text/markdown"},
      {"csv", "text/csv"},
      {"html", "text/html"},
      {"htm", "text/html"},
      {"ics", "text/calendar"},
      {"vcf", "text/vcard"},
      {"xml", "application/xml"},
      {"json", "application/json"},
      {"zip", "application/zip"},
      {"gz", "application/gzip"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"gif", "image/gif"},
      {"webp", "image/webp"},
      {"svg", "image/svg+xml"},
      {"tif", "image/tiff"},
      {"tiff", "image/tiff"},
      {"heic", "image/heic"},
      {"mp3", "audio/mpeg"},
      {"wav", "audio/wav"},
      {"mp4", "video/mp4"},
      {"mov", "video/quicktime"},
      {"doc", "application/msword"},
      {"xls", "application/vnd.ms-excel"},
      {"ppt", "application/vnd.ms-powerpoint"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
      {"odt", "application/vnd.oasis.opendocument.text"},
      {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
      {"eml", "message/rfc822"},
      {"rtf", "application/rtf"}};
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string extension = ascii_lower(name.substr(dot + 1));
    for (const auto& [key, type] : k_types)
      if (key == extension) return type;
  }
  return "application/octet-stream";
}

} // namespace helpdesk::mime
