// The standard streams of this process.
#include "terminal/editor.hpp"
#include "terminal/pager.hpp"
#include "terminal/progress.hpp"
#include "terminal/status_line.hpp"
#include "terminal/terminal.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace helpdesk::terminal {
namespace {

std::optional<int> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (!text) return std::nullopt;
  int value = 0;
  auto [end, error] = std::from_chars(text, text + std::strlen(text), value);
  if (error != std::errc() || *end != '\0' || value < 1 || value > 10'000) return std::nullopt;
  return value;
}

winsize window() {
  winsize size{};
  for (int fd : {STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO})
    if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size;
  return {};
}

// No echo while it lives.
class Hidden {
 public:
  explicit Hidden(bool hide) {
    if (!hide || ::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~Hidden() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

class StandardTerminal final : public Terminal {
 public:
  StandardTerminal() {
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is an error of write, told apart from failures there
    in_ = ::isatty(STDIN_FILENO) == 1;
    out_ = ::isatty(STDOUT_FILENO) == 1;
    err_ = ::isatty(STDERR_FILENO) == 1;
  }
  ~StandardTerminal() override { (void)flush(); }

  bool in_is_tty() const override { return in_; }
  bool out_is_tty() const override { return out_; }
  bool err_is_tty() const override { return err_; }

  int columns() const override {
    if (auto set = number_in("COLUMNS")) return *set;
    winsize size = window();
    return size.ws_col > 0 ? size.ws_col : 80;
  }
  int rows() const override {
    if (auto set = number_in("LINES")) return *set;
    winsize size = window();
    return size.ws_row > 0 ? size.ws_row : 24;
  }
  bool color() const override {
    if (color_) return *color_;
    const char* none = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    return out_ && !(none && *none) && term && *term && std::strcmp(term, "dumb") != 0;
  }
  void set_color(std::optional<bool> color) override { color_ = color; }

  Result<void> out(std::string_view bytes) override {
    if (out_closed_) return fail(ErrorKind::interrupted, "standard output was closed");
    buffer_.append(bytes);
    if (buffer_.size() < k_buffer && !out_) return {};
    return flush();
  }

  Result<void> flush() override {
    if (write_error_ != 0) return write_failure();
    if (buffer_.empty()) return {};
    if (out_) line_.clear();
    int error = write_all(STDOUT_FILENO, buffer_);
    buffer_.clear();
    if (error == 0) return {};
    if (error == EPIPE) {
      out_closed_ = true;
      return fail(ErrorKind::interrupted, "standard output was closed");
    }
    write_error_ = error;
    return write_failure();
  }

  void err(std::string_view line) override {
    (void)flush(); // in a shared log the two streams stay in order; an error shows at the next out
    line_.message(defuse(line));
  }
  bool out_closed() const override { return out_closed_; }

  std::optional<std::string> ask(std::string_view prompt, bool hidden) override {
    (void)flush();
    line_.clear();
    write_all(STDERR_FILENO, defuse(prompt));
    Hidden quiet(hidden && in_);
    std::string answer;
    for (;;) {
      char c = 0;
      ssize_t got = ::read(STDIN_FILENO, &c, 1);
      if (got == 1 && c != '\n') {
        if (answer.size() < k_longest_answer) answer += c;
        continue;
      }
      if (hidden && in_) write_all(STDERR_FILENO, "\n");
      if (got < 0 || (got == 0 && answer.empty())) return std::nullopt; // also after Ctrl-C: EINTR
      if (!answer.empty() && answer.back() == '\r') answer.pop_back();
      return answer;
    }
  }

  Result<std::string> read_in(std::uint64_t limit) override {
    std::string text;
    char block[65536];
    for (;;) {
      ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
      if (got == 0) return text;
      if (got < 0 && errno == EINTR)
        return fail(ErrorKind::interrupted, "interrupted while reading standard input");
      if (got < 0) return failed(std::string("cannot read standard input: ") + std::strerror(errno));
      text.append(block, static_cast<std::size_t>(got));
      if (text.size() > limit)
        return failed("standard input is longer than " + std::to_string(limit) + " bytes");
    }
  }

  Result<void> page(std::string_view text) override {
    if (out_ && in_ && longer_than(text, rows(), columns())) {
      if (std::string command = pager_command(); !command.empty()) {
        TRY(flush());
        line_.clear();
        if (TRY(run_pager(command, text))) return {};
      }
    }
    return out(text);
  }

  Result<std::optional<std::string>> edit(std::string_view initial, std::string_view file_name) override {
    if (!in_ || !out_) return usage_error("no terminal to open an editor on");
    TRY(flush());
    line_.clear();
    return run_editor(initial, file_name);
  }

  std::unique_ptr<Progress> progress(std::string_view title) override {
    if (!err_) return std::make_unique<SilentProgress>();
    return std::make_unique<LineProgress>(line_, std::string(title), columns());
  }

 private:
  static constexpr std::size_t k_buffer = 65536;
  static constexpr std::size_t k_longest_answer = 65536;

  Result<void> write_failure() const {
    return failed(std::string("cannot write to standard output: ") + std::strerror(write_error_));
  }

  bool in_ = false, out_ = false, err_ = false;
  std::optional<bool> color_;
  std::string buffer_;
  bool out_closed_ = false;
  int write_error_ = 0;
  StatusLine line_;
};

} // namespace

std::unique_ptr<Terminal> standard_terminal() { return std::make_unique<StandardTerminal>(); }

} // namespace helpdesk::terminal
