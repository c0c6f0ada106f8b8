#include "sync/pull.hpp"

#include "base/log.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "base/threads.hpp"
#include "mime/mail.hpp"
#include "sync/actions.hpp"
#include "sync/classify.hpp"
#include "sync/log_load.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_set>
#include <utility>

namespace helpdesk::sync {
namespace {

constexpr std::size_t k_ahead = 2; // pages in memory beside the one that is committed

class StoreSink : public backend::Sink {
 public:
  StoreSink(store::Store& store, const PullAccount& account, const PullRequest* request,
            const backend::PullOptions& options)
      : store_(store), account_(account), request_(request), options_(options),
        ingest_(store, account.settings, account.policy, store::Durability::refetchable) {}

  Result<void> page(backend::Page&& page) override {
    if (!options_.dry_run) {
      // Pages are decoded while those before them are committed: two ahead, since some decode faster than
      // others are written.
      waiting_.push_back(ingest_.prepare(std::move(page)));
      while (waiting_.size() > k_ahead) TRY(commit_first());
    }
    if (interrupted())
      return fail(ErrorKind::interrupted,
                  "interrupted; what was pulled so far is kept, the next pull goes on from there");
    return {};
  }
  // Commits what page() took and has not committed yet.
  Result<void> flush() {
    while (!waiting_.empty()) TRY(commit_first());
    return {};
  }
  Result<std::string> cursor(std::string_view stream) override {
    TRY(flush());
    return store_.cursor(account_.policy.account, stream);
  }
  Result<bool> has_record(std::string_view key) override {
    TRY(flush());
    return store_.has_raw(account_.policy.account, key);
  }
  Result<std::optional<store::RawRecord>> record(std::string_view key) override {
    TRY(flush());
    return store_.raw(account_.policy.account, key);
  }
  Result<std::string> record_of_message_id(std::string_view message_id, std::uint64_t size) override {
    TRY(flush());
    auto message = TRY(store_.message_by_message_id(account_.policy.account, message_id));
    if (!message) return std::string();
    for (std::string_view key : split(message->raw, ' ')) {
      if (key.empty()) continue;
      if (size == 0) return std::string(key);
      auto record = TRY(store_.raw(account_.policy.account, key));
      if (record && record->bytes.size() == size) return std::string(key);
    }
    return std::string();
  }
  Result<std::vector<store::Placement>> placements(std::string_view stream) override {
    TRY(flush());
    return store_.placements(account_.policy.account, stream);
  }
  bool in_scope(std::string_view header_block) override {
    bool in = sync::in_scope(header_block, account_.policy);
    ++(in ? in_ : out_);
    if (options_.dry_run) foresee(header_block, in);
    return in;
  }
  void progress(std::string_view stream, std::uint64_t done, std::uint64_t total,
                std::uint64_t bytes) override {
    bytes_ = bytes;
    listed_ = std::max(listed_, done);
    if (request_ && request_->progress) request_->progress(account_.policy.account, stream, done, total);
  }
  IngestCounts counts() const {
    IngestCounts counts = ingest_.counts();
    counts.in_scope = in_;
    counts.out_of_scope = out_;
    if (!options_.dry_run) return counts;
    counts.bytes = bytes_;
    if (in_ + out_ == 0) counts.listed = listed_;
    counts.conversations_in = roots_in_.size();
    for (std::uint64_t root : roots_out_)
      if (!roots_in_.contains(root)) ++counts.conversations_out;
    return counts;
  }
  std::vector<std::string> examples_in, examples_out;

 private:
  store::Store& store_;
  const PullAccount& account_;
  const PullRequest* request_;
  backend::PullOptions options_;
  Ingest ingest_;
  std::deque<std::shared_ptr<PreparedPage>> waiting_; // decoded or being decoded, not committed
  std::uint64_t in_ = 0, out_ = 0, bytes_ = 0, listed_ = 0;
  std::unordered_set<std::uint64_t> roots_in_, roots_out_; // hashes of thread roots

  Result<void> commit_first() {
    std::shared_ptr<PreparedPage> page = std::move(waiting_.front());
    waiting_.pop_front();
    return ingest_.commit(*page);
  }

  // Dry run: which conversation a message belongs to, and a few examples, each of another one.
  void foresee(std::string_view header_block, bool in) {
    mime::Mail mail = mime::parse_headers(header_block);
    std::string sender = mail.from.empty() ? "?" : mail.from.front().address;
    const std::string& root = !mail.references.empty()    ? mail.references.front()
                              : !mail.in_reply_to.empty() ? mail.in_reply_to
                              : !mail.message_id.empty()  ? mail.message_id
                                                          : mail.subject;
    bool fresh = (in ? roots_in_ : roots_out_).insert(fnv1a(root)).second;
    std::vector<std::string>& examples = in ? examples_in : examples_out;
    if (fresh && examples.size() < 5) examples.push_back(sender + ": " + mail.subject);
  }
};

Result<void> save_state(store::Store& store, const store::AccountState& state) {
  auto tx = TRY(store.begin(store::Durability::refetchable));
  // complete_since is written by pages; take what is there now.
  store::AccountState now = TRY(tx->account_state(state.account));
  store::AccountState merged = state;
  merged.complete_since = now.complete_since;
  TRY(tx->put_account_state(merged));
  return tx->commit();
}

// The first pull of a log, where it can be put at once.
Result<std::optional<LogLoad>> load_quickly(store::Store& store, const PullAccount& account,
                                            const PullRequest& request) {
  const backend::PullOptions& options = request.options;
  if (options.dry_run || options.full || options.since) return std::optional<LogLoad>();
  std::function<void(std::uint64_t)> progress;
  if (request.progress)
    progress = [&](std::uint64_t rows) { request.progress(account.policy.account, "", rows, 0); };
  return load_log(store, account.settings, account.policy, progress);
}

Result<void> pull_into(store::Store& store, const PullAccount& account, const PullRequest& request,
                       PullOutcome& outcome) {
  auto backend = TRY(account.open());
  auto loaded = TRY(load_quickly(store, account, request));
  StoreSink sink(store, account, &request, request.options);
  Result<void> pulled = loaded ? sink.page(std::move(loaded->page)) : backend->pull(request.options, sink);
  // Whatever ended the pull: what was handed over is kept.
  if (auto kept = sink.flush(); !kept && pulled) pulled = std::move(kept);
  outcome.counts = sink.counts();
  if (loaded) {
    outcome.counts.records += loaded->counts.records;
    outcome.counts.bytes += loaded->counts.bytes;
    outcome.counts.new_tickets += loaded->counts.new_tickets;
  }
  outcome.examples_in = std::move(sink.examples_in);
  outcome.examples_out = std::move(sink.examples_out);
  TRY(std::move(pulled));
  if (request.options.dry_run) return {};
  if (account.policy.solve_after)
    TRY(solve_quiet_tickets(store, account.settings, account.policy, request.options.now));
  TRY(store.compact_timelines());
  outcome.quiet = TRY(find_quiet(store, account.policy.account, request.options.now, Zone::utc()));
  outcome.outgoing_unknown = TRY(is_outgoing_unknown(store, account.policy.account));
  return {};
}

PullOutcome pull_one(const PullAccount& account, const PullRequest& request) {
  PullOutcome outcome;
  outcome.account = account.policy.account;
  auto store = request.open_store();
  if (!store) {
    outcome.error = store.error();
    return outcome;
  }
  Instant now = request.options.now;
  auto state = (*store)->account_state(account.policy.account);
  store::AccountState before = state ? *state : store::AccountState{};
  before.account = account.policy.account;
  Result<void> done = pull_into(**store, account, request, outcome);
  if (request.options.dry_run) {
    if (!done) outcome.error = done.error();
    return outcome;
  }
  store::AccountState after = before;
  after.last_attempt = now;
  if (done) {
    after.last_success = now;
    outcome.recovered = before.reported_failure_at.has_value();
    outcome.failing_since = before.failing_since;
    after.failing_since.reset();
    after.reported_failure_at.reset();
    after.last_error.clear();
  } else {
    outcome.error = done.error();
    if (outcome.error->kind != ErrorKind::interrupted) {
      if (!after.failing_since) after.failing_since = now;
      after.last_error = outcome.error->message;
      outcome.failing_since = after.failing_since;
      bool passing = outcome.error->kind == ErrorKind::retry && request.grace > Duration::zero();
      // Within the grace nothing is said; past it once, until it recovers.
      if (passing && (now - *after.failing_since < request.grace || after.reported_failure_at))
        outcome.silent = true;
      if (!outcome.silent) after.reported_failure_at = now;
    }
  }
  if (auto saved = save_state(**store, after); !saved && !outcome.error) outcome.error = saved.error();
  return outcome;
}

} // namespace

std::vector<PullOutcome> pull(const PullRequest& request) {
  std::vector<PullOutcome> outcomes(request.accounts.size());
  for_each_in_parallel(outcomes.size(), outcomes.size(),
                       [&](std::size_t i) { outcomes[i] = pull_one(request.accounts[i], request); });
  return outcomes;
}

Result<void> refresh(store::Store& store, const PullAccount& account, const backend::PullOptions& options) {
  auto backend = TRY(account.open());
  StoreSink sink(store, account, nullptr, options);
  Result<void> refreshed = backend->refresh(options, sink);
  auto kept = sink.flush();
  return refreshed ? std::move(kept) : std::move(refreshed);
}

} // namespace helpdesk::sync
