// Kinds beside the registry's table: a backend of a test, or of a program that links these libraries.
#pragma once

#include "backend/backend.hpp"

namespace helpdesk::backend {

// find_kind knows it from now on; kinds() does not list it. Not thread-safe: call before anything else
// looks for kinds. kind must live as long as the process.
void add_kind(const Kind& kind);

} // namespace helpdesk::backend
