// The packed form of what a ticket's row keeps in no column of its own. A decoder answers false for damaged
// bytes and for formats it does not know.
#pragma once

#include "model/values.hpp"

#include <string>
#include <string_view>

namespace helpdesk::store {

// All but number, account, status, priority, channel, queue, assignee, language, spam, deleted, history_only,
// needs_reply, created, updated, snoozed_until and requester; the times too where the columns round them.
enum class Times : unsigned char { exact_in_columns, packed };
std::string encode_rest(const model::Ticket& ticket, Times times);
// Into a ticket whose other fields are those it was packed with.
bool decode_rest(std::string_view bytes, model::Ticket& ticket);

} // namespace helpdesk::store
