// Plain text as people read it: line ends, and paragraphs of format=flowed (RFC 3676).
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::mime {

// CRLF and lone CR become LF.
std::string with_plain_line_ends(std::string text);
// Joins flowed lines of one quote depth; delete_space is the DelSp parameter. Quote marks stay in front of
// each line.
std::string unwrap_flowed(std::string_view text, bool delete_space);

} // namespace helpdesk::mime
