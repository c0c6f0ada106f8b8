#include "backend/backend.hpp"
#include "backend/extra_kinds.hpp"
#include "backend/imap/imap.hpp"
#include "backend/maildir/maildir.hpp"
#include "backend/mbox/mbox.hpp"
#include "backend/table/table.hpp"

#include <array>
#include <vector>

namespace helpdesk::backend {
namespace {

std::vector<const Kind*>& extra_kinds() {
  static std::vector<const Kind*> kinds;
  return kinds;
}

} // namespace

void add_kind(const Kind& kind) { extra_kinds().push_back(&kind); }

// One row a kind; "backend list" shows them in this order.
std::span<const Kind* const> kinds() {
  static constexpr std::array<const Kind*, 4> k_kinds{&k_imap_kind, &k_maildir_kind, &k_mbox_kind,
                                                      &k_table_kind};
  return k_kinds;
}

const Kind* find_kind(std::string_view name) {
  for (const Kind* kind : kinds())
    if (kind->name == name) return kind;
  for (const Kind* kind : extra_kinds())
    if (kind->name == name) return kind;
  return nullptr;
}

} // namespace helpdesk::backend
