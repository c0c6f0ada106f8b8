// The local store: raw records and the journal are primary; tickets, messages, people, timelines and the
// index are derived from them by lib/sync and can be dropped and made again. No SQL, row ids or blobs show
// here.
//
// Threads: one object per thread. Readers never block and see one snapshot per call. There is one writing
// transaction at a time across processes; begin() waits up to 10 s for it and then returns a retry error.
// Long work (pull, rebuild, queue) also takes lock().
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "model/timeline.hpp"
#include "model/values.hpp"
#include "store/query.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::store {

struct PackedText; // store/packed.hpp

// ---- primary data

// What arrived, as it arrived. key is unique in its account: mail "sha256 of the bytes", others
// "<kind>:<remote id>". Putting a record again with the same key and version updates defect, keeps the
// earlier known received (so that the order of pulls leaves no trace) and changes nothing else; another
// version replaces it.
struct RawRecord {
  std::string account, key, version;
  std::string format; // "mail", "json"
  std::string bytes;  // kept compressed
  Instant received{}; // the server's receive time (INTERNALDATE, file time); part of the record
  std::string hint;   // opaque to the store, for the backend's decode (JSON text)
  std::string
      defect; // why it could not be decoded; empty when it was. Listed by doctor, tried again by rebuild
};
// The version of what its source gives none: from its bytes.
std::string version_of(std::string_view bytes);

// The earlier of two times that are known; Instant{} is not.
constexpr Instant earlier_received(Instant a, Instant b) {
  if (a == Instant{} || b == Instant{}) return a == Instant{} ? b : a;
  return a < b ? a : b;
}

// Where a record lies on the server. stream = folder or collection; uid is unique in (account, stream).
struct Placement {
  std::string account, stream, uid;
  std::string record;              // RawRecord::key
  std::vector<std::string> labels; // flags, Gmail labels; sorted
  std::string role; // of the folder: "inbox", "sent", "archive", "junk", "trash", "all", "drafts", "other"
};

// Append-only, never re-fetchable. kind is one of: number, set, note, message, merge, split, person_merge,
// person_unmerge, snooze, rule, draft, approval, queue, erase, worklog, undo, account, prune. subject is the
// key of what it is about (ticket key, person key, item id).
struct JournalEntry {
  std::int64_t seq = 0; // given by the store
  Instant time{};
  std::string actor; // "operator address (os-user@host)"
  std::string kind, subject;
  std::string data; // JSON text
};

// The key that a number is to be known by, or none to leave it.
using NumberRename = std::function<std::optional<std::string>(std::string_view key)>;
using JournalRewrite = std::function<std::optional<JournalEntry>(const JournalEntry&)>;

struct JournalQuery {
  std::vector<std::string> kinds; // empty: all
  std::string subject;            // empty: all
  std::int64_t after = 0;         // seq > after
  bool newest_first = false;
  int limit = -1;
};

// ---- questions

enum class Order : unsigned char { waiting, newest, oldest, updated, number };

struct TicketQuery {
  Query filter; // spam, deleted and merged-away tickets are left out unless the filter names them (is:spam,
                // is:deleted)
  Order order = Order::waiting; // longest waiting first, then the rest by last update
  int limit = -1, offset = 0;
  Instant now{};
};

struct SearchHit {
  std::string ticket, message;
  std::int64_t number = 0;
  Instant time{};
  std::string subject, author;
  std::string snippet;                                    // of the original text, one line
  std::vector<std::pair<std::size_t, std::size_t>> marks; // byte ranges of matches in snippet
  double rank = 0;
};
enum class Ranking : unsigned char { newest, best }; // best ranks at most the newest 10,000 matches

struct TimelineFilter {
  std::string account;                 // empty: all
  std::optional<Instant> since, until; // tickets with an entry in [since, until)
  std::vector<std::int64_t> tickets;   // empty: all
};

// Timelines of some tickets, ascending, still packed: cheap to take, unpacked in any thread.
class TimelineBatch {
 public:
  virtual ~TimelineBatch() = default;
  // timeline is the memory that is reused from one ticket to the next.
  virtual Result<void> each(model::Timeline& timeline, const std::function<void()>& f) const = 0;
};
// Every timeline of one snapshot in batches of ascending numbers. Reads through its store: one call at a time
// of both.
class TimelineCursor {
 public:
  virtual ~TimelineCursor() = default;
  virtual Result<std::unique_ptr<TimelineBatch>> next() = 0; // null at the end
};

struct AccountState { // what pulls left behind; not part of the digest
  std::string account;
  std::optional<Instant> last_success, last_attempt, failing_since, reported_failure_at;
  std::string last_error;
  std::optional<Instant> complete_since; // how far back the data is complete
  std::string data;                      // JSON text, for sync
};

struct Info {
  int schema = 0, derived = 0; // versions
  std::int64_t tickets = 0, messages = 0, people = 0, records = 0, journal_entries = 0, attachments = 0;
  std::uint64_t bytes = 0;               // on disk
  std::optional<Instant> oldest, newest; // message times
  std::string path;
};

struct VerifyReport {
  std::string digest;                // sha256 over the canonical content
  std::vector<std::string> problems; // empty: sound
};

class Reader {
 public:
  virtual ~Reader() = default;

  virtual Result<Info> info() = 0;

  // By "#n" number, or by key or alias; nullopt when there is none. A merged-away ticket is returned as
  // itself.
  virtual Result<std::optional<model::Ticket>> ticket(std::int64_t number) = 0;
  virtual Result<std::optional<model::Ticket>> ticket_by_key(std::string_view key_or_alias) = 0;
  virtual Result<std::vector<model::Ticket>> tickets(const TicketQuery& query) = 0;
  virtual Result<std::int64_t> count_tickets(const TicketQuery& query) = 0;

  // Ordered by (time, key). heads leaves text, html and stripped empty (cheap).
  virtual Result<std::vector<model::Message>> messages(std::string_view ticket_key) = 0;
  virtual Result<std::vector<model::Message>> heads(std::string_view ticket_key) = 0;
  virtual Result<std::optional<model::Message>> message(std::string_view key) = 0;
  virtual Result<std::optional<model::Message>> message_by_message_id(std::string_view account,
                                                                      std::string_view message_id) = 0;
  // Every message newest first, heads only, until f returns false.
  virtual Result<void> each_head(std::string_view account, std::optional<Instant> since,
                                 const std::function<bool(const model::Message&)>& f) = 0;

  // Keys of tickets of the account that hold a message with one of these Message-IDs, or whose messages refer
  // to one of them.
  virtual Result<std::vector<std::string>> linked_tickets(std::string_view account,
                                                          const std::vector<std::string>& message_ids) = 0;
  // Keys of tickets of the account with a message of this subject_key in [from, to].
  virtual Result<std::vector<std::string>>
  subject_tickets(std::string_view account, std::string_view subject_key, Instant from, Instant to) = 0;

  virtual Result<std::optional<model::Person>> person(std::string_view key) = 0;
  virtual Result<std::optional<model::Person>> person_of(const model::Identity& identity) = 0;
  virtual Result<std::vector<model::Person>> people(std::string_view folded_name_or_address_part,
                                                    int limit) = 0;

  virtual Result<std::vector<SearchHit>> search(const Query& query, Ranking ranking, int limit,
                                                Instant now) = 0;
  virtual Result<std::int64_t> count_messages(const Query& query, Instant now) = 0;

  // In ascending ticket number; f returns false to stop. Segments and delta are merged.
  virtual Result<void> timelines(const TimelineFilter& filter,
                                 const std::function<bool(const model::Timeline&)>& f) = 0;
  virtual Result<std::unique_ptr<TimelineCursor>> timeline_batches() = 0; // must not outlive the reader
  virtual Result<std::optional<model::Timeline>> timeline(std::string_view ticket_key) = 0;
  virtual Result<std::string> term_text(model::Term term) = 0; // cached
  virtual Result<std::vector<std::pair<std::string, std::int64_t>>>
  facet(std::string_view field, std::string_view prefix,
        int limit) = 0; // "tag","assignee","queue","account","channel","status": value, tickets

  virtual Result<std::optional<RawRecord>> raw(std::string_view account, std::string_view key) = 0;
  virtual Result<bool> has_raw(std::string_view account, std::string_view key) = 0;
  // In key order, with bytes; f returns false to stop.
  virtual Result<void> each_raw(std::string_view account, const std::function<bool(RawRecord&&)>& f) = 0;
  virtual Result<std::vector<RawRecord>> defective_records(std::string_view account,
                                                           int limit) = 0; // without bytes
  virtual Result<std::vector<std::string>> accounts() = 0;                 // that have records
  virtual Result<std::vector<Placement>> placements(std::string_view account,
                                                    std::string_view stream) = 0; // empty stream: all
  virtual Result<std::vector<Placement>> placements_of(std::string_view account, std::string_view record) = 0;
  virtual Result<std::string> cursor(std::string_view account,
                                     std::string_view stream) = 0; // empty when none
  virtual Result<AccountState> account_state(std::string_view account) = 0;

  virtual Result<std::vector<JournalEntry>> journal(const JournalQuery& query) = 0;
  // The last entry of that kind for each subject (drafts and queue items are folded this way), by seq.
  virtual Result<std::vector<JournalEntry>> latest(std::string_view kind) = 0;
  virtual Result<std::optional<JournalEntry>> latest(std::string_view kind, std::string_view subject) = 0;
  // True when a salted hash of this record key or Message-ID was put on the erase list.
  virtual Result<bool> is_erased(std::string_view record_or_message_id) = 0;
};

enum class Durability : unsigned char {
  refetchable,
  full
}; // full: fsync before commit returns; any journal append needs it

// One writing transaction; everything read through it sees its own writes. Dropped without commit() it leaves
// nothing.
class Transaction : public Reader {
 public:
  virtual Result<void> put_raw(const RawRecord& record) = 0;
  virtual Result<void> put_raw(const RawRecord& record,
                               std::string_view frame) = 0; // of pack_record(); or empty
  virtual Result<void> remove_raw(std::string_view account, std::string_view key) = 0;
  virtual Result<void> put_placement(const Placement& placement) = 0;
  virtual Result<void> remove_placement(std::string_view account, std::string_view stream,
                                        std::string_view uid) = 0;
  virtual Result<void> remove_stream(std::string_view account,
                                     std::string_view stream) = 0; // placements and cursor
  virtual Result<void> set_cursor(std::string_view account, std::string_view stream,
                                  std::string_view cursor) = 0;
  virtual Result<void> put_account_state(const AccountState& state) = 0;

  virtual Result<std::int64_t> append(const JournalEntry& entry) = 0; // returns its seq

  // Replaces the whole row and its aliases. A ticket whose key and aliases have no number yet gets the next
  // one, journalled; when tickets join, the smallest number stays and the others lead to it. Returns the
  // number.
  virtual Result<std::int64_t> put_ticket(const model::Ticket& ticket) = 0;
  virtual Result<void> remove_ticket(
      std::string_view key) = 0; // row, aliases and timeline; its messages must have been moved or removed
  virtual Result<void> put_message(const model::Message& message) = 0; // insert or replace, index included
  virtual Result<void> put_message(const model::Message& head, PackedText&& text) = 0; // of pack_text()
  // Changes only what threading and roles decide: ticket, direction, role, automation, needs_reply, delivery,
  // labels, gone; no re-index.
  virtual Result<void> update_head(const model::Message& message) = 0;
  virtual Result<void> remove_message(std::string_view key) = 0;
  virtual Result<void> put_person(const model::Person& person) = 0;
  virtual Result<void> remove_person(std::string_view key) = 0;
  virtual Result<model::Term> term(std::string_view text) = 0;
  virtual Result<void> put_timeline(std::string_view ticket_key, const model::Timeline& timeline) = 0;

  virtual Result<void> clear_derived() = 0; // for rebuild
  virtual Result<void> add_erased(std::string_view record_or_message_id) = 0;
  // Replaces subject and data of journal entries for which f returns an entry.
  virtual Result<void> rewrite_journal(const JournalRewrite& f) = 0;
  // A number whose ticket's key changes is not given again, and the old key no longer leads to it.
  virtual Result<void> rename_numbers(const NumberRename& f) = 0;

  virtual Result<void> commit() = 0;
};

class Store : public Reader {
 public:
  virtual Result<std::unique_ptr<Transaction>> begin(Durability durability) = 0;
  // Who works on the store for long: retry error naming the holder. Dropped at the end of its life, or of the
  // process.
  virtual Result<FileLock> lock(std::string_view holder, int wait_ms) = 0;
  // Integrity of the database, of every raw frame and of derived = f(primary) invariants; with dump, every
  // canonical line goes to it.
  virtual Result<VerifyReport> verify(const std::function<void(std::string_view line)>& dump) = 0;
  virtual Result<void>
  backup(const std::string& target) = 0;        // works while a pull runs; refuses an existing file
  virtual Result<void> compact_timelines() = 0; // folds the delta into segments when it is past its threshold
  virtual Result<void> vacuum() = 0;            // after erase and prune: no deleted byte stays in any file
};

// An in-memory store for tests; same contract.
std::unique_ptr<Store> open_memory_store();

enum class Access : unsigned char { read, write };
// Opens or (write) creates <directory>/store.db, 0700/0600, migrating older schemas. read on a store that is
// not there: not_found with what to run first. A store from a newer version is refused by name.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& directory, Access access);

} // namespace helpdesk::store
