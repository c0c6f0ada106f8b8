// zstd data that comes in pieces, such as a log of gigabytes. Frames one behind the other are one stream.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace helpdesk::store {

class StreamUnpacker {
 public:
  StreamUnpacker();
  ~StreamUnpacker();
  struct Step {
    std::size_t taken = 0, given = 0; // bytes of packed that were read, bytes that were written to out
  };
  // Failed for damaged data.
  Result<Step> step(std::string_view packed, char* out, std::size_t size);
  // Between frames: the stream may end here.
  bool may_end() const { return may_end_; }

 private:
  struct Context;
  std::unique_ptr<Context> context_;
  bool may_end_ = true;
};

} // namespace helpdesk::store
