// Cuts a stream into IMAP responses, literals included. Internal to lib/net; exposed for tests and fuzzing.
#pragma once

#include "net/imap_response.hpp"
#include "net/stream.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace helpdesk::net {

class ImapReader {
 public:
  ImapReader(Stream& stream, int idle_ms, const ImapLimits& limits = {})
      : stream_(stream), idle_ms_(idle_ms), limits_(limits) {}

  // retry when the server is silent or slower than a trickle, or closes; failed when a limit is passed.
  Result<ImapRawResponse> next();
  std::uint64_t bytes() const { return bytes_; } // received so far

 private:
  using Clock = std::chrono::steady_clock;
  Result<void> fill();
  Result<void> line_into(std::string& line);
  Result<std::string> literal(std::uint64_t size);

  Stream& stream_;
  int idle_ms_;
  ImapLimits limits_;
  std::string buffer_;
  std::size_t at_ = 0; // bytes of buffer_ that are used up
  std::uint64_t bytes_ = 0;
  Clock::time_point window_start_{};
  std::size_t window_bytes_ = 0;
};

} // namespace helpdesk::net
