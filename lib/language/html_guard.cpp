// The walls in front of the parser, and the way round it for input that does not get through.
#include "base/text.hpp"
#include "language/html_tree.hpp"

#include <array>
#include <cstring>
#include <vector>

namespace helpdesk::html {
namespace {

// gumbo walks its whole stack for most start tags, and compares each attribute with all others of the tag.
constexpr std::size_t k_max_depth = 400, k_max_attributes = 500;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Tag {
  std::string_view name; // as written
  bool closing = false, self_closing = false;
  std::size_t end = 0;        // past '>'
  std::size_t attributes = 0; // upper bound
};

// html[at] is '<'. False when no tag begins here.
bool read_tag(std::string_view html, std::size_t at, Tag& tag) {
  std::size_t i = at + 1;
  tag = {};
  if (i < html.size() && html[i] == '/') tag.closing = true, ++i;
  if (i >= html.size() || !is_name_start(html[i])) return false;
  const std::size_t begin = i;
  while (i < html.size() && !std::strchr(" \t\n\r\f/>", html[i])) ++i;
  tag.name = html.substr(begin, i - begin);
  // The states of the HTML tokenizer: a guess at where a quoted value begins could hide any number of tags
  // from us.
  enum class In : unsigned char {
    before_name,
    name,
    after_name,
    before_value,
    unquoted
  } in = In::before_name;
  for (; i < html.size() && html[i] != '>'; ++i) {
    const char c = html[i];
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    switch (in) {
    case In::before_name:
    case In::after_name:
      if (space || c == '/') break;
      if (in == In::after_name && c == '=') {
        in = In::before_value;
        break;
      }
      ++tag.attributes;
      in = In::name;
      break;
    case In::name:
      if (space || c == '/')
        in = c == '/' ? In::before_name : In::after_name;
      else if (c == '=')
        in = In::before_value;
      break;
    case In::before_value:
      if (space) break;
      in = In::unquoted;
      if (c == '"' || c == '\'') {
        i = html.find(c, i + 1);
        if (i == html.npos) {
          tag.end = html.size();
          return true;
        }
        in = In::before_name;
      }
      break;
    case In::unquoted:
      if (space) in = In::before_name;
      break;
    }
  }
  tag.self_closing = i > at && i < html.size() && html[i - 1] == '/';
  tag.end = i < html.size() ? i + 1 : html.size();
  return true;
}

// Past a comment, a doctype or a processing instruction that begins at html[at] == '<'; at when there is
// none.
std::size_t skip_declaration(std::string_view html, std::size_t at) {
  const std::string_view rest = html.substr(at);
  if (rest.starts_with("<!--")) {
    const std::size_t end = html.find("-->", at + 2); // "<!-->" is a whole comment
    return end == html.npos ? html.size() : end + 3;
  }
  if (rest.starts_with("<!") || rest.starts_with("<?")) {
    const std::size_t end = html.find('>', at);
    return end == html.npos ? html.size() : end + 1;
  }
  return at;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view n : names)
    if (equal_ignoring_case(n, name)) return true;
  return false;
}

bool is_raw_text(std::string_view name) {
  return is_one_of(name, {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"});
}
bool is_void(std::string_view name) {
  return is_one_of(name, {"br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "embed",
                          "param", "source", "track"});
}
// Closed by their next sibling or parent: they only nest with another element between.
bool closes_itself(std::string_view name) {
  return is_one_of(name, {"p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot"});
}

// Past the end tag of a raw text element whose content begins at from.
std::size_t skip_raw_text(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t i = html.find("</", from); i != html.npos; i = html.find("</", i + 2)) {
    if (starts_with_ignoring_case(html.substr(i + 2), name)) {
      const std::size_t end = html.find('>', i);
      return end == html.npos ? html.size() : end + 1;
    }
  }
  return html.size();
}

// "&amp;" at text[at]: appends what it stands for and returns its length, 0 when it is no reference.
std::size_t decode_reference(std::string_view text, std::size_t at, std::string& out) {
  const std::size_t end = text.substr(at, 12).find(';');
  if (end == text.npos || end < 2) return 0;
  const std::string_view name = text.substr(at + 1, end - 1);
  if (name[0] == '#') {
    const bool is_hex = name.size() > 1 && (name[1] | 0x20) == 'x';
    char32_t c = 0;
    for (const char d : name.substr(is_hex ? 2 : 1)) {
      const int v = d >= '0' && d <= '9'                               ? d - '0'
                    : is_hex && (d | 0x20) >= 'a' && (d | 0x20) <= 'f' ? (d | 0x20) - 'a' + 10
                                                                       : -1;
      if (v < 0) return 0;
      c = c * (is_hex ? 16 : 10) + static_cast<char32_t>(v);
      if (c > 0x10FFFF) return 0;
    }
    if (c == 0 || (c >= 0xD800 && c < 0xE000)) return 0;
    append_utf8(out, c);
    return end + 1;
  }
  struct Named {
    std::string_view name, text;
  };
  static constexpr std::array<Named, 8> k_named{{{"amp", "&"},
                                                 {"lt", "<"},
                                                 {"gt", ">"},
                                                 {"quot", "\""},
                                                 {"apos", "'"},
                                                 {"nbsp", " "},
                                                 {"hellip", "…"},
                                                 {"ndash", "–"}}};
  for (const Named& n : k_named) {
    if (n.name == name) {
      out += n.text;
      return end + 1;
    }
  }
  return 0;
}

} // namespace

bool is_reasonable(std::string_view html) {
  // Names of the open elements. An end tag counts only when its start tag is open: stray ones must not hide
  // the depth.
  std::vector<std::uint64_t> open;
  bool foreign = false; // inside SVG and MathML, <title> and <style> hold markup
  Tag tag;
  for (std::size_t i = html.find('<'); i != html.npos; i = html.find('<', i)) {
    if (const std::size_t after = skip_declaration(html, i); after != i) {
      i = after;
      continue;
    }
    if (!read_tag(html, i, tag)) {
      ++i;
      continue;
    }
    if (tag.attributes > k_max_attributes) return false;
    i = tag.end;
    if (is_one_of(tag.name, {"svg", "math"})) foreign = true;
    if (!tag.closing && !foreign && is_raw_text(tag.name)) {
      i = skip_raw_text(html, i, tag.name);
      continue;
    }
    if (is_void(tag.name) || closes_itself(tag.name)) continue;
    const std::uint64_t name = fnv1a(ascii_lower(tag.name.substr(0, 32)));
    if (!tag.closing) {
      open.push_back(name);
      if (open.size() > k_max_depth) return false;
      continue;
    }
    for (std::size_t k = open.size(); k-- > 0;) {
      if (open[k] == name) {
        open.resize(k);
        break;
      }
    }
  }
  return true;
}

std::string linear_text(std::string_view html) {
  std::string out;
  Tag tag;
  std::size_t i = 0;
  const auto new_line = [&out] {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    if (!out.empty() && !out.ends_with("\n\n")) out += '\n';
  };
  while (i < html.size()) {
    const char c = html[i];
    if (c == '<') {
      if (const std::size_t after = skip_declaration(html, i); after != i) {
        i = after;
        continue;
      }
      if (read_tag(html, i, tag)) {
        i = tag.end;
        if (!tag.closing && is_raw_text(tag.name))
          i = skip_raw_text(html, i, tag.name);
        else if (is_block(gumbo_tagn_enum(tag.name.data(), static_cast<unsigned>(tag.name.size()))) ||
                 is_one_of(tag.name, {"br"}))
          new_line();
        else if (is_one_of(tag.name, {"td", "th"}) && !out.empty() && out.back() != ' ' && out.back() != '\n')
          out += ' ';
        continue;
      }
    }
    if (c == '&') {
      if (const std::size_t used = decode_reference(html, i, out)) {
        i += used;
        continue;
      }
    }
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
    } else {
      out += c;
    }
    ++i;
  }
  return std::string(trim(out));
}

} // namespace helpdesk::html
