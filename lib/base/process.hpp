// Running other programs: argument vectors only, never a shell.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk {

struct ProcessResult {
  int exit_code = 0;    // 128 + signal when killed
  std::string out, err; // captured, at most 16 MiB each
};

struct ProcessOptions {
  std::string_view input;
  int timeout_ms = 60'000; // killed after it, and a retry error returned
  bool inherit_terminal =
      false; // editor and pager: stdin, stdout, stderr are ours; out and err stay empty; no timeout
};

// argv[0] without a slash is looked up in PATH, skipping empty and relative entries. Failed when it cannot be
// started.
Result<ProcessResult> run_process(const std::vector<std::string>& argv, const ProcessOptions& options = {});
// Splits $EDITOR, $PAGER: words and quotes only, no expansion.
Result<std::vector<std::string>> split_command(std::string_view command);

// Set by the signal handler on the first Ctrl-C or SIGTERM; long work looks at it between checkpoints. The
// second one ends the process.
bool interrupted();
void install_signal_handlers();

} // namespace helpdesk
