// zstd frames with a checksum inside: damage is found when a frame is opened. One object per thread: it keeps
// its contexts.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace helpdesk::store {

class Compressor {
 public:
  Compressor();
  ~Compressor();
  // Valid until the next call.
  std::string_view pack(std::string_view bytes, int level);
  // Damaged frames, and frames that claim more than limit bytes, are errors.
  Result<std::string> unpack(std::string_view frame, std::uint64_t limit = 1ULL << 30);

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

} // namespace helpdesk::store
