// Manual pages and shell completions, all from the command table.
#pragma once

#include "cli/table.hpp"
#include "config/config.hpp"

#include <string>
#include <utility>
#include <vector>

namespace helpdesk::cli {

struct GeneratedFile {
  std::string path; // "man/helpdesk-list.1"
  std::string text;
};
std::vector<GeneratedFile> manual_pages(CommandTable commands, std::span<const config::Key> extra);
std::string bash_completion(CommandTable commands);
std::string zsh_completion(CommandTable commands);
std::string fish_completion(CommandTable commands);

// Writes them all below directory; files of commands that are gone are left to the caller.
Result<void> generate(CommandTable commands, std::span<const config::Key> extra,
                      const std::string& directory);

} // namespace helpdesk::cli
