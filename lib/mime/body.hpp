// Which parts are the text that people read, and which are files (RFC 8621 section 4.1.4).
#pragma once

#include "mime/mail.hpp"
#include "mime/tree.hpp"

namespace helpdesk::mime {

// Fills text, html, parts, and what the structure says: signed, encrypted, calendar, reports.
void fill_body(const Tree& tree, const Limits& limits, Contents contents, Deadline deadline, Mail& mail);

} // namespace helpdesk::mime
