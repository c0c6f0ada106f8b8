#include "sync/prune.hpp"

#include "json/json.hpp"
#include "mime/cut.hpp"
#include "sync/ingest.hpp"

#include <algorithm>

namespace helpdesk::sync {
namespace {

constexpr std::size_t k_batch = 200;

struct Batch {
  std::vector<std::string> keys;
  std::uint64_t parts = 0, bytes = 0;
};

// The mail's own time where the server told none.
Result<bool> is_old(store::Reader& store, const Policy& policy, const store::RawRecord& record,
                    Instant before) {
  if (record.received != Instant{}) return record.received < before;
  auto message = TRY(store.message(record.version)); // names the mail's message
  if (!message) message = TRY(store.message(message_key(policy, "sha256-" + record.key)));
  return message && message->time < before;
}

std::string hint_of(const store::RawRecord& record, Instant now) {
  auto parsed = record.hint.empty() ? Result<json::Value>(json::Value::object()) : json::parse(record.hint);
  json::Value hint = parsed && parsed->is_object() ? *parsed : json::Value::object();
  hint.set("listed", true);
  hint.set("pruned", unix_seconds(now));
  return json::dump(hint);
}

Result<void> prune_batch(store::Store& store, const backend::Settings& settings, const Policy& policy,
                         const PruneRequest& request, const Batch& batch) {
  auto tx = TRY(store.begin(store::Durability::full));
  for (const std::string& key : batch.keys) {
    auto record = TRY(tx->raw(policy.account, key));
    if (!record) continue;
    mime::CutMail cut = mime::cut_big_parts(record->bytes, request.larger);
    if (cut.parts == 0) continue;
    record->bytes = std::move(cut.bytes);
    record->hint = hint_of(*record, request.now);
    TRY(tx->remove_raw(policy.account, key)); // the same version would be taken for the same record
    TRY(tx->put_raw(*record));
  }
  Journal journal;
  TRY(journal.refresh(*tx));
  PeopleCache people;
  Ingest ingest(store, settings, policy, store::Durability::full);
  TRY(ingest.derive_records(*tx, journal, people, batch.keys));
  store::JournalEntry receipt;
  receipt.time = request.now;
  receipt.actor = request.actor;
  receipt.kind = "prune";
  receipt.subject = policy.account;
  receipt.data = json::dump(json::Value::object({{"before", unix_seconds(request.before)},
                                                 {"mails", batch.keys.size()},
                                                 {"attachments", batch.parts},
                                                 {"bytes", batch.bytes}}));
  TRY(tx->append(receipt));
  return tx->commit();
}

} // namespace

Result<PruneCounts> prune(store::Store& store, const backend::Settings& settings, const Policy& policy,
                          const PruneRequest& request) {
  PruneCounts counts;
  std::vector<Batch> batches;
  Result<void> failure;
  TRY(store.each_raw(policy.account, [&](store::RawRecord&& record) {
    ++counts.looked_at;
    if (request.progress) request.progress(counts.looked_at);
    if (record.format != "mail" || record.bytes.size() <= request.larger) return true;
    auto old = is_old(store, policy, record, request.before);
    if (!old) {
      failure = Failure(old.error());
      return false;
    }
    if (!*old) return true;
    mime::CutMail cut = mime::cut_big_parts(record.bytes, request.larger);
    if (cut.parts == 0) return true;
    auto placements = store.placements_of(policy.account, record.key);
    bool lies_somewhere =
        placements && std::any_of(placements->begin(), placements->end(), [](const store::Placement& p) {
          return !p.stream.starts_with('@'); // "@sent-here": only in this store
        });
    ++counts.mails;
    counts.parts += cut.parts;
    counts.bytes += cut.freed;
    if (!lies_somewhere) ++counts.unreachable;
    if (batches.empty() || batches.back().keys.size() >= k_batch) batches.emplace_back();
    Batch& batch = batches.back();
    batch.keys.push_back(record.key);
    batch.parts += cut.parts;
    batch.bytes += cut.freed;
    return true;
  }));
  TRY(std::move(failure));
  if (request.dry_run) return counts;
  for (const Batch& batch : batches) TRY(prune_batch(store, settings, policy, request, batch));
  return counts;
}

} // namespace helpdesk::sync
