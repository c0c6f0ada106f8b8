// How a ticket's timeline is packed: about eight bytes an entry. Segments hold the timelines of k_segment
// consecutive numbers.
#pragma once

#include "model/timeline.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace helpdesk::store {

constexpr int k_segment_bits =
    7; // 128 tickets: the cost of stepping a row is spread over them (performance.md section 1)
constexpr std::int64_t segment_of(std::int64_t number) { return number >> k_segment_bits; }

std::string encode_timeline(const model::Timeline& timeline); // without its number
std::size_t most_packed(const model::Timeline& timeline);     // as many bytes are enough for it
// The same bytes behind those that are there; their count.
std::size_t append_timeline(const model::Timeline& timeline, std::string& bytes);
// Reuses the memory of timeline; number is not touched. False for damaged bytes.
bool decode_timeline(std::string_view bytes, model::Timeline& timeline);

// A segment is built by appending (number ascending) and read item by item without decoding them.
class SegmentBuilder {
 public:
  explicit SegmentBuilder(std::int64_t segment) : first_(segment << k_segment_bits) {}
  // Behind what take() gave before; begun: empty for a new one.
  SegmentBuilder(std::int64_t segment, std::string begun) : SegmentBuilder(segment) {
    if (!begun.empty()) bytes_ = std::move(begun);
  }
  void append(std::int64_t number, std::string_view packed);
  bool empty() const { return bytes_.size() <= 1; }
  std::string take();

 private:
  std::int64_t first_;
  std::string bytes_ = std::string(1, '\1'); // format
};

// Calls f(number, packed) in ascending order until it returns false. False for damaged bytes.
bool each_in_segment(std::int64_t segment, std::string_view bytes,
                     const std::function<bool(std::int64_t number, std::string_view packed)>& f);

} // namespace helpdesk::store
