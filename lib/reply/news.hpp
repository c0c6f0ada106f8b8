// What was written in a conversation since something was decided about it. By the set of messages, not by
// their order: a mail that was late has an earlier time than what was read before it.
#pragma once

#include "base/result.hpp"
#include "model/values.hpp"
#include "store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

// Public words of a customer or of us, from any client; no notes, automatic mail, bounces.
bool counts_as_news(const model::Message& message);
// Short hashes of the messages that count.
std::vector<std::string> seen_messages(const std::vector<model::Message>& messages);
// Those that are not among them, but for the mail with own_message_id.
std::vector<const model::Message*> unseen_messages(const std::vector<model::Message>& messages,
                                                   const std::vector<std::string>& seen,
                                                   std::string_view own_message_id = "");
// The messages of the ticket with this key, wherever merges have taken them.
Result<std::vector<model::Message>> conversation_messages(store::Reader& store, std::string_view ticket_key);

} // namespace helpdesk::reply
