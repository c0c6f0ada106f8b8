// SipHash-2-4: a keyed 64-bit hash, so that nobody outside can make two Message-IDs meet in the table of
// links.
#pragma once

#include <cstdint>
#include <string_view>

namespace helpdesk::store {

struct HashKey {
  std::uint64_t k0 = 0, k1 = 0;
};
std::uint64_t siphash(const HashKey& key, std::string_view bytes);

} // namespace helpdesk::store
