#include "metrics/sample.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace helpdesk::metrics {
namespace {

// By bytes from the lowest, for what is long enough to pay for the counting; bytes that all have in common
// cost a look. Negative ones come first as their lowest is taken from all.
void sort_lengths(std::vector<std::int64_t>& values) {
  constexpr std::size_t k_few = 256, k_digits = 8;
  if (values.size() < k_few) return std::sort(values.begin(), values.end());
  const auto lowest = static_cast<std::uint64_t>(*std::min_element(values.begin(), values.end()));
  auto digit = [&](std::int64_t v, std::size_t d) {
    return (static_cast<std::uint64_t>(v) - lowest) >> (8 * d) & 0xff;
  };
  std::array<std::array<std::size_t, 256>, k_digits> counts{};
  for (std::int64_t v : values)
    for (std::size_t d = 0; d < k_digits; ++d) ++counts[d][digit(v, d)];
  std::vector<std::int64_t> other(values.size());
  for (std::size_t d = 0; d < k_digits; ++d) {
    auto& count = counts[d];
    if (count[digit(values.front(), d)] == values.size()) continue;
    std::size_t place = 0;
    for (std::size_t& c : count) place += std::exchange(c, place);
    for (std::int64_t v : values) other[count[digit(v, d)]++] = v;
    values.swap(other);
  }
}

} // namespace

void Sample::merge(const Sample& other) {
  happened.insert(happened.end(), other.happened.begin(), other.happened.end());
  competing.insert(competing.end(), other.competing.begin(), other.competing.end());
  waiting.insert(waiting.end(), other.waiting.begin(), other.waiting.end());
  entries.insert(entries.end(), other.entries.begin(), other.entries.end());
}

void Sample::merge_sorted(const Sample& other) {
  auto add = [](std::vector<std::int64_t>& mine, const std::vector<std::int64_t>& theirs) {
    auto middle = static_cast<std::ptrdiff_t>(mine.size());
    mine.insert(mine.end(), theirs.begin(), theirs.end());
    std::inplace_merge(mine.begin(), mine.begin() + middle, mine.end());
  };
  add(happened, other.happened);
  add(competing, other.competing);
  add(waiting, other.waiting);
  add(entries, other.entries);
}

std::size_t Sample::at_risk(std::int64_t time, std::size_t ended) const {
  std::size_t entered = size();
  if (!entries.empty())
    entered =
        static_cast<std::size_t>(std::lower_bound(entries.begin(), entries.end(), time) - entries.begin());
  return entered - ended;
}

void Sample::sort() {
  for (auto* list : {&happened, &competing, &waiting, &entries}) sort_lengths(*list);
}

} // namespace helpdesk::metrics
