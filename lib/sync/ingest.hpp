// From a backend's page to the store: decode (on all cores), then one transaction with records, placements,
// derived data and the cursor.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/deriver.hpp"
#include "sync/journal.hpp"
#include "sync/policy.hpp"
#include "sync/prepared_page.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::sync {

struct IngestCounts {
  std::uint64_t records = 0, bytes = 0, new_messages = 0, new_tickets = 0, changed_tickets = 0, erased = 0,
                defects = 0;
  std::uint64_t in_scope = 0, out_of_scope = 0;
  // Dry run only: conversations, counted by their thread roots; bytes is then what lies there.
  std::uint64_t conversations_in = 0, conversations_out = 0;
  std::uint64_t listed = 0; // dry run of systems without mail: rows or records that were looked at
};

// Not thread-safe: one for each account and thread, each with its own Store.
class Ingest {
 public:
  Ingest(store::Store& store, const backend::Settings& settings, const Policy& policy,
         store::Durability durability);

  Result<void> page(backend::Page&& page);
  // The two halves of page(): decoding begins at once, on other threads, and may go on while another page is
  // committed. Pages are committed in the order in which they came.
  std::shared_ptr<PreparedPage> prepare(backend::Page&& page);
  Result<void> commit(PreparedPage& page);
  // Derives these tickets again, with journal entries appended first, in one transaction synced to disk. For
  // everything that people do.
  Result<void> act(const std::vector<store::JournalEntry>& entries,
                   const std::vector<std::string>& ticket_keys);
  // A message that was written here (note, phone call, first mail): journalled and derived.
  Result<std::string> write_message(const store::JournalEntry& entry,
                                    model::Message message); // returns its ticket's key

  // The other way round, for undo.
  Result<void> unwrite_message(const store::JournalEntry& undo, const store::JournalEntry& written);
  // Derives stored records again inside a caller's transaction: for rebuild. Records that could not be
  // decoded are tried again.
  struct Derived {
    std::uint64_t new_messages = 0, defects = 0;
  };
  Result<Derived> derive_records(store::Transaction& tx, const Journal& journal, PeopleCache& people,
                                 const std::vector<std::string>& keys);

  const IngestCounts& counts() const { return counts_; }

 private:
  using Prepared = PreparedRecord;
  store::Store& store_;
  const backend::Settings& settings_;
  const Policy& policy_;
  store::Durability durability_;
  Journal journal_;
  PeopleCache people_;
  IngestCounts counts_;
  Decoders decoders_; // last: what they decode refers to the rest

  static std::string defect_of(const Prepared& item);
  Result<void> follow_earlier_copy(store::Transaction& tx, Prepared& item) const;
  Result<void> put_records(store::Transaction& tx, std::vector<Prepared>& prepared);
  Result<void> place(store::Transaction& tx, Deriver& deriver, const backend::Page& page,
                     const std::vector<Prepared>& prepared);
  Result<void> put_messages(store::Transaction& tx, Deriver& deriver, std::vector<Prepared>& prepared);
  Result<void> put_remote(store::Transaction& tx, Deriver& deriver, Prepared& item) const;
  Result<void> withdraw(store::Transaction& tx, Deriver& deriver, const std::vector<std::string>& keys);
  Result<void> relabel(store::Transaction& tx, Deriver& deriver, std::string_view record_key,
                       const std::vector<std::string>& roles_before);
  Result<void> derive_again(Deriver& deriver, const store::RawRecord& record, const model::Message& message,
                            const std::vector<std::string>& roles) const;
  Result<void> follow_sightings(store::Transaction& tx, Deriver& deriver,
                                const std::vector<backend::Sighting>& sightings);
  Result<std::vector<std::string>> roles_of_records(store::Reader& reader,
                                                    const std::vector<std::string>& keys) const;
};

// Everything of one mail that needs no other mail: decode, text, language, roles. Used by page, relabel and
// rebuild.
Result<backend::Decoded> decode_record(const backend::Settings& settings, const Policy& policy,
                                       const store::RawRecord& record,
                                       const std::vector<std::string>& seen_in);
// Whether the rule is for this message, which must have its text. Rules see an inbound message and what is
// known of its ticket at that moment.
bool rule_matches(const Rule& rule, const Policy& policy, const model::Message& message);
// Folder roles of placements, sorted and unique.
std::vector<std::string> roles_of(const std::vector<store::Placement>& placements);
std::string message_key(const Policy& policy, std::string_view remote); // "account:message:remote"

} // namespace helpdesk::sync
