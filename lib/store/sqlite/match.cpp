#include "store/query_match.hpp"
#include "store/query_terms.hpp"
#include "store/sqlite/condition.hpp"

namespace helpdesk::store::sqlite {
namespace {

std::string quoted(std::string_view words, bool prefix) {
  std::string out = "\"";
  for (char c : words) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + (prefix ? "\" *" : "\"");
}

std::optional<std::string> leaf_expression(const Query& leaf) {
  auto pattern = pattern_of(leaf);
  std::string any;
  for (const auto& words : spellings(pattern))
    any += (any.empty() ? "" : " OR ") + quoted(words, pattern.prefix);
  if (any.empty()) return std::nullopt;
  auto column = column_of(leaf);
  return column ? "{" + std::string(k_column_names[static_cast<std::size_t>(*column)]) + "} : (" + any + ")"
                : "(" + any + ")";
}

std::optional<std::string> joined(const std::vector<Query>& children, std::string_view operation) {
  std::string out;
  for (const auto& child : children) {
    auto one = match_expression(child);
    if (!one) return std::nullopt;
    out += (out.empty() ? "" : std::string(operation)) + *one;
  }
  return out;
}

} // namespace

std::optional<std::string> match_expression(const Query& q) {
  switch (q.node) {
  case Node::negation: return std::nullopt;
  case Node::any: {
    auto inner = joined(q.children, " OR ");
    if (!inner || inner->empty()) return std::nullopt;
    return "(" + *inner + ")";
  }
  case Node::all: {
    // FTS5 knows "a NOT b" only: what is negated goes behind what is not.
    std::vector<Query> with, without;
    for (const auto& child : q.children) {
      if (child.node == Node::negation && child.children.size() == 1)
        without.push_back(child.children.front());
      else
        with.push_back(child);
    }
    auto positive = joined(with, " AND ");
    if (!positive || positive->empty()) return std::nullopt;
    if (without.empty()) return "(" + *positive + ")";
    auto negative = joined(without, " OR ");
    if (!negative) return std::nullopt;
    return "((" + *positive + ") NOT (" + *negative + "))";
  }
  default: return is_text_leaf(q) ? leaf_expression(q) : std::nullopt;
  }
}

Split split_match(const Query& q) {
  Split out;
  if (auto whole = match_expression(q)) {
    out.match = *whole;
    return out;
  }
  if (q.node != Node::all) {
    out.rest = q;
    return out;
  }
  Query text;
  for (const auto& child : q.children) (match_expression(child) ? text : out.rest).children.push_back(child);
  if (!text.empty()) {
    // What the index can exclude itself it excludes.
    std::vector<Query> rest;
    for (auto& child : out.rest.children) {
      bool plain = child.node == Node::negation && child.children.size() == 1 &&
                   match_expression(child.children.front());
      (plain ? text.children : rest).push_back(std::move(child));
    }
    out.rest.children = std::move(rest);
    out.match = match_expression(text).value_or("");
  }
  return out;
}

} // namespace helpdesk::store::sqlite
