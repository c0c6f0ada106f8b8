// Writing files so that a crash leaves the old or the new one, and never a file outside the directory meant.
#include "base/file.hpp"
#include "base/text.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace helpdesk {
namespace {

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

std::string directory_of(const std::string& path) {
  std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool sync_directory(const std::string& directory) {
  FileDescriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot sync a directory (EINVAL); then there is nothing more to do.
  return fd.valid() && (::fsync(fd.get()) == 0 || errno == EINVAL);
}

} // namespace

Result<void> write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  std::string temporary = path + ".tmp" + random_hex(6);
  auto fail_with = [&](int reason) {
    ::unlink(temporary.c_str());
    return failed(path + ": cannot write: " + std::strerror(reason));
  };
  {
    FileDescriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.valid()) return failed(path + ": cannot write: " + std::strerror(errno));
    if (!write_all(fd.get(), bytes) || ::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0)
      return fail_with(errno);
    // NFS reports a full disk only here.
    if (::close(fd.release()) != 0 && errno != EINTR) return fail_with(errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return fail_with(errno);
  if (!sync_directory(directory_of(path)))
    return failed(path + ": written, but its directory cannot be synced: " + std::strerror(errno));
  return {};
}

Result<std::string> create_in_directory(const std::string& directory, std::string_view name,
                                        std::string_view bytes) {
  FileDescriptor dir(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir.valid()) return failed(directory + ": " + std::strerror(errno));
  const std::string safe = safe_file_name(name);
  std::size_t dot = safe.rfind('.');
  if (dot == std::string::npos || dot == 0) dot = safe.size();
  for (int n = 1; n < 10'000; ++n) {
    std::string used =
        n == 1 ? safe : safe.substr(0, dot) + " (" + std::to_string(n) + ")" + safe.substr(dot);
    FileDescriptor fd(
        ::openat(dir.get(), used.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.valid() && errno == EEXIST) continue;
    if (!fd.valid()) return failed(join_path(directory, used) + ": cannot write: " + std::strerror(errno));
    if (!write_all(fd.get(), bytes) || ::close(fd.release()) != 0) {
      int reason = errno;
      ::unlinkat(dir.get(), used.c_str(), 0);
      return failed(join_path(directory, used) + ": cannot write: " + std::strerror(reason));
    }
    return used;
  }
  return failed(join_path(directory, safe) + ": too many files of this name");
}

} // namespace helpdesk
