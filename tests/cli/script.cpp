#include "script.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace transcript {
namespace {

bool starts(const std::string& line, const char* prefix) { return line.rfind(prefix, 0) == 0; }

class Reader {
 public:
  Reader(std::string path, std::vector<std::string> lines) : path_(std::move(path)) {
    script_.lines = std::move(lines);
  }

  std::optional<Script> read() {
    while (at_ < script_.lines.size()) {
      const std::string& line = script_.lines[at_];
      if (line.empty() || line[0] == '#') {
        ++at_;
      } else if (starts(line, "file ")) {
        file(line.substr(5));
      } else if (starts(line, "env ")) {
        std::size_t equals = line.find('=');
        if (equals == std::string::npos) return wrong("env needs NAME=VALUE");
        script_.environment.emplace_back(line.substr(4, equals - 4), line.substr(equals + 1));
        ++at_;
      } else if (line == "tty") {
        next_.tty = true;
        ++at_;
      } else if (starts(line, "< ") || line == "<") {
        next_.input += (line.size() > 2 ? line.substr(2) : "") + "\n";
        ++at_;
      } else if (starts(line, "$ ")) {
        if (!step(line.substr(2))) return wrong("a command must end with => and its exit code");
      } else {
        return wrong("not understood: " + line);
      }
    }
    return std::move(script_);
  }

 private:
  std::optional<Script> wrong(const std::string& why) {
    std::fprintf(stderr, "%s:%zu: %s\n", path_.c_str(), at_ + 1, why.c_str());
    return std::nullopt;
  }

  void file(std::string name) {
    SetUp file{std::move(name), ""};
    for (++at_; at_ < script_.lines.size() && starts(script_.lines[at_], "|"); ++at_) {
      const std::string& line = script_.lines[at_];
      file.content += (line.size() > 2 ? line.substr(2) : "") + "\n";
    }
    script_.files.push_back(std::move(file));
  }

  bool step(std::string command) {
    Step step = std::exchange(next_, {});
    step.command = std::move(command);
    step.line = at_;
    step.first = ++at_;
    for (; at_ < script_.lines.size(); ++at_) {
      const std::string& line = script_.lines[at_];
      if (starts(line, "=> ")) {
        step.code = std::atoi(line.c_str() + 3);
        step.last = ++at_;
        script_.steps.push_back(std::move(step));
        return true;
      }
      if (starts(line, "2> ") || line == "2>")
        step.err.push_back(line.size() > 3 ? line.substr(3) : "");
      else
        step.out.push_back(line);
    }
    return false;
  }

  std::string path_;
  Script script_;
  Step next_;
  std::size_t at_ = 0;
};

} // namespace

std::optional<Script> read_script(const std::string& path) {
  std::ifstream in(path);
  if (!in) {
    std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
    return std::nullopt;
  }
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return Reader(path, std::move(lines)).read();
}

bool line_fits(const std::string& expected, const std::string& actual) {
  std::size_t mark = expected.find("[*]");
  if (mark == std::string::npos) return expected == actual;
  if (actual.compare(0, mark, expected, 0, mark) != 0) return false;
  std::string rest = expected.substr(mark + 3);
  for (std::size_t from = mark; from <= actual.size(); ++from)
    if (line_fits(rest, actual.substr(from))) return true;
  return false;
}

} // namespace transcript
