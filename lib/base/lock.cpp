#include "base/file.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace helpdesk {
namespace {

std::string read_holder(int fd) {
  char text[256];
  ssize_t n = 0;
  // Who has just got the lock may not have written its name yet.
  for (int tries = 0; tries < 20 && (n = ::pread(fd, text, sizeof text, 0)) == 0; ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::string holder = n > 0 ? collapse_spaces(clean_utf8({text, static_cast<std::size_t>(n)})) : "";
  return holder.empty() ? "another process" : holder;
}

} // namespace

Result<FileLock> FileLock::acquire(const std::string& path, std::string_view holder, int wait_ms) {
  FileDescriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd.valid()) return failed(path + ": cannot open the lock: " + std::strerror(errno));
  auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return failed(path + ": cannot lock: " + std::strerror(errno));
    if (std::chrono::steady_clock::now() >= deadline)
      return try_later(path + ": is held by " + read_holder(fd.get()) + ": try again when it is done");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::string text = "pid " + std::to_string(::getpid()) + ", " + collapse_spaces(holder) + ", since " +
                     format_rfc3339(instant_of_seconds(unix_seconds(system_now())), Zone::utc()) + "\n";
  // Who holds it is a courtesy: a full disk must not keep anyone from the lock.
  if (::ftruncate(fd.get(), 0) == 0) [[maybe_unused]]
    ssize_t written = ::pwrite(fd.get(), text.data(), text.size(), 0);
  return FileLock(std::move(fd));
}

} // namespace helpdesk
