// store rebuild: everything derived is dropped and made again from raw records and the journal, in one
// transaction.
#include "sync/actions.hpp"
#include "sync/deriver.hpp"
#include "sync/ingest.hpp"
#include "sync/people.hpp"

#include <algorithm>

namespace helpdesk::sync {
namespace {

constexpr std::size_t k_batch = 500;

} // namespace

Result<RebuildCounts> rebuild(store::Store& store, const std::vector<RebuildAccount>& accounts,
                              const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  RebuildCounts counts;
  std::uint64_t total = static_cast<std::uint64_t>(TRY(store.info()).records);
  auto tx = TRY(store.begin(store::Durability::full));
  TRY(tx->clear_derived());
  Journal journal;
  TRY(journal.refresh(*tx));
  for (const RebuildAccount& account : accounts) {
    std::vector<std::string> keys;
    TRY(store.each_raw(account.policy->account, [&](store::RawRecord&& record) {
      keys.push_back(record.key);
      return true;
    }));
    PeopleCache people;
    for (std::size_t start = 0; start < keys.size(); start += k_batch) {
      std::vector<std::string> batch(keys.begin() + static_cast<std::ptrdiff_t>(start),
                                     keys.begin() +
                                         static_cast<std::ptrdiff_t>(std::min(keys.size(), start + k_batch)));
      Ingest ingest(store, *account.settings, *account.policy, store::Durability::full);
      auto done = TRY(ingest.derive_records(*tx, journal, people, batch));
      counts.records += batch.size();
      counts.messages += done.new_messages;
      counts.defects += done.defects;
      if (progress) progress(counts.records, total);
    }
    // What was written here.
    Deriver deriver(*tx, *account.policy, journal, people);
    deriver.read_remote_with(remote_loader(*tx, *account.settings, *account.policy));
    for (const TicketEntry* e : journal.messages())
      if (e->message.key.starts_with(account.policy->account + ":")) deriver.add(e->message);
    TRY(deriver.finish());
  }
  TRY(merge_people(*tx, journal));
  TRY(tx->commit());
  TRY(store.compact_timelines());
  counts.tickets = static_cast<std::uint64_t>(TRY(store.info()).tickets);
  return counts;
}

} // namespace helpdesk::sync
