#include "backend/table/record.hpp"

#include "backend/table/json_cell.hpp"
#include "backend/table/row_reader.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::string_view k_version = "table1";

void pack_to(std::string& out, std::string_view value) {
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
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += '\t';
    pack_to(out, values[i]);
  }
  return out;
}

RecordWriter::RecordWriter() : text_(k_version) { text_ += '\n'; }

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

Result<std::vector<StoredLine>> read_lines(std::string_view text) {
  std::vector<StoredLine> lines;
  std::vector<std::string_view> all = split(text, '\n');
  if (all.empty() || all.front() != k_version) return failed("is no record of a table");
  StoredLine now;
  for (std::size_t i = 1; i < all.size(); ++i) {
    std::string_view line = all[i];
    if (line.empty()) continue;
    switch (line.front()) {
    case 'P':
      now.part = unpack(line.substr(1));
      now.header.clear();
      break;
    case 'H': now.header = line.substr(1); break;
    case 'R':
    case 'J':
      if (now.part.empty()) return failed("a row without its part");
      now.line = line;
      lines.push_back(now);
      break;
    default: return failed("a line that no table writes");
    }
  }
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
  text.reserve(line.size());
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\t') {
      ends.push_back(text.size());
    } else if (line[i] != '\\' || i + 1 == line.size()) {
      text += line[i];
    } else {
      char c = line[++i];
      text += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
  }
  ends.push_back(text.size());
  std::size_t begin = 0;
  for (std::size_t end : ends) {
    cells.push_back(std::string_view(text).substr(begin, end - begin));
    begin = end;
  }
}

} // namespace

Result<StoredRows> StoredRows::read(const Mapping& mapping, const std::vector<StoredLine>& lines) {
  StoredRows stored;
  const Part* part = nullptr;
  const Columns* columns = nullptr;
  const StoredLine* before = nullptr;
  for (const StoredLine& line : lines) {
    if (!before || line.part != before->part || line.header != before->header) {
      columns = nullptr;
      auto found = std::find_if(mapping.parts.begin(), mapping.parts.end(),
                                [&](const Part& p) { return p.name == line.part; });
      part = found == mapping.parts.end() ? nullptr : &*found;
      if (part) {
        stored.columns_.push_back(TRY(columns_for(mapping, *part, line.header)));
        columns = stored.columns_.back().get();
      }
    }
    before = &line;
    if (!columns) continue;
    Row row;
    row.part = part;
    row.columns = columns;
    std::string_view packed = std::string_view(line.line).substr(1);
    if (line.line.starts_with('J')) {
      auto value = json::parse(unpack(packed));
      if (!value) return failed(value.error().message);
      for (const std::string& name : json_names(*part)) {
        stored.texts_.push_back(json_cell(*value, name));
        row.values.push_back(stored.texts_.back());
      }
    } else {
      // Put there before it is filled: what the cells view must not move.
      unpack_into(stored.texts_.emplace_back(), row.values, packed);
      if (!is_valid_utf8(stored.texts_.back()))
        for (std::string_view& cell : row.values) cell = stored.texts_.emplace_back(clean_utf8(cell));
    }
    stored.rows_.push_back(std::move(row));
  }
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
