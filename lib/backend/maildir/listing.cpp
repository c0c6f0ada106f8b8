#include "backend/maildir/listing.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

namespace helpdesk::backend::maildir {

namespace {

std::int64_t now_seconds() { return unix_seconds(system_now()); }

std::int64_t time_of(const struct stat& info) {
  return static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

// Everything up to ":2," (or what file systems without colons put there).
std::string_view unique_part(std::string_view name) {
  for (const std::string_view mark : {":2,", ";2,", "!2,"})
    if (const std::size_t at = name.rfind(mark); at != std::string_view::npos && at > 0)
      return name.substr(0, at);
  return name;
}

std::string uid_of(std::string_view name) {
  const std::string_view unique = unique_part(name);
  return is_valid_utf8(unique) ? std::string(unique) : "hex-" + hex(unique);
}

Result<void> read_names(const Folder& folder, std::string_view part, std::vector<Entry>& entries,
                        FolderState& state) {
  const std::string path = join_path(folder.directory, part);
  DIR* dir = opendir(path.c_str());
  if (!dir) return failed(path + ": " + std::strerror(errno));
  errno = 0;
  while (const dirent* entry = readdir(dir)) {
    const std::string_view name = entry->d_name;
    if (name.starts_with('.') || entry->d_type == DT_DIR) continue;
    Entry one{uid_of(name), std::string(part) + "/" + std::string(name)};
    state.fingerprint += fnv1a(one.file) | 1; // a sum does not depend on the order in which names come
    ++state.count;
    entries.push_back(std::move(one));
  }
  closedir(dir);
  return {};
}

} // namespace

std::vector<std::string> Entry::labels() const {
  std::vector<std::string> labels;
  const std::string_view name = file;
  const std::string_view unique = unique_part(name);
  if (unique.size() == name.size()) return labels;
  for (const char flag : name.substr(unique.size() + 3)) {
    switch (flag) {
    case 'D': labels.emplace_back("\\Draft"); break;
    case 'F': labels.emplace_back("\\Flagged"); break;
    case 'P': labels.emplace_back("$Forwarded"); break;
    case 'R': labels.emplace_back("\\Answered"); break;
    case 'S': labels.emplace_back("\\Seen"); break;
    case 'T': labels.emplace_back("\\Deleted"); break;
    default: break;
    }
  }
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

std::string FolderState::text() const {
  return fmt::format("maildir1 {} {} {:x} {} {}", cur_time, new_time, fingerprint, count, looked_at);
}

std::optional<FolderState> FolderState::parse(std::string_view text) {
  const std::vector<std::string_view> words = split(text, ' ');
  if (words.size() != 6 || words[0] != "maildir1") return std::nullopt;
  FolderState state;
  const auto read = [&](std::size_t i, auto& to, int base) {
    return std::from_chars(words[i].data(), words[i].data() + words[i].size(), to, base).ec == std::errc{};
  };
  if (!read(1, state.cur_time, 10) || !read(2, state.new_time, 10) || !read(3, state.fingerprint, 16) ||
      !read(4, state.count, 10) || !read(5, state.looked_at, 10))
    return std::nullopt;
  return state;
}

bool FolderState::settled() const { return looked_at - std::max(cur_time, new_time) / 1'000'000'000 > 2; }

Result<FolderState> look(const Folder& folder) {
  FolderState state;
  for (const auto& [part, time] : {std::pair{"cur", &state.cur_time}, std::pair{"new", &state.new_time}}) {
    struct stat info{};
    const std::string path = join_path(folder.directory, part);
    if (stat(path.c_str(), &info) != 0) return failed(path + ": " + std::strerror(errno));
    *time = time_of(info);
  }
  state.looked_at = now_seconds();
  return state;
}

Result<Listing> list(const Folder& folder) {
  Listing listing;
  for (int round = 0; round < 3; ++round) {
    listing.entries.clear();
    listing.state = TRY(look(folder));
    // new first: a message that moves to cur meanwhile is seen twice rather than not at all.
    TRY(read_names(folder, "new", listing.entries, listing.state));
    TRY(read_names(folder, "cur", listing.entries, listing.state));
    const FolderState after = TRY(look(folder));
    if (after.cur_time == listing.state.cur_time && after.new_time == listing.state.new_time) break;
  }
  // The last name of a uid counts: cur comes behind new.
  std::unordered_map<std::string_view, std::size_t> last;
  last.reserve(listing.entries.size());
  for (std::size_t i = 0; i < listing.entries.size(); ++i) last[listing.entries[i].uid] = i;
  if (last.size() < listing.entries.size()) {
    std::vector<Entry> unique;
    for (std::size_t i = 0; i < listing.entries.size(); ++i)
      if (last[listing.entries[i].uid] == i) unique.push_back(listing.entries[i]);
    listing.entries = std::move(unique);
  }
  return listing;
}

std::optional<std::string> find_again(const Folder& folder, std::string_view uid) {
  for (const std::string_view part : {"cur", "new", "cur"}) {
    std::vector<Entry> entries;
    FolderState state;
    if (!read_names(folder, part, entries, state)) continue;
    for (Entry& entry : entries)
      if (entry.uid == uid) return std::move(entry.file);
  }
  return std::nullopt;
}

std::optional<Instant> time_of_name(std::string_view uid) {
  std::int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(uid.data(), uid.data() + std::min<std::size_t>(uid.size(), 12), seconds);
  if (error != std::errc{} || end == uid.data() + uid.size() || *end != '.') return std::nullopt;
  if (seconds < 315'532'800 || seconds > now_seconds() + 86'400)
    return std::nullopt; // 1980; no numbers that merely look so
  return instant_of_seconds(seconds);
}

} // namespace helpdesk::backend::maildir
