// Between numbers and their written form.
#pragma once

#include "liquid/value.hpp"

#include <string>
#include <string_view>

namespace helpdesk::liquid {

// nil, null, true, false, blank, empty and the empty word; false when word is none of them.
bool literal_of(std::string_view word, Value& value);
// An integer or, with a point, a number; digits only, as the lexer gives them. An integer out of range
// becomes the nearest one.
Value number_of(std::string_view digits);
// The shortest text that reads back as the same number: 1.0, 0.1, 1.0e+16, Infinity, NaN.
void append_number(std::string& out, double number);
void append_integer(std::string& out, std::int64_t integer);
// Reads a leading integer: "12abc" is 12, "abc" is 0, white space before it is skipped, underscores between
// digits are.
std::int64_t leading_integer(std::string_view text);
// The whole text is one integer, white space around it allowed: "12", " -3 ".
bool whole_integer(std::string_view text, std::int64_t& integer);

} // namespace helpdesk::liquid
