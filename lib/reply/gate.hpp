// The gate before the connection opens: may this item leave now?
#pragma once

#include "reply/queue.hpp"

#include <string>

namespace helpdesk::reply {

// Why it must not, in words for the operator; empty when it may. Only replies that were made of a draft are
// judged: digests and acknowledgements need no approval and answer nobody's news.
Result<std::string> objection(store::Reader& store, const QueueItem& item, const ApprovalRules& rules,
                              Instant now, const Zone& zone);
// The part of it that is about news: "kari@example.org wrote at …".
Result<std::string> overtaken_by(store::Reader& store, const QueueItem& item, const Zone& zone);
// What an operator reads about an item that was taken back.
std::string taken_back_line(const QueueItem& item, std::string_view ticket_number, std::string_view why);

// "sending", on disk, or "cancelled" with its draft open again, decided and written in one transaction. An
// item that somebody else cancelled meanwhile stays so. why: set when it was taken back.
Result<void> begin_sending(store::Store& store, QueueItem& item, const Carrier& carrier, std::string& why);
// "#12", or the draft's id for a mail without a ticket.
std::string ticket_words(store::Reader& store, const QueueItem& item);

} // namespace helpdesk::reply
