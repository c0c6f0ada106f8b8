// How far a folder has been read. Kept by the store as JSON text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::imap {

struct FolderCursor {
  std::uint32_t uidvalidity = 0;
  std::uint32_t uidnext = 0;          // everything from low up to here (exclusive) was looked at
  std::uint32_t low = 0;              // the first pull's low-water mark, going down; 1: done
  std::uint64_t highestmodseq = 0;    // flags are known up to here; 0: the server cannot tell
  std::uint32_t exists = 0;           // messages in the folder at that time
  std::int64_t reached = 0;           // Unix seconds: how far back the first pull has come; 0: not begun
  std::int64_t since = 0;             // the first pull left out what is older than this; 0: nothing
  std::vector<std::uint32_t> skipped; // the server would not hand these over; asked for again by each pull
};

std::string to_text(const FolderCursor& cursor);
// nullopt: empty or not ours; the folder is then read from the beginning.
std::optional<FolderCursor> parse_cursor(std::string_view text);

// Bytes received in one day (UTC), for max_bytes_per_day.
struct ByteCount {
  std::int64_t day = 0; // days since 1970
  std::uint64_t bytes = 0;
};
std::string to_text(const ByteCount& count);
ByteCount parse_byte_count(std::string_view text);
constexpr std::string_view k_bytes_stream = "@bytes";

} // namespace helpdesk::backend::imap
