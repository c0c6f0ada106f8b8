#include "backend/table/event_log/read.hpp"

#include "backend/table/cursor.hpp"
#include "backend/table/event_log/play.hpp"
#include "backend/table/event_log/rows.hpp"
#include "backend/table/pull.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "base/threads.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

using namespace event_log;

static_assert(EventLogReading::k_lanes == Shelves::k_count);

// What stopped the threads: the first error, or rows that are for pull and decode.
class Stop {
 public:
  void fail(Error error) {
    std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    stopped_ = true;
  }
  void give_up() { gave_up_ = stopped_ = true; }
  bool stopped() const { return stopped_; }
  bool gave_up() const { return gave_up_; }
  Result<void> result() {
    if (error_) return Failure(std::move(*error_));
    return {};
  }

 private:
  std::mutex mutex_;
  std::optional<Error> error_;
  std::atomic<bool> stopped_ = false, gave_up_ = false;
};

// All files, block by block.
class Files {
 public:
  Files(Plan& plan, std::vector<LogFile> files, std::size_t block)
      : plan_(plan), files_(std::move(files)), block_(block) {}

  // What every file's header means, before any row is read. False: not for this reading.
  Result<bool> resolve() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      RowReader reader = TRY(RowReader::open(*plan_.part, files_[i].path));
      if (reader.shape() != Shape::separated) return false;
      auto columns = Columns::resolve(*plan_.part, reader.header(), plan_.mapping->lenient);
      if (!columns) return in_context(files_[i].path, std::move(columns).error());
      LogSource source;
      const std::string& path = files_[i].path;
      source.name = clean_utf8(path.substr(path.rfind('/') + 1));
      source.number = i;
      source.delimiter = reader.delimiter();
      source.columns = std::move(*columns);
      plan_.add_fields(source.columns);
      source.runs = plan_.runs(source.columns);
      RowReader::Rest rest = std::move(reader).rest();
      if (rest.only_cr) return false;
      source.is_latin = rest.is_latin;
      source.line = rest.line;
      sources_.push_back(std::move(source));
    }
    return true;
  }

  // False at the end. One thread at a time.
  Result<bool> next(Block& block, const LogSource*& source) {
    std::lock_guard lock(mutex_);
    while (at_ < files_.size()) {
      if (!blocks_) blocks_.emplace(TRY(RowReader::open(*plan_.part, files_[at_].path)), block_);
      source = &sources_[at_];
      if (TRY(blocks_->next(block))) return true;
      if (blocks_->has_endless_row()) {
        endless_ = true;
        return false;
      }
      if (++at_ < files_.size()) sources_[at_].before = source->before + blocks_->end();
      blocks_.reset();
    }
    return false;
  }
  bool has_endless_row() const { return endless_; }

 private:
  Plan& plan_;
  std::vector<LogFile> files_;
  std::size_t block_;
  std::vector<LogSource> sources_;
  std::mutex mutex_;
  std::optional<Blocks> blocks_;
  std::size_t at_ = 0;
  bool endless_ = false;
};

void take_rows(Files& files, RowTaker& taker, Stop& stop) {
  Block block;
  const LogSource* source = nullptr;
  while (!stop.stopped()) {
    if (interrupted()) return stop.fail({ErrorKind::interrupted, "interrupted"});
    auto more = files.next(block, source);
    if (!more) return stop.fail(std::move(more).error());
    if (!*more) return;
    auto taken = taker.take(*source, block);
    if (!taken) return stop.fail(std::move(taken).error());
    if (!*taken) return stop.give_up();
  }
}

// One shelf's tickets, each with all its rows.
class Tickets {
 public:
  Tickets(std::deque<RowTaker>& takers, Player player) : takers_(takers), player_(std::move(player)) {}

  Result<std::uint64_t> each(std::size_t shelf, const std::function<void(LoggedTicket&)>& take) {
    Codes tickets;
    ids_.clear();
    rows_.clear();
    ticket_of_.clear();
    ends_.clear();
    for (RowTaker& taker : takers_)
      TRY(taker.shelves.each(shelf, [&](std::string_view id, const EventRow& row) {
        std::uint32_t ticket = tickets.of(id, [&](std::string_view) {
          ids_.emplace_back(id);
          ends_.push_back(0);
          return static_cast<std::uint32_t>(ids_.size() - 1);
        });
        ++ends_[ticket];
        rows_.push_back(row);
        ticket_of_.push_back(ticket);
      }));
    // Sorted by ticket, rows of each in the order in which they came.
    std::uint32_t before = 0;
    for (std::uint32_t& end : ends_) before += std::exchange(end, before);
    order_.resize(rows_.size());
    for (std::uint32_t i = 0; i < rows_.size(); ++i) order_[ends_[ticket_of_[i]]++] = i;
    std::uint32_t at = 0;
    for (std::size_t ticket = 0; ticket < ids_.size(); ++ticket) {
      constexpr std::uint32_t k_ahead = 16; // rows of a ticket lie apart: they are asked for before they are needed
      own_.clear();
      for (; at < ends_[ticket]; ++at) {
        if (at + k_ahead < order_.size()) __builtin_prefetch(&rows_[order_[at + k_ahead]]);
        own_.push_back(rows_[order_[at]]);
      }
      logged_.id = ids_[ticket];
      player_.play(own_, logged_);
      take(logged_);
    }
    return ids_.size();
  }

 private:
  std::deque<RowTaker>& takers_;
  Player player_;
  LoggedTicket logged_;
  std::vector<std::string> ids_;
  std::vector<EventRow> rows_, own_;
  std::vector<std::uint32_t> ticket_of_, ends_, order_;
};

// Its line, by what all threads counted in the blocks before its own.
std::uint64_t line_of(const RowTaker::Bad& row, const std::deque<RowTaker>& takers) {
  std::uint64_t line = row.source->line + row.line;
  for (const RowTaker& taker : takers)
    for (const RowTaker::Lines& block : taker.lines)
      if (block.place >= row.source->before && block.place < row.block) line += block.count;
  return line;
}

// As the rows of each kind would have counted them, one after the other.
void count_unknown_words(const std::deque<RowTaker>& takers, const std::vector<RowKind>& kinds,
                         Counts& counts) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::uint32_t i = 1; i < kinds.size(); ++i) order.emplace_back(kinds[i].place, i);
  std::sort(order.begin(), order.end());
  for (const auto& [place, i] : order) {
    std::uint64_t rows = 0;
    for (const RowTaker& taker : takers) rows += i < taker.rows_of_kind.size() ? taker.rows_of_kind[i] : 0;
    if (!kinds[i].unknown_status.empty()) count_unknown("status", kinds[i].unknown_status, counts, rows);
    if (!kinds[i].unknown_priority.empty())
      count_unknown("priority", kinds[i].unknown_priority, counts, rows);
  }
}

} // namespace

Result<std::optional<EventLogSummary>> read_event_log(const Settings& settings,
                                                      const EventLogReading& reading) {
  auto mapping = TRY(cached_mapping(settings));
  std::optional<Plan> plan = Plan::of(*mapping, reading.needs_subjects);
  std::optional<EventLogSummary> none;
  if (!plan) return none;
  Files files(*plan, TRY(find_files(*mapping)), reading.block);
  if (!TRY(files.resolve())) return none;
  Kinds seen(*plan, reading.term);
  Stop stop;
  std::deque<RowTaker> takers;
  const std::size_t threads = std::max<std::size_t>(reading.threads, 1);
  for (std::size_t i = 0; i < threads; ++i)
    takers.emplace_back(*plan, seen, reading.term, reading.memory / threads);
  in_parallel(threads, [&](std::size_t i) { take_rows(files, takers[i], stop); });
  TRY(stop.result());
  if (stop.gave_up() || files.has_endless_row()) return none;

  Counts counts;
  std::vector<RowTaker::Bad> bad;
  for (const RowTaker& taker : takers) {
    counts.add(taker.counts);
    bad.insert(bad.end(), taker.bad.begin(), taker.bad.end());
  }
  const std::vector<RowKind> kinds = std::move(seen).take();
  count_unknown_words(takers, kinds, counts);
  std::sort(bad.begin(), bad.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
  EventLogSummary summary;
  std::vector<BadRow> shown;
  for (const RowTaker::Bad& row : bad) {
    if (shown.size() == RowTaker::k_shown_bad) break;
    std::string where = fmt::format("{}:{}", row.source->name, line_of(row, takers));
    summary.first_bad.push_back(where + ": " + row.why);
    shown.push_back({.key = {}, .place = std::move(where), .reason = row.why, .text = {}});
  }
  TRY(check_share(*mapping, counts, shown));

  std::atomic<std::size_t> next = 0;
  std::atomic<std::uint64_t> tickets = 0;
  in_parallel(threads, [&](std::size_t) {
    Tickets shelf_of(takers, Player(*plan, kinds, reading.term, reading.unnamed_until));
    for (std::size_t i = next++; i < Shelves::k_count && !stop.stopped(); i = next++) {
      if (interrupted()) return stop.fail({ErrorKind::interrupted, "interrupted"});
      auto found = shelf_of.each(i, [&](LoggedTicket& ticket) { reading.take(i, ticket); });
      if (!found) return stop.fail(std::move(found).error());
      tickets += *found;
    }
  });
  TRY(stop.result());
  counts.tickets = tickets;
  summary.bad = counts.bad;
  summary.complete_since = counts.oldest;
  Cursor cursor;
  cursor.mapping = mapping->fingerprint;
  cursor.complete = true;
  cursor.counts = std::move(counts);
  summary.cursor = cursor.text();
  return std::optional(std::move(summary));
}

} // namespace helpdesk::backend::table
