#include "backend/table/event_log/blocks.hpp"

#include <algorithm>

namespace helpdesk::backend::table::event_log {
namespace {

constexpr std::size_t k_longest = 8 << 20; // bytes

// Just behind the last row that is whole; 0: none is.
std::size_t end_of_rows(std::string_view bytes) {
  const std::size_t first = bytes.find('"');
  if (first == bytes.npos) return bytes.rfind('\n') + 1;
  auto quotes = std::count(bytes.begin() + static_cast<std::ptrdiff_t>(first), bytes.end(), '"');
  for (std::size_t i = bytes.size(); i > 0; --i) {
    if (bytes[i - 1] == '"') --quotes;
    if (bytes[i - 1] == '\n' && quotes % 2 == 0) return i;
  }
  return 0;
}

} // namespace

Blocks::Blocks(RowReader&& reader, std::size_t size) : rest_(std::move(reader).rest()), size_(size) {}

// What the reader had seen already, then the rest of the file. 0 at the end.
Result<std::size_t> Blocks::read(char* to, std::size_t size) {
  if (seen_ == rest_.bytes.size()) return rest_.input->read(to, size);
  const std::size_t copied = rest_.bytes.copy(to, size, seen_);
  seen_ += copied;
  return copied;
}

Result<void> Blocks::fill(std::string& bytes, std::size_t size) {
  std::size_t had = bytes.size();
  Result<void> result;
  bytes.resize_and_overwrite(std::max(size, had), [&](char* to, std::size_t) {
    while (had < size && !ended_) {
      auto got = read(to + had, size - had);
      if (!got) {
        result = Failure(std::move(got).error());
        break;
      }
      had += *got;
      ended_ = *got == 0;
    }
    return had;
  });
  return result;
}

Result<bool> Blocks::next(Block& block) {
  std::string& bytes = block.bytes;
  bytes = ahead_; // keeps its memory
  TRY(fill(bytes, size_));
  std::size_t end = 0;
  while ((end = end_of_rows(bytes)) == 0 && !ended_) {
    if (bytes.size() > k_longest) {
      endless_ = true;
      return false;
    }
    TRY(fill(bytes, bytes.size() + size_));
  }
  if (ended_) end = bytes.size();
  ahead_.assign(bytes, end);
  bytes.resize(end);
  block.offset = rest_.offset;
  rest_.offset += end;
  return end > 0;
}

} // namespace helpdesk::backend::table::event_log
