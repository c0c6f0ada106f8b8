// The schema's history: one function a version, each run in a transaction of its own, so that a store is of
// one version or the next.
#pragma once

#include "base/result.hpp"
#include "store/sqlite/connection.hpp"

#include <span>

namespace helpdesk::store::sqlite {

// What the derived part is made of (folding, packed forms): raised when rebuild must run. Kept in table meta.
constexpr int k_derived_version = 3;

using Migration = Result<void> (*)(Connection&);
// migrations()[n] brings version n to n + 1.
std::span<const Migration> migrations();

// Brings the database to the newest version; a newer one is refused.
Result<void> migrate(Connection& connection, std::span<const Migration> steps);

Result<void> set_meta(Connection& connection, std::string_view name, std::string_view value);
Result<std::string> meta(Connection& connection, std::string_view name); // empty when there is none

} // namespace helpdesk::store::sqlite
