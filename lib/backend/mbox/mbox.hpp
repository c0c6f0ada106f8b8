// Mail that lies in mbox files. They are read without a lock and never written.
#pragma once

#include "backend/backend.hpp"

namespace helpdesk::backend {

extern const Kind k_mbox_kind;

} // namespace helpdesk::backend
