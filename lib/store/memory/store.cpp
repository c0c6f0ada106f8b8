#include "store/store.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "store/canonical.hpp"
#include "store/forward.hpp"
#include "store/memory/state.hpp"
#include "store/packed.hpp"
#include "store/records.hpp"

#include <algorithm>
#include <memory>

namespace helpdesk::store {
namespace {

using memory::State;

struct Shared {
  State state;
  bool writing = false;
};

// Works on a copy; commit puts it in place.
class MemoryTransaction : public Forward<Transaction, MemoryTransaction> {
 public:
  explicit MemoryTransaction(std::shared_ptr<Shared> shared)
      : shared_(std::move(shared)), state_(shared_->state) {
    shared_->writing = true;
  }
  ~MemoryTransaction() override {
    if (open_) shared_->writing = false;
  }
  State& content() { return state_; }

  Result<void> put_raw(const RawRecord& r) override { return state_.put_raw(r), Result<void>{}; }
  Result<void> put_raw(const RawRecord& r, View) override { return put_raw(r); }
  Result<void> remove_raw(View account, View key) override {
    state_.records.erase(State::Pair(account, key));
    return {};
  }
  Result<void> put_placement(const Placement& p) override {
    state_.placed[{p.account, p.stream, p.uid}] = p;
    return {};
  }
  Result<void> remove_placement(View account, View stream, View uid) override {
    state_.placed.erase({std::string(account), std::string(stream), std::string(uid)});
    return {};
  }
  Result<void> remove_stream(View account, View stream) override {
    std::erase_if(state_.placed,
                  [&](const auto& p) { return p.second.account == account && p.second.stream == stream; });
    state_.cursors.erase(State::Pair(account, stream));
    return {};
  }
  Result<void> set_cursor(View account, View stream, View cursor) override {
    state_.cursors[State::Pair(account, stream)] = cursor;
    return {};
  }
  Result<void> put_account_state(const AccountState& s) override {
    state_.states[s.account] = s;
    return {};
  }
  Result<std::int64_t> append(const JournalEntry& e) override { return state_.append(e); }
  Result<std::int64_t> put_ticket(const model::Ticket& t) override { return state_.put_ticket(t); }
  Result<void> remove_ticket(View key) override { return state_.remove_ticket(key), Result<void>{}; }
  Result<void> put_message(const model::Message& m) override {
    state_.messages_by_key[m.key] = m;
    return {};
  }
  Result<void> put_message(const model::Message& head, PackedText&& text) override {
    model::Message& m = state_.messages_by_key[head.key] = head;
    auto body = Compressor().unpack(text.frame);
    if (!body || !decode_body(*body, m)) return failed("the packed text of message " + m.key);
    return {};
  }
  Result<void> update_head(const model::Message& m) override { return state_.update_head(m); }
  Result<void> remove_message(View key) override {
    state_.messages_by_key.erase(std::string(key));
    return {};
  }
  Result<void> put_person(const model::Person& p) override { return state_.put_person(p), Result<void>{}; }
  Result<void> remove_person(View key) override { return state_.remove_person(key), Result<void>{}; }
  Result<model::Term> term(View text) override { return state_.term(text); }
  Result<void> put_timeline(View key, const model::Timeline& t) override {
    return state_.put_timeline(key, t);
  }
  Result<void> clear_derived() override { return state_.clear_derived(), Result<void>{}; }
  Result<void> add_erased(View id) override {
    state_.erased.insert(sha256_hex(id));
    return {};
  }
  Result<void> rewrite_journal(const JournalRewrite& f) override {
    for (auto& entry : state_.entries)
      if (auto now = f(entry)) {
        entry.subject = now->subject;
        entry.data = now->data;
      }
    return {};
  }
  Result<void> rename_numbers(const NumberRename& f) override {
    auto numbers = state_.numbers;
    for (const auto& [key, n] : numbers)
      if (auto now = f(key)) {
        auto number = state_.numbers.extract(key);
        number.key() = std::move(*now);
        state_.numbers.insert(std::move(number));
      }
    return {};
  }
  Result<void> commit() override {
    if (!open_) return failed("store: the transaction was committed already");
    shared_->state = std::move(state_);
    shared_->writing = open_ = false;
    return {};
  }

 private:
  std::shared_ptr<Shared> shared_;
  State state_;
  bool open_ = true;
};

class MemoryStore : public Forward<Store, MemoryStore> {
 public:
  ~MemoryStore() override {
    if (!lock_path_.empty()) (void)remove_file(lock_path_);
  }
  const State& content() const { return shared_->state; }

  Result<std::unique_ptr<Transaction>> begin(Durability) override {
    if (shared_->writing) return try_later("store is busy: a transaction is open already");
    return std::make_unique<MemoryTransaction>(shared_);
  }
  Result<FileLock> lock(View holder, int wait_ms) override {
    if (lock_path_.empty())
      lock_path_ = join_path(environment("TMPDIR").value_or("/tmp"), "helpdesk-memory-" + random_hex(8));
    return FileLock::acquire(lock_path_, holder, wait_ms);
  }
  Result<VerifyReport> verify(const std::function<void(View line)>& dump) override;
  Result<void> backup(const std::string&) override { return failed("a store in memory has no backup"); }
  Result<void> compact_timelines() override { return {}; }
  Result<void> vacuum() override { return {}; }

 private:
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::string lock_path_;
};

Result<VerifyReport> MemoryStore::verify(const std::function<void(View line)>& dump) {
  const auto& s = shared_->state;
  VerifyReport report;
  Digest digest;
  auto line = [&](const std::string& text) {
    digest.add(text);
    if (dump) dump(text);
  };
  auto sorted = [&](std::vector<std::string> lines) {
    std::ranges::sort(lines);
    for (const auto& text : lines) line(text);
  };
  for (const auto& [key, record] : s.records) line(canonical_line(record));
  std::vector<std::string> placements, journal;
  for (const auto& [key, p] : s.placed) placements.push_back(canonical_line(p));
  for (const auto& e : s.entries)
    if (e.kind != "account") journal.push_back(canonical_line(e));
  sorted(std::move(placements));
  sorted(std::move(journal));
  for (const auto& [key, t] : s.tickets_by_key) line(canonical_line(t));
  for (const auto& [key, m] : s.messages_by_key) {
    line(canonical_line(m));
    if (!s.tickets_by_key.contains(m.ticket))
      report.problems.push_back("message " + key + " belongs to a ticket that is not there");
  }
  for (const auto& [key, p] : s.people_by_key) line(canonical_line(p));
  for (const auto& [key, t] : s.timelines_by_key)
    line(canonical_line(
        key, t, [&](model::Term term) { return term < s.terms.size() ? s.terms[term] : std::string("?"); }));
  report.digest = digest.hex();
  return report;
}

} // namespace

std::unique_ptr<Store> open_memory_store() { return std::make_unique<MemoryStore>(); }

} // namespace helpdesk::store
