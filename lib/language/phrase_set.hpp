// A list of phrases that many texts are held against: where none of them can begin is seen by two bytes.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace helpdesk::language {

class PhraseSet {
 public:
  // Phrases must not be empty and must live as long.
  explicit PhraseSet(std::span<const std::string_view> phrases);

  bool starts(std::string_view s) const {
    return begins(s, [](auto&&...) { return true; });
  }
  // Whether f(0, phrase) is true of a phrase that s begins with.
  template <class F> bool begins(std::string_view s, const F& f) const {
    return !s.empty() && may_begin_[pair(s, 0)] && stands_at(s, 0, f);
  }
  bool occurs_in(std::string_view s) const {
    return any(s, [](auto&&...) { return true; });
  }
  // Whether f(position, phrase) is true of a phrase somewhere in s.
  template <class F> bool any(std::string_view s, const F& f) const {
    for (std::size_t i = 0; i < s.size(); ++i)
      if (may_begin_[pair(s, i)] && stands_at(s, i, f)) return true;
    return false;
  }

 private:
  std::vector<std::string_view> sorted_; // by their first bytes
  std::array<std::uint16_t, 257> begin_{};
  std::bitset<1U << 13> may_begin_;

  static std::size_t byte(char c) { return static_cast<unsigned char>(c); }
  static std::size_t pair(std::string_view s, std::size_t i) {
    return byte(s[i]) << 5 ^ (i + 1 < s.size() ? byte(s[i + 1]) : 0);
  }
  template <class F> bool stands_at(std::string_view s, std::size_t i, const F& f) const {
    for (std::size_t k = begin_[byte(s[i])]; k < begin_[byte(s[i]) + 1]; ++k) {
      const std::string_view p = sorted_[k];
      if (i + p.size() > s.size() || p.back() != s[i + p.size() - 1]) continue; // most differ there
      if (s.substr(i).starts_with(p) && f(i, p)) return true;
    }
    return false;
  }
};

} // namespace helpdesk::language
