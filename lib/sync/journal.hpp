// The journal's entries as sync reads and writes them: what was done here, by whom, to which ticket. JSON
// lives in journal.cpp only.
#pragma once

#include "base/result.hpp"
#include "model/values.hpp"
#include "store/store.hpp"
#include "sync/thread.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace helpdesk::sync {

// One field of `set`: field "status", "priority", "assignee", "queue", "spam", "needs_reply", "due", "tag+",
// "tag-", "subject", "field.<name>".
struct Change {
  std::string field, value;
};

// What one ticket's journal says, in order of seq, undone entries left out.
struct TicketEntry {
  std::int64_t seq = 0;
  Instant time{};
  std::string actor;
  std::string kind;            // set, note, message, snooze, worklog
  std::vector<Change> changes; // set
  std::string message_key;  // set: the newest message its author had seen; note, message: the message it made
  std::int64_t seconds = 0; // worklog
  std::optional<Instant> until;                // snooze
  model::Message message;                      // note, message
  model::Source source = model::Source::human; // rule when a rule did it
};

struct PersonMerge {
  std::string from, into; // person keys
};

// The journal folded once and topped up by seq: edges, per-ticket entries, identity merges.
class Journal {
 public:
  // Reads entries after the last one read. Cheap when nothing is new.
  Result<void> refresh(store::Reader& store);
  const JournalEdges& edges() const { return edges_; }
  std::vector<const TicketEntry*> of_ticket(const model::Ticket& ticket) const; // key and aliases
  const std::vector<PersonMerge>& person_merges() const { return person_merges_; }
  // All messages that were written here, for rebuild.
  std::vector<const TicketEntry*> messages() const;
  std::int64_t last_seq() const { return last_; }

 private:
  Result<void> fold();
  std::vector<store::JournalEntry> raw_;
  std::map<std::string, std::vector<TicketEntry>, std::less<>> by_ticket_;
  JournalEdges edges_;
  std::vector<PersonMerge> person_merges_;
  std::int64_t last_ = 0;
};

// Data texts.
std::string set_data(const std::vector<Change>& changes, std::string_view message_key = "",
                     model::Source source = model::Source::human);
std::string note_data(const model::Message& message);
std::string snooze_data(std::optional<Instant> until, std::string_view seen_message_key);
std::string worklog_data(std::int64_t seconds, std::string_view on);
std::string merge_data(std::string_view into);
std::string undo_data(std::int64_t undone_seq);
std::int64_t undone_seq(const store::JournalEntry& entry);  // of an undo entry
std::string merge_target(const store::JournalEntry& entry); // of a merge entry: the ticket merged into
std::optional<model::Message> written_message(const store::JournalEntry& entry); // of a note or message entry
// Which ticket an entry is about: its subject, or what a draft, a queue item or an approval says.
std::string ticket_of(const store::JournalEntry& entry);
// For `log`: one line in words about an entry.
std::string describe(const store::JournalEntry& entry);

} // namespace helpdesk::sync
