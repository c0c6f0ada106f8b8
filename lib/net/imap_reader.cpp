#include "net/imap_reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {
// Within each idle time this many bytes must arrive while a response is unfinished, else the server is as
// good as dead.
constexpr std::size_t k_trickle_bytes = 256;
} // namespace

Result<void> ImapReader::fill() {
  if (at_ == buffer_.size()) {
    buffer_.clear();
    at_ = 0;
  } else if (at_ > (1U << 20)) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  const auto idle = std::chrono::milliseconds(idle_ms_);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(window_start_ + idle - Clock::now()).count();
  if (left <= 0)
    return try_later(fmt::format("{}: the server sent {} bytes in {} s: too slow to go on", stream_.peer(),
                                 window_bytes_, (idle_ms_ + 999) / 1000));
  std::array<char, 64 * 1024> chunk; // NOLINT: filled by read
  const std::size_t got = TRY(stream_.read(chunk, static_cast<int>(left)));
  if (got == 0) return try_later(fmt::format("{}: the server closed the connection", stream_.peer()));
  buffer_.append(chunk.data(), got);
  bytes_ += got;
  window_bytes_ += got;
  if (window_bytes_ >= k_trickle_bytes) {
    window_start_ = Clock::now();
    window_bytes_ = 0;
  }
  return {};
}

Result<void> ImapReader::line_into(std::string& line) {
  std::size_t searched = at_;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    const std::size_t have = (end == std::string::npos ? buffer_.size() : end) - at_;
    if (line.size() + have > limits_.line_bytes)
      return failed(fmt::format("{}: an IMAP answer of more than {} bytes in one line", stream_.peer(),
                                limits_.line_bytes));
    if (end != std::string::npos) {
      line.append(buffer_, at_, have);
      at_ = end + 1;
      if (line.ends_with('\r')) line.pop_back();
      return {};
    }
    const std::size_t unread = buffer_.size() - at_;
    TRY(fill());
    searched = at_ + unread;
  }
}

Result<std::string> ImapReader::literal(std::uint64_t size) {
  std::string content;
  // The announced size is the server's claim: memory follows what really arrives.
  content.reserve(std::min<std::uint64_t>(size, 4U << 20));
  while (content.size() < size) {
    if (at_ == buffer_.size()) TRY(fill());
    const std::size_t take = std::min<std::uint64_t>(size - content.size(), buffer_.size() - at_);
    content.append(buffer_, at_, take);
    at_ += take;
  }
  return content;
}

Result<ImapRawResponse> ImapReader::next() {
  window_start_ = Clock::now();
  window_bytes_ = 0;
  ImapRawResponse response;
  std::uint64_t total = 0;
  for (;;) {
    const std::size_t before = response.line.size();
    TRY(line_into(response.line));
    // The announcement stands at the end of the line's newest piece; the piece's beginning tells a status
    // line only at first.
    const auto size = announced_literal(before == 0 ? std::string_view(response.line)
                                                    : "* - " + response.line.substr(before));
    if (!size) return response;
    total += std::min<std::uint64_t>(*size, UINT64_MAX / 4);
    if (*size > limits_.literal_bytes || total > limits_.response_bytes)
      return failed(fmt::format("{}: the server announces {} bytes at once, more than the limit of {}",
                                stream_.peer(), *size, limits_.literal_bytes));
    if (response.literals.size() >= limits_.values)
      return failed(
          fmt::format("{}: an IMAP answer of more than {} literals", stream_.peer(), limits_.values));
    response.line += "\r\n";
    response.literals.push_back(TRY(literal(*size)));
  }
}

} // namespace helpdesk::net
