// Starts a real server by its script in tests/servers and stops it at the end. Exit code 77 of the script:
// packages not installed.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace helpdesk::test {

// Runs a program and returns its exit code, -1 when it was killed.
inline int run(const std::vector<std::string>& argv) {
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execvp(words[0], words.data());
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class RunningServer {
 public:
  // nullopt: the packages are missing, the test is to be skipped.
  static std::optional<RunningServer> start(const std::string& name, const std::string& argument = "") {
    // Short: Unix sockets below it have 107 bytes for their path. Enterable: as root the server runs as
    // another user.
    std::string pattern = "/tmp/hdXXXXXX";
    if (!mkdtemp(pattern.data()) || chmod(pattern.c_str(), 0711) != 0) std::abort();
    RunningServer server;
    server.script_ = std::string(HELPDESK_SOURCE_DIR) + "/tests/servers/" + name + ".sh";
    server.root_ = pattern;
    std::vector<std::string> argv{"bash", server.script_, "start", server.directory()};
    if (!argument.empty()) argv.push_back(argument);
    const int code = run(argv);
    if (code == 77) return std::nullopt;
    if (code != 0) {
      std::fprintf(stderr, "%s did not start\n", server.script_.c_str());
      std::abort();
    }
    std::ifstream env(server.directory() + "/env");
    for (std::string line; std::getline(env, line);)
      if (const auto equals = line.find('='); equals != std::string::npos)
        server.values_[line.substr(0, equals)] = line.substr(equals + 1);
    return server;
  }
  ~RunningServer() {
    if (root_.empty()) return;
    run({"bash", script_, "stop", directory()});
    run({"rm", "-rf", root_});
  }
  RunningServer(RunningServer&& other) noexcept
      : script_(std::move(other.script_)), root_(std::exchange(other.root_, "")),
        values_(std::move(other.values_)) {}
  RunningServer& operator=(RunningServer&& other) noexcept {
    std::swap(script_, other.script_);
    std::swap(root_, other.root_);
    std::swap(values_, other.values_);
    return *this;
  }

  std::string directory() const { return root_ + "/s"; }
  std::string value(const std::string& key) const { return values_.at(key); }
  int port(const std::string& key) const { return std::stoi(values_.at(key)); }

 private:
  RunningServer() = default;
  std::string script_, root_;
  std::map<std::string, std::string> values_;
};

} // namespace helpdesk::test
