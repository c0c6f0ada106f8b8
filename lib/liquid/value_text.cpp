#include "base/text.hpp"
#include "liquid/context.hpp"
#include "liquid/number_text.hpp"

namespace helpdesk::liquid {

namespace {

constexpr int k_nesting = 200; // deeper arrays print as "[...]"

void inspect_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\t': out += "\\t"; break;
    case '\r': out += "\\r"; break;
    case '\f': out += "\\f"; break;
    case '\v': out += "\\v"; break;
    case '\b': out += "\\b"; break;
    case '\a': out += "\\a"; break;
    case 27: out += "\\e"; break;
    case '#':
      if (next == '{' || next == '$' || next == '@') out += '\\';
      out += '#';
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
        static constexpr char k_digits[] = "0123456789ABCDEF";
        out += c == 0 ? "\\u00" : "\\u00";
        out += k_digits[static_cast<unsigned char>(c) >> 4];
        out += k_digits[c & 15];
      } else {
        out += c;
      }
    }
  }
  out += '"';
}

void append(std::string& out, const Value& value, bool inspect, int depth) {
  switch (value.kind()) {
  case Kind::nil:
    if (inspect) out += "nil";
    break;
  case Kind::boolean: out += value.as_bool() ? "true" : "false"; break;
  case Kind::integer: append_integer(out, value.as_integer()); break;
  case Kind::number: append_number(out, value.as_number()); break;
  case Kind::string:
    if (inspect)
      inspect_string(out, value.as_string());
    else
      out += value.as_string();
    break;
  case Kind::range: {
    const auto [first, last] = value.as_range();
    append_integer(out, first);
    out += "..";
    append_integer(out, last);
    break;
  }
  case Kind::array: {
    if (depth == 0) {
      out += "[...]";
      break;
    }
    out += '[';
    bool first = true;
    for (const auto& item : value.as_array()) {
      if (!first) out += ", ";
      first = false;
      append(out, item, true, depth - 1);
    }
    out += ']';
    break;
  }
  case Kind::hash: {
    if (depth == 0) {
      out += "{...}";
      break;
    }
    out += '{';
    bool first = true;
    for (const auto& entry : value.as_hash()) {
      if (!first) out += ", ";
      first = false;
      append(out, entry.key, true, depth - 1);
      out += "=>";
      append(out, entry.value, true, depth - 1);
    }
    out += '}';
    break;
  }
  case Kind::object:
    if (const auto stand_in = whole(value); !stand_in.is_nil() && depth > 0)
      append(out, stand_in, inspect, depth - 1);
    else if (depth > 0)
      out += value.as_object().text();
    break;
  }
}

void append_items(std::string& out, const Value& value, int depth) {
  if (value.kind() == Kind::object && depth > 0)
    if (const auto stand_in = whole(value); !stand_in.is_nil()) return append_items(out, stand_in, depth - 1);
  if (value.kind() != Kind::array || depth == 0) return append_text(out, value);
  for (const auto& item : value.as_array()) append_items(out, item, depth - 1);
}

} // namespace

void append_text(std::string& out, const Value& value) { append(out, value, false, k_nesting); }
void append_inspect(std::string& out, const Value& value) { append(out, value, true, k_nesting); }

std::string Value::text() const {
  std::string out;
  append_items(out, *this, k_nesting);
  return out;
}

std::string Value::to_string() const {
  std::string out;
  append_text(out, *this);
  return out;
}

} // namespace helpdesk::liquid
