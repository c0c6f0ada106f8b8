// Bodies for the wire.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::mime {

// format=flowed (RFC 3676): paragraphs wrapped at 76 with soft breaks, space-stuffed; LF line ends.
std::string wrap_flowed(std::string_view text);
// CRLF line ends; trailing spaces encoded; lines of at most 76 characters.
std::string quoted_printable(std::string_view text);
// 76 characters a line, CRLF.
std::string base64_lines(std::string_view bytes);
// 7-bit, no NUL, no lone CR, no line over 998: may go out as it is.
bool is_wire_safe(std::string_view text);
std::string with_crlf_ends(std::string_view text);
// By the name's extension; application/octet-stream when it is unknown.
std::string_view type_of_name(std::string_view name);

} // namespace helpdesk::mime
