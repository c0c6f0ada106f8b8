// Records of a few hundred bytes compress badly one by one: those of a transaction share frames. Such a row
// of raw holds a reference instead of a frame, and those of raw_shared hold nothing else. What a removed or
// replaced record leaves behind goes at the next vacuum.
#pragma once

#include "store/sqlite/database.hpp"

#include <string>
#include <string_view>

namespace helpdesk::store::sqlite {

// Where a record's bytes lie.
struct BatchPlace {
  std::int64_t batch = 0;
  std::uint64_t offset = 0, size = 0;
};
// No zstd frame begins so: its magic number begins with 0x28.
constexpr char k_place_mark = 1;
std::string encode_place(const BatchPlace& place);
// None when the frame is a frame of its own.
std::optional<BatchPlace> decode_place(std::string_view frame);

// Adds bytes to the batch of the open transaction; what is returned goes into the row.
Result<BatchPlace> put_into_batch(Database& db, std::string_view bytes);
Result<void> flush_batch(Database& db); // before a commit
// Error when the batch is damaged or too short.
Result<std::string> read_from_batch(Database& db, const BatchPlace& place);
// Writes batches anew without the bytes that no row refers to. Inside a transaction.
Result<void> sweep_batches(Database& db);

} // namespace helpdesk::store::sqlite
