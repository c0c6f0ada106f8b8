#include "terminal/status_line.hpp"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace helpdesk::terminal {

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return errno;
    pollfd ready{fd, POLLOUT, 0}; // the other end of a shared terminal set it non-blocking
    ::poll(&ready, 1, 1000);
  }
  return 0;
}

void StatusLine::draw(std::string_view line) {
  std::lock_guard guard(mutex_);
  shown_ = line;
  write_all(STDERR_FILENO, "\r\x1b[K" + shown_);
}

void StatusLine::clear() {
  std::lock_guard guard(mutex_);
  if (shown_.empty()) return;
  shown_.clear();
  write_all(STDERR_FILENO, "\r\x1b[K");
}

void StatusLine::message(std::string_view line) {
  std::lock_guard guard(mutex_);
  std::string bytes = shown_.empty() ? std::string() : "\r\x1b[K";
  bytes += line;
  bytes += '\n';
  bytes += shown_;
  write_all(STDERR_FILENO, bytes);
}

} // namespace helpdesk::terminal
