// Half the bytes for a store of millions of small tickets: tables that lost what follows from elsewhere.
#pragma once

#include "base/result.hpp"
#include "store/sqlite/connection.hpp"

namespace helpdesk::store::sqlite {

Result<void> to_schema_3(Connection& c);

} // namespace helpdesk::store::sqlite
