// Room on the disk for what does not fit into memory.
#pragma once

#include "base/file.hpp"

namespace helpdesk {

// A file in TMPDIR, else /tmp, that vanishes with the process. Failed naming the place.
Result<FileDescriptor> nameless_file();

} // namespace helpdesk
