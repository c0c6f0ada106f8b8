// A ticket out of its messages and its journal: status, waiting, requester, tags and the packed timeline.
// Pure.
#pragma once

#include "model/timeline.hpp"
#include "model/values.hpp"
#include "sync/journal.hpp"
#include "sync/policy.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::sync {

struct DerivedTicket {
  model::Ticket ticket;
  model::Timeline timeline;
  std::vector<std::size_t>
      bounced; // indexes of messages whose delivery a bounce in this ticket reports as failed
  // Messages that are internal, or no longer are, for what the conversation is: an outsider's answer to our
  // forward.
  std::vector<std::pair<std::size_t, model::Direction>> redirected;
};

struct DeriveInput {
  const std::vector<const model::Message*>& messages; // ordered by (time, key)
  const std::vector<const TicketEntry*>& entries;     // ordered by seq
  const Policy& policy;
  // Systems with tickets: what the backend says of the ticket, and its events.
  const model::Ticket* remote = nullptr;
  const std::vector<model::Event>* remote_events = nullptr;
  const model::Timeline* earlier = nullptr; // remote events of earlier pages
  std::function<std::string(const model::Contact&)> person_key;
  std::function<model::Term(std::string_view)> term;
};
DerivedTicket derive_ticket(const DeriveInput& input);

} // namespace helpdesk::sync
