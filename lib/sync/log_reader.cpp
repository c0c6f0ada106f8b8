#include "sync/log_reader.hpp"

#include "base/threads.hpp"
#include "store/timeline_codec.hpp"
#include "sync/derive.hpp"
#include "sync/deriver.hpp"
#include "sync/ingest.hpp"
#include "sync/log_contents.hpp"
#include "sync/log_events.hpp"
#include "sync/remote.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <optional>

namespace helpdesk::sync {
namespace {

using store::TicketQuery;
using store::TimelineFilter;

constexpr std::size_t k_shown_bad = 3, k_batch = 256;

class Batch final : public store::TimelineBatch {
 public:
  Batch(const LogContents& contents, std::size_t first, std::size_t last)
      : contents_(contents), first_(first), last_(last) {}
  Result<void> each(model::Timeline& timeline, const std::function<void()>& f) const override {
    for (std::size_t i = first_; i < last_; ++i) {
      const PackedTicket& packed = contents_.tickets[i];
      if (!store::decode_timeline(packed.packed, timeline)) return failed("a packed timeline is damaged");
      timeline.ticket = packed.number;
      f();
    }
    return {};
  }

 private:
  const LogContents& contents_;
  std::size_t first_, last_;
};

class Cursor final : public store::TimelineCursor {
 public:
  explicit Cursor(const LogContents& contents) : contents_(contents) {}
  Result<std::unique_ptr<store::TimelineBatch>> next() override {
    std::unique_ptr<store::TimelineBatch> batch;
    std::size_t last = std::min(at_ + k_batch, contents_.tickets.size());
    if (at_ < last) batch = std::make_unique<Batch>(contents_, at_, last);
    at_ = last;
    return batch;
  }

 private:
  const LogContents& contents_;
  std::size_t at_ = 0;
};

// Takes a backend's pages as if they were stored.
class Taker final : public backend::Sink {
 public:
  Taker(const backend::Settings& settings, const Policy& policy, const LogOptions& options,
        LogContents& contents)
      : settings_(settings), policy_(policy), options_(options), contents_(contents) {}

  Result<void> page(backend::Page&& page) override {
    if (page.cursor) contents_.cursor = std::move(*page.cursor);
    if (page.complete_since) contents_.complete_since = page.complete_since;
    std::vector<std::optional<Result<backend::Decoded>>> decoded = decode(page.records);
    for (std::size_t i = 0; i < page.records.size(); ++i) {
      if (!*decoded[i])
        take_bad(decoded[i]->error().message);
      else
        take(page.records[i], std::move(**decoded[i]));
    }
    return {};
  }
  Result<std::string> cursor(std::string_view) override { return std::string(); }
  Result<bool> has_record(std::string_view) override { return false; }
  Result<std::optional<store::RawRecord>> record(std::string_view) override {
    return std::optional<store::RawRecord>();
  }
  Result<std::string> record_of_message_id(std::string_view, std::uint64_t) override { return std::string(); }
  Result<std::vector<store::Placement>> placements(std::string_view) override {
    return std::vector<store::Placement>();
  }
  bool in_scope(std::string_view) override { return true; }
  void progress(std::string_view, std::uint64_t, std::uint64_t, std::uint64_t) override {}

 private:
  const backend::Settings& settings_;
  const Policy& policy_;
  const LogOptions& options_;
  LogContents& contents_;

  std::vector<std::optional<Result<backend::Decoded>>>
  decode(const std::vector<store::RawRecord>& records) const {
    std::vector<std::optional<Result<backend::Decoded>>> out(records.size());
    for_each_in_parallel(
        std::min(options_.threads, records.size() / 16 + 1), records.size(),
        [&](std::size_t i) { out[i].emplace(decode_record(settings_, policy_, records[i], {})); });
    return out;
  }

  void take_bad(const std::string& why) {
    ++contents_.bad;
    if (contents_.first_bad.size() < k_shown_bad) contents_.first_bad.push_back(why);
  }

  void take(const store::RawRecord& record, backend::Decoded&& decoded) {
    if (decoded.tickets.empty()) return; // people, and rows whose ticket is missing
    std::string key = decoded.tickets.front().key;
    RemoteTicket remote = remote_of(std::move(decoded), key);
    DerivedTicket derived = derive(key, remote);
    for (const model::TimelineEntry& e : derived.timeline.entries) contents_.see(e.time);
    std::int64_t number = number_of_log_ticket(record.hint, contents_.tickets.size() + 1);
    if (options_.keep_subjects) contents_.subjects.insert_or_assign(number, derived.ticket.subject);
    contents_.tickets.push_back({number, contents_.lanes.front().add(derived.timeline)});
  }

  // As the deriver of a store does it, without a journal.
  DerivedTicket derive(const std::string& key, RemoteTicket& remote) {
    model::Ticket said = std::move(remote.ticket).value_or(model::Ticket{});
    said.key = key;
    said.account = policy_.account;
    said.deleted = said.deleted || remote.deleted;
    if (said.requester.empty() && (!said.requester_address.empty() || !said.requester_name.empty()))
      said.requester = person_key({said.requester_name, said.requester_address});
    std::vector<const model::Message*> messages;
    for (const model::Message& m : remote.messages) messages.push_back(&m);
    const std::vector<const TicketEntry*> none;
    return derive_ticket({messages, none, policy_, &said, &remote.events, nullptr, &person_key,
                          [&](std::string_view text) { return contents_.terms->of(text); }});
  }
};

class FileLog final : public LogReader {
 public:
  FileLog(LogContents&& contents, const backend::Kind& kind, Instant now)
      : c_(std::move(contents)), kind_(kind), now_(now) {}

  std::uint64_t bad_rows() const override { return c_.bad; }
  const std::vector<std::string>& first_bad() const override { return c_.first_bad; }
  std::int64_t ticket_count() const override { return static_cast<std::int64_t>(c_.tickets.size()); }
  std::vector<backend::Remark> remarks() const override {
    if (!kind_.remarks) return {};
    auto said = kind_.remarks([&](std::string_view) -> Result<std::string> { return c_.cursor; });
    return said ? std::move(*said) : std::vector<backend::Remark>{};
  }

  Result<store::Info> info() override {
    store::Info info;
    info.tickets = ticket_count();
    info.oldest = c_.oldest;
    info.newest = c_.newest;
    return info;
  }
  Result<std::optional<model::Ticket>> ticket(std::int64_t number) override {
    std::optional<model::Ticket> found;
    if (auto it = c_.subjects.find(number); it != c_.subjects.end()) {
      found.emplace();
      found->number = number;
      found->account = c_.account;
      found->subject = it->second;
    }
    return found;
  }
  Result<void> timelines(const TimelineFilter& filter,
                         const std::function<bool(const model::Timeline&)>& f) override {
    if (!filter.account.empty() && filter.account != c_.account) return {};
    model::Timeline timeline;
    bool more = true;
    for (std::size_t i = 0; more && i < c_.tickets.size(); ++i)
      TRY(Batch(c_, i, i + 1).each(timeline, [&] { more = !fits(filter, timeline) || f(timeline); }));
    return {};
  }
  Result<std::unique_ptr<store::TimelineCursor>> timeline_batches() override {
    return std::unique_ptr<store::TimelineCursor>(std::make_unique<Cursor>(c_));
  }
  Result<std::string> term_text(model::Term term) override {
    const std::string* text = c_.terms->text(term);
    if (!text) return failed("no term " + std::to_string(term));
    return *text;
  }
  Result<std::vector<std::string>> accounts() override { return std::vector<std::string>{c_.account}; }
  Result<store::AccountState> account_state(std::string_view account) override {
    store::AccountState state;
    state.account = account;
    if (account != c_.account) return state;
    state.last_success = state.last_attempt = now_;
    state.complete_since = c_.complete_since;
    return state;
  }

  // What a log's reports do not ask for.
  Result<std::optional<model::Ticket>> ticket_by_key(std::string_view key) override {
    return rest_->ticket_by_key(key);
  }
  Result<std::vector<model::Ticket>> tickets(const TicketQuery& query) override {
    return rest_->tickets(query);
  }
  Result<std::int64_t> count_tickets(const TicketQuery& query) override {
    return rest_->count_tickets(query);
  }
  Result<std::vector<model::Message>> messages(std::string_view key) override { return rest_->messages(key); }
  Result<std::vector<model::Message>> heads(std::string_view key) override { return rest_->heads(key); }
  Result<std::optional<model::Message>> message(std::string_view key) override { return rest_->message(key); }
  Result<std::optional<model::Message>> message_by_message_id(std::string_view account,
                                                              std::string_view id) override {
    return rest_->message_by_message_id(account, id);
  }
  Result<void> each_head(std::string_view account, std::optional<Instant> since,
                         const std::function<bool(const model::Message&)>& f) override {
    return rest_->each_head(account, since, f);
  }
  Result<std::vector<std::string>> linked_tickets(std::string_view account,
                                                  const std::vector<std::string>& ids) override {
    return rest_->linked_tickets(account, ids);
  }
  Result<std::vector<std::string>> subject_tickets(std::string_view account, std::string_view subject_key,
                                                   Instant from, Instant to) override {
    return rest_->subject_tickets(account, subject_key, from, to);
  }
  Result<std::optional<model::Person>> person(std::string_view key) override { return rest_->person(key); }
  Result<std::optional<model::Person>> person_of(const model::Identity& identity) override {
    return rest_->person_of(identity);
  }
  Result<std::vector<model::Person>> people(std::string_view part, int limit) override {
    return rest_->people(part, limit);
  }
  Result<std::vector<store::SearchHit>> search(const store::Query& query, store::Ranking ranking, int limit,
                                               Instant now) override {
    return rest_->search(query, ranking, limit, now);
  }
  Result<std::int64_t> count_messages(const store::Query& query, Instant now) override {
    return rest_->count_messages(query, now);
  }
  Result<std::optional<model::Timeline>> timeline(std::string_view key) override {
    return rest_->timeline(key);
  }
  Result<std::vector<std::pair<std::string, std::int64_t>>>
  facet(std::string_view field, std::string_view prefix, int limit) override {
    return rest_->facet(field, prefix, limit);
  }
  Result<std::optional<store::RawRecord>> raw(std::string_view account, std::string_view key) override {
    return rest_->raw(account, key);
  }
  Result<bool> has_raw(std::string_view account, std::string_view key) override {
    return rest_->has_raw(account, key);
  }
  Result<void> each_raw(std::string_view account, const std::function<bool(store::RawRecord&&)>& f) override {
    return rest_->each_raw(account, f);
  }
  Result<std::vector<store::RawRecord>> defective_records(std::string_view account, int limit) override {
    return rest_->defective_records(account, limit);
  }
  Result<std::vector<store::Placement>> placements(std::string_view account,
                                                   std::string_view stream) override {
    return rest_->placements(account, stream);
  }
  Result<std::vector<store::Placement>> placements_of(std::string_view account,
                                                      std::string_view record) override {
    return rest_->placements_of(account, record);
  }
  Result<std::string> cursor(std::string_view, std::string_view) override { return c_.cursor; }
  Result<std::vector<store::JournalEntry>> journal(const store::JournalQuery& query) override {
    return rest_->journal(query);
  }
  Result<std::vector<store::JournalEntry>> latest(std::string_view kind) override {
    return rest_->latest(kind);
  }
  Result<std::optional<store::JournalEntry>> latest(std::string_view kind,
                                                    std::string_view subject) override {
    return rest_->latest(kind, subject);
  }
  Result<bool> is_erased(std::string_view id) override { return rest_->is_erased(id); }

 private:
  LogContents c_;
  const backend::Kind& kind_;
  Instant now_;
  std::unique_ptr<store::Store> rest_ = store::open_memory_store();

  static bool fits(const TimelineFilter& filter, const model::Timeline& timeline) {
    if (!filter.tickets.empty() &&
        std::find(filter.tickets.begin(), filter.tickets.end(), timeline.ticket) == filter.tickets.end())
      return false;
    if (!filter.since && !filter.until) return true;
    return std::any_of(timeline.entries.begin(), timeline.entries.end(), [&](const model::TimelineEntry& e) {
      return (!filter.since || e.time >= *filter.since) && (!filter.until || e.time < *filter.until);
    });
  }
};

} // namespace

Result<std::unique_ptr<LogReader>> LogReader::read(const backend::Settings& settings, const Policy& policy,
                                                   const LogOptions& options) {
  const backend::Kind* kind = backend::find_kind(settings.kind);
  if (!kind || !kind->record_of) return usage_error(settings.kind + ": not a log in files");
  auto backend = TRY(kind->open(settings, {}));
  LogContents contents;
  contents.account = settings.account;
  if (!TRY(read_log_events(*kind, settings, policy, options, contents))) {
    Taker taker(settings, policy, options, contents);
    TRY(backend->pull({.now = options.now}, taker));
  }
  auto in_order = [](const PackedTicket& a, const PackedTicket& b) { return a.number < b.number; };
  if (!std::is_sorted(contents.tickets.begin(), contents.tickets.end(), in_order))
    std::stable_sort(contents.tickets.begin(), contents.tickets.end(), in_order);
  return std::unique_ptr<LogReader>(std::make_unique<FileLog>(std::move(contents), *kind, options.now));
}

} // namespace helpdesk::sync
