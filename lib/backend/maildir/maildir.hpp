// Mail that lies in a Maildir. It is read only: nothing is renamed, moved or marked.
#pragma once

#include "backend/backend.hpp"

namespace helpdesk::backend {

extern const Kind k_maildir_kind;

} // namespace helpdesk::backend
