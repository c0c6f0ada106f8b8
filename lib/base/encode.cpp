// Base64, hexadecimal, hashes and random numbers.
// OpenSSL's older interface to SHA-256: it hashes with the processor's own instructions, and three functions
// of the archive are all that the program takes from it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/text.hpp"

#include <openssl/sha.h>
#include <sodium.h>

namespace helpdesk {
namespace {

std::string base64(std::string_view bytes, int variant) {
  std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  out.pop_back(); // libsodium counts its terminating NUL
  return out;
}

} // namespace

std::string base64_encode(std::string_view bytes) { return base64(bytes, sodium_base64_VARIANT_ORIGINAL); }
std::string base64url_encode(std::string_view bytes) {
  return base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string hex(std::string_view bytes) {
  constexpr char k_digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (unsigned char c : bytes) {
    out += k_digits[c >> 4];
    out += k_digits[c & 15];
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest, &context);
  return hex({reinterpret_cast<const char*>(digest), sizeof digest});
}

std::string random_hex(std::size_t n) {
  std::string bytes(n, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return hex(bytes);
}

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (unsigned char c : bytes) h = (h ^ c) * 0x100000001b3ULL;
  return h;
}

} // namespace helpdesk
