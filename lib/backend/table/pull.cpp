#include "backend/table/pull.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::size_t k_page = 2000, k_page_bytes = 4 << 20, k_memory = 96 << 20;

} // namespace

Puller::Puller(const Settings& settings, const Mapping& mapping, const PullOptions& options, Sink& sink)
    : settings_(settings), mapping_(mapping), options_(options), sink_(sink), page_size_(k_page) {
  std::string size = settings.get("page_size");
  std::size_t number = 0;
  if (std::from_chars(size.data(), size.data() + size.size(), number).ec == std::errc() && number > 0)
    page_size_ = number;
  page_.stream = k_stream;
}

// Read on where the last pull stopped: only files that were added to, and none that others are joined with.
bool Puller::can_grow(const Cursor& cursor, const std::vector<LogFile>& files,
                      const std::vector<Stamp>& stamps) const {
  if (!cursor.complete || options_.full || mapping_.is_joined() || cursor.mapping != mapping_.fingerprint ||
      cursor.files.size() > files.size() || !mapping_.parts.front().has(Field::ticket))
    return false;
  for (const ReadFile& before : cursor.files) {
    auto now =
        std::find_if(files.begin(), files.end(), [&](const LogFile& f) { return f.path == before.path; });
    if (now == files.end()) return false;
    const Stamp& stamp = stamps[static_cast<std::size_t>(now - files.begin())];
    if (stamp == before.stamp) continue;
    auto grown = has_grown(before, stamp);
    if (!grown || !*grown) return false;
  }
  return true;
}

Result<bool> Puller::has_grown(const ReadFile& before, const Stamp& now) const {
  if (!before.resume || now.size <= before.stamp.size) return false;
  return TRY(hash_until(before.path, before.stamp.size)) == before.stamp.hash;
}

Result<void> Puller::run() {
  std::vector<LogFile> files = TRY(find_files(mapping_));
  std::vector<Stamp> stamps;
  for (const LogFile& file : files) stamps.push_back(TRY(stamp_of(file.path)));
  std::optional<Cursor> cursor;
  if (!options_.dry_run) {
    std::string text = TRY(sink_.cursor(k_stream));
    first_ = text.empty();
    cursor = Cursor::parse(text);
  }
  if (cursor && cursor->complete && !options_.full && cursor->mapping == mapping_.fingerprint &&
      cursor->files.size() == files.size() &&
      std::equal(files.begin(), files.end(), stamps.begin(), [&](const LogFile& file, const Stamp& stamp) {
        return std::any_of(cursor->files.begin(), cursor->files.end(), [&](const ReadFile& before) {
          return before.path == file.path && before.stamp == stamp;
        });
      }))
    return {};
  growing_ = cursor && can_grow(*cursor, files, stamps);
  Scanner scanner(mapping_, k_memory);
  std::uint64_t total = 0;
  for (const Stamp& stamp : stamps) total += stamp.size;
  scanner.progress = [&](const LogFile& file, std::uint64_t bytes) -> Result<void> {
    sink_.progress(file.path, scanner.counts.rows - scanner.counts.bad, 0, bytes);
    return {};
  };
  Cursor next;
  next.mapping = mapping_.fingerprint;
  next.files = TRY(scan(scanner, files, cursor));
  for (std::size_t i = 0; i < files.size(); ++i) {
    // A file that grew while it was read is read on by the next pull.
    next.files[i].stamp = stamps[i];
  }
  sink_.progress(k_stream, scanner.counts.rows - scanner.counts.bad, scanner.counts.rows, total);
  TRY(check_share(mapping_, scanner.counts, scanner.bad.rows()));
  if (options_.dry_run) return {};
  if (growing_) {
    before_ = cursor->counts;
    before_.rows -= std::min(rows_again_, before_.rows);
    before_.bad -= std::min(bad_again_, before_.bad);
  }
  return write(scanner, std::move(next));
}

Result<std::vector<ReadFile>> Puller::scan(Scanner& scanner, const std::vector<LogFile>& files,
                                           const std::optional<Cursor>& cursor) {
  std::vector<ReadFile> read;
  for (const LogFile& file : files) {
    const ReadFile* before = nullptr;
    if (growing_)
      for (const ReadFile& known : cursor->files)
        if (known.path == file.path) before = &known;
    if (before && TRY(stamp_of(file.path)) == before->stamp) {
      read.push_back(*before);
      continue;
    }
    const Resume* from = before && before->resume ? &*before->resume : nullptr;
    if (from && !from->open_line.empty()) {
      taken_back_[from->open_ticket].insert(from->open_line);
      ++rows_again_;
    }
    if (from && !from->open_bad.empty()) {
      mended_.insert(from->open_bad);
      ++rows_again_;
      ++bad_again_;
    }
    read.push_back(TRY(scanner.read(file, from)));
  }
  return read;
}

Result<void> Puller::write(Scanner& scanner, Cursor cursor) {
  if (first_) { // a pull that is interrupted leaves a trace: the next one looks at what is there
    Cursor begun;
    begun.mapping = mapping_.fingerprint;
    TRY(flush(begun.text()));
  }
  TRY(put_people(scanner));
  TRY(put_bad(scanner));
  std::set<std::string> left;
  for (const auto& [ticket, lines] : taken_back_) left.insert(ticket);
  TRY(scanner.grouper.each(
      [&](std::string_view id, const std::vector<std::string_view>& items) -> Result<void> {
        left.erase(std::string(id));
        if (mapping_.parts.front().has(Field::ticket) || mapping_.is_joined() || items.size() == 1 ||
            !id.starts_with("row-"))
          return put_ticket(scanner, id, items);
        // Equal rows without an id are as many tickets.
        for (std::size_t i = 0; i < items.size(); ++i)
          TRY(put_ticket(scanner, i == 0 ? std::string(id) : fmt::format("{}.{}", id, i + 1), {items[i]}));
        return {};
      }));
  for (const std::string& ticket : left) TRY(put_ticket(scanner, ticket, {}));
  cursor.counts = scanner.counts;
  if (growing_) cursor.counts.add(before_);
  cursor.complete = true;
  if (!growing_) page_.complete_since = scanner.counts.oldest; // a log leaves nothing out
  return flush(cursor.text());
}

Result<void> Puller::put_people(const Scanner& scanner) {
  for (const auto& [id, line] : scanner.people) {
    store::RawRecord record;
    record.key = record_key("person", id);
    record.format = k_person_format;
    record.hint = id;
    record.bytes = write_lines({line});
    TRY(put(std::move(record)));
  }
  return {};
}

Result<void> Puller::put_bad(const Scanner& scanner) {
  std::set<std::string> gone;
  if (!first_)
    for (const store::Placement& place : TRY(sink_.placements(k_stream)))
      if (!growing_ || mended_.contains(place.uid)) gone.insert(place.uid);
  for (const BadRow& row : scanner.bad.rows()) {
    gone.erase(row.key);
    TRY(put(record_of(row)));
    page_.placements.push_back(placement_of(row, settings_.account));
  }
  for (const std::string& key : gone) {
    page_.vanished.push_back(key);
    page_.withdrawn.push_back(key);
  }
  return {};
}

Result<void> Puller::put_ticket(Scanner& scanner, std::string_view id,
                                const std::vector<std::string_view>& items) {
  bool has_parent = !mapping_.needs_parent();
  std::map<std::string, std::uint64_t> children;
  for (std::string_view packed : items) {
    const Part& part = *scanner.item_of(packed).part;
    has_parent = has_parent || part.rows == Rows::ticket;
    if (mapping_.needs_parent() && part.rows != Rows::ticket) ++children[part.name];
  }
  std::string key = record_key("ticket", id);
  std::optional<store::RawRecord> stored;
  if (!first_) stored = TRY(sink_.record(key));
  scanner.counts.tickets += has_parent && !items.empty() && !(growing_ && stored);
  for (const auto& [part, n] : children)
    (has_parent ? scanner.counts.joined : scanner.counts.orphans)[part] += n;
  std::string bytes = scanner.text_of(items);
  if (!stored && scanner.people.empty() && !items.empty()) return put_record(key, id, std::move(bytes));
  std::vector<StoredLine> lines;
  std::set<std::string> named;
  for (std::string_view packed : items) {
    Scanner::Item item = scanner.item_of(packed);
    lines.push_back({item.part->name, std::string(item.header), std::string(item.line)});
  }
  if (stored && !options_.full && (growing_ || stored->bytes != bytes)) {
    auto earlier = read_lines(stored->bytes);
    if (earlier && growing_) { // what was added comes behind
      auto back = taken_back_.find(std::string(id));
      if (back != taken_back_.end())
        std::erase_if(*earlier, [&](const StoredLine& line) { return back->second.contains(line.line); });
      earlier->insert(earlier->end(), lines.begin(), lines.end());
      lines = std::move(*earlier);
    } else if (earlier) {
      lines = TRY(united(mapping_, lines, *earlier));
    }
  }
  if (lines.empty()) {
    if (stored) {
      page_.withdrawn.push_back(key);
      if (before_.tickets > 0) --before_.tickets;
    }
    return {};
  }
  // Whom the rows name, so that the record stands alone.
  if (!scanner.people.empty()) {
    auto stored_rows = TRY(StoredRows::read(mapping_, lines));
    for (const Row& row : stored_rows.rows())
      for (Field field :
           {Field::actor, Field::author, Field::assignee, Field::requester, Field::to, Field::from})
        if (std::string_view value = row.get(field); !value.empty()) named.insert(std::string(value));
    for (const std::string& person : named)
      if (auto it = scanner.people.find(person); it != scanner.people.end()) lines.push_back(it->second);
  }
  bytes = write_lines(lines);
  if (stored && stored->bytes == bytes) return {};
  return put_record(key, id, std::move(bytes));
}

Result<void> Puller::put_record(std::string key, std::string_view id, std::string bytes) {
  store::RawRecord record;
  record.key = std::move(key);
  record.format = k_ticket_format;
  record.hint = id;
  record.bytes = std::move(bytes);
  return put(std::move(record));
}

Result<void> Puller::put(store::RawRecord record) {
  record.account = settings_.account;
  if (!first_ && record.format != k_ticket_format) { // a ticket was compared before
    record.version = store::version_of(record.bytes);
    auto stored = TRY(sink_.record(record.key));
    if (stored && stored->version == record.version) return {};
  }
  page_bytes_ += record.bytes.size();
  page_.records.push_back(std::move(record));
  if (page_.records.size() >= page_size_ || page_bytes_ >= k_page_bytes) return flush(std::nullopt);
  return {};
}

Result<void> Puller::flush(std::optional<std::string> cursor) {
  page_.cursor = std::move(cursor);
  Page page = std::exchange(page_, Page{.stream = std::string(k_stream)});
  page_bytes_ = 0;
  return sink_.page(std::move(page));
}

} // namespace helpdesk::backend::table
