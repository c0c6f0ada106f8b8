// A ticket of a log as it goes into the store, in bytes that can wait on the disk until its turn comes.
#pragma once

#include "backend/event_log.hpp"
#include "store/store.hpp"
#include "sync/policy.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace helpdesk::sync {

struct LogRow {
  model::Ticket ticket; // as derive_ticket makes it
  std::string_view id;
  std::string_view version, record, timeline; // of the raw record; packed
};

// ticket: with its words, after derive_logged. A log without texts: nothing in it can be read, and what waits
// waits because the log says so.
void encode_log_row(const backend::LoggedTicket& ticket, std::string& bytes);
// text gives what a code stands for. False for damaged bytes.
bool decode_log_row(std::string_view bytes, const Policy& policy,
                    const std::function<std::string_view(model::Term)>& text, LogRow& row);

} // namespace helpdesk::sync
