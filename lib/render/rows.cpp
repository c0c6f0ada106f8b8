#include "render/rows.hpp"

#include "render/json_text.hpp"
#include "render/table_layout.hpp"
#include "render/text_form.hpp"
#include "terminal/terminal.hpp"

#include <array>
#include <string_view>

namespace helpdesk::render {
namespace {

constexpr std::array<bool, 256> table_of(std::string_view members, bool controls) {
  std::array<bool, 256> set{};
  for (char c : members) set[static_cast<unsigned char>(c)] = true;
  if (controls)
    for (std::size_t c = 0; c < 0x20; ++c) set[c] = true;
  set[0x7f] = controls;
  return set;
}
// A cell that holds none of these and does not begin with a sign is written as it is.
constexpr auto k_csv_special = table_of("\",;\n\r\t", true);
constexpr auto k_tsv_special = table_of("\xc2", true); // C2: perhaps the first byte of a C1 control

bool has_any(std::string_view text, const std::array<bool, 256>& set) {
  for (char c : text)
    if (set[static_cast<unsigned char>(c)]) return true;
  return false;
}

bool starts_like_text(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<' || c == '#';
}

// The text of a string cell without a copy; other values are written into scratch.
std::string_view exact_view(const Value& value, const Zone& zone, std::string& scratch) {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  scratch.clear();
  append_exact(scratch, value, zone);
  return scratch;
}

} // namespace

void append_tsv_row(std::string& out, const Selection& selection, const Row& row, const Options& options,
                    const Zone& zone) {
  std::string scratch;
  bool first = true;
  for (std::size_t index : selection) {
    if (!std::exchange(first, false)) out += '\t';
    const Cell& cell = cell_at(row, index);
    if (is_number(cell.value)) {
      append_exact(out, cell.value, zone);
      continue;
    }
    std::string_view text = exact_view(cell.value, zone, scratch);
    if (options.terminal)
      out += terminal::defuse_line(escape_tsv_cell(text));
    else if (has_any(text, k_tsv_special))
      out += escape_tsv_cell(text);
    else
      out += text;
  }
  out += '\n';
}

void append_csv_header(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                       const Options& options) {
  bool first = true;
  for (std::size_t index : selection) {
    if (!std::exchange(first, false)) out += ',';
    const std::string& key = columns[index].key;
    out += escape_csv_cell(options.terminal ? terminal::defuse_line(key) : key, options.raw_csv);
  }
  out += '\n';
}

void append_csv_row(std::string& out, const Selection& selection, const Row& row, const Options& options,
                    const Zone& zone) {
  std::string scratch;
  bool first = true;
  for (std::size_t index : selection) {
    if (!std::exchange(first, false)) out += ',';
    const Cell& cell = cell_at(row, index);
    if (is_number(cell.value)) {
      append_exact(out, cell.value, zone);
      continue;
    }
    std::string_view text = exact_view(cell.value, zone, scratch);
    if (options.terminal)
      out += escape_csv_cell(terminal::defuse_line(text), options.raw_csv);
    else if (text.empty() ||
             (starts_like_text(text.front()) && text.back() != ' ' && !has_any(text, k_csv_special)))
      out += text;
    else
      out += escape_csv_cell(text, options.raw_csv);
  }
  out += '\n';
}

void append_json_row(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                     const Row& row, const Options& options, const Zone& zone) {
  JsonStyle style{zone, false, options.terminal};
  out += '{';
  bool first = true;
  for (std::size_t index : selection) {
    if (!std::exchange(first, false)) out += ',';
    append_json_string(out, columns[index].key, options.terminal);
    out += ':';
    append_json(out, cell_at(row, index).value, style);
  }
  out += '}';
}

std::string html_line(std::string_view text) { return escape_html(terminal::defuse_line(text)); }
std::string markdown_line(std::string_view text) { return escape_markdown(terminal::defuse_line(text)); }

void append_markdown_header(std::string& out, const std::vector<Column>& columns,
                            const Selection& selection) {
  out += '|';
  for (std::size_t index : selection) {
    const Column& column = columns[index];
    out += ' ' + markdown_line(column.title.empty() ? column.key : column.title) + " |";
  }
  out += "\n|";
  for (std::size_t index : selection) out += columns[index].align == Align::right ? " ---: |" : " --- |";
  out += '\n';
}

void append_markdown_row(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                         const Row& row, Instant now, const Zone& zone) {
  out += '|';
  for (std::size_t index : selection) {
    const Cell& cell = cell_at(row, index);
    std::string text = escape_markdown(cell_text(cell, columns[index], now, zone));
    if (cell.emphasis == Emphasis::strong && !text.empty()) text = "**" + text + "**";
    out += ' ' + text + " |";
  }
  out += '\n';
}

} // namespace helpdesk::render
