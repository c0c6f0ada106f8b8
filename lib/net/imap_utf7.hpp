// IMAP's modified UTF-7 for mailbox names (RFC 3501 5.1.3).
#pragma once

#include <string>
#include <string_view>

namespace helpdesk::net {

std::string to_modified_utf7(std::string_view utf8);
// What is not well-formed stays as it stands, cleaned to UTF-8: a name must never get lost.
std::string from_modified_utf7(std::string_view name);

} // namespace helpdesk::net
