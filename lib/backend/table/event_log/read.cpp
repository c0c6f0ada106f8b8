#include "backend/table/event_log/read.hpp"

#include "backend/table/cursor.hpp"
#include "backend/table/event_log/play.hpp"
#include "backend/table/event_log/rows.hpp"
#include "backend/table/pull.hpp"
#include "backend/table/record.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "base/threads.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <mutex>
#include <numeric>

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
      if (plan_.keeps_records) TRY(note(reader, files_[i].path));
      LogSource source;
      const std::string& path = files_[i].path;
      source.name = clean_utf8(path.substr(path.rfind('/') + 1));
      source.number = i;
      source.delimiter = reader.delimiter();
      source.columns = std::move(*columns);
      if (plan_.keeps_records && std::any_of(source.columns.custom().begin(), source.columns.custom().end(),
                                             [](const auto& field) { return field.first.empty(); }))
        return false;
      plan_.add_fields(source.columns);
      source.is_plain = reader.can_resume();
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

  // As a record has it.
  std::string_view header_at(std::uint64_t place) const {
    std::size_t i = sources_.size() - 1;
    while (i > 0 && place < sources_[i].before) --i;
    return headers_[i];
  }
  // How far they were read.
  std::vector<ReadFile> read(const std::deque<RowTaker>& takers) && {
    for (std::size_t i = 0; i < read_.size(); ++i) {
      if (!read_[i].resume) continue;
      // Of the last block with a row, with the lines of those before it.
      const std::uint64_t begin = sources_[i].before,
                          end = i + 1 < sources_.size() ? sources_[i + 1].before : ~std::uint64_t{0};
      const RowTaker::Lines* last = nullptr;
      auto each = [&](const auto& f) {
        for (const RowTaker& taker : takers)
          for (const RowTaker::Lines& block : taker.lines)
            if (block.place >= begin && block.place < end) f(block);
      };
      each([&](const RowTaker::Lines& block) {
        if (block.row_end.offset > 0 && (!last || block.place > last->place)) last = &block;
      });
      if (!last) continue;
      read_[i].resume->offset = last->place - begin + last->row_end.offset;
      read_[i].resume->line = sources_[i].line + last->row_end.lines;
      each([&](const RowTaker::Lines& block) {
        if (block.place < last->place) read_[i].resume->line += block.count;
      });
    }
    return std::move(read_);
  }

 private:
  Plan& plan_;
  std::vector<LogFile> files_;
  std::size_t block_;
  std::vector<LogSource> sources_;
  std::mutex mutex_;
  std::optional<Blocks> blocks_;
  std::size_t at_ = 0;
  bool endless_ = false;
  // Where records are kept, of each file.
  std::vector<std::string> headers_;
  std::vector<ReadFile> read_;

  Result<void> note(const RowReader& reader, const std::string& path) {
    headers_.push_back(pack_cells({reader.header().begin(), reader.header().end()}));
    ReadFile& read = read_.emplace_back();
    read.part = plan_.part->name;
    read.path = path;
    read.stamp = TRY(stamp_of(path));
    if (reader.can_resume())
      read.resume = Resume{
          reader.shape(), reader.delimiter(), reader.header(), reader.offset(), reader.line(), {}, {}, {}};
    return {};
  }
};

void take_rows(Files& files, RowTaker& taker, Stop& stop,
               const std::function<void(std::uint64_t)>& progress) {
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
    if (progress) progress(taker.counts.rows);
  }
}

// One shelf's tickets, each with all its rows.
class Tickets {
 public:
  Tickets(const Plan& plan, const Files& files, std::deque<RowTaker>& takers, Player player)
      : plan_(plan), files_(files), takers_(takers), player_(std::move(player)) {}

  Result<std::uint64_t> each(std::size_t shelf, const std::function<void(LoggedTicket&)>& take) {
    Codes tickets;
    ids_.clear();
    rows_.clear();
    ticket_of_.clear();
    ends_.clear();
    texts_.clear();
    text_ends_.clear();
    for (RowTaker& taker : takers_) {
      if (plan_.keeps_records) TRY(read_texts(taker, shelf));
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
    }
    // Sorted by ticket, rows of each in the order in which they came.
    std::uint32_t before = 0;
    for (std::uint32_t& end : ends_) before += std::exchange(end, before);
    order_.resize(rows_.size());
    for (std::uint32_t i = 0; i < rows_.size(); ++i) order_[ends_[ticket_of_[i]]++] = i;
    if (plan_.keeps_records) return each_in_order(take);
    for (std::uint32_t ticket = 0; ticket < ids_.size(); ++ticket) play(ticket, take);
    return ids_.size();
  }

 private:
  const Plan& plan_;
  const Files& files_;
  std::deque<RowTaker>& takers_;
  Player player_;
  LoggedTicket logged_;
  std::vector<std::string> ids_;
  std::vector<EventRow> rows_, own_;
  std::vector<std::uint32_t> ticket_of_, ends_, order_; // ends: in order, of each ticket's rows
  // Where records are kept, of each row.
  std::string texts_;
  std::vector<std::size_t> text_ends_;
  RecordWriter record_;

  void play(std::uint32_t ticket, const std::function<void(LoggedTicket&)>& take) {
    own_.clear();
    // Rows of a ticket lie apart: they are asked for before they are needed.
    constexpr std::uint32_t k_ahead = 16;
    for (std::uint32_t at = begin_of(ticket); at < ends_[ticket]; ++at) {
      if (at + k_ahead < order_.size()) __builtin_prefetch(&rows_[order_[at + k_ahead]]);
      own_.push_back(rows_[order_[at]]);
    }
    logged_.id = ids_[ticket];
    player_.play(own_, logged_);
    take(logged_);
  }
  std::uint32_t begin_of(std::uint32_t ticket) const { return ticket == 0 ? 0 : ends_[ticket - 1]; }

  Result<void> read_texts(RowTaker& taker, std::size_t shelf) {
    Spool::Reader reader(taker.texts, shelf);
    while (!TRY(reader.at_end())) {
      std::uint32_t size = 0;
      std::memcpy(&size, TRY(reader.next(sizeof size)).data(), sizeof size);
      texts_ += TRY(reader.next(size));
      text_ends_.push_back(texts_.size());
    }
    return {};
  }

  // By the place of their first row; each with the rows that its record keeps, in the order of the log.
  Result<std::uint64_t> each_in_order(const std::function<void(LoggedTicket&)>& take) {
    auto by_place = [&](std::uint32_t a, std::uint32_t b) { return rows_[a].place < rows_[b].place; };
    std::vector<std::uint32_t> tickets(ids_.size());
    for (std::uint32_t ticket = 0; ticket < tickets.size(); ++ticket) {
      tickets[ticket] = ticket;
      std::sort(order_.begin() + begin_of(ticket), order_.begin() + ends_[ticket], by_place);
    }
    std::sort(tickets.begin(), tickets.end(), [&](std::uint32_t a, std::uint32_t b) {
      return by_place(order_[begin_of(a)], order_[begin_of(b)]);
    });
    for (std::uint32_t ticket : tickets) {
      record_.start();
      for (std::uint32_t at = begin_of(ticket); at < ends_[ticket]; ++at) {
        const std::uint32_t row = order_[at];
        const std::size_t begin = row == 0 ? 0 : text_ends_[row - 1];
        record_.add(plan_.part->name, files_.header_at(rows_[row].place),
                    std::string_view(texts_).substr(begin, text_ends_[row] - begin));
      }
      logged_.words.record = record_.text();
      play(ticket, take);
    }
    return tickets.size();
  }
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
  std::optional<Plan> plan = Plan::of(*mapping, reading.needs_subjects, reading.keeps_records);
  std::optional<EventLogSummary> none;
  if (!plan) return none;
  if (reading.keeps_records) {
    std::string before = TRY(reading.cursor(k_stream));
    auto cursor = Cursor::parse(before);
    if (!before.empty() && (!cursor || cursor->complete)) return none;
  }
  Files files(*plan, TRY(find_files(*mapping)), reading.block);
  if (!TRY(files.resolve())) return none;
  Kinds seen(*plan, reading.term);
  Stop stop;
  std::deque<RowTaker> takers;
  const std::size_t threads = std::max<std::size_t>(reading.threads, 1);
  for (std::size_t i = 0; i < threads; ++i)
    takers.emplace_back(*plan, seen, reading.term, reading.memory / threads);
  std::vector<std::atomic<std::uint64_t>> rows(threads);
  in_parallel(threads, [&](std::size_t i) {
    std::function<void(std::uint64_t)> progress;
    if (reading.progress)
      progress = [&, i](std::uint64_t own) {
        rows[i] = own;
        reading.progress(std::accumulate(rows.begin(), rows.end(), std::uint64_t{0}));
      };
    take_rows(files, takers[i], stop, progress);
  });
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
  Quarantine quarantine;
  for (const RowTaker::Bad& row : bad) {
    const bool is_shown = summary.first_bad.size() < RowTaker::k_shown_bad;
    if (!is_shown && !reading.keeps_records) break;
    std::string where = fmt::format("{}:{}", row.source->name, line_of(row, takers));
    if (is_shown) summary.first_bad.push_back(where + ": " + row.why);
    quarantine.add(std::move(where), row.why, row.text);
  }
  TRY(check_share(*mapping, counts, quarantine.rows()));

  std::atomic<std::size_t> next = 0;
  std::atomic<std::uint64_t> tickets = 0;
  in_parallel(threads, [&](std::size_t) {
    Tickets shelf_of(*plan, files, takers, Player(*plan, kinds, reading.term, reading.unnamed_until));
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
  summary.begun = cursor.text();
  cursor.complete = true;
  cursor.counts = std::move(counts);
  if (reading.keeps_records) cursor.files = std::move(files).read(takers);
  summary.cursor = cursor.text();
  if (!reading.keeps_records) return std::optional(std::move(summary));
  summary.record_format = k_ticket_format;
  summary.page.stream = k_stream;
  summary.page.cursor = summary.cursor;
  summary.page.complete_since = summary.complete_since;
  for (const BadRow& row : quarantine.rows()) {
    summary.page.records.push_back(record_of(row));
    summary.page.placements.push_back(placement_of(row, settings.account));
  }
  return std::optional(std::move(summary));
}

} // namespace helpdesk::backend::table
