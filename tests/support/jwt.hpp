// JSON web tokens (HS256) as tests/servers/dovecot.sh accepts them for XOAUTH2.
#pragma once

#include "base/text.hpp"
#include "base/time.hpp"

#include <string>
#include <string_view>

namespace helpdesk::test {

inline std::string sha256_bytes(std::string_view text) {
  const std::string digits = sha256_hex(text);
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    out += static_cast<char>(value(digits[i]) * 16 + value(digits[i + 1]));
  return out;
}

inline std::string hmac_sha256(std::string key, std::string_view text) {
  key.resize(64, '\0'); // test keys are shorter than a block
  std::string inner = key, outer = key;
  for (char& c : inner) c ^= 0x36;
  for (char& c : outer) c ^= 0x5c;
  return sha256_bytes(outer + sha256_bytes(inner + std::string(text)));
}

inline std::string token_for(std::string_view user, int valid_seconds) {
  const std::int64_t now = unix_seconds(system_now());
  const std::string head = base64url_encode(R"({"alg":"HS256","typ":"JWT"})");
  const std::string body =
      base64url_encode(R"({"sub":")" + std::string(user) + R"(","iat":)" + std::to_string(now - 600) +
                       R"(,"exp":)" + std::to_string(now + valid_seconds) + "}");
  return head + "." + body + "." + base64url_encode(hmac_sha256("jwt-key-of-the-tests", head + "." + body));
}

} // namespace helpdesk::test
