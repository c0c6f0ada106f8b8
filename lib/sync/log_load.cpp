#include "sync/log_load.hpp"

#include "backend/event_log.hpp"
#include "base/process.hpp"
#include "base/spool.hpp"
#include "store/new_tickets.hpp"
#include "store/timeline_codec.hpp"
#include "sync/log_row.hpp"
#include "sync/log_terms.hpp"
#include "sync/log_timeline.hpp"
#include "sync/people.hpp"
#include "sync/prefetch.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <mutex>
#include <queue>
#include <vector>

namespace helpdesk::sync {
namespace {

constexpr std::size_t k_lanes = backend::EventLogReading::k_lanes;
constexpr std::size_t k_reading_memory = 128 << 20;
constexpr std::size_t k_memory = 64 << 20;       // for rows that wait; the rest does so on the disk
constexpr std::size_t k_tickets_at_once = 8'000; // in one transaction
constexpr std::size_t k_terms_at_once = 50'000;

// Rows by the place of their ticket in the log, from the lanes in which they came.
class Rows {
 public:
  Rows() : spool_(k_lanes, k_memory) {}

  // Each lane in the order of its places; from several threads.
  Result<void> add(std::size_t lane, std::uint64_t place, std::string_view bytes) {
    const Head head{place, bytes.size()};
    std::lock_guard lock(mutex_);
    return spool_.add(lane, {reinterpret_cast<const char*>(&head), sizeof head}, bytes);
  }

  Result<void> start() {
    for (std::size_t lane = 0; lane < k_lanes; ++lane) {
      readers_.emplace_back(spool_, lane);
      TRY(read_head(lane));
    }
    return {};
  }
  // Valid until the next call; empty at the end.
  Result<std::string_view> next() {
    if (taken_) TRY(read_head(*taken_));
    taken_.reset();
    if (first_.empty()) return std::string_view();
    const std::size_t lane = first_.top().second;
    first_.pop();
    taken_ = lane;
    return readers_[lane].next(sizes_[lane]);
  }

 private:
  struct Head {
    std::uint64_t place, size;
  };
  using First = std::pair<std::uint64_t, std::size_t>; // place, lane
  std::mutex mutex_;
  Spool spool_;
  std::vector<Spool::Reader> readers_;
  std::array<std::size_t, k_lanes> sizes_{}; // of each lane's first row
  std::priority_queue<First, std::vector<First>, std::greater<>> first_;
  std::optional<std::size_t> taken_; // the lane of the row that was given out

  Result<void> read_head(std::size_t lane) {
    if (TRY(readers_[lane].at_end())) return {};
    Head head{};
    std::memcpy(&head, TRY(readers_[lane].next(sizeof head)).data(), sizeof head);
    sizes_[lane] = head.size;
    first_.emplace(head.place, lane);
    return {};
  }
};

// Who wrote in a log, as its tickets are read.
class Writers {
 public:
  void see(const backend::LoggedTicket& ticket) {
    for (const model::TimelineEntry& letter : ticket.letters) {
      if (letter.actor == 0) continue;
      bool& is_agent = seen_[letter.actor];
      is_agent = is_agent || letter.author_role == model::Role::agent;
    }
  }
  void add(const Writers& more) {
    for (const auto& [who, is_agent] : more.seen_) seen_[who] = seen_[who] || is_agent;
  }
  const std::map<model::Term, bool>& all() const { return seen_; } // and whether as an agent

 private:
  std::map<model::Term, bool> seen_;
};

class Loader {
 public:
  Loader(store::Store& store, const backend::Settings& settings, const Policy& policy,
         const std::function<void(std::uint64_t)>& progress)
      : store_(store), settings_(settings), policy_(policy), progress_(progress),
        kind_(backend::find_kind(settings.kind)) {}

  Result<std::optional<LogLoad>> run() {
    std::optional<LogLoad> none;
    if (!TRY(is_first())) return none;
    auto summary = TRY(read());
    if (!summary) return none;
    format_ = std::move(summary->record_format);
    TRY(begin(*summary));
    TRY(put_terms());
    TRY(put_people()); // before a ticket: the next pull does not derive again what is there already
    TRY(rows_.start());
    TRY(put_tickets());
    load_.page = std::move(summary->page);
    return std::optional(std::move(load_));
  }

 private:
  store::Store& store_;
  const backend::Settings& settings_;
  const Policy& policy_;
  const std::function<void(std::uint64_t)>& progress_;
  const backend::Kind* kind_;
  OrderedTerms terms_;
  std::vector<model::Term> stored_terms_; // by our own
  bool same_terms_ = true;                // as ours
  std::string format_;                    // of records
  Rows rows_;
  std::array<Writers, k_lanes> writers_;
  LogLoad load_;

  // Nothing of this account was ever here, and nothing that people did speaks of it.
  Result<bool> is_first() {
    if (!kind_ || !kind_->read_events || !kind_->record_of || !is_plain_log(policy_)) return false;
    auto accounts = TRY(store_.accounts());
    if (std::find(accounts.begin(), accounts.end(), policy_.account) != accounts.end()) return false;
    bool is_new = true;
    for (const store::JournalEntry& entry : TRY(store_.journal({})))
      is_new = is_new && entry.kind != "erase" && !entry.subject.starts_with(policy_.account + ":") &&
               entry.data.find(policy_.account + ":ticket:") == entry.data.npos;
    return is_new;
  }

  Result<std::optional<backend::EventLogSummary>> read() {
    const model::Term account = terms_.of(policy_.account);
    std::mutex mutex;
    std::optional<Error> failure; // of a spool
    backend::EventLogReading reading;
    reading.keeps_records = true;
    reading.memory = k_reading_memory;
    reading.cursor = [&](std::string_view stream) { return store_.cursor(policy_.account, stream); };
    reading.progress = progress_;
    reading.term = [this](std::string_view text) { return terms_.of(text); };
    reading.take = [&](std::size_t lane, backend::LoggedTicket& ticket) {
      thread_local std::string bytes;
      bytes.clear();
      writers_[lane].see(ticket);
      derive_logged(ticket, policy_, account);
      encode_log_row(ticket, bytes);
      auto added = rows_.add(lane, ticket.place, bytes);
      if (added) return;
      std::lock_guard lock(mutex);
      if (!failure) failure = std::move(added).error();
    };
    auto summary = TRY(kind_->read_events(settings_, reading));
    if (failure) return Failure(std::move(*failure));
    return summary;
  }

  // What a pull leaves before its first ticket: the next one looks at what is there.
  Result<void> begin(const backend::EventLogSummary& summary) {
    auto tx = TRY(store_.begin(store::Durability::refetchable));
    TRY(tx->set_cursor(policy_.account, summary.page.stream, summary.begun));
    return tx->commit();
  }

  Result<void> put_terms() {
    const std::size_t count = terms_.size();
    stored_terms_.resize(count + 1);
    for (std::size_t at = 1; at <= count;) {
      auto tx = TRY(store_.begin(store::Durability::refetchable));
      std::vector<std::string_view> texts;
      const model::Term newest = at == 1 ? 0 : stored_terms_[at - 1];
      for (std::size_t i = at; i <= count && texts.size() < k_terms_at_once; ++i)
        texts.push_back(terms_.text(static_cast<model::Term>(i)));
      for (model::Term stored : TRY(store::put_new_terms(*tx, texts, newest))) {
        stored_terms_[at] = stored;
        same_terms_ = same_terms_ && stored == at;
        ++at;
      }
      TRY(tx->commit());
      TRY(checkpoint());
    }
    return {};
  }

  static Result<void> checkpoint() {
    if (!interrupted()) return {};
    return fail(ErrorKind::interrupted,
                "interrupted; what was pulled so far is kept, the next pull goes on from there");
  }

  // ---- on another thread

  void translate(model::Timeline& t) const {
    auto change = [&](model::Term& term) { term = stored_terms_[term]; };
    for (model::Term* term : {&t.account, &t.queue, &t.assignee, &t.requester, &t.organisation, &t.language})
      change(*term);
    for (model::Term& tag : t.tags) change(tag);
    for (model::FieldValue& field : t.fields) change(field.field), change(field.value);
    for (model::TimelineEntry& e : t.entries) {
      change(e.actor);
      change(e.field);
      if (e.entry == model::EntryKind::event && e.kind == model::EventKind::status) continue;
      change(e.from);
      change(e.to);
    }
  }

  Result<void> take_row(std::string_view bytes, store::NewTickets& tickets) const {
    LogRow row;
    auto text = [&](model::Term term) { return terms_.text(term); };
    if (!decode_log_row(bytes, policy_, text, row)) return failed("temporary file for sorting: is damaged");
    store::NewTicket ticket;
    ticket.timeline = row.timeline;
    if (!same_terms_) {
      model::Timeline timeline;
      if (!store::decode_timeline(row.timeline, timeline))
        return failed("temporary file for sorting: is damaged");
      translate(timeline);
      ticket.timeline = store::encode_timeline(timeline);
    }
    ticket.record.account = policy_.account;
    ticket.record.key = kind_->record_of(row.id);
    ticket.record.version = row.version;
    ticket.record.format = format_;
    ticket.record.hint = row.id;
    ticket.ticket = std::move(row.ticket);
    tickets.add(std::move(ticket), row.record);
    return {};
  }

  Result<std::optional<store::NewTickets>> next(store::Compressor& compressor) {
    store::NewTickets tickets;
    while (!tickets.is_full()) {
      std::string_view bytes = TRY(rows_.next());
      if (bytes.empty()) break;
      TRY(take_row(bytes, tickets));
    }
    if (tickets.empty()) return std::optional<store::NewTickets>();
    tickets.pack(compressor);
    return std::optional(std::move(tickets));
  }

  // ---- on this one

  Result<void> put_tickets() {
    store::Compressor compressor;
    Prefetch<store::NewTickets> ready([&] { return next(compressor); });
    std::unique_ptr<store::Transaction> tx;
    std::size_t in_transaction = 0;
    while (auto tickets = TRY(ready.next())) {
      if (!tx) tx = TRY(store_.begin(store::Durability::refetchable));
      TRY(store::put_new_tickets(*tx, *tickets));
      in_transaction += tickets->tickets().size();
      load_.counts.records += tickets->tickets().size();
      load_.counts.new_tickets += tickets->tickets().size();
      load_.counts.bytes += tickets->bytes().size();
      if (in_transaction < k_tickets_at_once) continue;
      TRY(tx->commit());
      tx.reset();
      in_transaction = 0;
      TRY(checkpoint());
    }
    return tx ? tx->commit() : Result<void>();
  }

  Result<void> put_people() {
    Writers all;
    for (const Writers& writers : writers_) all.add(writers);
    auto tx = TRY(store_.begin(store::Durability::refetchable));
    PeopleCache people;
    for (const auto& [who, is_agent] : all.all())
      TRY(put_author(*tx, people, {{}, std::string(terms_.text(who))},
                     is_agent ? model::Role::agent : model::Role::customer, {}));
    return tx->commit();
  }
};

} // namespace

Result<std::optional<LogLoad>> load_log(store::Store& store, const backend::Settings& settings,
                                        const Policy& policy,
                                        const std::function<void(std::uint64_t rows)>& progress) {
  return Loader(store, settings, policy, progress).run();
}

} // namespace helpdesk::sync
