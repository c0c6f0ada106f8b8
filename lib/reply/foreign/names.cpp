// What the systems share: names, and Liquid with other names in it.
#include "base/text.hpp"
#include "reply/foreign/foreign.hpp"

#include <fmt/format.h>

namespace helpdesk::reply::foreign {
namespace {

constexpr std::size_t k_longest_name = 200;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Ours, or nothing. A row with "*" passes on what stands there; a row is good for the members below it too.
std::string ours_of(std::span<const Alias> names, std::string_view theirs) {
  if (theirs.size() > k_longest_name) return {};
  for (const Alias& alias : names) {
    if (alias.theirs.ends_with('*')) {
      std::string_view prefix = alias.theirs.substr(0, alias.theirs.size() - 1);
      if (theirs.starts_with(prefix) && theirs.size() > prefix.size())
        return std::string(alias.ours.substr(0, alias.ours.size() - 1)) +
               std::string(theirs.substr(prefix.size()));
    } else if (theirs == alias.theirs) {
      return std::string(alias.ours);
    }
  }
  std::size_t dot = theirs.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string parent = ours_of(names, theirs.substr(0, dot));
  return parent.empty() ? parent : parent + std::string(theirs.substr(dot));
}

// Renames inside one tag or output. first_word: whether it begins with the tag's own name.
void rename_in_markup(std::string& out, std::string_view markup, bool first_word, const System& system) {
  bool after_pipe = false;
  for (std::size_t i = 0; i < markup.size();) {
    char c = markup[i];
    if (c == '"' || c == '\'') {
      std::size_t end = markup.find(c, i + 1);
      end = end == std::string_view::npos ? markup.size() : end + 1;
      out += markup.substr(i, end - i);
      i = end;
      continue;
    }
    if (!is_word(c)) {
      after_pipe = c == '|' || (after_pipe && c == ' ');
      out += c;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < markup.size() &&
           (is_word(markup[end]) || markup[end] == '-' ||
            (markup[end] == '.' && end + 1 < markup.size() && is_word(markup[end + 1]))))
      ++end;
    while (end > i && markup[end - 1] == '-') --end; // of "-}}"
    std::string_view word = markup.substr(i, end - i);
    bool is_argument = end < markup.size() && markup[end] == ':';
    std::string ours = first_word || after_pipe || is_argument ? std::string() : ours_of(system.names, word);
    out += ours.empty() ? std::string(word) : ours;
    first_word = after_pipe = false;
    i = end;
  }
}

} // namespace

std::string our_name(const System& system, std::string_view theirs) {
  std::string ours = ours_of(system.names, theirs);
  if (!ours.empty()) return ours;
  // Only what can be a name of Liquid; the rest would not parse.
  std::string name;
  for (char c : theirs) name += is_word(c) || c == '.' ? c : '_';
  return fmt::format("{}.{}", system.name, name);
}

std::string rename_in_liquid(std::string_view text, const System& system) {
  std::string out;
  bool raw = false;
  while (true) {
    std::size_t open = text.find('{');
    while (open != std::string_view::npos && open + 1 < text.size() && text[open + 1] != '{' &&
           text[open + 1] != '%')
      open = text.find('{', open + 1);
    if (open == std::string_view::npos || open + 1 >= text.size()) break;
    bool tag = text[open + 1] == '%';
    std::size_t close = text.find(tag ? "%}" : "}}", open + 2);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open + 2);
    std::string_view markup = text.substr(open + 2, close - open - 2);
    std::string_view word = trim(markup.starts_with('-') ? markup.substr(1) : markup);
    if (tag && word.starts_with("endraw")) raw = false;
    if (raw)
      out += markup;
    else
      rename_in_markup(out, markup, tag, system);
    if (tag && word.starts_with("raw")) raw = true;
    out += text.substr(close, 2);
    text.remove_prefix(close + 2);
  }
  return out + std::string(text);
}

void append_literal(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool opens = text[i] == '{' && i + 1 < text.size() && (text[i + 1] == '{' || text[i + 1] == '%');
    out += opens ? std::string_view("{{ \"{\" }}") : text.substr(i, 1);
  }
}

std::string liquid_string(std::string_view text) {
  char quote = text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string inner(text);
  if (quote == '\'') inner = replace_all(inner, "'", "\u2019"); // it has both
  return quote + inner + quote;
}

Result<json::Array> records_in(const json::Value& file, std::initializer_list<std::string_view> keys) {
  if (file.is_array()) return file.items();
  for (std::string_view key : keys) {
    const json::Value* found = file.at_pointer("/" + std::string(key));
    if (found && found->is_array()) return found->items();
    if (found && found->is_object()) return json::Array{*found};
  }
  if (file.has("id")) return json::Array{file}; // one record alone
  return usage_error("there is no list of replies in this file");
}

} // namespace helpdesk::reply::foreign
