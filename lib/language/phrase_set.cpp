#include "language/phrase_set.hpp"

#include <algorithm>

namespace helpdesk::language {

PhraseSet::PhraseSet(std::span<const std::string_view> phrases) : sorted_(phrases.begin(), phrases.end()) {
  std::ranges::stable_sort(sorted_, {}, [](std::string_view p) { return byte(p.front()); });
  for (const std::string_view p : sorted_) {
    ++begin_[byte(p.front()) + 1];
    if (p.size() > 1)
      may_begin_.set(pair(p, 0));
    else
      for (std::size_t second = 0; second < 256; ++second) may_begin_.set(byte(p.front()) << 5 ^ second);
  }
  for (std::size_t i = 1; i < begin_.size(); ++i)
    begin_[i] = static_cast<std::uint16_t>(begin_[i] + begin_[i - 1]);
}

} // namespace helpdesk::language
