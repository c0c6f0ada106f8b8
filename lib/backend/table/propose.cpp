#include "backend/table/propose.hpp"

#include "backend/table/files.hpp"
#include "backend/table/guess.hpp"
#include "backend/table/ready.hpp"
#include "backend/table/row.hpp"
#include "backend/table/row_reader.hpp"
#include "backend/table/values.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::size_t k_looked_at = 1000, k_shown = 5;

struct Sample {
  std::string path;
  Shape shape = Shape::separated;
  char delimiter = ',';
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

// JSON has no header: the keys of the first objects are its columns.
std::vector<std::string> keys_of(const std::string& path, const Part& part) {
  std::vector<std::string> keys;
  auto reader = RowReader::open(part, path);
  FileRow row;
  for (std::size_t i = 0; reader && i < 100; ++i) {
    auto more = reader->next(row);
    if (!more || !*more) break;
    auto value = json::parse(row.source);
    if (!value) continue;
    for (const auto& [key, inner] : value->members()) {
      if (inner.is_object()) {
        for (const auto& [below, leaf] : inner.members())
          if (!leaf.is_object()) keys.push_back("/" + key + "/" + below);
      } else {
        keys.push_back(key);
      }
    }
  }
  std::vector<std::string> once;
  for (std::string& key : keys)
    if (std::find(once.begin(), once.end(), key) == once.end()) once.push_back(std::move(key));
  return once;
}

Result<Sample> sample_of(const std::string& path) {
  Part part;
  RowReader reader = TRY(RowReader::open(part, path));
  if (reader.shape() != Shape::separated) {
    for (const std::string& key : keys_of(path, part)) part.fields.emplace_back(key, key);
    reader = TRY(RowReader::open(part, path));
  }
  Sample sample{path, reader.shape(), reader.delimiter(), reader.header(), {}};
  FileRow row;
  while (sample.rows.size() < k_looked_at && TRY(reader.next(row)))
    if (row.problem.empty()) sample.rows.emplace_back(row.values.begin(), row.values.end());
  return sample;
}

Result<Mapping> mapping_from(const Proposal& proposal) {
  Settings settings;
  settings.account = "NAME";
  for (const auto& [key, values] : proposal.settings) settings.values[key] = join(values, "\n");
  auto mapping = TRY(mapping_of(settings));
  return Mapping(*mapping);
}

// How much of a ready mapping the columns of a file answer: 0 to 1.
double fit(const ReadyMapping& ready, const Sample& sample) {
  Settings settings;
  settings.account = "NAME";
  settings.values = {{"mapping", std::string(ready.name)}, {"path", sample.path}};
  auto mapping = mapping_of(settings);
  if (!mapping || (*mapping)->parts.size() != 1) return 0;
  const Part& part = (*mapping)->parts.front();
  std::vector<std::string> header = sample.header;
  if (!part.header.empty()) { // without a header: its first row must make sense under these names
    if (header.size() + 2 < part.header.size() || header.size() > part.header.size()) return 0;
    if (std::find(header.begin(), header.end(), part.header[1]) == header.end()) header = part.header;
    std::vector<std::string> first = sample.header;
    for (std::size_t i = 0; i < part.header.size() && i < first.size(); ++i)
      if (part.header[i] == part.column(Field::time) && !read_time(part, first[i]) &&
          !equal_ignoring_case(first[i], part.header[i]))
        return 0;
  }
  if (!Columns::resolve(part, header, true)) return 0;
  std::size_t asked = 0, there = 0;
  auto look = [&](const std::string& name) {
    if (name.empty() || name.starts_with('=') || name == "*") return;
    ++asked;
    there += std::any_of(header.begin(), header.end(),
                         [&](const std::string& column) { return equal_ignoring_case(column, name); });
  };
  for (const std::string& name : part.columns) look(name);
  for (const TimeColumn& time : part.times) look(time.column);
  return there < 4 ? 0 : static_cast<double>(there) / static_cast<double>(asked);
}

std::string shown_time(const Part& part, std::string_view value) {
  auto time = read_time(part, value);
  return time ? format_rfc3339(time->time, part.zone) : time.error().message;
}

std::string shown(const Part& part, Field field, std::string_view value) {
  if (field == Field::time || field == Field::answered || field == Field::ended)
    return shown_time(part, value);
  std::string said = ellipsize(collapse_spaces(value), 60);
  std::string_view word = word_of(part, text(field), value);
  bool has_words = field == Field::status || field == Field::priority || field == Field::role ||
                   field == Field::channel || field == Field::direction || field == Field::visibility;
  if (has_words && word != value) said += word.empty() ? " (unknown)" : fmt::format(" ({})", word);
  return said;
}

Understood understand(const Row& row, std::string place) {
  Understood out;
  out.place = std::move(place);
  Counts counts;
  auto key = examine(row, counts);
  if (!key) out.problem = key.error().message;
  for (std::size_t i = 0; i < k_fields; ++i) {
    auto field = static_cast<Field>(i);
    if (std::string_view value = row.get(field); !value.empty())
      out.fields.emplace_back(text(field), shown(*row.part, field, value));
  }
  for (std::size_t i = 0; i < row.part->times.size(); ++i)
    if (std::string_view value = row.at(row.columns->time(i)); !value.empty())
      out.fields.emplace_back(row.part->times[i].name, shown_time(*row.part, value));
  return out;
}

Result<void> show_rows(Proposal& proposal) {
  Mapping mapping = TRY(mapping_from(proposal));
  auto files = TRY(find_files(mapping));
  std::size_t each = files.size() > 1 ? 2 : k_shown;
  for (const LogFile& file : files) {
    const Part& part = mapping.parts[file.part];
    RowReader reader = TRY(RowReader::open(part, file.path));
    Columns columns = TRY(Columns::resolve(part, reader.header(), mapping.lenient));
    FileRow row;
    for (std::size_t i = 0; i < each && proposal.rows.size() < k_shown && TRY(reader.next(row)); ++i) {
      std::size_t slash = file.path.rfind('/');
      std::string place =
          fmt::format("{}:{}", file.path.substr(slash == std::string::npos ? 0 : slash + 1), row.line);
      if (!row.problem.empty()) {
        proposal.rows.push_back({place, {}, row.problem});
        continue;
      }
      Row meaning{&part, &columns, {row.values.begin(), row.values.end()}};
      proposal.rows.push_back(understand(meaning, place));
    }
  }
  return {};
}

} // namespace

Result<Proposal> propose(const Wish& wish) {
  const auto& [path, mapping, zone, said] = wish;
  auto has_said = [&all = wish.said](std::string_view start) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.first.starts_with(start); });
  };
  Proposal proposal;
  proposal.settings.emplace_back("path", std::vector<std::string>{path});
  std::string file = expand_home(path);
  if (!mapping.empty()) TRY(find_ready(mapping));
  proposal.mapping = mapping;
  if (is_directory(file) && mapping.empty()) {
    for (std::string_view name : {"ticket.csv", "tickets.csv", "ticket_data.csv"})
      if (exists(join_path(file, name))) proposal.mapping = "zendesk-tables";
    if (proposal.mapping.empty()) {
      Mapping any;
      any.parts.emplace_back();
      any.parts.front().paths = {path};
      file = TRY(find_files(any)).front().path;
    }
  }
  Sample sample;
  if (!is_directory(file)) {
    sample = TRY(sample_of(file));
    std::string shape = sample.shape == Shape::json_lines   ? "JSON, an object a line"
                        : sample.shape == Shape::json_array ? "JSON, an array of objects"
                        : sample.delimiter == '\t'
                            ? "cells separated by tabs"
                            : fmt::format("cells separated by \"{}\"", sample.delimiter);
    proposal.facts.push_back(fmt::format("{}; {} columns", shape, sample.header.size()));
  }
  if (proposal.mapping.empty()) {
    double best = 0.6;
    for (const ReadyMapping& ready : ready_mappings())
      if (double share = fit(ready, sample); share > best) {
        best = share;
        proposal.mapping = ready.name;
      }
  }
  std::vector<Column> columns = columns_of(sample.header, sample.rows);
  bool offsets = true, any_time = false, has_zone = has_said("zone");
  DateOrder order = DateOrder::unknown;
  for (const Column& column : columns)
    if (column.is_time) {
      any_time = true;
      offsets = offsets && column.has_offset;
      if (order == DateOrder::unknown) order = column.order;
    }
  bool has_order = has_said("date_order");
  if (!proposal.mapping.empty()) {
    proposal.settings.emplace_back("mapping", std::vector<std::string>{proposal.mapping});
    const ReadyMapping* ready = TRY(find_ready(proposal.mapping));
    for (const auto& [key, value] : ready->settings) {
      has_zone = has_zone || key == "zone";
      has_order = has_order || key == "date_order";
    }
    proposal.facts.push_back(fmt::format("fits the ready mapping \"{}\": {}", ready->name, ready->summary));
  } else {
    auto guessed = guess(columns);
    if (guessed.empty() && !has_said("columns.time") && !has_said("times."))
      return failed(
          fmt::format("{}: no column holds times that can be read: name it with --set columns.time=…, "
                      "and how it is written with --set time_format=…",
                      file));
    std::vector<std::string> used;
    for (auto& [key, value] : guessed) {
      used.push_back(value);
      has_order = has_order || key == "date_order";
      proposal.settings.emplace_back(key, std::vector<std::string>{value});
    }
    for (const auto& [key, values] : said)
      if (key.starts_with("columns.") || key.starts_with("times.")) used.push_back(values.front());
    for (const std::string& name : sample.header)
      if (std::find(used.begin(), used.end(), name) == used.end()) proposal.unused.push_back(name);
    if (!proposal.unused.empty()) proposal.settings.emplace_back("fields", std::vector<std::string>{"*"});
  }
  if (!has_order && !proposal.mapping.empty() && (order == DateOrder::day || order == DateOrder::month))
    proposal.settings.emplace_back("date_order",
                                   std::vector<std::string>{order == DateOrder::day ? "dmy" : "mdy"});
  if (!has_zone && !(offsets && any_time)) {
    proposal.settings.emplace_back("zone", std::vector<std::string>{zone});
    proposal.facts.push_back(fmt::format("the times name no zone: they are taken for {}", zone));
  }
  for (const auto& [key, values] : said) {
    std::erase_if(proposal.settings, [&name = key](const auto& one) { return one.first == name; });
    proposal.settings.emplace_back(key, values);
  }
  TRY(show_rows(proposal));
  return proposal;
}

} // namespace helpdesk::backend::table
