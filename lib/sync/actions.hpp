// What people do to tickets: each is journal entries plus the tickets derived again, in one durable
// transaction.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/journal.hpp"
#include "sync/policy.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::sync {

struct Actor {
  std::string identity; // "Ada <ada@example.org> (ada@laptop)"
  std::string address;
  std::string name;
  Instant now{};
};

// Bound to one account; opens nothing by itself.
class Actions {
 public:
  Actions(store::Store& store, const backend::Settings& settings, const Policy& policy, Actor actor)
      : store_(store), settings_(settings), policy_(policy), actor_(std::move(actor)) {}

  // Checks names and values first: usage error with a suggestion.
  Result<void> set(const model::Ticket& ticket, const std::vector<Change>& changes);
  Result<void> note(const model::Ticket& ticket, std::string_view text, std::int64_t seconds_spent);
  Result<void> snooze(const model::Ticket& ticket, std::optional<Instant> until);
  Result<void> worklog(const model::Ticket& ticket, std::int64_t seconds, std::string_view on);
  Result<void> merge(const model::Ticket& from, const model::Ticket& into);
  Result<std::string> split(const model::Ticket& ticket,
                            std::string_view message_key); // the new ticket's key
  // A call, a counter visit: a message that came by no backend. Returns the ticket's key.
  struct Written {
    model::Channel channel = model::Channel::phone;
    model::Direction direction = model::Direction::in;
    model::Contact person;
    std::string subject, text;
    std::int64_t seconds_spent = 0;
    std::string ticket_key; // empty: a new ticket
  };
  Result<std::string> write(const Written& written);
  // Takes back the newest entries of this store (never a send). Returns what was undone, in words.
  Result<std::vector<std::string>> undo(int count);

 private:
  store::Store& store_;
  const backend::Settings& settings_;
  const Policy& policy_;
  Actor actor_;
  store::JournalEntry entry(std::string_view kind, std::string_view subject, std::string data) const;
  Result<std::string> fresh_id(std::string_view kind);
};

// The fields of `set` with one line of help each; checks one change ("status" "slved" -> did you mean
// "solved"?).
struct SettableField {
  std::string_view name, help, choices;
};
const std::vector<SettableField>& settable_fields();
Result<Change> parse_change(std::string_view text, Instant now,
                            const Zone& zone); // "status=solved", "tag+=billing", "due=tomorrow"

// Tickets pending for longer than policy.solve_after are solved, as a rule's act.
Result<void> solve_quiet_tickets(store::Store& store, const backend::Settings& settings, const Policy& policy,
                                 Instant now);

// Derives everything again from raw records and journal, in one transaction.
struct RebuildAccount {
  const backend::Settings* settings;
  const Policy* policy;
};
struct RebuildCounts {
  std::uint64_t records = 0, messages = 0, tickets = 0, defects = 0;
};
Result<RebuildCounts> rebuild(store::Store& store, const std::vector<RebuildAccount>& accounts,
                              const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

// Removes a person or a ticket for good: messages, raw records, index, journal text; hashes keep a later full
// pull from bringing it back.
struct EraseCounts {
  std::uint64_t messages = 0, records = 0, tickets = 0, people = 0, journal_entries = 0;
};
Result<EraseCounts> erase_ticket(store::Store& store, const backend::Settings& settings, const Policy& policy,
                                 const model::Ticket& ticket, const Actor& actor);
Result<EraseCounts> erase_person(store::Store& store, const std::vector<RebuildAccount>& accounts,
                                 const model::Person& person, const Actor& actor);

} // namespace helpdesk::sync
