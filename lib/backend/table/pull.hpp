// One pull from the files of one account.
#pragma once

#include "backend/backend.hpp"
#include "backend/table/cursor.hpp"
#include "backend/table/group.hpp"
#include "backend/table/record.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace helpdesk::backend::table {

struct BadRow {
  std::string key, place, reason, text; // place: "cdr.csv:17"; of long rows only the text's beginning
};

// Rows that cannot be read, as records under a key of what they say: in the order of the log.
class Quarantine {
 public:
  const BadRow& add(std::string place, std::string reason, std::string text);
  const std::vector<BadRow>& rows() const { return rows_; }

 private:
  std::vector<BadRow> rows_;
  std::map<std::string, std::uint64_t, std::less<>> same_; // by hash
};
store::RawRecord record_of(const BadRow& row); // without its account
store::Placement placement_of(const BadRow& row, std::string_view account);

// Failed when more rows than max_bad cannot be used; bad: the first of them.
Result<void> check_share(const Mapping& mapping, const Counts& counts, const std::vector<BadRow>& bad);

// Reads files row by row, examines each row and brings the rows of each ticket together.
class Scanner {
 public:
  Scanner(const Mapping& mapping, std::size_t memory) : mapping_(mapping), grouper(memory) {}

  // The whole file, or what was added to it.
  Result<ReadFile> read(const LogFile& file, const Resume* from);

  // What a group holds: rows, and who is named in them.
  struct Item {
    const Part* part = nullptr;
    std::string_view header, line;
  };
  Item item_of(std::string_view packed) const;
  std::string text_of(const std::vector<std::string_view>& packed) const; // as write_lines

  std::function<Result<void>(const LogFile& file, std::uint64_t bytes)> progress;

 private:
  const Mapping& mapping_;
  std::vector<std::string> headers_; // packed

  Result<void> take(const LogFile& file, const FileRow& row, const Row& meaning, std::size_t header,
                    ReadFile& read);
  void quarantine(const LogFile& file, const FileRow& row, std::string reason, ReadFile& read);

 public:
  Grouper grouper;
  Counts counts;
  Quarantine bad;
  std::map<std::string, StoredLine, std::less<>> people; // by id
};

class Puller {
 public:
  Puller(const Settings& settings, const Mapping& mapping, const PullOptions& options, Sink& sink);
  Result<void> run();

 private:
  const Settings& settings_;
  const Mapping& mapping_;
  const PullOptions& options_;
  Sink& sink_;
  std::size_t page_size_;
  bool first_ = false;                                      // nothing is stored yet
  bool growing_ = false;                                    // what is read is added to what is stored
  std::map<std::string, std::set<std::string>> taken_back_; // lines, by ticket
  std::set<std::string> mended_;                            // quarantined rows that are whole now
  Page page_;
  std::size_t page_bytes_ = 0;
  Counts before_; // what is stored, without what was taken back
  std::uint64_t rows_again_ = 0, bad_again_ = 0;

  Result<std::vector<ReadFile>> scan(Scanner& scanner, const std::vector<LogFile>& files,
                                     const std::optional<Cursor>& cursor);
  bool can_grow(const Cursor& cursor, const std::vector<LogFile>& files,
                const std::vector<Stamp>& stamps) const;
  Result<bool> has_grown(const ReadFile& before, const Stamp& now) const;
  Result<void> write(Scanner& scanner, Cursor cursor);
  Result<void> put_ticket(Scanner& scanner, std::string_view id, const std::vector<std::string_view>& items);
  Result<void> put_record(std::string key, std::string_view id, std::string bytes);
  Result<void> put_people(const Scanner& scanner);
  Result<void> put_bad(const Scanner& scanner);
  Result<void> put(store::RawRecord record);
  Result<void> flush(std::optional<std::string> cursor);
};

// Rows that an earlier pull saw and the files no longer have, before those that they have now; other is what
// is stored.
Result<std::vector<StoredLine>> united(const Mapping& mapping, const std::vector<StoredLine>& now,
                                       const std::vector<StoredLine>& stored);

} // namespace helpdesk::backend::table
