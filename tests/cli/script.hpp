// A transcript: files to set up, commands, and what they print. See tests/cli/README.md for the form.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace transcript {

struct Step {
  std::size_t first = 0, last = 0; // lines of the expectation: behind the command, up to and with "=>"
  std::size_t line = 0;            // of the command, 0-based
  std::string command, input;
  bool tty = false;
  std::vector<std::string> out, err; // expected
  int code = 0;
};

struct SetUp {
  std::string path, content;
};

struct Script {
  std::vector<std::string> lines;
  std::vector<SetUp> files;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<Step> steps;
};

// Prints why and returns nullopt when the file is none.
std::optional<Script> read_script(const std::string& path);
// True when the text fits the expected line, in which "[*]" stands for anything.
bool line_fits(const std::string& expected, const std::string& actual);

} // namespace transcript
