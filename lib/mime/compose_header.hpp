// Header lines for the wire: folded, encoded, and free of what could end them early.
#pragma once

#include "base/result.hpp"
#include "model/values.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::mime {

// Usage error naming the field when value holds CR, LF or NUL.
Result<void> refuse_line_ends(std::string_view field, std::string_view value);
// "Name: value\r\n" for free text: folded at spaces; encoded words when it is not plain ASCII.
std::string text_header(std::string_view name, std::string_view value);
// "Name: token token\r\n", folded between tokens that must stay whole.
std::string token_header(std::string_view name, const std::vector<std::string>& tokens,
                         std::string_view separator);
// "Anna Berg <anna@example.org>" with the domain in IDNA. smtputf8 is set when the local part is not ASCII.
Result<std::string> mailbox(std::string_view field, const model::Contact& contact, bool& smtputf8);
// "; name=value", "; name*=utf-8''…", in continuations when long; each on a line of its own.
std::string parameter(std::string_view name, std::string_view value);

} // namespace helpdesk::mime
