#include "execute.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace transcript {
namespace {

constexpr int k_seconds = 60;

[[noreturn]] void become(const std::string& command, const std::string& directory,
                         const std::vector<std::pair<std::string, std::string>>& environment) {
  if (::chdir(directory.c_str()) != 0) ::_exit(126);
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  std::vector<char*> pointers;
  for (std::string& variable : variables) pointers.push_back(variable.data());
  pointers.push_back(nullptr);
  const char* argv[] = {"sh", "-c", command.c_str(), nullptr};
  ::execve("/bin/sh", const_cast<char**>(argv), pointers.data());
  ::_exit(127);
}

int exit_code_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Reads both ends until they close; a command that does not end is killed with all it started.
void collect(pid_t child, int out, int err, std::string& out_text, std::string& err_text) {
  auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(k_seconds);
  pollfd ends[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
            .count();
    if (left <= 0) {
      ::kill(-child, SIGKILL);
      out_text += "\n[killed after " + std::to_string(k_seconds) + " s]\n";
      return;
    }
    if (::poll(ends, 2, static_cast<int>(left)) < 0 && errno != EINTR) return;
    for (pollfd& end : ends) {
      if (end.fd < 0 || end.revents == 0) continue;
      char block[65536];
      ssize_t got = ::read(end.fd, block, sizeof block);
      if (got > 0)
        (&end == ends ? out_text : err_text).append(block, static_cast<std::size_t>(got));
      else if (!(got < 0 && errno == EINTR))
        end.fd = -1; // end of file; a terminal whose other side is gone says EIO
    }
  }
}

} // namespace

Outcome execute(const std::string& command, const std::string& input, bool tty, const std::string& directory,
                const std::vector<std::pair<std::string, std::string>>& environment) {
  Outcome outcome;
  std::fflush(nullptr);
  if (tty) {
    winsize size{24, 80, 0, 0};
    int master = -1;
    pid_t child = ::forkpty(&master, nullptr, nullptr, &size);
    if (child < 0) {
      outcome.out = std::string("[no pseudo-terminal: ") + std::strerror(errno) + "; is /dev/pts mounted?]\n";
      return outcome;
    }
    if (child == 0) {
      termios mode{};
      ::tcgetattr(STDIN_FILENO, &mode);
      mode.c_oflag &= ~static_cast<tcflag_t>(OPOST); // line ends as they were written
      mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      ::tcsetattr(STDIN_FILENO, TCSANOW, &mode);
      become(command, directory, environment);
    }
    if (!input.empty()) {
      ::usleep(300'000); // a password prompt throws away what was typed before it
      [[maybe_unused]] ssize_t written = ::write(master, input.data(), input.size());
    }
    collect(child, master, -1, outcome.out, outcome.err);
    ::close(master);
    outcome.code = exit_code_of(child);
    return outcome;
  }
  // stdin from an unlinked file: no writer is needed beside the readers.
  char name[] = "/tmp/transcript-XXXXXX";
  int in = ::mkstemp(name);
  ::unlink(name);
  if (in < 0 || ::write(in, input.data(), input.size()) < 0) std::abort();
  ::lseek(in, 0, SEEK_SET);
  int out[2], err[2];
  if (::pipe(out) != 0 || ::pipe(err) != 0) std::abort();
  pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(err[1], STDERR_FILENO);
    for (int fd : {in, out[0], out[1], err[0], err[1]}) ::close(fd);
    become(command, directory, environment);
  }
  ::setpgid(child, child);
  for (int fd : {in, out[1], err[1]}) ::close(fd);
  collect(child, out[0], err[0], outcome.out, outcome.err);
  ::close(out[0]);
  ::close(err[0]);
  outcome.code = exit_code_of(child);
  return outcome;
}

} // namespace transcript
