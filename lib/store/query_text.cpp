#include "store/query.hpp"

namespace helpdesk::store {
namespace {

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

bool needs_quotes(std::string_view value) {
  return value.empty() || value.find_first_of(" \t\r\n()\",") != std::string_view::npos ||
         value.front() == '>' || value.front() == '<';
}

std::string_view compare_sign(const Query& q) {
  if (q.name == "before" || q.name == "after") return "";
  switch (q.compare) {
  case Compare::equal: return "";
  case Compare::less: return "<";
  case Compare::greater: return ">";
  case Compare::less_equal: return "<=";
  case Compare::greater_equal: return ">=";
  }
  return "";
}

std::string group(const Query& q, std::string_view separator) {
  std::string out;
  for (const auto& child : q.children) {
    if (!out.empty()) out += separator;
    bool nested = (child.node == Node::all || child.node == Node::any) && q.children.size() > 1;
    out += nested ? "(" + to_text(child) + ")" : to_text(child);
  }
  return out;
}

} // namespace

std::string to_text(const Query& q) {
  switch (q.node) {
  case Node::all: return group(q, " ");
  case Node::any: return group(q, " or ");
  case Node::negation: {
    if (q.children.empty()) return "";
    const auto& child = q.children.front();
    bool nested = child.node == Node::all || child.node == Node::any;
    return "-" + (nested ? "(" + to_text(child) + ")" : to_text(child));
  }
  case Node::word: return q.text;
  case Node::prefix: return q.text + "*";
  case Node::phrase: return quote(q.text);
  case Node::field:
    return q.name + ":" + std::string(compare_sign(q)) + (needs_quotes(q.text) ? quote(q.text) : q.text);
  }
  return "";
}

} // namespace helpdesk::store
