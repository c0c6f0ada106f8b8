// What one line of a mail is, as far as the line itself can say. Inside lib/language only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::quotes {

enum class Kind : std::uint8_t {
  text,
  empty,
  quoted,   // "> …", "| …", "AB> …"
  intro,    // "On … wrote:", all its lines
  original, // "-----Original Message-----", "Begin forwarded message:", "reply above this line"
  header,   // "From: …" and what continues it, in a block of such
  dashes,   // "--", "-- ", "__", "—": the signature mark
  rule,     // a longer row of dashes, underscores, stars
  device,   // "Sent from my iPhone"
  footer,   // first line of a legal notice, virus scanner advertising, list footer
};

struct Line {
  std::string_view text; // without its line end
  Kind kind = Kind::text;
};

// Lines are only looked at this far: whatever matters stands in front, and the time stays linear.
inline constexpr std::size_t k_look = 600;

std::vector<Line> classify(std::string_view text);

// The parts, for tests and for the other users in this module.
bool is_blank(std::string_view line); // Unicode white space and zero-width characters only
bool is_quoted(std::string_view line);
std::string_view
without_decoration(std::string_view line); // "*From:* x" -> "From:* x"; leading > * _ and white space dropped
bool is_device_line(std::string_view lowered);
bool is_footer_start(std::string_view lowered);
bool is_original_marker(std::string_view lowered);
// The number of lines, from lines[at], of a quote's introduction; 0 when none ends within the next few lines.
std::size_t intro_length(const std::vector<Line>& lines, std::size_t at);
// "From", "Sent", … of a header line in any language.
enum class Field : std::uint8_t { none, from, date, to, subject, other };
Field header_field(std::string_view line);
// The value behind the field name, decoration dropped.
std::string_view header_value(std::string_view line);

bool has_date_or_time(std::string_view s); // 19:04, 2016, 1/2/16, 2016-01-28
bool has_address(std::string_view s);

} // namespace helpdesk::quotes
