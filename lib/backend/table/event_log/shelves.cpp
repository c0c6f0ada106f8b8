#include "backend/table/event_log/shelves.hpp"

#include "base/nameless_file.hpp"

#include <cstring>

namespace helpdesk::backend::table::event_log {
namespace {

constexpr std::size_t k_chunk = 16 << 10;

} // namespace

Result<void> Shelves::add(std::string_view id, const EventRow& row) {
  const std::size_t shelf = shelf_of(id);
  Room& room = room_[shelf];
  if (static_cast<std::size_t>(room.end - room.at) < k_most + id.size()) open_chunk(shelf);
  char *const begin = room.at, *at = begin;
  auto put = [&at]<class N>(N n) {
    store(at, n);
    at += sizeof(N);
  };
  const std::int64_t seconds = micros(row.time) / 1'000'000;
  const bool is_whole = seconds * 1'000'000 == micros(row.time) &&
                        seconds == static_cast<std::int64_t>(static_cast<std::uint32_t>(seconds));
  put(static_cast<std::uint16_t>(id.size() | (row.actor_is_name ? k_by_name : 0) |
                                 (row.requester ? k_has_requester : 0) | (is_whole ? 0 : k_has_micros)));
  put(row.identity);
  put(row.place | std::uint64_t{row.kind} << k_place_bits);
  put(row.actor);
  if (is_whole)
    put(static_cast<std::uint32_t>(seconds));
  else
    put(micros(row.time));
  if (row.requester) put(row.requester);
  copy_bytes(at, id);
  room.at = at + id.size();
  const auto size = static_cast<std::size_t>(room.at - begin);
  held_ += size;
  return held_ < memory_ ? Result<void>() : put_aside();
}

void Shelves::open_chunk(std::size_t shelf) {
  close(shelf);
  char* bytes = rows_[shelf].emplace_back(std::make_unique_for_overwrite<char[]>(k_chunk)).bytes.get();
  room_[shelf] = {bytes, bytes + k_chunk};
}

void Shelves::close(std::size_t shelf) {
  Room room = std::exchange(room_[shelf], {});
  if (room.at) rows_[shelf].back().size = k_chunk - static_cast<std::size_t>(room.end - room.at);
}

Result<void> Shelves::put_aside() {
  if (!file_.valid()) file_ = TRY(nameless_file());
  for (std::size_t i = 0; i < k_count; ++i) {
    const std::uint64_t begin = file_size_;
    close(i);
    for (const Chunk& chunk : std::exchange(rows_[i], {})) {
      TRY(write_at(file_, {chunk.bytes.get(), chunk.size}, file_size_));
      file_size_ += chunk.size;
    }
    if (file_size_ > begin) put_aside_[i].push_back({begin, file_size_ - begin});
  }
  held_ = 0;
  return {};
}

Result<void> Shelves::read_back(const Extent& extent, std::string& bytes) const {
  bytes.resize(extent.size);
  return read_at(file_, bytes.data(), bytes.size(), extent.offset);
}

} // namespace helpdesk::backend::table::event_log
