// Numbers of texts that come again and again, for one thread: millions of look-ups, each new text once.
#pragma once

#include "backend/table/event_log/short_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::backend::table::event_log {

// Short texts stand in the table itself, so that a look-up in a great one waits for one cache line.
class Codes {
 public:
  // make(text) gives the number of a text that was not asked for before.
  template <class Make> std::uint32_t of(std::string_view text, const Make& make) {
    return of(text, hash_text(text), make);
  }
  // hash: hash_text(text).
  template <class Make> std::uint32_t of(std::string_view text, std::uint64_t hash, const Make& make) {
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::size_t i = first_of(tag); slots_[i].size != 0; i = (i + 1) & (slots_.size() - 1))
      if (slots_[i].tag == tag && same_text(text_of(slots_[i]), text)) return slots_[i].code;
    const std::uint32_t code = make(text);
    add(text, tag, code);
    return code;
  }
  std::size_t size() const { return count_; }
  // This one is asked for soon.
  void expect(std::uint64_t hash) const {
    __builtin_prefetch(&slots_[first_of(static_cast<std::uint32_t>(hash))]);
  }

 private:
  static constexpr std::size_t k_inside = 20;
  struct alignas(32) Slot {
    std::uint32_t tag = 0, code = 0, size = 0; // of the text and one more; 0: empty slot
    std::array<char, k_inside> text{};         // or where it is: which of the long ones
  };
  static constexpr unsigned k_first_bits = 6;
  unsigned bits_ = k_first_bits;
  std::vector<Slot> slots_ = std::vector<Slot>(std::size_t{1} << k_first_bits);
  std::size_t count_ = 0;
  std::deque<std::string> long_;

  std::size_t first_of(std::uint32_t tag) const { return tag >> (32 - bits_); }
  std::string_view text_of(const Slot& slot) const {
    const std::size_t size = slot.size - 1;
    if (size <= k_inside) return {slot.text.data(), size};
    return long_[load<std::uint64_t>(slot.text.data())];
  }

  void add(std::string_view text, std::uint32_t tag, std::uint32_t code) {
    if (++count_ > slots_.size() / 2) grow();
    Slot slot{tag, code, static_cast<std::uint32_t>(text.size() + 1), {}};
    if (text.size() <= k_inside) {
      text.copy(slot.text.data(), text.size());
    } else {
      store<std::uint64_t>(slot.text.data(), long_.size());
      long_.emplace_back(text);
    }
    put(slot);
  }
  void put(const Slot& slot) {
    std::size_t i = first_of(slot.tag);
    while (slots_[i].size != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
  void grow() {
    ++bits_;
    std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(std::size_t{1} << bits_));
    for (const Slot& slot : before)
      if (slot.size != 0) put(slot);
  }
};

} // namespace helpdesk::backend::table::event_log
