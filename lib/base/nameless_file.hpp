// Room on the disk for what does not fit into memory.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace helpdesk {

// A file in TMPDIR, else /tmp, that vanishes with the process. Failed naming the place.
Result<FileDescriptor> nameless_file();
// All of the bytes, or failed naming the place: the disk is full, or the file is shorter.
Result<void> write_at(const FileDescriptor& file, std::string_view bytes, std::uint64_t offset);
Result<void> read_at(const FileDescriptor& file, char* to, std::size_t size, std::uint64_t offset);

} // namespace helpdesk
