// Rows of an event log taken apart and put aside by ticket: one shelf holds all rows of its tickets. In
// memory, and past a bound in a file without a name.
#pragma once

#include "backend/table/event_log/short_text.hpp"
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
  static std::size_t shelf_of(std::string_view id) {
    static_assert(k_count == 64);
    return hash_text(id) >> 58; // Codes look at the low half
  }
  // id: at most 500 bytes. The order of rows is that of calls.
  static bool can_hold(const EventRow& row) {
    return row.place >> k_place_bits == 0 && row.kind >> (64 - k_place_bits) == 0;
  }
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
  // A row: head, identity, place and kind, actor, time, requester if any, id.
  static constexpr unsigned k_id_bits = 9, k_by_name = 1U << 9, k_has_requester = 1U << 10,
                            k_has_micros = 1U << 11;           // else the time is in seconds, of four bytes
  static constexpr unsigned k_place_bits = 40;                 // the kind has the rest of eight bytes
  static constexpr std::size_t k_most = 2 + 8 + 8 + 4 + 8 + 4; // without the id
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
    for (const char *at = bytes.data(), *end = at + bytes.size(); at < end;) {
      auto take = [&at]<class N>(N) {
        const N n = load<N>(at);
        at += sizeof(N);
        return n;
      };
      const unsigned head = take(std::uint16_t{});
      EventRow row;
      row.identity = take(std::uint64_t{});
      const std::uint64_t place = take(std::uint64_t{});
      row.place = place & ((std::uint64_t{1} << k_place_bits) - 1);
      row.kind = static_cast<std::uint32_t>(place >> k_place_bits);
      row.actor = take(std::uint32_t{});
      row.time = head & k_has_micros ? instant_of_micros(take(std::int64_t{}))
                                     : instant_of_seconds(take(std::uint32_t{}));
      if (head & k_has_requester) row.requester = take(std::uint32_t{});
      row.actor_is_name = head & k_by_name ? 1 : 0;
      const std::size_t size = head & ((1U << k_id_bits) - 1);
      f(std::string_view(at, size), row);
      at += size;
    }
  }
};

} // namespace helpdesk::backend::table::event_log
