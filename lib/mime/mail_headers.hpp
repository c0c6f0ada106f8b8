// What parse_headers and parse_mail share.
#pragma once

#include "mime/header_block.hpp"
#include "mime/mail.hpp"

namespace helpdesk::mime {

Mail mail_of_block(const HeaderBlock& block, const Limits& limits);

} // namespace helpdesk::mime
