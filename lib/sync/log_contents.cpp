#include "sync/log_contents.hpp"

#include "store/timeline_codec.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <functional>
#include <mutex>

#include <tsl/robin_map.h>

namespace helpdesk::sync {

struct LogTerms::Shard {
  std::mutex mutex;
  std::deque<std::string> texts; // stay where they are: the places view them
  tsl::robin_map<std::string_view, std::size_t, std::hash<std::string_view>, std::equal_to<>,
                 std::allocator<std::pair<std::string_view, std::size_t>>, true>
      places; // 1-based
};

LogTerms::LogTerms() : shards_(std::make_unique<std::array<Shard, 16>>()) {}
LogTerms::~LogTerms() = default;

model::Term LogTerms::of(std::string_view text) {
  if (text.empty()) return 0;
  static_assert(sizeof(std::size_t) == 8);
  const std::size_t number = std::hash<std::string_view>{}(text) >> 60;
  Shard& shard = (*shards_)[number];
  std::lock_guard lock(shard.mutex);
  auto found = shard.places.find(text);
  if (found == shard.places.end()) {
    shard.texts.emplace_back(text);
    found = shard.places.emplace(shard.texts.back(), shard.texts.size()).first;
  }
  return static_cast<model::Term>(found->second * shards_->size() + number);
}

const std::string* LogTerms::text(model::Term code) const {
  static const std::string none;
  if (code == 0) return &none;
  const std::deque<std::string>& texts = (*shards_)[code % shards_->size()].texts;
  const std::size_t place = code / shards_->size();
  return place > 0 && place <= texts.size() ? &texts[place - 1] : nullptr;
}

std::string_view PackedLane::add(const model::Timeline& timeline) {
  constexpr std::size_t k_piece = 64 << 10; // far more than a string keeps inside itself
  const std::size_t most = store::most_packed(timeline);
  if (pieces_.empty() || pieces_.back().capacity() - pieces_.back().size() < most)
    pieces_.emplace_back().reserve(std::max(k_piece, most));
  std::string& piece = pieces_.back();
  const std::size_t size = store::append_timeline(timeline, piece);
  return {piece.data() + piece.size() - size, size};
}

std::int64_t number_of_log_ticket(std::string_view id, std::size_t place) {
  constexpr std::int64_t k_largest_number = 1LL << 53;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error == std::errc() && end == id.data() + id.size() && number > 0 && number < k_largest_number)
    return number;
  return static_cast<std::int64_t>(place);
}

} // namespace helpdesk::sync
