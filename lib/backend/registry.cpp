#include "backend/backend.hpp"
#include "backend/imap/imap.hpp"

#include <array>

namespace helpdesk::backend {

// One row a kind; "backend list" shows them in this order.
std::span<const Kind* const> kinds() {
  static constexpr std::array<const Kind*, 1> k_kinds{&k_imap_kind};
  return k_kinds;
}

const Kind* find_kind(std::string_view name) {
  for (const Kind* kind : kinds())
    if (kind->name == name) return kind;
  return nullptr;
}

} // namespace helpdesk::backend
