// Edit distance, for "did you mean".
#include "base/text.hpp"

#include <algorithm>
#include <numeric>

namespace helpdesk {
namespace {

std::u32string decode(std::string_view s) {
  std::u32string out;
  for (std::size_t pos = 0; pos < s.size();) out += next_code_point(s, pos);
  return out;
}

} // namespace

// Optimal string alignment: a swap of neighbours costs one; three rows are enough.
std::size_t edit_distance(std::string_view a8, std::string_view b8) {
  std::u32string a = decode(a8), b = decode(b8);
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::size_t length = count_code_points(word);
  if (length > 200) return {};
  std::size_t limit = std::max<std::size_t>(1, length / 3), best = limit + 1;
  std::string_view found;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > 1000) continue;
    std::size_t distance = edit_distance(word, candidate);
    // A word of which nothing is left is no suggestion.
    if (distance < best && distance < std::max<std::size_t>(2, length)) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

} // namespace helpdesk
