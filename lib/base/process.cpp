#include "base/process.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace helpdesk {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t k_capture = 16U << 20;

Result<std::string> find_program(const std::string& name) {
  if (name.empty() || name.find('\0') != std::string::npos)
    return failed("the name of a program is empty or holds a NUL byte");
  if (name.find('/') != std::string::npos) return name;
  std::string path = environment("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
  for (std::string_view entry : split(path, ':')) {
    // An empty or relative entry would run what lies in the current directory.
    if (!entry.starts_with('/')) continue;
    std::string candidate = join_path(entry, name);
    struct stat st{};
    if (::stat(candidate.c_str(), &st) == 0 && S_ISREG(st.st_mode) && ::access(candidate.c_str(), X_OK) == 0)
      return candidate;
  }
  return failed(name + ": no such program in PATH");
}

struct Pipe {
  FileDescriptor reader, writer;
};

Result<Pipe> make_pipe() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return failed(std::string("cannot make a pipe: ") + std::strerror(errno));
  return Pipe{FileDescriptor(fds[0]), FileDescriptor(fds[1])};
}

// Between fork and exec: only what is safe after fork in a program with threads.
[[noreturn]] void become(const char* program, char* const* argv, const int* streams, int report,
                         bool own_group) {
  if (own_group) ::setpgid(0, 0);
  for (int i = 0; streams && i < 3; ++i)
    if (::dup2(streams[i], i) < 0) ::_exit(127);
  struct sigaction action{};
  action.sa_handler = SIG_DFL;
  for (int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGQUIT}) ::sigaction(signal, &action, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execv(program, argv);
  int reason = errno;
  [[maybe_unused]] ssize_t n = ::write(report, &reason, sizeof reason);
  ::_exit(127);
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// False when there is nothing more to read.
bool read_some(int fd, std::string& out) {
  char buffer[65536];
  ssize_t n = ::read(fd, buffer, sizeof buffer);
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  out.append(buffer, std::min(static_cast<std::size_t>(n), k_capture - std::min(k_capture, out.size())));
  return n > 0;
}

// Feeds and drains the three pipes; false when the deadline came first.
bool converse(FileDescriptor& in, FileDescriptor& out, FileDescriptor& err, std::string_view input,
              ProcessResult& result, Clock::time_point deadline) {
  while (in.valid() || out.valid() || err.valid()) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd fds[3] = {{in.get(), POLLOUT, 0}, {out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}};
    int ready = ::poll(fds, 3, static_cast<int>(std::min<long>(left, 1'000'000)));
    if (ready < 0 && errno != EINTR) return true;
    if (ready <= 0) continue;
    if (fds[0].revents) {
      ssize_t n = ::write(in.get(), input.data(), input.size());
      if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
      // A program that does not want its input has closed it: that is its right.
      if (input.empty() || (n < 0 && errno != EINTR && errno != EAGAIN)) in = FileDescriptor();
    }
    if (fds[1].revents && !read_some(out.get(), result.out)) out = FileDescriptor();
    if (fds[2].revents && !read_some(err.get(), result.err)) err = FileDescriptor();
  }
  return true;
}

// Reaps pid before the deadline; false when it still runs.
bool reap(pid_t pid, Clock::time_point deadline, int& exit_code) {
  for (;;) {
    int status = 0;
    pid_t done = ::waitpid(pid, &status, WNOHANG);
    if (done == pid) {
      exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
      return true;
    }
    if (done < 0 && errno != EINTR) return true;
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// Writing to a program that ended must not end us.
class IgnoreBrokenPipe {
 public:
  IgnoreBrokenPipe() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &set, &old_);
    sigset_t pending;
    ::sigpending(&pending);
    was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
  }
  ~IgnoreBrokenPipe() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGPIPE);
    timespec zero{};
    if (!was_pending_) ::sigtimedwait(&set, nullptr, &zero);
    ::pthread_sigmask(SIG_SETMASK, &old_, nullptr);
  }

 private:
  sigset_t old_{};
  bool was_pending_ = false;
};

} // namespace

Result<ProcessResult> run_process(const std::vector<std::string>& argv, const ProcessOptions& options) {
  if (argv.empty()) return failed("no program to run");
  std::string program = TRY(find_program(argv[0]));
  std::vector<char*> arguments;
  for (const std::string& argument : argv) {
    if (argument.find('\0') != std::string::npos) return failed(argv[0] + ": an argument holds a NUL byte");
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);

  const bool captured = !options.inherit_terminal;
  Pipe report = TRY(make_pipe()), in, out, err;
  if (captured) {
    in = TRY(make_pipe());
    out = TRY(make_pipe());
    err = TRY(make_pipe());
    ::fcntl(in.writer.get(), F_SETFL, O_NONBLOCK);
  }
  // Descriptors 0 to 2 may be closed in a daemon's child; dup2 onto itself would then keep close-on-exec.
  int streams[3] = {in.reader.get(), out.writer.get(), err.writer.get()};
  for (int& fd : streams)
    if (captured && fd < 3) fd = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  pid_t pid = ::fork();
  if (pid < 0) return try_later(argv[0] + ": cannot start: " + std::strerror(errno));
  if (pid == 0)
    become(program.c_str(), arguments.data(), captured ? streams : nullptr, report.writer.get(), captured);

  for (FileDescriptor* theirs : {&in.reader, &out.writer, &err.writer, &report.writer})
    *theirs = FileDescriptor();
  int reason = 0;
  ssize_t n;
  do n = ::read(report.reader.get(), &reason, sizeof reason);
  while (n < 0 && errno == EINTR);
  if (n == static_cast<ssize_t>(sizeof reason)) {
    wait_for(pid);
    return failed(argv[0] + ": cannot start: " + std::strerror(reason));
  }
  ProcessResult result;
  if (!captured) {
    result.exit_code = wait_for(pid);
    return result;
  }
  IgnoreBrokenPipe guard;
  auto deadline = Clock::now() + std::chrono::milliseconds(options.timeout_ms);
  if (options.input.empty()) in.writer = FileDescriptor();
  if (converse(in.writer, out.reader, err.reader, options.input, result, deadline) &&
      reap(pid, deadline, result.exit_code))
    return result;
  ::kill(-pid, SIGKILL); // with everything that it started
  ::kill(pid, SIGKILL);
  wait_for(pid);
  return try_later(argv[0] + ": killed, it ran longer than " + std::to_string(options.timeout_ms) + " ms");
}

Result<std::vector<std::string>> split_command(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;
  char quote = 0;
  for (std::size_t i = 0; i < command.size(); ++i) {
    char c = command[i];
    if (quote) {
      if (c == quote)
        quote = 0;
      else if (c == '\\' && quote == '"' && i + 1 < command.size() &&
               (command[i + 1] == '"' || command[i + 1] == '\\'))
        word += command[++i];
      else
        word += c;
    } else if (c == '\'' || c == '"') {
      quote = c;
      open = true;
    } else if (c == '\\' && i + 1 < command.size()) {
      word += command[++i];
      open = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (open) words.push_back(std::move(word));
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (quote) return usage_error(std::string(command) + ": a quote is not closed");
  if (open) words.push_back(std::move(word));
  if (words.empty()) return usage_error("the command is empty");
  return words;
}

} // namespace helpdesk
