// Reading files that decide what this program does: only if nobody else could have written them.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>

namespace helpdesk::config {

enum class Trust : unsigned char {
  program, // our configuration: ours or root's, not writable by group or others
  project, // a checked-out directory: ours or root's, not writable by others
  secret,  // ours, and nobody else may even read it
};

// nullopt when there is no such file. The checks are made on the opened file, so that it cannot be exchanged
// in between.
Result<std::optional<std::string>> read_trusted(const std::string& path, Trust trust);

} // namespace helpdesk::config
