// How a message lies in its row; shared by what writes and what reads messages.
#pragma once

#include "store/sqlite/topics.hpp"

#include <vector>

namespace helpdesk::store::sqlite {

// Bits of messages.flags: what conditions ask for without opening the head.
constexpr int k_automatic = 1, k_private = 2, k_gone = 4, k_html = 8, k_defect = 16;
int flags_of(const model::Message& message);

// Of its own Message-ID and of those it refers to; the lowest bit tells them apart.
std::vector<std::int64_t> link_hashes(const Database& db, const model::Message& message);
std::int64_t link_hash(const Database& db, std::string_view account, std::string_view message_id, bool own);
std::int64_t subject_hash(const Database& db, std::string_view account, std::string_view subject_key);

// Columns: id, key, ticket key, time, head [, frame].
Result<model::Message> message_row(Database& db, const Statement& s, Texts texts);

} // namespace helpdesk::store::sqlite
