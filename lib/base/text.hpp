// UTF-8 and plain text helpers. A string_view that is called text is valid UTF-8 unless a comment says
// otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk {

bool is_valid_utf8(std::string_view bytes);
// Invalid sequences (overlong, surrogates, truncated) become U+FFFD; NUL becomes U+FFFD too. Valid input is
// returned unchanged.
std::string clean_utf8(std::string_view bytes);
// Decodes one code point at text[pos], advancing pos by at least one; U+FFFD for an invalid sequence.
char32_t next_code_point(std::string_view text, std::size_t& pos);
void append_utf8(std::string& out, char32_t c);
std::size_t count_code_points(std::string_view text);
// Cuts after at most n code points, never inside one, and appends an ellipsis (U+2026) when something was
// cut.
std::string ellipsize(std::string_view text, std::size_t n);

std::string_view trim(std::string_view s); // ASCII white space
std::string_view trim_left(std::string_view s);
std::string_view trim_right(std::string_view s);
std::string ascii_lower(std::string_view s);
bool equal_ignoring_case(std::string_view a, std::string_view b);                // ASCII
bool contains_ignoring_case(std::string_view haystack, std::string_view needle); // ASCII
bool starts_with_ignoring_case(std::string_view s, std::string_view prefix);     // ASCII
std::vector<std::string_view> split(std::string_view s, char separator);
std::vector<std::string_view> split_lines(std::string_view s); // \n, \r\n and lone \r; no empty last line
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string_view s, std::string_view from, std::string_view to);
std::string
collapse_spaces(std::string_view s); // runs of white space (also line ends) become one space, ends trimmed
// Unicode simple lower case of Latin, Greek, Cyrillic, Armenian, Georgian; the rest unchanged.
std::string lower(std::string_view text);
char32_t lower(char32_t c);
bool is_letter(char32_t c);
bool is_digit(char32_t c);
bool is_space(char32_t c); // Unicode white space

// Damerau-Levenshtein distance in code points, and the nearest candidate within max(1, length/3), or empty:
// for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b);
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

std::string base64_encode(std::string_view bytes);
std::string base64url_encode(std::string_view bytes); // no padding
std::string hex(std::string_view bytes);
// 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
// n bytes from the system's generator, as 2n hex digits.
std::string random_hex(std::size_t n);
// FNV-1a, 64 bit: hash tables and seeds, never security.
std::uint64_t fnv1a(std::string_view bytes);

} // namespace helpdesk
