#include "base/nameless_file.hpp"

#include "base/process.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace helpdesk {

namespace {

std::string folder() { return environment("TMPDIR").value_or("/tmp"); }
Failure failure(std::string_view why) {
  return failed("temporary file in " + folder() + ": " + std::string(why) +
                "; TMPDIR names another folder for it");
}

} // namespace

Result<FileDescriptor> nameless_file() {
  std::string pattern = folder() + "/helpdesk-XXXXXX";
  FileDescriptor file(::mkostemp(pattern.data(), O_CLOEXEC));
  if (!file.valid()) return failed(pattern + ": " + std::strerror(errno));
  ::unlink(pattern.c_str());
  return file;
}

Result<void> write_at(const FileDescriptor& file, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    ssize_t n = ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return failure(std::strerror(errno));
    offset += static_cast<std::uint64_t>(n);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<void> read_at(const FileDescriptor& file, char* to, std::size_t size, std::uint64_t offset) {
  while (size > 0) {
    ssize_t n = ::pread(file.get(), to, size, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failure(std::strerror(errno));
    if (n == 0) return failure("is cut short");
    offset += static_cast<std::uint64_t>(n);
    to += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

} // namespace helpdesk
