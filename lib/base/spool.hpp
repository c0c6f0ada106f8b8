// Many sequences of bytes that are written side by side and read one after the other or all at once: in
// memory, and past a bound in a file without a name.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk {

// One thread at a time; of readers each lane may have its own.
class Spool {
 public:
  // memory: bytes that are held before all lanes are put aside.
  Spool(std::size_t lanes, std::size_t memory) : memory_(memory), lanes_(lanes) {}
  // Behind what the lane has. Both pieces lie together: what was added in one call is read in one.
  Result<void> add(std::size_t lane, std::string_view first, std::string_view second = {});

  // From the lane's first byte on, once, when nothing more is added.
  class Reader {
   public:
    Reader(Spool& spool, std::size_t lane) : spool_(&spool), lane_(lane) {}
    // The next size bytes, valid until the next call. Failed when there are not so many.
    Result<std::string_view> next(std::size_t size);
    // Only when all was read.
    Result<bool> at_end();

   private:
    Spool* spool_;
    std::size_t lane_, extent_ = 0, chunk_ = 0, at_ = 0; // at: in buffer
    std::uint64_t in_extent_ = 0;
    std::string buffer_;

    Result<bool> more(std::size_t wanted);
  };

 private:
  struct Extent {
    std::uint64_t offset = 0, size = 0;
  };
  struct Lane {
    std::vector<std::string> chunks; // what grows is not copied
    std::vector<Extent> put_aside;
  };
  std::size_t memory_, held_ = 0;
  std::vector<Lane> lanes_;
  FileDescriptor file_;
  std::uint64_t file_size_ = 0;

  Result<void> put_aside();
};

} // namespace helpdesk
