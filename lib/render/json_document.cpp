// JSON of a document: its own form when it has one, else sections by key, tables as arrays of objects.
#include "render/document_writers.hpp"
#include "render/json_text.hpp"
#include "render/rows.hpp"

#include <algorithm>

namespace helpdesk::render {
namespace {

void put(Map& map, const std::string& key, Value value) {
  // A second block with the same key would make an object with a key twice: readers keep only one of them.
  std::string unique = key;
  for (int n = 2;
       std::any_of(map.begin(), map.end(), [&](const auto& entry) { return entry.first == unique; }); ++n)
    unique = key + "_" + std::to_string(n);
  map.emplace_back(std::move(unique), std::move(value));
}

List rows_of(const Table& table, const Options& options) {
  Selection selection = select_columns(table.columns, options.fields, Audience::machines);
  List rows;
  for (const Row& row : table.rows) {
    Map object;
    for (std::size_t index : selection)
      object.emplace_back(table.columns[index].key, cell_at(row, index).value);
    rows.emplace_back(std::move(object));
  }
  return rows;
}

void put_block(Map& map, const Block& block, const Options& options) {
  if (const auto* table = std::get_if<Table>(&block)) {
    if (!select_columns(table->columns, options.fields, Audience::machines).empty())
      put(map, table->key.empty() ? "rows" : table->key, rows_of(*table, options));
  } else if (!options.fields.empty()) {
    return;
  } else if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
    if (!paragraph->key.empty()) put(map, paragraph->key, paragraph->text);
  } else if (const auto* facts = std::get_if<Facts>(&block)) {
    Map object;
    for (const auto& [column, cell] : facts->rows)
      if (!column.key.empty()) // else it only shows what a table says
        put(facts->key.empty() ? map : object, column.key, cell.value);
    if (!facts->key.empty()) put(map, facts->key, std::move(object));
  } else if (const auto* chart = std::get_if<Chart>(&block)) {
    if (chart->key.empty()) return; // it only draws what a table says
    List bars;
    for (const Bar& bar : chart->bars) bars.emplace_back(Map{{"label", bar.label}, {"value", bar.value}});
    put(map, chart->key, std::move(bars));
  }
}

// The fields that were asked for, in that order.
Value chosen(const Value& whole, const Options& options) {
  const auto* map = std::get_if<Map>(&whole.data);
  if (!map || options.fields.empty()) return whole;
  Map part;
  for (const std::string& field : options.fields)
    for (const auto& entry : *map)
      if (entry.first == field) part.push_back(entry);
  return part;
}

Value derived(const Document& document, const Options& options) {
  Map top;
  if (!document.kind.empty()) top.emplace_back("kind", document.kind);
  if (document.as_of) top.emplace_back("as_of", *document.as_of);
  if (document.as_of) top.emplace_back("zone", std::string(document.zone.name()));
  if (!document.warnings.empty()) {
    List warnings;
    for (const std::string& warning : document.warnings) warnings.emplace_back(warning);
    top.emplace_back("warnings", std::move(warnings));
  }
  for (const Section& section : document.sections) {
    if (section.key.empty()) {
      for (const Block& block : section.blocks) put_block(top, block, options);
      continue;
    }
    Map object;
    for (const Block& block : section.blocks) put_block(object, block, options);
    if (!object.empty()) put(top, section.key, std::move(object));
  }
  return top;
}

} // namespace

Result<void> write_json(const Document& document, const Options& options, Output& output) {
  JsonStyle style{document.zone, true, options.terminal};
  if (document.json)
    append_json(output.text(), chosen(*document.json, options), style);
  else
    append_json(output.text(), derived(document, options), style);
  output += "\n";
  return {};
}

Result<void> write_json_lines(const Document& document, const Options& options, Output& output) {
  std::vector<PlacedTable> tables = tables_of(document, options);
  JsonStyle style{document.zone, false, options.terminal};
  for (const PlacedTable& placed : tables) {
    const Table& table = *placed.table;
    Selection selection = select_columns(table.columns, options.fields, Audience::machines);
    std::string lead;
    if (tables.size() > 1) { // lines of different tables are told apart
      const std::string& key = !table.key.empty() ? table.key : placed.section->key;
      lead = "{\"table\":";
      append_json_string(lead, key, options.terminal);
      lead += ',';
    }
    for (const Row& row : table.rows) {
      std::string& text = output.text();
      std::size_t start = text.size();
      append_json_row(text, table.columns, selection, row, options, document.zone);
      if (!lead.empty()) text.replace(start, 1, lead);
      text += '\n';
      TRY(output.row_done());
    }
  }
  if (tables.empty() && document.json) {
    append_json(output.text(), chosen(*document.json, options), style);
    output += "\n";
  }
  return {};
}

} // namespace helpdesk::render
