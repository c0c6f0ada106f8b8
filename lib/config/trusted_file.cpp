#include "config/trusted_file.hpp"

#include "base/file.hpp"
#include "config/config.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace helpdesk::config {
namespace {

constexpr std::size_t k_largest = 4U << 20;

Result<void> check_trust(const struct stat& status, const std::string& path, Trust trust) {
  std::string name = shown_path(path);
  if (!S_ISREG(status.st_mode)) return usage_error(name + ": not a regular file");
  bool ours = status.st_uid == ::geteuid() || (status.st_uid == 0 && trust != Trust::secret);
  if (!ours)
    return usage_error(name + ": belongs to another user (uid " + std::to_string(status.st_uid) +
                       "), it is not read");
  if (trust == Trust::secret && (status.st_mode & 077) != 0)
    return usage_error(name + ": others may read this secret: chmod 600 " + name);
  mode_t forbidden = trust == Trust::project ? 002 : 022;
  if ((status.st_mode & forbidden) != 0)
    return usage_error(name + ": others may write to this file: chmod go-w " + name);
  return {};
}

} // namespace

Result<std::optional<std::string>> read_trusted(const std::string& path, Trust trust) {
  // O_NONBLOCK: a pipe in this place must not make us wait.
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.valid()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<std::string>();
    return usage_error(shown_path(path) + ": cannot be read: " + std::strerror(errno));
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return failed(shown_path(path) + ": " + std::strerror(errno));
  TRY(check_trust(status, path, trust));
  std::string text;
  char block[16384];
  for (;;) {
    ssize_t got = ::read(file.get(), block, sizeof block);
    if (got == 0) return std::optional<std::string>(std::move(text));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(shown_path(path) + ": cannot be read: " + std::strerror(errno));
    text.append(block, static_cast<std::size_t>(got));
    if (text.size() > k_largest)
      return usage_error(shown_path(path) + ": larger than 4 MiB, this is no configuration");
  }
}

} // namespace helpdesk::config
