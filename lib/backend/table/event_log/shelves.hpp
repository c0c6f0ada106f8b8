// Rows of an event log taken apart and put aside by ticket: one shelf holds all rows of its tickets. In
// memory, and past a bound in a file without a name.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "model/timeline.hpp"

#include <array>
#include <cstdint>
#include <functional>
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
  bool actor_is_name = false; // he has no address
  std::uint32_t copy = 1;     // which of the equal rows of its ticket
};

class Shelves {
 public:
  static constexpr std::size_t k_count = 64;

  explicit Shelves(std::size_t memory) : memory_(memory) {}
  // id: at most 500 bytes. The order of rows is that of calls.
  Result<void> add(std::string_view id, const EventRow& row);
  // Reads one shelf whole, once.
  Result<void> each(std::size_t shelf,
                    const std::function<void(std::string_view id, const EventRow& row)>& f);

 private:
  struct Extent {
    std::uint64_t offset = 0, size = 0;
  };
  std::size_t memory_, held_ = 0;
  std::array<std::vector<std::string>, k_count> rows_; // in chunks: what grows is not copied
  std::array<std::vector<Extent>, k_count> put_aside_;
  FileDescriptor file_;
  std::uint64_t file_size_ = 0;

  Result<void> put_aside();
};

} // namespace helpdesk::backend::table::event_log
