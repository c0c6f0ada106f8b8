#include "backend/table/event_log/shelves.hpp"

#include "base/nameless_file.hpp"

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace helpdesk::backend::table::event_log {
namespace {

struct Packed {
  std::int64_t time;
  std::uint64_t identity;
  std::uint64_t place : 47, actor_is_name : 1, id_size : 16;
  std::uint32_t kind, actor, requester;
};
constexpr std::size_t k_packed = 36; // without what aligns the next
constexpr std::size_t k_chunk = 16 << 10;

Failure disk_failure() { return failed(std::string("temporary file for sorting: ") + std::strerror(errno)); }

Result<void> write_at(int fd, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return disk_failure();
    offset += static_cast<std::uint64_t>(n);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<void> read_at(int fd, char* to, std::size_t size, std::uint64_t offset) {
  while (size > 0) {
    ssize_t n = ::pread(fd, to, size, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return disk_failure();
    if (n == 0) return failed("temporary file for sorting: is cut short");
    offset += static_cast<std::uint64_t>(n);
    to += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

void each_row(std::string_view bytes, const std::function<void(std::string_view, const EventRow&)>& f) {
  for (std::size_t at = 0; at < bytes.size();) {
    Packed packed;
    std::memcpy(&packed, bytes.data() + at, k_packed);
    at += k_packed;
    EventRow row;
    row.time = instant_of_micros(packed.time);
    row.identity = packed.identity;
    row.place = packed.place;
    row.kind = packed.kind;
    row.actor = packed.actor;
    row.requester = packed.requester;
    row.actor_is_name = packed.actor_is_name;
    f(bytes.substr(at, packed.id_size), row);
    at += packed.id_size;
  }
}

} // namespace

Result<void> Shelves::add(std::string_view id, const EventRow& row) {
  Packed packed{};
  packed.time = micros(row.time);
  packed.identity = row.identity;
  packed.place = row.place;
  packed.actor_is_name = row.actor_is_name;
  packed.id_size = static_cast<std::uint16_t>(id.size());
  packed.kind = row.kind;
  packed.actor = row.actor;
  packed.requester = row.requester;
  static_assert(k_count == 64 && sizeof(std::size_t) == 8);
  std::vector<std::string>& shelf =
      rows_[std::hash<std::string_view>{}(id) >> 58]; // maps look at the low bits
  const std::size_t size = k_packed + id.size();
  if (shelf.empty() || shelf.back().capacity() - shelf.back().size() < size)
    shelf.emplace_back().reserve(k_chunk);
  std::string& chunk = shelf.back();
  chunk.append(reinterpret_cast<const char*>(&packed), k_packed);
  chunk.append(id);
  held_ += size;
  return held_ < memory_ ? Result<void>() : put_aside();
}

Result<void> Shelves::put_aside() {
  if (!file_.valid()) file_ = TRY(nameless_file());
  for (std::size_t i = 0; i < k_count; ++i) {
    const std::uint64_t begin = file_size_;
    for (const std::string& chunk : std::exchange(rows_[i], {})) {
      TRY(write_at(file_.get(), chunk, file_size_));
      file_size_ += chunk.size();
    }
    if (file_size_ > begin) put_aside_[i].push_back({begin, file_size_ - begin});
  }
  held_ = 0;
  return {};
}

Result<void> Shelves::each(std::size_t shelf,
                           const std::function<void(std::string_view id, const EventRow& row)>& f) {
  std::string bytes;
  for (const Extent& extent : put_aside_[shelf]) {
    bytes.resize(extent.size);
    TRY(read_at(file_.get(), bytes.data(), bytes.size(), extent.offset));
    each_row(bytes, f);
  }
  for (const std::string& chunk : std::exchange(rows_[shelf], {})) each_row(chunk, f);
  return {};
}

} // namespace helpdesk::backend::table::event_log
