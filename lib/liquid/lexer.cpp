#include "liquid/lexer.hpp"

#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/failure.hpp"

namespace helpdesk::liquid {

namespace {

[[noreturn]] void unexpected(std::string_view markup, std::size_t at, std::string_view source) {
  auto end = at;
  next_code_point(markup, end);
  const auto offset = static_cast<std::uint32_t>(markup.data() + at - source.data());
  syntax_error("Unexpected character " + std::string(markup.substr(at, end - at)),
               offset <= source.size() ? offset : UINT32_MAX);
}

bool starts_comparison(char c) { return c == '=' || c == '!' || c == '<' || c == '>'; }

// Length of the comparison at markup[at], 0 when there is none.
std::size_t comparison_length(std::string_view markup, std::size_t at) {
  const char c = markup[at], next = at + 1 < markup.size() ? markup[at + 1] : '\0';
  if (c == '=' || c == '!') return next == '=' ? 2 : 0;
  if (next == '=' || (c == '<' && next == '>')) return 2;
  return 1;
}

TokenType special(char c) {
  switch (c) {
  case '|': return TokenType::pipe;
  case '.': return TokenType::dot;
  case ':': return TokenType::colon;
  case ',': return TokenType::comma;
  case '[': return TokenType::open_square;
  case ']': return TokenType::close_square;
  case '(': return TokenType::open_round;
  case ')': return TokenType::close_round;
  case '?': return TokenType::question;
  case '-': return TokenType::dash;
  default: return TokenType::end_of_string;
  }
}

std::size_t number_length(std::string_view rest) {
  std::size_t i = rest[0] == '-' ? 1 : 0;
  while (i < rest.size() && is_ascii_digit(rest[i])) ++i;
  if (i + 1 < rest.size() && rest[i] == '.' && is_ascii_digit(rest[i + 1])) {
    ++i;
    while (i < rest.size() && is_ascii_digit(rest[i])) ++i;
  }
  return i;
}

std::size_t identifier_length(std::string_view rest) {
  std::size_t i = 1;
  while (i < rest.size() && (is_word(rest[i]) || rest[i] == '-')) ++i;
  if (i < rest.size() && rest[i] == '?') ++i;
  return i;
}

} // namespace

std::string_view token_name(TokenType type) {
  static constexpr std::string_view k_names[] = {
      "id",          "string",   "number", "comparison",   "dotdot",       "pipe",
      "dot",         "colon",    "comma",  "open_square",  "close_square", "open_round",
      "close_round", "question", "dash",   "end_of_string"};
  return k_names[static_cast<std::size_t>(type)];
}

void lex(std::string_view markup, std::string_view source, std::vector<Token>& tokens) {
  tokens.clear();
  std::size_t at = 0;
  const auto add = [&](TokenType type, std::size_t length) {
    tokens.push_back({type, markup.substr(at, length)});
    at += length;
  };
  while (true) {
    while (at < markup.size() && is_space(markup[at])) ++at;
    if (at >= markup.size()) break;
    const char c = markup[at];
    const char next = at + 1 < markup.size() ? markup[at + 1] : '\0';
    if (is_word(c) && !is_ascii_digit(c)) {
      const auto length = identifier_length(markup.substr(at));
      const auto word = markup.substr(at, length);
      const bool contains =
          word == "contains" && at + length < markup.size() && is_space(markup[at + length]);
      add(contains ? TokenType::comparison : TokenType::id, length);
    } else if (c == '"' || c == '\'') {
      const auto end = markup.find(c, at + 1);
      if (end == std::string_view::npos) unexpected(markup, at, source);
      add(TokenType::string, end + 1 - at);
    } else if (is_ascii_digit(c) || (c == '-' && is_ascii_digit(next))) {
      add(TokenType::number, number_length(markup.substr(at)));
    } else if (starts_comparison(c)) {
      const auto length = comparison_length(markup, at);
      if (length == 0) unexpected(markup, at, source);
      add(TokenType::comparison, length);
    } else if (c == '.' && next == '.') {
      add(TokenType::dotdot, 2);
    } else if (const auto type = special(c); type != TokenType::end_of_string) {
      add(type, 1);
    } else {
      unexpected(markup, at, source);
    }
  }
  tokens.push_back({TokenType::end_of_string, markup.substr(markup.size())});
}

} // namespace helpdesk::liquid
