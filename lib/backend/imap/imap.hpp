// The backend "imap": one mailbox on an IMAP server, pulled without ever changing anything on it.
#pragma once

#include "backend/backend.hpp"

namespace helpdesk::backend {

extern const Kind k_imap_kind;

} // namespace helpdesk::backend
