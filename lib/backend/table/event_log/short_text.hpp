// Hashes of texts of a few bytes, which most cells of a log are: a dozen instructions instead of a call.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace helpdesk::backend::table::event_log {

template <class N> N load(const char* at) {
  N n = 0;
  std::memcpy(&n, at, sizeof n);
  return n;
}
template <class N> void store(char* at, N n) { std::memcpy(at, &n, sizeof n); }

// Of this process only: never stored. All bits are good ones.
inline std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0) {
  __extension__ using Wide = unsigned __int128;
  constexpr std::uint64_t k_a = 0x9E3779B97F4A7C15, k_b = 0xC2B2AE3D27D4EB4F;
  auto mix = [](std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const char* at = text.data();
  std::size_t size = text.size();
  std::uint64_t hash = (seed ^ k_a) + size * k_b;
  for (; size > 16; at += 16, size -= 16)
    hash = mix(hash ^ load<std::uint64_t>(at), load<std::uint64_t>(at + 8) ^ k_b);
  std::uint64_t a = 0, b = 0;
  if (size >= 8) {
    a = load<std::uint64_t>(at);
    b = load<std::uint64_t>(at + size - 8);
  } else if (size >= 4) {
    a = load<std::uint32_t>(at);
    b = load<std::uint32_t>(at + size - 4);
  } else if (size > 0) {
    a = static_cast<unsigned char>(at[0]) | std::uint64_t{static_cast<unsigned char>(at[size / 2])} << 8 |
        std::uint64_t{static_cast<unsigned char>(at[size - 1])} << 16;
  }
  return mix(hash ^ a, b ^ k_b);
}

// As ==, where both are short.
inline bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  std::size_t size = a.size();
  if (size > 16) return std::memcmp(x, y, size) == 0;
  if (size >= 8)
    return load<std::uint64_t>(x) == load<std::uint64_t>(y) &&
           load<std::uint64_t>(x + size - 8) == load<std::uint64_t>(y + size - 8);
  if (size >= 4)
    return load<std::uint32_t>(x) == load<std::uint32_t>(y) &&
           load<std::uint32_t>(x + size - 4) == load<std::uint32_t>(y + size - 4);
  return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

// As memcpy, where they are few.
inline void copy_bytes(char* to, std::string_view text) {
  const char* from = text.data();
  const std::size_t size = text.size();
  if (size > 16 || size < 4) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    const auto last = load<std::uint64_t>(from + size - 8);
    store(to, load<std::uint64_t>(from));
    store(to + size - 8, last);
  } else {
    const auto last = load<std::uint32_t>(from + size - 4);
    store(to, load<std::uint32_t>(from));
    store(to + size - 4, last);
  }
}

} // namespace helpdesk::backend::table::event_log
