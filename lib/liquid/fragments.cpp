#include "liquid/fragments.hpp"

#include "liquid/characters.hpp"

#include <algorithm>

namespace helpdesk::liquid {

namespace {

bool is_quote(char c) { return c == '"' || c == '\''; }

// Length of the quoted string at text[at], 0 when nothing closes it.
std::size_t quoted_length(std::string_view text, std::size_t at) {
  const auto end = text.find(text[at], at + 1);
  return end == std::string_view::npos ? 0 : end + 1 - at;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

} // namespace

std::size_t fragment_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (is_quote(text[at])) return quoted_length(text, at);
  const auto begin = at;
  while (at < text.size()) {
    const char c = text[at];
    if (is_space(c) || c == ',' || c == '|') break;
    const auto step = is_quote(c) ? quoted_length(text, at) : 1;
    if (step == 0) break;
    at += step;
  }
  return at - begin;
}

std::string_view find_fragment(std::string_view text, std::size_t from) {
  for (; from < text.size(); ++from) {
    const char c = text[from];
    if (is_space(c) || c == ',' || c == '|') continue;
    if (const auto length = fragment_length(text, from)) return text.substr(from, length);
  }
  return {};
}

std::vector<std::string_view> filter_parts(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0, at = 0;
  while (at < text.size()) {
    const char c = text[at];
    const auto step = is_quote(c) ? quoted_length(text, at) : c == '|' ? 0 : 1;
    if (step == 0) {
      if (at > begin) parts.push_back(text.substr(begin, at - begin));
      begin = ++at;
    } else {
      at += step;
    }
  }
  if (at > begin) parts.push_back(text.substr(begin, at - begin));
  return parts;
}

std::vector<std::pair<std::string_view, std::string_view>> filter_arguments(std::string_view part) {
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (std::size_t at = 0; at < part.size();) {
    if (part[at] != ':' && part[at] != ',') {
      const auto step = is_quote(part[at]) ? quoted_length(part, at) : 1;
      at += std::max<std::size_t>(1, step);
      continue;
    }
    auto value = skip_spaces(part, at + 1);
    std::string_view name;
    auto end = value;
    while (end < part.size() && is_word(part[end])) ++end;
    const auto colon = skip_spaces(part, end);
    if (end > value && colon < part.size() && part[colon] == ':' &&
        fragment_length(part, skip_spaces(part, colon + 1)) > 0) {
      name = part.substr(value, end - value);
      value = skip_spaces(part, colon + 1);
    }
    const auto length = fragment_length(part, value);
    if (length > 0) found.emplace_back(name, part.substr(value, length));
    at = length > 0 ? value + length : at + 1;
  }
  return found;
}

std::vector<std::pair<std::string_view, std::string_view>> attributes(std::string_view markup) {
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (std::size_t at = 0; at < markup.size();) {
    auto end = at;
    while (end < markup.size() && (is_word(markup[end]) || (end > at && markup[end] == '-'))) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    const auto colon = skip_spaces(markup, end);
    if (colon < markup.size() && markup[colon] == ':') {
      const auto value = skip_spaces(markup, colon + 1);
      if (const auto length = fragment_length(markup, value)) {
        found.emplace_back(markup.substr(at, end - at), markup.substr(value, length));
        at = value + length;
        continue;
      }
    }
    at = end;
  }
  return found;
}

Comparison parse_comparison(std::string_view group) {
  Comparison result;
  result.left = find_fragment(group, 0);
  if (result.left.empty()) return result;
  auto at =
      skip_spaces(group, static_cast<std::size_t>(result.left.data() + result.left.size() - group.data()));
  const auto begin = at;
  const auto is_operator = [](char c) {
    return c == '=' || c == '!' || c == '<' || c == '>' || (c >= 'a' && c <= 'z') || c == '_';
  };
  while (at < group.size() && is_operator(group[at])) ++at;
  result.operation = group.substr(begin, at - begin);
  at = skip_spaces(group, at);
  result.right = group.substr(std::min(at, group.size()), fragment_length(group, at));
  return result;
}

std::size_t condition_word(std::string_view rest) {
  if (const auto length = fragment_length(rest, 0)) return length;
  std::size_t end = 0;
  while (end < rest.size() && !is_space(rest[end])) ++end;
  return end;
}

} // namespace helpdesk::liquid
