#include "base/file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace helpdesk {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  if (path.find('\0') != std::string::npos) return failed("a path holds a NUL byte");
  // O_NONBLOCK: opening a named pipe must not wait for its writer.
  FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return failed(path + ": " + std::strerror(errno));
  struct stat st{};
  if (::fstat(fd.get(), &st) != 0) return failed(path + ": " + std::strerror(errno));
  if (!S_ISREG(st.st_mode))
    return failed(path + (S_ISDIR(st.st_mode) ? ": is a directory" : ": is not a regular file"));
  auto too_large = [&] { return failed(path + ": is larger than " + std::to_string(limit) + " bytes"); };
  if (static_cast<std::uint64_t>(st.st_size) > limit) return too_large();
  std::string out(static_cast<std::size_t>(st.st_size), '\0');
  std::size_t have = 0;
  for (;;) {
    // Files of /proc say size 0, and a file may grow while it is read.
    if (have == out.size()) {
      char extra[4096];
      ssize_t n = ::read(fd.get(), extra, sizeof extra);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failed(path + ": " + std::strerror(errno));
      if (n == 0) return out;
      out.append(extra, static_cast<std::size_t>(n));
      have = out.size();
      if (have > limit) return too_large();
      continue;
    }
    ssize_t n = ::read(fd.get(), out.data() + have, out.size() - have);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path + ": " + std::strerror(errno));
    if (n == 0) {
      out.resize(have);
      return out;
    }
    have += static_cast<std::size_t>(n);
  }
}

bool exists(const std::string& path) {
  struct stat st{};
  return ::stat(path.c_str(), &st) == 0;
}

bool is_directory(const std::string& path) {
  struct stat st{};
  return ::stat(path.c_str(), &st) == 0 && S_ISDIR(st.st_mode);
}

std::optional<std::uint64_t> file_size(const std::string& path) {
  struct stat st{};
  if (::stat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(st.st_size);
}

Result<std::uint64_t> free_bytes(const std::string& path) {
  struct statvfs st{};
  if (::statvfs(path.c_str(), &st) != 0) return failed(path + ": " + std::strerror(errno));
  return static_cast<std::uint64_t>(st.f_bavail) * st.f_frsize;
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed(path + ": " + std::strerror(errno));
  return {};
}

Result<void> make_private_directories(const std::string& path) {
  if (path.empty()) return failed("the path of a directory is empty");
  for (std::size_t at = 1; at <= path.size(); ++at) {
    if (at != path.size() && path[at] != '/') continue;
    std::string part = path.substr(0, at);
    if (::mkdir(part.c_str(), 0700) == 0 || is_directory(part)) continue;
    // mkdir says EEXIST for a file in the way; "not a directory" is what the user has to know.
    int reason = errno;
    if (exists(part)) return failed(part + ": exists and is not a directory");
    return failed(part + ": cannot make the directory: " + std::strerror(reason));
  }
  return {};
}

} // namespace helpdesk
