// What we promised customers in our replies, and what became of it. Derived from the messages alone, so that
// a rebuilt store tells the same.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "model/timeline.hpp"
#include "model/values.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::report {

enum class PromiseState : std::uint8_t {
  open,     // not yet due
  overdue,  // due, and we have not written since
  kept,     // we wrote at or before it was due
  broken,   // we wrote, but later
  replaced, // we wrote in time, and promised anew
  dropped,  // solved or closed by somebody before we wrote
};
std::string_view text(PromiseState state);

struct Promise {
  std::string ticket, account; // keys
  std::int64_t number = 0;     // of the ticket
  std::string requester, requester_address, subject;
  model::Contact by; // who wrote the reply
  Instant promised{}, due{};
  bool whole_day = false; // no time of day was named: due in its last second
  std::string sentence;
  PromiseState state = PromiseState::open;
  bool is_owed() const { return state == PromiseState::open || state == PromiseState::overdue; }
};

// Of one conversation; messages with text, in order. What counts is the public mail of people of ours: notes,
// forwards, automatic answers and what came back undelivered promise nothing and keep nothing. timeline: for
// the solving; null when there is none. Solving in the act of replying (within five minutes) drops nothing.
std::vector<Promise> promises_of(const model::Ticket& ticket, std::span<const model::Message> messages,
                                 const model::Timeline* timeline, Instant now, const Zone& zone);

// Of many tickets, by due time. owed: only what is open or overdue, which the last reply of each ticket
// tells. Replies older than a year, history, spam and what was deleted or merged away are left out.
Result<std::vector<Promise>> promises(store::Reader& store, const std::vector<model::Ticket>& tickets,
                                      bool owed, Instant now, const Zone& zone);

} // namespace helpdesk::report
