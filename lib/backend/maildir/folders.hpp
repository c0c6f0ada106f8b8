// The folders under a Maildir: Maildir++ (".Sent"), nested directories, or a directory of Maildirs.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::maildir {

struct Folder {
  std::string name; // "INBOX", "Sent", "Archive/2025"; UTF-8
  std::string directory;
  std::string role; // as in store::Placement
  // Junk and Trash: only looked at for where known messages went.
  bool only_placements() const { return role == "junk" || role == "trash"; }
};

// Sorted by name, INBOX first, drafts left out. Failed when there is no Maildir at path.
Result<std::vector<Folder>> find_folders(const std::string& path);

} // namespace helpdesk::backend::maildir
