#include "backend/table/pull.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

std::string_view name_of(const std::string& path) {
  std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string_view(path) : std::string_view(path).substr(slash + 1);
}

// A group's item: two bytes for the part, two for the header, then the line.
std::string pack_item(std::size_t part, std::size_t header, std::string_view line) {
  std::string packed(4, '\0');
  auto put = [&](std::size_t at, std::size_t value) {
    packed[at] = static_cast<char>(value & 0xff);
    packed[at + 1] = static_cast<char>(value >> 8 & 0xff);
  };
  put(0, part);
  put(2, header);
  packed += line;
  return packed;
}

constexpr std::uint64_t k_shown_bad = 3;
constexpr std::size_t k_kept_text = 64 << 10;

} // namespace

const BadRow& Quarantine::add(std::string place, std::string reason, std::string text) {
  std::string hash = sha256_hex(text).substr(0, 24);
  const std::uint64_t same = ++same_[hash];
  text.resize(std::min(text.size(), k_kept_text));
  return rows_.emplace_back(same == 1 ? "row:" + hash : fmt::format("row:{}.{}", hash, same),
                            std::move(place), std::move(reason), std::move(text));
}

store::RawRecord record_of(const BadRow& row) {
  store::RawRecord record;
  record.key = row.key;
  record.format = k_bad_format;
  record.hint = row.place + ": " + row.reason;
  record.bytes = row.text;
  return record;
}

store::Placement placement_of(const BadRow& row, std::string_view account) {
  return {.account = std::string(account),
          .stream = std::string(k_stream),
          .uid = row.key,
          .record = row.key,
          .labels = {},
          .role = "quarantine"};
}

Scanner::Item Scanner::item_of(std::string_view packed) const {
  auto get = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(packed[at])) |
           static_cast<std::size_t>(static_cast<unsigned char>(packed[at + 1])) << 8;
  };
  return {&mapping_.parts[get(0)], headers_[get(2)], packed.substr(4)};
}

std::string Scanner::text_of(const std::vector<std::string_view>& packed) const {
  RecordWriter writer;
  for (std::string_view one : packed) {
    Item item = item_of(one);
    writer.add(item.part->name, item.header, item.line);
  }
  return std::move(writer).take();
}

void Scanner::quarantine(const LogFile& file, const FileRow& row, std::string reason, ReadFile& read) {
  ++counts.bad;
  std::string text = row.source.empty() ? pack_cells(row.values) : pack_cell(row.source);
  const BadRow& found = bad.add(fmt::format("{}:{}", clean_utf8(name_of(file.path)), row.line),
                                std::move(reason), std::move(text));
  if (read.resume && !row.terminated) read.resume->open_bad = found.key;
}

Result<void> Scanner::take(const LogFile& file, const FileRow& row, const Row& meaning, std::size_t header,
                           ReadFile& read) {
  ++counts.rows;
  if (!row.problem.empty()) {
    quarantine(file, row, row.problem, read);
    return {};
  }
  auto found = examine(meaning, counts);
  if (!found) {
    quarantine(file, row, found.error().message, read);
    return {};
  }
  std::string id = clean_utf8(*found);
  std::string line = row.source.empty() ? "R" + pack_cells(row.values) : "J" + pack_cell(row.source);
  if (meaning.part->rows == Rows::person) {
    people[id] = {meaning.part->name, headers_[header], std::move(line)};
    return {};
  }
  if (id.empty()) id = fmt::format("row-{:016x}", identity_of(meaning));
  if (!row.terminated && read.resume && line.size() < 4096) {
    read.resume->open_ticket = id;
    read.resume->open_line = line;
  }
  return grouper.add(id, pack_item(file.part, header, line));
}

Result<ReadFile> Scanner::read(const LogFile& file, const Resume* from) {
  const Part& part = mapping_.parts[file.part];
  ReadFile read;
  read.part = part.name;
  read.path = file.path;
  RowReader reader = from ? TRY(RowReader::resume(part, file.path, from->shape, from->header, from->delimiter,
                                                  from->offset, from->line))
                          : TRY(RowReader::open(part, file.path));
  auto resolved = Columns::resolve(part, reader.header(), mapping_.lenient);
  if (!resolved) return in_context(file.path, std::move(resolved).error());
  const Columns columns = std::move(*resolved);
  std::string packed;
  if (reader.shape() == Shape::separated)
    packed = pack_cells({reader.header().begin(), reader.header().end()});
  auto known = std::find(headers_.begin(), headers_.end(), packed);
  auto header = static_cast<std::size_t>(known - headers_.begin());
  if (known == headers_.end()) headers_.push_back(packed);
  if (headers_.size() > 65'000) return failed("too many files with differing headers");
  if (reader.can_resume())
    read.resume = Resume{reader.shape(), reader.delimiter(), reader.header(), reader.offset(), reader.line()};
  FileRow row;
  Row meaning;
  meaning.part = &part;
  meaning.columns = &columns;
  std::uint64_t rows = 0;
  while (TRY(reader.next(row))) {
    meaning.values.assign(row.values.begin(), row.values.end());
    if (read.resume) {
      read.resume->offset = row.terminated ? reader.offset() : row.begin;
      read.resume->line = row.terminated ? reader.line() : row.line;
    }
    TRY(take(file, row, meaning, header, read));
    if (++rows % 8192 == 0) {
      if (interrupted()) return fail(ErrorKind::interrupted, "interrupted");
      if (progress) TRY(progress(file, reader.offset()));
    }
  }
  return read;
}

Result<void> check_share(const Mapping& mapping, const Counts& counts, const std::vector<BadRow>& bad) {
  if (counts.bad == 0 ||
      static_cast<double>(counts.bad) <= mapping.max_bad * static_cast<double>(counts.rows))
    return {};
  std::string text = fmt::format("{} of {} rows cannot be read, more than max_bad = {:g}%: nothing was taken",
                                 counts.bad, counts.rows, mapping.max_bad * 100);
  for (std::size_t i = 0; i < bad.size() && i < k_shown_bad; ++i)
    text += fmt::format("\n{}: {}", bad[i].place, bad[i].reason);
  return failed(text + "\ncheck the mapping with helpdesk account test, or raise max_bad");
}

} // namespace helpdesk::backend::table
