// A stream that says what the test wrote down and remembers what it was told.
#pragma once

#include "net/stream.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace helpdesk::test {

class MemoryStream : public net::Stream {
 public:
  // chunk: how many bytes a read hands out at most.
  explicit MemoryStream(std::string input, std::size_t chunk = 4096)
      : input_(std::move(input)), chunk_(chunk) {}
  Result<std::size_t> read(std::span<char> buffer, int) override {
    const std::size_t n = std::min({buffer.size(), chunk_, input_.size() - at_});
    std::copy_n(input_.data() + at_, n, buffer.data());
    at_ += n;
    return n;
  }
  Result<void> write(std::string_view bytes, int) override {
    written += bytes;
    return {};
  }
  const std::string& peer() const override { return peer_; }

  std::string written;

 private:
  std::string input_, peer_ = "memory:1";
  std::size_t chunk_, at_ = 0;
};

} // namespace helpdesk::test
