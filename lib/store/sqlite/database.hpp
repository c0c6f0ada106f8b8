// A connection with what is kept in memory beside it, and the tuning that goes with reading or writing.
#pragma once

#include "base/result.hpp"
#include "model/timeline.hpp"
#include "store/compress.hpp"
#include "store/hash.hpp"
#include "store/query_terms.hpp"
#include "store/sqlite/connection.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace helpdesk::store::sqlite {

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
template <class Value> using StringMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

// What waits to be written into the full-text index, by message id: FTS5 closes a segment whenever an id is
// smaller than the one before, and the first pull comes newest first.
struct IndexChange {
  std::optional<FoldedColumns> remove, insert;
};

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode);

  Connection& c; // short, because every question begins with it
  Compressor compressor;
  HashKey hash_key; // for the table of links
  std::string salt; // for the erase list

  // Dictionaries. Only ids that are committed, or were made by the transaction that is open: forget() after a
  // rollback.
  StringMap<model::Term> terms;
  std::unordered_map<model::Term, std::string> term_texts;
  StringMap<std::int64_t> accounts, ticket_keys;
  std::unordered_map<std::int64_t, std::int64_t> next_ids; // messages.cpp: where to look for a free id
  std::map<std::int64_t, IndexChange> index_changes;
  std::size_t index_bytes = 0;

  // Records that share a frame (raw_batches.cpp): the one that is being filled, and the one that was read
  // last.
  struct RecordBatch {
    std::int64_t id = 0; // 0: none
    std::string text;
  };
  RecordBatch batch, read_batch;

  // The segment of timelines that new tickets fill (new_tickets.cpp).
  struct OpenSegment {
    std::int64_t segment = -1; // -1: none
    std::string packed;
  };
  OpenSegment segment;

  // What a new ticket would be looked up for again and again; of the transaction that is open, emptied when
  // one begins.
  struct Recent {
    std::string absent;             // the key that was looked up last and is of no ticket
    std::string ticket;             // the key that was put last
    std::int64_t number = 0;        // its number
    std::int64_t newest_number = 0; // 0: not asked for yet
    std::int64_t newest_id = 0;     // of a ticket's key; 0: not asked for yet
    std::optional<bool> any_erased;
  };
  Recent recent;
  bool has_tickets = false; // false: not known to have any
  void forget();

  int snapshots = 0; // nested reading transactions

 private:
  explicit Database(std::unique_ptr<Connection> connection) : c(*connection), owned_(std::move(connection)) {}
  std::unique_ptr<Connection> owned_;
};

// Everything read while one of these lives is of one state. Does nothing inside a transaction.
class Snapshot {
 public:
  static Result<Snapshot> take(Database& db);
  Snapshot(Snapshot&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  ~Snapshot();

 private:
  explicit Snapshot(Database* db) : db_(db) {}
  Database* db_;
};

} // namespace helpdesk::store::sqlite
