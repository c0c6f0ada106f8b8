// FIPS 180-4 on the SHA extensions of x86: some six times as fast as portable code, and every mail and every
// attachment is hashed.
#include "base/sha256.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace helpdesk::sha256 {

#if defined(__x86_64__)
namespace {

#define HELPDESK_SHA __attribute__((target("sha,sse4.1,ssse3")))

// Cube roots of the first 64 primes, the first 32 bits of their fractions.
alignas(16) constexpr std::array<std::uint32_t, 64> k_rounds{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The instructions want the eight words as (F, E, B, A) and (H, G, D, C), lowest first.
struct State {
  __m128i abef, cdgh;
};

HELPDESK_SHA void compress(State& state, const unsigned char* block, std::size_t blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i abef = state.abef, cdgh = state.cdgh;
  for (; blocks > 0; --blocks, block += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];
    for (int i = 0; i < 4; ++i)
      w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block + 16 * i)), big_endian);
#pragma GCC unroll 16
    for (int i = 0; i < 16; ++i) {
      __m128i& now = w[i & 3];
      if (i >= 4) {
        const __m128i& last = w[(i + 3) & 3];
        now = _mm_sha256msg1_epu32(now, w[(i + 1) & 3]);
        now = _mm_add_epi32(now, _mm_alignr_epi8(last, w[(i + 2) & 3], 4));
        now = _mm_sha256msg2_epu32(now, last);
      }
      const __m128i sum =
          _mm_add_epi32(now, _mm_load_si128(reinterpret_cast<const __m128i*>(&k_rounds[4 * i])));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  state = {abef, cdgh};
}

bool ask_processor() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3)) return false;
  constexpr unsigned k_sha = 1U << 29;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & k_sha);
}

} // namespace

bool is_built_in() {
  static const bool known = ask_processor();
  return known;
}

HELPDESK_SHA void hash(std::string_view bytes, unsigned char* digest) {
  // Square roots of the first 8 primes, likewise.
  State state{
      _mm_set_epi32(0x6a09e667, static_cast<int>(0xbb67ae85U), 0x510e527f, static_cast<int>(0x9b05688cU)),
      _mm_set_epi32(0x3c6ef372, static_cast<int>(0xa54ff53aU), 0x1f83d9ab, 0x5be0cd19)};
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::size_t whole = bytes.size() / 64, rest = bytes.size() % 64;
  compress(state, data, whole);
  // The end: a one bit, zeros, and the number of bits.
  std::array<unsigned char, 128> end{};
  if (rest > 0) std::memcpy(end.data(), data + 64 * whole, rest);
  end[rest] = 0x80;
  const std::size_t blocks = rest < 56 ? 1 : 2;
  const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (std::size_t i = 0; i < 8; ++i) end[64 * blocks - 1 - i] = static_cast<unsigned char>(bits >> (8 * i));
  compress(state, end.data(), blocks);
  alignas(16) std::array<std::uint32_t, 8> words;
  _mm_store_si128(reinterpret_cast<__m128i*>(words.data()), state.abef);
  _mm_store_si128(reinterpret_cast<__m128i*>(words.data() + 4), state.cdgh);
  constexpr std::array<int, 8> k_place{3, 2, 7, 6, 1, 0, 5, 4}; // of A … H in words
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t k = 0; k < 4; ++k)
      digest[4 * i + k] =
          static_cast<unsigned char>(words[static_cast<std::size_t>(k_place[i])] >> (24 - 8 * k));
}
#else
bool is_built_in() { return false; }
void hash(std::string_view, unsigned char*) {}
#endif

} // namespace helpdesk::sha256
