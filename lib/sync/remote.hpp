// Tickets of systems that have tickets of their own: everything that the stored records say about one, put
// together again whenever one of them changes. A pure function of the set of records, never of the order in
// which pages brought them.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/policy.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::sync {

struct RemoteTicket {
  bool known = false;                  // some record speaks of it
  std::optional<model::Ticket> ticket; // the newest state that a record tells
  bool deleted = false;
  std::vector<model::Message> messages; // complete, in order of (time, key)
  std::vector<model::Event> events;     // each once, in order of (time, key)
};

using RemoteLoader = std::function<Result<RemoteTicket>(std::string_view ticket_key)>;

// Whether the account's records hold tickets. Mailboxes: false, and no loader is needed.
bool has_remote_tickets(const backend::Settings& settings);

// What one record tells of a ticket, where it alone tells all of it.
RemoteTicket remote_of(backend::Decoded&& decoded, std::string_view ticket_key);

// Reads through reader for as long as it lives. Empty for mailboxes.
RemoteLoader remote_loader(store::Reader& reader, const backend::Settings& settings, const Policy& policy);

// The tickets that a decoded record speaks of.
std::set<std::string> tickets_of(const Policy& policy, const backend::Decoded& decoded);
// Remembers which tickets a record speaks of. Returns those that it spoke of before or speaks of now.
Result<std::set<std::string>> place_remote(store::Transaction& tx, const Policy& policy,
                                           const store::RawRecord& record, const backend::Decoded& decoded);

} // namespace helpdesk::sync
