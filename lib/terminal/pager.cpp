#include "terminal/pager.hpp"

#include "base/process.hpp"
#include "base/text.hpp"
#include "terminal/status_line.hpp"
#include "terminal/terminal.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace helpdesk::terminal {
namespace {

// A pager is looked up in absolute PATH entries only: the working directory never decides what runs.
std::string program_path(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* path = std::getenv("PATH");
  for (std::string_view entry : split(path ? path : "/usr/bin:/bin", ':')) {
    if (entry.empty() || entry.front() != '/') continue;
    std::string candidate = std::string(entry) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

// Our environment, with LESS=FRX when the user has no opinion.
std::vector<std::string> pager_environment() {
  std::vector<std::string> variables;
  for (char** entry = environ; *entry; ++entry) variables.emplace_back(*entry);
  if (!std::getenv("LESS")) variables.emplace_back("LESS=FRX");
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& text : strings) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

} // namespace

std::string pager_command() {
  for (const char* variable : {"HELPDESK_PAGER", "PAGER"}) {
    const char* value = std::getenv(variable);
    if (!value) continue;
    std::string_view command = trim(value);
    return command == "cat" ? std::string() : std::string(command);
  }
  return "less -FRX";
}

bool longer_than(std::string_view text, int rows, int columns) {
  if (columns < 1) columns = 1;
  int lines = 0;
  for (std::string_view line : split_lines(text)) {
    int own = width(line);
    lines += own == 0 ? 1 : (own + columns - 1) / columns;
    if (lines >= rows) return true; // the prompt needs the last row
  }
  return false;
}

Result<bool> run_pager(std::string_view command, std::string_view text) {
  std::vector<std::string> words = TRY(split_command(command));
  if (words.empty()) return false;
  std::string program = program_path(words.front());
  if (program.empty()) return false;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults; // we ignore SIGPIPE; programs expect to be ended by it
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::vector<std::string> variables = pager_environment();
  pid_t child = 0;
  int error = ::posix_spawn(&child, program.c_str(), &actions, &attributes, pointers(words).data(),
                            pointers(variables).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  if (error != 0) {
    ::close(ends[1]);
    return false;
  }
  write_all(ends[1], text); // a pager that was quit closes the pipe: that is the reader's right
  ::close(ends[1]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return false;
  return true;
}

} // namespace helpdesk::terminal
