#pragma once

#include "store/sqlite/database.hpp"
#include "store/store.hpp"

#include <memory>

namespace helpdesk::store::sqlite {

// Begins on a connection that is used for nothing else while the transaction lives. The database must outlive
// it.
Result<std::unique_ptr<Transaction>> begin_transaction(Database& db, Durability durability);

} // namespace helpdesk::store::sqlite
