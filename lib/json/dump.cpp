// Writing JSON.
#include "base/text.hpp"
#include "json/json.hpp"

#include <cmath>

#include <fmt/format.h>

namespace helpdesk::json {
namespace {

void real_to(std::string& out, double d) {
  if (!std::isfinite(d)) {
    out += "null";
    return;
  }
  std::size_t begin = out.size();
  fmt::format_to(std::back_inserter(out), "{}", d); // the shortest that reads back the same
  // A real stays one when it is read again.
  if (out.find_first_of(".e", begin) == std::string::npos) out += ".0";
}

void line_break(std::string& out, int indent, int level) {
  if (indent < 0) return;
  out += '\n';
  out.append(static_cast<std::size_t>(indent) * static_cast<std::size_t>(level), ' ');
}

void write(std::string& out, const Value& value, int indent, int level) {
  switch (value.type()) {
  case Value::Type::null: out += "null"; break;
  case Value::Type::boolean: out += value.as_bool() ? "true" : "false"; break;
  case Value::Type::integer: fmt::format_to(std::back_inserter(out), "{}", value.as_int()); break;
  case Value::Type::real: real_to(out, value.as_double()); break;
  case Value::Type::big_number: out += value.id_text(); break;
  case Value::Type::string: quote_to(out, value.as_string()); break;
  case Value::Type::array: {
    out += '[';
    bool first = true;
    for (const Value& item : value.items()) {
      if (!first) out += ',';
      first = false;
      line_break(out, indent, level + 1);
      write(out, item, indent, level + 1);
    }
    if (!first) line_break(out, indent, level);
    out += ']';
    break;
  }
  case Value::Type::object: {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : value.members()) {
      if (!first) out += ',';
      first = false;
      line_break(out, indent, level + 1);
      quote_to(out, key);
      out += indent < 0 ? ":" : ": ";
      write(out, member, indent, level + 1);
    }
    if (!first) line_break(out, indent, level);
    out += '}';
    break;
  }
  }
}

} // namespace

void quote_to(std::string& out, std::string_view text) {
  std::string cleaned;
  if (!is_valid_utf8(text)) text = cleaned = clean_utf8(text);
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    bool separator = c == 0xE2 && (text.substr(i, 3) == "\u2028" || text.substr(i, 3) == "\u2029");
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && !separator) continue;
    out += text.substr(begin, i - begin);
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    case 0xE2:
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
      break;
    default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
    begin = i + 1;
  }
  out += text.substr(begin);
  out += '"';
}

void dump_to(std::string& out, const Value& value, int indent) { write(out, value, indent, 0); }

std::string dump(const Value& value, int indent) {
  std::string out;
  dump_to(out, value, indent);
  return out;
}

} // namespace helpdesk::json
