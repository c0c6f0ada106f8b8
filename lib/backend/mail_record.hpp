// A mail that lies in a file, as a record.
#pragma once

#include "store/store.hpp"

#include <string>
#include <string_view>

namespace helpdesk::backend {

// The header block of a mail, with its empty line: what scope decisions look at.
std::string_view header_block(std::string_view mail);

// key is the sha256 of the bytes. A file's time changes with every copy and every synchronising program, so
// that it counts as the receive time only for mails that tell neither when they were received nor when they
// were written.
store::RawRecord mail_record(std::string_view account, std::string bytes, Instant file_time);

} // namespace helpdesk::backend
