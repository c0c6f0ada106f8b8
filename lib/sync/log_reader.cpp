#include "sync/log_reader.hpp"

#include "backend/event_log.hpp"
#include "base/threads.hpp"
#include "store/timeline_codec.hpp"
#include "sync/derive.hpp"
#include "sync/deriver.hpp"
#include "sync/ingest.hpp"
#include "sync/log_timeline.hpp"
#include "sync/remote.hpp"
#include "sync/thread.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

#include <tsl/robin_map.h>

namespace helpdesk::sync {
namespace {

using store::TicketQuery;
using store::TimelineFilter;

constexpr std::size_t k_shown_bad = 3, k_batch = 256;
constexpr std::int64_t k_largest_number = 1LL << 53;

// What a store keeps in rows, for a log's tickets.
struct Packed {
  std::int64_t number = 0;
  std::uint64_t offset = 0; // in the bytes of its lane
  std::uint32_t size = 0, lane = 0;
};

// Codes of texts, made by several threads: each text's hash says which shard keeps it.
class Terms {
 public:
  model::Term of(std::string_view text) {
    if (text.empty()) return 0;
    const std::size_t number = std::hash<std::string_view>{}(text) >> 60;
    Shard& shard = shards_[number];
    std::lock_guard lock(shard.mutex);
    auto found = shard.places.find(text);
    if (found == shard.places.end()) {
      shard.texts.emplace_back(text);
      found =
          shard.places.emplace(shard.texts.back(), shard.texts.size()).first; // 1-based: 0 is the empty text
    }
    return static_cast<model::Term>(found->second * k_shards + number);
  }
  const std::string* text(model::Term code) const {
    static const std::string none;
    if (code == 0) return &none;
    const std::deque<std::string>& texts = shards_[code % k_shards].texts;
    const std::size_t place = code / k_shards;
    return place > 0 && place <= texts.size() ? &texts[place - 1] : nullptr;
  }

 private:
  static constexpr std::size_t k_shards = 16;
  struct Shard {
    std::mutex mutex;
    std::deque<std::string> texts; // stay where they are: the places view them
    tsl::robin_map<std::string_view, std::size_t, std::hash<std::string_view>, std::equal_to<>,
                   std::allocator<std::pair<std::string_view, std::size_t>>, true>
        places;
  };
  std::array<Shard, k_shards> shards_;
};

struct Contents {
  std::string account;
  std::array<std::string, backend::EventLogReading::k_lanes> bytes; // packed timelines, one after the other
  std::vector<Packed> tickets;
  std::unique_ptr<Terms> terms = std::make_unique<Terms>();
  std::unordered_map<std::int64_t, std::string> subjects;
  std::optional<Instant> oldest, newest;
  std::uint64_t bad = 0;
  std::vector<std::string> first_bad;
  std::string cursor;
  std::optional<Instant> complete_since;

  void see(Instant time) {
    oldest = std::min(oldest.value_or(time), time);
    newest = std::max(newest.value_or(time), time);
  }
};

// The log's own where it is a number, so that people find the ticket again; else its place.
std::int64_t number_of(std::string_view id, std::size_t place) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error == std::errc() && end == id.data() + id.size() && number > 0 && number < k_largest_number)
    return number;
  return static_cast<std::int64_t>(place);
}

class Batch final : public store::TimelineBatch {
 public:
  Batch(const Contents& contents, std::size_t first, std::size_t last)
      : contents_(contents), first_(first), last_(last) {}
  Result<void> each(model::Timeline& timeline, const std::function<void()>& f) const override {
    for (std::size_t i = first_; i < last_; ++i) {
      const Packed& packed = contents_.tickets[i];
      if (!store::decode_timeline(
              std::string_view(contents_.bytes[packed.lane]).substr(packed.offset, packed.size), timeline))
        return failed("a packed timeline is damaged");
      timeline.ticket = packed.number;
      f();
    }
    return {};
  }

 private:
  const Contents& contents_;
  std::size_t first_, last_;
};

class Cursor final : public store::TimelineCursor {
 public:
  explicit Cursor(const Contents& contents) : contents_(contents) {}
  Result<std::unique_ptr<store::TimelineBatch>> next() override {
    std::unique_ptr<store::TimelineBatch> batch;
    std::size_t last = std::min(at_ + k_batch, contents_.tickets.size());
    if (at_ < last) batch = std::make_unique<Batch>(contents_, at_, last);
    at_ = last;
    return batch;
  }

 private:
  const Contents& contents_;
  std::size_t at_ = 0;
};

// Takes a backend's pages as if they were stored.
class Taker final : public backend::Sink {
 public:
  Taker(const backend::Settings& settings, const Policy& policy, const LogOptions& options,
        Contents& contents)
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
  Contents& contents_;

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
    std::string packed = store::encode_timeline(derived.timeline);
    std::int64_t number = number_of(record.hint, contents_.tickets.size() + 1);
    if (options_.keep_subjects) contents_.subjects.insert_or_assign(number, derived.ticket.subject);
    std::string& bytes = contents_.bytes.front();
    contents_.tickets.push_back({number, bytes.size(), static_cast<std::uint32_t>(packed.size())});
    bytes += packed;
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

// Takes the tickets of a log of events, which come in no order and from several threads.
class EventTaker {
 public:
  EventTaker(const Policy& policy, const LogOptions& options, Contents& contents)
      : policy_(policy), options_(options), contents_(contents),
        account_(contents.terms->of(policy.account)) {}

  // False: nothing was taken, the log is to be pulled.
  Result<bool> read(const backend::Kind& kind, const backend::Settings& settings) {
    if (!kind.read_events || !is_plain_log(policy_)) return false;
    backend::EventLogReading reading;
    reading.threads = options_.threads;
    reading.needs_subjects = options_.keep_subjects;
    reading.term = [this](std::string_view text) { return contents_.terms->of(text); };
    reading.take = [this](std::size_t lane, backend::LoggedTicket& ticket) {
      take(static_cast<std::uint32_t>(lane), ticket);
    };
    auto summary = TRY(kind.read_events(settings, reading));
    if (!summary) return false;
    contents_.cursor = std::move(summary->cursor);
    contents_.complete_since = summary->complete_since;
    contents_.bad = summary->bad;
    contents_.first_bad = std::move(summary->first_bad);
    unite();
    return true;
  }

 private:
  struct Taken {
    std::uint64_t place = 0;  // in the log
    std::int64_t number = 0;  // 0: its id is none
    std::uint64_t offset = 0; // in the lane's bytes
    std::uint32_t size = 0;
  };
  struct Lane {
    std::optional<Instant> oldest, newest;
    std::vector<Taken> tickets;
    std::vector<std::string> subjects; // of each, where they are kept
  };
  const Policy& policy_;
  const LogOptions& options_;
  Contents& contents_;
  model::Term account_;
  std::array<Lane, backend::EventLogReading::k_lanes> lanes_;

  void take(std::uint32_t at, backend::LoggedTicket& ticket) {
    derive_logged(ticket, policy_, account_);
    Lane& lane = lanes_[at];
    std::string& bytes = contents_.bytes[at];
    const std::vector<model::TimelineEntry>& entries = ticket.head.entries; // in the order of time
    lane.oldest = std::min(lane.oldest.value_or(entries.front().time), entries.front().time);
    lane.newest = std::max(lane.newest.value_or(entries.back().time), entries.back().time);
    std::string packed = store::encode_timeline(ticket.head);
    lane.tickets.push_back(
        {ticket.place, number_of(ticket.id, 0), bytes.size(), static_cast<std::uint32_t>(packed.size())});
    // A log without subjects: see TicketDecoder::finish.
    if (options_.keep_subjects) lane.subjects.emplace_back(ticket.letters.empty() ? ticket.id : "");
    bytes += packed;
  }

  // In the order of the log, as a pull brings them.
  void unite() {
    struct Place {
      std::uint64_t place = 0; // in the log
      std::uint32_t lane = 0, index = 0;
    };
    std::vector<Place> all;
    std::size_t count = 0;
    for (const Lane& lane : lanes_) count += lane.tickets.size();
    all.reserve(count);
    for (std::uint32_t i = 0; i < lanes_.size(); ++i) {
      Lane& lane = lanes_[i];
      for (std::uint32_t j = 0; j < lane.tickets.size(); ++j) all.push_back({lane.tickets[j].place, i, j});
      if (lane.oldest) contents_.see(*lane.oldest), contents_.see(*lane.newest);
    }
    std::sort(all.begin(), all.end(), [](const Place& a, const Place& b) { return a.place < b.place; });
    contents_.tickets.reserve(count);
    for (const Place& place : all) {
      Lane& lane = lanes_[place.lane];
      const Taken& taken = lane.tickets[place.index];
      const auto number =
          taken.number != 0 ? taken.number : static_cast<std::int64_t>(contents_.tickets.size()) + 1;
      if (options_.keep_subjects)
        contents_.subjects.insert_or_assign(number, std::move(lane.subjects[place.index]));
      contents_.tickets.push_back({number, taken.offset, taken.size, place.lane});
    }
  }
};

class FileLog final : public LogReader {
 public:
  FileLog(Contents&& contents, const backend::Kind& kind, Instant now)
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
  Contents c_;
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
  Contents contents;
  contents.account = settings.account;
  if (!TRY(EventTaker(policy, options, contents).read(*kind, settings))) {
    Taker taker(settings, policy, options, contents);
    TRY(backend->pull({.now = options.now}, taker));
  }
  auto in_order = [](const Packed& a, const Packed& b) { return a.number < b.number; };
  if (!std::is_sorted(contents.tickets.begin(), contents.tickets.end(), in_order))
    std::stable_sort(contents.tickets.begin(), contents.tickets.end(), in_order);
  return std::unique_ptr<LogReader>(std::make_unique<FileLog>(std::move(contents), *kind, options.now));
}

} // namespace helpdesk::sync
