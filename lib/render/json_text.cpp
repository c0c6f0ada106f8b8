#include "render/json_text.hpp"

#include "base/text.hpp"
#include "render/render.hpp"
#include "render/text_form.hpp"
#include "terminal/terminal.hpp"

#include <array>
#include <cmath>
#include <type_traits>

namespace helpdesk::render {
namespace {

constexpr std::array<bool, 256> k_copied = [] {
  std::array<bool, 256> copied{};
  for (int c = 0x20; c < 0x100; ++c) copied[static_cast<std::size_t>(c)] = c != '"' && c != '\\';
  return copied;
}();

void append_escape(std::string& out, unsigned unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(unit >> shift) & 15U];
}

void append_escaped_byte(std::string& out, unsigned char c) {
  switch (c) {
  case '"': out += "\\\""; return;
  case '\\': out += "\\\\"; return;
  case '\n': out += "\\n"; return;
  case '\r': out += "\\r"; return;
  case '\t': out += "\\t"; return;
  case '\b': out += "\\b"; return;
  case '\f': out += "\\f"; return;
  default: append_escape(out, c);
  }
}

// marks counts the combining marks in a row: a few make a letter, a pile of them paints over other lines.
void append_point_for_terminal(std::string& out, char32_t c, int& marks) {
  constexpr int most_marks = 8;
  std::string utf8;
  append_utf8(utf8, c);
  marks = terminal::width(utf8) == 0 ? marks + 1 : 0;
  if (marks <= most_marks && terminal::defuse(utf8) == utf8) {
    out += utf8;
  } else if (c < 0x10000) {
    append_escape(out, c);
  } else {
    append_escape(out, 0xd800 + ((c - 0x10000) >> 10));
    append_escape(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
  }
}

void append_valid(std::string& out, std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (k_copied[c]) continue;
    out.append(text, run, i - run);
    append_escaped_byte(out, c);
    run = i + 1;
  }
  out.append(text, run);
}

void append_for_terminal(std::string& out, std::string_view text) {
  int marks = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    auto c = static_cast<unsigned char>(text[pos]);
    if (c >= 0x7f) {
      append_point_for_terminal(out, next_code_point(text, pos), marks);
      continue;
    }
    ++pos;
    marks = 0;
    if (k_copied[c])
      out += static_cast<char>(c);
    else
      append_escaped_byte(out, c);
  }
}

void new_line(std::string& out, const JsonStyle& style, int level) {
  if (!style.pretty) return;
  out += '\n';
  out.append(static_cast<std::size_t>(level) * 2, ' ');
}

} // namespace

void append_json_string(std::string& out, std::string_view text, bool terminal) {
  out += '"';
  if (terminal)
    append_for_terminal(out, text);
  else if (is_valid_utf8(text))
    append_valid(out, text);
  else
    append_valid(out, clean_utf8(text));
  out += '"';
}

void append_json(std::string& out, const Value& value, const JsonStyle& style, int level) {
  std::visit(
      [&](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, Null>) {
          out += "null";
        } else if constexpr (std::is_same_v<T, double>) {
          if (std::isfinite(v))
            append_number(out, v);
          else
            out += "null";
        } else if constexpr (std::is_same_v<T, std::string>) {
          append_json_string(out, v, style.terminal);
        } else if constexpr (std::is_same_v<T, Instant>) {
          out += '"';
          append_instant(out, v, style.zone);
          out += '"';
        } else if constexpr (std::is_same_v<T, List>) {
          out += '[';
          bool first = true;
          for (const Value& item : v) {
            if (!std::exchange(first, false)) out += ',';
            new_line(out, style, level + 1);
            append_json(out, item, style, level + 1);
          }
          if (!first) new_line(out, style, level);
          out += ']';
        } else if constexpr (std::is_same_v<T, Map>) {
          out += '{';
          bool first = true;
          for (const auto& [key, item] : v) {
            if (!std::exchange(first, false)) out += ',';
            new_line(out, style, level + 1);
            append_json_string(out, key, style.terminal);
            out += style.pretty ? ": " : ":";
            append_json(out, item, style, level + 1);
          }
          if (!first) new_line(out, style, level);
          out += '}';
        } else {
          append_exact(out, value, style.zone);
        }
      },
      value.data);
}

std::string to_json(const Value& value, const Zone& zone, bool pretty) {
  std::string out;
  append_json(out, value, JsonStyle{zone, pretty, false});
  return out;
}

} // namespace helpdesk::render
