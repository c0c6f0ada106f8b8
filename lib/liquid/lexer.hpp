// The words inside {{ }} and {% %}.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace helpdesk::liquid {

enum class TokenType : unsigned char {
  id,
  string,
  number,
  comparison,
  dotdot,
  pipe,
  dot,
  colon,
  comma,
  open_square,
  close_square,
  open_round,
  close_round,
  question,
  dash,
  end_of_string,
};

struct Token {
  TokenType type;
  std::string_view text;
};

std::string_view token_name(TokenType type); // "open_square"
// Fills tokens, ending with end_of_string. source is the whole template, for the position of an unexpected
// character, which throws a syntax failure.
void lex(std::string_view markup, std::string_view source, std::vector<Token>& tokens);

} // namespace helpdesk::liquid
