#include "liquid/json_text.hpp"

#include "base/text.hpp"
#include "liquid/number_text.hpp"

#include <cmath>

namespace helpdesk::liquid {

namespace {

void append_string(std::string& out, std::string_view text) {
  const auto clean = is_valid_utf8(text) ? std::string() : clean_utf8(text);
  static constexpr char k_hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : clean.empty() ? text : std::string_view(clean)) {
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        out += "\\u00";
        out += k_hex[static_cast<unsigned char>(c) >> 4];
        out += k_hex[c & 15];
      } else {
        out += c;
      }
    }
  }
  out += '"';
}

void append(std::string& out, const Value& value, Run& run, int depth) {
  run.step();
  run.check_made(out.size());
  switch (depth > 0 ? value.kind() : Kind::nil) {
  case Kind::nil: out += "null"; break;
  case Kind::boolean: out += value.as_bool() ? "true" : "false"; break;
  case Kind::integer: append_integer(out, value.as_integer()); break;
  case Kind::number:
    if (std::isfinite(value.as_number()))
      append_number(out, value.as_number());
    else
      out += "null";
    break;
  case Kind::string: append_string(out, value.as_string()); break;
  case Kind::range: append_string(out, value.to_string()); break;
  case Kind::object: append(out, whole(value), run, depth - 1); break;
  case Kind::array: {
    char separator = '[';
    for (const auto& item : value.as_array()) {
      out += separator;
      separator = ',';
      append(out, item, run, depth - 1);
    }
    out += separator == '[' ? "[]" : "]";
    break;
  }
  case Kind::hash: {
    char separator = '{';
    for (const auto& entry : value.as_hash()) {
      out += separator;
      separator = ',';
      append_string(out, entry.key.as_string());
      out += ':';
      append(out, entry.value, run, depth - 1);
    }
    out += separator == '{' ? "{}" : "}";
    break;
  }
  }
}

} // namespace

void append_json(std::string& out, const Value& value, Run& run) { append(out, value, run, 200); }

} // namespace helpdesk::liquid
