// Running one command of a transcript, in pipes or in a pseudo-terminal.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace transcript {

struct Outcome {
  std::string out, err; // in a terminal both are out
  int code = 0;
};

Outcome execute(const std::string& command, const std::string& input, bool tty, const std::string& directory,
                const std::vector<std::pair<std::string, std::string>>& environment);

} // namespace transcript
