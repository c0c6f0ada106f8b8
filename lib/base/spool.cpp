#include "base/spool.hpp"

#include "base/nameless_file.hpp"

#include <algorithm>
#include <utility>

namespace helpdesk {
namespace {

constexpr std::size_t k_chunk = 16 << 10;
constexpr std::size_t k_read = 64 << 10; // at once, of each lane

} // namespace

Result<void> Spool::add(std::size_t lane, std::string_view first, std::string_view second) {
  std::vector<std::string>& chunks = lanes_[lane].chunks;
  const std::size_t size = first.size() + second.size();
  if (chunks.empty() || chunks.back().capacity() - chunks.back().size() < size)
    chunks.emplace_back().reserve(std::max(k_chunk, size));
  chunks.back().append(first).append(second);
  held_ += size;
  return held_ < memory_ ? Result<void>() : put_aside();
}

Result<void> Spool::put_aside() {
  if (!file_.valid()) file_ = TRY(nameless_file());
  for (Lane& lane : lanes_) {
    const std::uint64_t begin = file_size_;
    for (const std::string& chunk : std::exchange(lane.chunks, {})) {
      TRY(write_at(file_, chunk, file_size_));
      file_size_ += chunk.size();
    }
    if (file_size_ > begin) lane.put_aside.push_back({begin, file_size_ - begin});
  }
  held_ = 0;
  return {};
}

// Makes the buffer hold so many unread bytes, where there are any more.
Result<bool> Spool::Reader::more(std::size_t wanted) {
  Lane& lane = spool_->lanes_[lane_];
  while (buffer_.size() - at_ < wanted) {
    if (extent_ < lane.put_aside.size()) {
      const Extent& extent = lane.put_aside[extent_];
      const auto size = static_cast<std::size_t>(
          std::min<std::uint64_t>(extent.size - in_extent_, std::max(k_read, wanted)));
      buffer_.erase(0, at_);
      at_ = 0;
      const std::size_t had = buffer_.size();
      buffer_.resize(had + size);
      TRY(read_at(spool_->file_, buffer_.data() + had, size, extent.offset + in_extent_));
      in_extent_ += size;
      if (in_extent_ == extent.size) ++extent_, in_extent_ = 0;
    } else if (chunk_ < lane.chunks.size()) {
      std::string chunk = std::move(lane.chunks[chunk_++]);
      if (at_ == buffer_.size())
        buffer_ = std::move(chunk);
      else
        buffer_.erase(0, at_).append(chunk);
      at_ = 0;
    } else {
      return false;
    }
  }
  return true;
}

Result<std::string_view> Spool::Reader::next(std::size_t size) {
  if (!TRY(more(size))) return failed("temporary file for sorting: ends early");
  std::string_view bytes = std::string_view(buffer_).substr(at_, size);
  at_ += size;
  return bytes;
}

Result<bool> Spool::Reader::at_end() { return !TRY(more(1)); }

} // namespace helpdesk
