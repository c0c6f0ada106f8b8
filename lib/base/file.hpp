// Files: whole reads, atomic writes, locks, private directories. All paths are bytes; errors name the path
// and the reason.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk {

// Owns a file descriptor.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// Refuses files over limit bytes (failed) and what is not a regular file.
Result<std::string> read_file(const std::string& path, std::uint64_t limit = 256ULL << 20);
// Temporary file in the same directory, write, fsync, rename, fsync of the directory. The old file stays on
// any failure.
Result<void> write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0600);
// Creates dir inside (and never outside) an existing directory handle: for attachments. name is made safe
// first (safe_file_name); an existing name gets " (2)" … before its extension; O_EXCL|O_NOFOLLOW. Returns the
// name used.
Result<std::string> create_in_directory(const std::string& directory, std::string_view name,
                                        std::string_view bytes);
// Base name only, no control, bidi or path characters, no leading dot or dash, at most 200 bytes; never empty
// ("attachment").
std::string safe_file_name(std::string_view name);

Result<void> make_private_directories(const std::string& path); // mkdir -p, 0700 for what it creates
bool exists(const std::string& path);
bool is_directory(const std::string& path);
std::optional<std::uint64_t> file_size(const std::string& path);
Result<std::uint64_t> free_bytes(const std::string& path);
Result<void> remove_file(const std::string& path); // gone already is fine
std::string join_path(std::string_view a, std::string_view b);
std::string expand_home(std::string_view path); // "~/x"

// An advisory lock by flock(2): the kernel drops it when the process dies. The file keeps who holds it: "pid
// 123, helpdesk pull, since …".
class FileLock {
 public:
  // retry error naming the holder when it is held; waits up to wait_ms first.
  static Result<FileLock> acquire(const std::string& path, std::string_view holder, int wait_ms = 0);
  FileLock(FileLock&&) noexcept = default;
  FileLock& operator=(FileLock&&) noexcept = default;

 private:
  explicit FileLock(FileDescriptor fd) : fd_(std::move(fd)) {}
  FileDescriptor fd_;
};

// XDG base directories for helpdesk, environment first: data "$XDG_DATA_HOME/helpdesk" and so on. Error when
// HOME is unset too.
struct Directories {
  std::string data, config, state, cache;
};
Result<Directories> xdg_directories();
std::optional<std::string> environment(const char* name); // nullopt when unset or empty

} // namespace helpdesk
