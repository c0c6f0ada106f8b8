#include "backend/table/record.hpp"

#include "backend/table/json_cell.hpp"
#include "backend/table/row_reader.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::string_view k_version = "table1";

constexpr auto k_is_escaped = [] {
  std::array<bool, 256> table{};
  for (unsigned char c : {'\t', '\n', '\r', '\\'}) table[c] = true;
  return table;
}();

void pack_to(std::string& out, std::string_view value) {
  bool is_escaped = false;
  for (char c : value) is_escaped |= k_is_escaped[static_cast<unsigned char>(c)];
  if (!is_escaped) {
    out += value;
    return;
  }
  for (char c : value) {
    switch (c) {
    case '\t': out += "\\t"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\\': out += "\\\\"; break;
    default: out += c;
    }
  }
}

std::string unpack(std::string_view packed) {
  std::string value;
  value.reserve(packed.size());
  for (std::size_t i = 0; i < packed.size(); ++i) {
    if (packed[i] != '\\' || i + 1 == packed.size()) {
      value += packed[i];
      continue;
    }
    char c = packed[++i];
    value += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
  }
  return value;
}

std::vector<std::string> unpack_cells(std::string_view line) {
  std::vector<std::string> cells;
  for (std::string_view cell : split(line, '\t')) cells.push_back(clean_utf8(unpack(cell)));
  return cells;
}

} // namespace

std::string pack_cell(std::string_view value) {
  std::string out;
  pack_to(out, value);
  return out;
}

std::string pack_cells(const std::vector<std::string_view>& values) {
  std::string out;
  std::size_t size = 0;
  for (std::string_view value : values) size += value.size() + 1;
  out.reserve(size);
  pack_cells(values, out);
  return out;
}

void pack_cells(const std::vector<std::string_view>& values, std::string& to) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) to += '\t';
    pack_to(to, values[i]);
  }
}

void RecordWriter::start() {
  text_ = k_version;
  text_ += '\n';
  part_.clear();
  header_.clear();
}

void RecordWriter::add(std::string_view part, std::string_view header, std::string_view line) {
  if (part != part_) {
    text_ += 'P';
    pack_to(text_, part);
    text_ += '\n';
    part_ = part;
    header_.clear();
  }
  if (header != header_) {
    text_ += 'H';
    text_ += header;
    text_ += '\n';
    header_ = header;
  }
  text_ += line;
  text_ += '\n';
}

std::string write_lines(const std::vector<StoredLine>& lines) {
  RecordWriter writer;
  for (const StoredLine& line : lines) writer.add(line.part, line.header, line.line);
  return std::move(writer).take();
}

namespace {

// f(part, header, line) for each row of a record.
template <class F> Result<void> each_line(std::string_view text, const F& f) {
  bool is_first = true;
  std::string part;
  std::string_view header;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_first) {
      if (line != k_version) break;
      is_first = false;
      continue;
    }
    if (line.empty()) continue;
    switch (line.front()) {
    case 'P':
      part = unpack(line.substr(1));
      header = {};
      break;
    case 'H': header = line.substr(1); break;
    case 'R':
    case 'J':
      if (part.empty()) return failed("a row without its part");
      TRY(f(std::string_view(part), header, line));
      break;
    default: return failed("a line that no table writes");
    }
  }
  if (is_first) return failed("is no record of a table");
  return {};
}

} // namespace

Result<std::vector<StoredLine>> read_lines(std::string_view text) {
  std::vector<StoredLine> lines;
  TRY(each_line(text, [&](std::string_view part, std::string_view header, std::string_view line) {
    lines.push_back({std::string(part), std::string(header), std::string(line)});
    return Result<void>();
  }));
  return lines;
}

namespace {

// What columns mean under one header, remembered in each thread: a log has few headers and many records.
Result<std::shared_ptr<const Columns>> columns_for(const Mapping& mapping, const Part& part,
                                                   const std::string& header) {
  struct Known {
    std::string fingerprint, part, header;
    std::shared_ptr<const Columns> columns;
  };
  thread_local std::deque<Known> known;
  for (const Known& one : known)
    if (one.header == header && one.part == part.name && one.fingerprint == mapping.fingerprint)
      return one.columns;
  std::vector<std::string> names = header.empty() ? json_names(part) : unpack_cells(header);
  auto resolved = Columns::resolve(part, names, mapping.lenient);
  if (!resolved) return failed(resolved.error().message);
  auto columns = std::make_shared<const Columns>(std::move(*resolved));
  known.push_back({mapping.fingerprint, part.name, header, columns});
  if (known.size() > 16) known.pop_front();
  return std::shared_ptr<const Columns>(columns);
}

// The cells of a packed line, in a text that they view.
void unpack_into(std::string& text, std::vector<std::string_view>& cells, std::string_view line) {
  cells.reserve(static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1);
  if (line.find('\\') == std::string_view::npos) {
    text = line;
    for (std::string_view cell : split(text, '\t')) cells.push_back(cell);
    return;
  }
  text.reserve(line.size()); // never longer than the line, so that it does not move
  std::size_t begin = 0;
  auto close = [&] {
    cells.push_back(std::string_view(text).substr(begin));
    begin = text.size();
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\t') {
      close();
    } else if (line[i] != '\\' || i + 1 == line.size()) {
      text += line[i];
    } else {
      char c = line[++i];
      text += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
  }
  close();
}

} // namespace

Result<void> StoredRows::add(const Mapping& mapping, std::string_view part, std::string_view header,
                             std::string_view line) {
  if (!any_ || part != part_name_ || header != header_) {
    any_ = true;
    part_name_ = part;
    header_ = header;
    auto found = std::find_if(mapping.parts.begin(), mapping.parts.end(),
                              [&](const Part& known) { return known.name == part; });
    part_ = found == mapping.parts.end() ? nullptr : &*found;
    if (part_) columns_.push_back(TRY(columns_for(mapping, *part_, header_)));
  }
  if (!part_) return {};
  Row row;
  row.part = part_;
  row.columns = columns_.back().get();
  std::string_view packed = line.substr(1);
  if (line.front() == 'J') {
    auto value = json::parse(unpack(packed));
    if (!value) return failed(value.error().message);
    for (const std::string& name : json_names(*part_)) {
      texts_.push_back(json_cell(*value, name));
      row.values.push_back(texts_.back());
    }
  } else {
    // Put there before it is filled: what the cells view must not move.
    unpack_into(texts_.emplace_back(), row.values, packed);
    if (!is_valid_utf8(texts_.back()))
      for (std::string_view& cell : row.values) cell = texts_.emplace_back(clean_utf8(cell));
  }
  rows_.push_back(std::move(row));
  return {};
}

Result<StoredRows> StoredRows::read(const Mapping& mapping, const std::vector<StoredLine>& lines) {
  StoredRows stored;
  for (const StoredLine& line : lines) TRY(stored.add(mapping, line.part, line.header, line.line));
  return stored;
}

Result<StoredRows> StoredRows::read(const Mapping& mapping, std::string_view record) {
  StoredRows stored;
  TRY(each_line(record, [&](std::string_view part, std::string_view header, std::string_view line) {
    return stored.add(mapping, part, header, line);
  }));
  return stored;
}

std::string record_key(std::string_view kind, std::string_view id) {
  std::string key(kind);
  key += ':';
  for (char c : id) {
    auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || c == '%' || byte == 0x7f)
      key += fmt::format("%{:02X}", byte);
    else
      key += c;
  }
  return key;
}

} // namespace helpdesk::backend::table
