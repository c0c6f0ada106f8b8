// Table raw_shared: records of tickets that share a frame (raw_batches.hpp) and have no defect. There are
// millions, of a few hundred bytes each, so that what follows from elsewhere is not written: of the key only
// what stands behind k_shared_prefix, no hint where it is the same, the usual format and version packed.
#pragma once

#include "store/sqlite/raw_batches.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace helpdesk::store::sqlite {

constexpr std::string_view k_shared_prefix = "ticket:";

bool is_of_shared_table(const RawRecord& record);
// What such a record's row is found by; none for keys that can have no row there.
std::optional<std::string_view> shared_id(std::string_view key);

// In place of the row that is there, if one is. The bytes lie in the batch already.
Result<void> insert_shared_raw(Connection& c, std::int64_t account, const RawRecord& record,
                               BatchPlace place);
Result<void> remove_shared_raw(Connection& c, std::int64_t account, std::string_view id);

// Of a statement that selects k_shared_columns.
constexpr std::string_view k_shared_columns = "id, version, format, received, hint, place";
RawRecord shared_record(const Statement& s, std::string_view account); // all but its bytes
std::optional<BatchPlace> shared_place(const Statement& s);
std::string encode_shared_place(const BatchPlace& place);

} // namespace helpdesk::store::sqlite
