// What lies in one folder, and a cursor that tells whether it changed without reading it.
#pragma once

#include "backend/maildir/folders.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::maildir {

struct Entry {
  std::string uid;                         // the unique name, without flags
  std::string file;                        // "cur/1767600000.M1P2.host:2,S"
  std::vector<std::string> labels() const; // "\Seen" …, sorted, from the flags in the name
};

// State of a folder at a look: the times of both directories, and a fingerprint of all names in them.
struct FolderState {
  std::int64_t cur_time = 0, new_time = 0; // modification times in ns
  std::uint64_t fingerprint = 0;
  std::uint64_t count = 0;
  std::int64_t looked_at = 0; // seconds
  std::string text() const;
  static std::optional<FolderState> parse(std::string_view text);
  // Directory times tick coarsely: only a state that was two seconds old when it was looked at proves
  // anything later.
  bool settled() const;
};

struct Listing {
  std::vector<Entry> entries; // one a uid
  FolderState state;
};

// The times alone; nothing is read.
Result<FolderState> look(const Folder& folder);
// Reads the names until the directories stood still meanwhile (three times at most).
Result<Listing> list(const Folder& folder);
// Where a file is now that was renamed since the listing; nullopt when it is gone.
std::optional<std::string> find_again(const Folder& folder, std::string_view uid);
// Delivery time that the name tells ("1767600000.M1P2.host"), if it does.
std::optional<Instant> time_of_name(std::string_view uid);

} // namespace helpdesk::backend::maildir
