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

std::string write_lines(const std::vector<StoredLine>& lines) {
  std::string out(k_version);
  out += '\n';
  std::string_view part, header;
  for (const StoredLine& line : lines) {
    if (line.part != part) {
      out += 'P';
      pack_to(out, line.part);
      out += '\n';
      part = line.part;
      header = {};
    }
    if (line.header != header) {
      out += 'H';
      out += line.header;
      out += '\n';
      header = line.header;
    }
    out += line.line;
    out += '\n';
  }
  return out;
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

Result<StoredRows> StoredRows::read(const Mapping& mapping, const std::vector<StoredLine>& lines) {
  StoredRows stored;
  const Part* part = nullptr;
  const Columns* columns = nullptr;
  std::vector<std::string> header;
  std::string_view part_name, header_line;
  bool first = true;
  for (const StoredLine& line : lines) {
    if (first || line.part != part_name || line.header != header_line) {
      first = false;
      part_name = line.part;
      header_line = line.header;
      columns = nullptr;
      auto found = std::find_if(mapping.parts.begin(), mapping.parts.end(),
                                [&](const Part& p) { return p.name == line.part; });
      part = found == mapping.parts.end() ? nullptr : &*found;
      if (part) {
        header = line.line.starts_with('J') ? json_names(*part) : unpack_cells(line.header);
        auto resolved = Columns::resolve(*part, header, mapping.lenient);
        if (!resolved) return failed(resolved.error().message);
        stored.columns_.push_back(std::make_unique<Columns>(std::move(*resolved)));
        columns = stored.columns_.back().get();
      }
    }
    if (!columns) continue;
    auto text = std::make_unique<Text>();
    if (line.line.starts_with('J')) {
      auto value = json::parse(unpack(std::string_view(line.line).substr(1)));
      if (!value) return failed(value.error().message);
      for (const std::string& name : header) text->cells.push_back(json_cell(*value, name));
    } else {
      text->cells = unpack_cells(std::string_view(line.line).substr(1));
    }
    Row row;
    row.part = part;
    row.columns = columns;
    row.values.assign(text->cells.begin(), text->cells.end());
    stored.texts_.push_back(std::move(text));
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
