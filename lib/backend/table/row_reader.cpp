#include "backend/table/row_reader.hpp"

#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::size_t k_block = 1 << 20;
constexpr std::size_t k_longest = 8 << 20; // of one row

} // namespace

void name_twins(std::vector<std::string>& header) {
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    std::string& name = header[i];
    name = std::string(trim(name));
    if (name.empty()) name = fmt::format("column {}", i + 1);
    int count = ++seen[name];
    if (count > 1) name += fmt::format("#{}", count);
  }
}

Result<bool> RowReader::fill() {
  if (ended_) return false;
  if (pos_ > 0) {
    buffer_.erase(0, pos_);
    base_ += pos_;
    pos_ = 0;
  }
  std::size_t had = buffer_.size();
  buffer_.resize(had + k_block);
  auto got = input_->read(buffer_.data() + had, k_block);
  buffer_.resize(had + (got ? *got : 0));
  if (!got) return Failure(std::move(got).error());
  if (*got == 0) ended_ = true;
  return *got > 0;
}

Result<RowReader> RowReader::open(const Part& part, const std::string& path) {
  RowReader reader;
  reader.path_ = path;
  auto opened = TRY(open_input(path, part.encoding));
  reader.input_ = std::move(opened.input);
  reader.plain_ = opened.plain;
  reader.force_latin_ = part.encoding == "latin-1";
  TRY(reader.detect(part));
  return reader;
}

Result<RowReader> RowReader::resume(const Part& part, const std::string& path, Shape shape,
                                    std::vector<std::string> header, char delimiter, std::uint64_t from,
                                    std::uint64_t line) {
  RowReader reader;
  reader.path_ = path;
  auto opened = TRY(open_input(path, "utf-8", from));
  reader.input_ = std::move(opened.input);
  reader.force_latin_ = part.encoding == "latin-1";
  reader.shape_ = shape;
  reader.header_ = std::move(header);
  reader.delimiter_ = delimiter;
  reader.base_ = from;
  reader.line_ = line;
  return reader;
}

RowReader::Rest RowReader::rest() && {
  return {std::move(input_), buffer_.substr(pos_), offset(), line_, only_cr_, force_latin_};
}

Result<void> RowReader::detect(const Part& part) {
  TRY(fill());
  if (buffer_.starts_with("\xEF\xBB\xBF")) pos_ = 3;
  std::string_view start = std::string_view(buffer_).substr(pos_);
  only_cr_ = start.find('\n') == std::string_view::npos && start.find('\r') != std::string_view::npos;
  std::size_t first = start.find_first_not_of(" \t\r\n");
  char sign = first == std::string_view::npos ? '\0' : start[first];
  if (part.format == "json" || (part.format == "auto" && sign == '['))
    shape_ = Shape::json_array;
  else if (part.format == "ndjson" || (part.format == "auto" && sign == '{'))
    shape_ = Shape::json_lines;
  if (shape_ != Shape::separated) {
    header_ = json_names(part);
    return {};
  }
  std::string_view line = start.substr(0, start.find_first_of("\r\n"));
  bool says_so = part.delimiter.empty() && line.size() == 5 && starts_with_ignoring_case(line, "sep=");
  if (says_so) { // a spreadsheet's first line: "sep=;"
    delimiter_ = line.back();
    pos_ += line.size();
  }
  if (part.format == "tsv" && !says_so) delimiter_ = '\t';
  if (!part.delimiter.empty()) {
    delimiter_ = part.delimiter.front();
  } else if (part.format == "auto" && !says_so) {
    std::size_t most = 0;
    for (char candidate : {',', '\t', ';', '|'}) {
      std::size_t count = 0;
      bool quoted = false;
      for (char c : line) {
        if (c == '"') quoted = !quoted;
        count += !quoted && c == candidate;
      }
      if (count > most) {
        most = count;
        delimiter_ = candidate;
      }
    }
  }
  FileRow row;
  std::uint64_t before = base_ + pos_;
  bool any = TRY(next_separated(row));
  std::vector<std::string> named(row.values.begin(), row.values.end());
  if (!part.header.empty()) {
    header_ = part.header;
    bool stands_there = any && named.size() >= header_.size();
    for (std::size_t i = 0; stands_there && i < header_.size(); ++i)
      stands_there = equal_ignoring_case(trim(named[i]), trim(header_[i]));
    if (!stands_there) {                               // the first row is data
      pos_ = static_cast<std::size_t>(before - base_); // filling drops only what was read before
      line_ = 1;
    }
  } else {
    if (!any) return failed(path_ + ": is empty: a line with the names of the columns is missing");
    if (!row.problem.empty()) return failed(fmt::format("{}:1: {}", path_, row.problem));
    header_ = std::move(named);
  }
  name_twins(header_);
  return {};
}

Result<bool> RowReader::next(FileRow& row) {
  row.problem.clear();
  row.source = {};
  row.values.clear();
  return shape_ == Shape::separated ? next_separated(row) : next_json(row);
}

void RowReader::skip_blank() {
  while (pos_ < buffer_.size() && (buffer_[pos_] == '\n' || buffer_[pos_] == '\r')) {
    if (buffer_[pos_] == '\n' || only_cr_) ++line_;
    ++pos_;
  }
}

// One row's cells from pos_ on. False: more bytes are needed and there are some.
Result<bool> RowReader::scan_separated(std::size_t& end, std::size_t& next, bool& terminated,
                                       std::uint64_t& lines, bool& unclosed) {
  cells_.clear();
  lines = 0;
  terminated = true;
  unclosed = false;
  const char* data = buffer_.data();
  std::size_t size = buffer_.size(), i = pos_;
  const char line_end = only_cr_ ? '\r' : '\n';
  for (;;) {
    Cell cell;
    std::size_t ahead = i;
    if (i < size && data[i] == '"') {
      cell.begin = ++i;
      for (;;) {
        const void* quote = i < size ? std::memchr(data + i, '"', size - i) : nullptr;
        std::size_t at = quote ? static_cast<std::size_t>(static_cast<const char*>(quote) - data) : size;
        lines += static_cast<std::uint64_t>(std::count(data + i, data + at, line_end));
        if (!quote) {
          if (!ended_ && size - pos_ < k_longest) return false;
          unclosed = true;
          return true;
        }
        i = at + 1;
        if (i == size && !ended_) return false;
        if (i < size && data[i] == '"') {
          cell.doubled = true;
          ++i;
          continue;
        }
        cell.end = at;
        break;
      }
      ahead = i;
    } else {
      cell.begin = i;
      cell.end = std::string_view::npos;
    }
    while (ahead < size && data[ahead] != delimiter_ && data[ahead] != line_end) ++ahead;
    if (ahead == size && !ended_ && size - pos_ < k_longest) return false;
    bool closes = ahead == size || data[ahead] == line_end;
    std::size_t stop = ahead;
    if (closes && !only_cr_ && stop > cell.begin && data[stop - 1] == '\r') --stop;
    if (cell.end == std::string_view::npos) cell.end = stop;
    cells_.push_back(cell);
    if (closes) {
      terminated = ahead < size;
      end = stop;
      next = ahead < size ? ahead + 1 : ahead;
      ++lines;
      return true;
    }
    i = ahead + 1;
  }
}

Result<bool> RowReader::next_separated(FileRow& row) {
  std::size_t end = 0, next = 0;
  bool terminated = true, unclosed = false;
  std::uint64_t lines = 0;
  for (;;) {
    skip_blank();
    if (pos_ == buffer_.size()) {
      if (!TRY(fill())) return false;
      continue;
    }
    if (TRY(scan_separated(end, next, terminated, lines, unclosed))) break;
    TRY(fill());
  }
  row.line = line_;
  row.begin = base_ + pos_;
  row.terminated = terminated;
  row.values.clear();
  if (unclosed) {
    std::size_t stop = buffer_.find(only_cr_ ? '\r' : '\n', pos_);
    if (stop == std::string::npos) stop = buffer_.size();
    scratch_ =
        clean_utf8(std::string_view(buffer_).substr(pos_, std::min<std::size_t>(stop - pos_, 64 << 10)));
    row.source = scratch_;
    row.problem = "a quote is opened and never closed";
    row.terminated = stop < buffer_.size();
    pos_ = std::min(stop + 1, buffer_.size());
    ++line_;
    return true;
  }
  std::string_view whole = std::string_view(buffer_).substr(pos_, end - pos_);
  bool latin = force_latin_ || !is_valid_utf8(whole);
  std::size_t odd = 0;
  if (latin) unescaped_.resize(std::max(unescaped_.size(), cells_.size()));
  for (const Cell& cell : cells_) odd += cell.doubled;
  if (!latin) unescaped_.resize(std::max(unescaped_.size(), odd));
  odd = 0;
  for (const Cell& cell : cells_) {
    std::string_view value = std::string_view(buffer_).substr(cell.begin, cell.end - cell.begin);
    if (cell.doubled || latin) {
      std::string& text = unescaped_[odd++];
      text = cell.doubled ? replace_all(value, "\"\"", "\"") : std::string(value);
      if (latin) text = from_latin(text);
      value = text;
    }
    row.values.push_back(value);
  }
  if (whole.find('\0') != std::string_view::npos) {
    unescaped_.resize(std::max(unescaped_.size(), odd + row.values.size()));
    for (std::string_view& value : row.values)
      if (value.find('\0') != std::string_view::npos) {
        std::string cleaned = clean_utf8(value);
        unescaped_[odd] = std::move(cleaned);
        value = unescaped_[odd++];
      }
  }
  pos_ = next;
  line_ += lines;
  return true;
}

} // namespace helpdesk::backend::table
