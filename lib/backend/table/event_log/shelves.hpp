// Rows of an event log taken apart and put aside by ticket: one shelf holds all rows of its tickets. In
// memory, and past a bound in a file without a name.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "model/timeline.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::backend::table::event_log {

struct EventRow {
  Instant time{};
  std::uint64_t identity = 0; // identity_of
  std::uint64_t place = 0;    // byte offset in all files
  std::uint32_t kind = 0;     // in Kinds
  model::Term actor = 0, requester = 0;
  std::uint32_t actor_is_name : 1 = 0; // he has no address
  std::uint32_t copy : 31 = 1;         // which of the equal rows of its ticket
};

class Shelves {
 public:
  static constexpr std::size_t k_count = 64;

  explicit Shelves(std::size_t memory) : memory_(memory) {}
  // id: at most 500 bytes. The order of rows is that of calls.
  Result<void> add(std::string_view id, const EventRow& row);
  // Reads one shelf whole, once: f(id, row). Each shelf by a thread of its own, if need be.
  template <class F> Result<void> each(std::size_t shelf, F&& f) {
    std::string read;
    for (const Extent& extent : put_aside_[shelf]) {
      TRY(read_back(extent, read));
      each_row(read, f);
    }
    close(shelf);
    for (const Chunk& chunk : std::exchange(rows_[shelf], {})) each_row({chunk.bytes.get(), chunk.size}, f);
    return {};
  }

 private:
  struct Packed {
    std::int64_t time;
    std::uint64_t identity;
    std::uint64_t place : 47, actor_is_name : 1, id_size : 16;
    std::uint32_t kind, actor, requester;
  };
  static constexpr std::size_t k_packed = 36; // without what aligns the next
  struct Extent {
    std::uint64_t offset = 0, size = 0;
  };
  std::size_t memory_, held_ = 0;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  struct Room { // in the shelf's last chunk
    char *at = nullptr, *end = nullptr;
  };
  std::array<std::vector<Chunk>, k_count> rows_; // in chunks: what grows is not copied
  std::array<Room, k_count> room_;
  std::array<std::vector<Extent>, k_count> put_aside_;
  FileDescriptor file_;
  std::uint64_t file_size_ = 0;

  void open_chunk(std::size_t shelf);
  void close(std::size_t shelf); // its last chunk
  Result<void> put_aside();
  Result<void> read_back(const Extent& extent, std::string& bytes) const;
  template <class F> static void each_row(std::string_view bytes, F&& f) {
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
      f(std::string_view(bytes.data() + at, packed.id_size), row);
      at += packed.id_size;
    }
  }
};

} // namespace helpdesk::backend::table::event_log
