// Numbers of texts that come again and again, for one thread: millions of look-ups, each new text once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

namespace helpdesk::backend::table::event_log {

class Codes {
 public:
  // make(text) gives the number of a text that was not asked for before.
  template <class Make> std::uint32_t of(std::string_view text, const Make& make) {
    if (auto found = codes_.find(text); found != codes_.end()) return found->second;
    std::uint32_t code = make(text);
    codes_.emplace(keep(text), code);
    return code;
  }
  std::size_t size() const { return codes_.size(); }

 private:
  static constexpr std::size_t k_chunk = 64 << 10;
  tsl::robin_map<std::string_view, std::uint32_t, std::hash<std::string_view>, std::equal_to<>,
                 std::allocator<std::pair<std::string_view, std::uint32_t>>, true>
      codes_;                                   // with their hashes
  std::vector<std::unique_ptr<char[]>> chunks_; // what the keys view
  std::size_t used_ = k_chunk;

  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (k_chunk - used_ < text.size()) {
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(std::max(k_chunk, text.size())));
      used_ = text.size() > k_chunk ? k_chunk : 0;
      if (text.size() > k_chunk) return copy(chunks_.back().get(), text);
    }
    char* to = chunks_.back().get() + used_;
    used_ += text.size();
    return copy(to, text);
  }
  static std::string_view copy(char* to, std::string_view text) {
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }
};

} // namespace helpdesk::backend::table::event_log
