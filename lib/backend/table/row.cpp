#include "backend/table/row.hpp"

#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

int find_column(const std::vector<std::string>& header, const std::string& name) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == name) return static_cast<int>(i);
  for (std::size_t i = 0; i < header.size(); ++i)
    if (equal_ignoring_case(header[i], trim(name))) return static_cast<int>(i);
  int number = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error == std::errc() && end == name.data() + name.size() && number >= 1 &&
      static_cast<std::size_t>(number) <= header.size())
    return number - 1;
  return -1;
}

Failure no_column(const Part& part, std::string_view key, const std::string& name,
                  const std::vector<std::string>& header) {
  std::vector<std::string_view> names(header.begin(), header.end());
  std::string_view near = nearest(name, names);
  std::string all;
  for (std::size_t i = 0; i < header.size() && i < 12; ++i) all += (i ? ", " : "") + header[i];
  if (header.size() > 12) all += fmt::format(" and {} more", header.size() - 12);
  return usage_error(near.empty()
                         ? fmt::format("{}: {}: there is no column \"{}\": {}", part.name, key, name, all)
                         : fmt::format("{}: {}: there is no column \"{}\" (did you mean \"{}\"?)", part.name,
                                       key, name, near));
}

bool is_needed(const Part& part, Field field) {
  if (part.rows == Rows::person) return field == Field::id;
  return field == Field::ticket || (field == Field::time && part.rows != Rows::ticket) ||
         (field == Field::event && part.rows == Rows::event);
}

Failure wrong_time(std::string_view name, const Error& error) {
  return failed(fmt::format("{}: {}", name, error.message));
}

} // namespace

void Counts::add(const Counts& more) {
  for (auto member : {&Counts::rows, &Counts::tickets, &Counts::bad, &Counts::in_gap, &Counts::in_overlap,
                      &Counts::date_only, &Counts::negative, &Counts::doubled, &Counts::other_charset})
    this->*member += more.*member;
  if (more.oldest) oldest = std::min(oldest.value_or(*more.oldest), *more.oldest);
  for (const auto& [word, n] : more.unknown) unknown[word] += n;
}

void count_time(const ReadTime& time, Counts& counts) {
  if (!counts.oldest || time.time < *counts.oldest) counts.oldest = time.time;
  counts.in_gap += time.in_gap;
  counts.in_overlap += time.in_overlap;
  counts.date_only += time.date_only;
}

void count_unknown(std::string_view field, std::string_view value, Counts& counts, std::uint64_t rows) {
  std::string word = fmt::format("{}: {}", field, ellipsize(clean_utf8(value), 60));
  auto it = counts.unknown.find(word);
  if (it != counts.unknown.end())
    it->second += rows;
  else if (counts.unknown.size() < 20)
    counts.unknown.emplace(std::move(word), rows);
}

Result<Columns> Columns::resolve(const Part& part, const std::vector<std::string>& header, bool lenient) {
  Columns columns;
  columns.count_ = header.size();
  for (const std::string& word : part.missing)
    columns.missing_sizes_ |= std::uint64_t{1} << std::min<std::size_t>(word.size(), 63);
  columns.fields_.fill(-1);
  std::vector<bool> used(header.size(), false);
  auto find = [&](std::string_view key, const std::string& name, bool needed) -> Result<int> {
    if (name.empty() || name.starts_with('=')) return -1;
    int column = find_column(header, name);
    if (column < 0 && (needed || !lenient)) return no_column(part, key, name, header);
    if (column >= 0) used[static_cast<std::size_t>(column)] = true;
    return column;
  };
  for (std::size_t i = 0; i < k_fields; ++i) {
    auto field = static_cast<Field>(i);
    columns.fields_[i] =
        TRY(find("columns." + std::string(text(field)), part.column(field), is_needed(part, field)));
  }
  bool any_time = part.times.empty();
  for (const TimeColumn& time : part.times) {
    columns.times_.push_back(TRY(find("times." + time.name, time.column, false)));
    any_time = any_time || columns.times_.back() >= 0;
  }
  if (!any_time && part.rows == Rows::ticket)
    return no_column(part, "times." + part.times.front().name, part.times.front().column, header);
  bool all = false;
  for (const auto& [key, name] : part.fields) {
    if (name == "*") {
      all = true;
      continue;
    }
    int column = TRY(find("fields", name, false));
    if (column >= 0) columns.custom_.emplace_back(key, column);
  }
  for (std::size_t i = 0; all && i < header.size(); ++i)
    if (!used[i]) columns.custom_.emplace_back(header[i], static_cast<int>(i));
  return columns;
}

bool Row::is_missing(std::string_view value) const {
  if (value.empty()) return true;
  if (!columns->has_missing_of(value.size())) return false;
  return std::any_of(part->missing.begin(), part->missing.end(),
                     [&](const std::string& word) { return word == value; });
}

std::string_view Row::unusual(std::string_view value) const {
  value = trim(value);
  return is_missing(value) ? std::string_view() : value;
}

std::string_view Row::get(Field field) const {
  const std::string& name = part->column(field);
  if (name.starts_with('=')) return std::string_view(name).substr(1);
  return at(columns->of(field));
}

std::uint64_t hash_of(const std::vector<std::string_view>& values) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (std::string_view value : values) hash = mix(hash, trim(value));
  return hash;
}

std::uint64_t identity_start(const Part& part) { return mix(14695981039346656037ULL, part.name); }

std::uint64_t identity_of(const Row& row) { return identity_of(row, identity_start(*row.part)); }

std::uint64_t identity_of(const Row& row, std::uint64_t hash) {
  if (row.part->rows == Rows::ticket || row.part->rows == Rows::call)
    return row.part->has(Field::ticket) ? hash : hash ^ hash_of(row.values);
  if (row.part->rows == Rows::person || row.part->has(Field::id)) return mix(hash, row.get(Field::id));
  for (Field field : {Field::time, Field::event, Field::status, Field::actor, Field::author, Field::from,
                      Field::to, Field::text})
    hash = mix(hash, row.get(field));
  return hash;
}

Result<std::string> examine(const Row& row, Counts& counts) {
  const Part& part = *row.part;
  if (row.values.size() < row.columns->count())
    return failed(fmt::format("has {} cells, the header has {}", row.values.size(), row.columns->count()));
  for (std::size_t i = row.columns->count(); i < row.values.size(); ++i)
    if (!trim(row.values[i]).empty())
      return failed(fmt::format("has {} cells, the header has {}", row.values.size(), row.columns->count()));
  std::string id;
  if (part.rows == Rows::person) {
    id = row.get(Field::id);
    if (id.empty()) return failed(fmt::format("{}: is missing", part.column(Field::id)));
    return id;
  }
  if (part.has(Field::ticket)) {
    id = row.get(Field::ticket);
    if (id.empty()) return failed(fmt::format("{}: is missing", part.column(Field::ticket)));
    if (id.size() > 500) return failed(fmt::format("{}: is too long", part.column(Field::ticket)));
  }
  if (part.rows != Rows::ticket) {
    std::string_view value = row.get(Field::time);
    if (value.empty()) return failed(fmt::format("{}: is missing", part.column(Field::time)));
    auto time = read_time(part, value);
    if (!time) return wrong_time(part.column(Field::time), time.error());
    count_time(*time, counts);
    if (part.rows == Rows::event && row.get(Field::event).empty() && row.get(Field::status).empty())
      return failed(
          fmt::format("{}: is missing", part.column(part.has(Field::event) ? Field::event : Field::status)));
  }
  if (part.rows == Rows::call)
    for (Field field : {Field::answered, Field::ended})
      if (std::string_view value = row.get(field); !value.empty()) {
        auto time = read_time(part, value);
        if (!time) return wrong_time(part.column(field), time.error());
      }
  std::optional<Instant> created;
  bool any = false;
  for (std::size_t i = 0; i < part.times.size(); ++i) {
    std::string_view value = row.at(row.columns->time(i));
    if (value.empty()) continue;
    auto time = read_time(part, value);
    if (!time) return wrong_time(part.times[i].column, time.error());
    any = true;
    count_time(*time, counts);
    bool starts = std::any_of(part.times[i].actions.begin(), part.times[i].actions.end(),
                              [](const Action& a) { return a.kind == Action::Kind::created; });
    if (starts)
      created = time->time;
    else if (created && time->time < *created)
      ++counts.negative;
  }
  if (part.rows == Rows::ticket && !any)
    return failed(fmt::format("{}: is missing", part.times.front().column));
  if (std::string_view value = row.get(Field::status);
      !value.empty() && word_of(part, "status", value).empty())
    count_unknown("status", value, counts);
  if (std::string_view value = row.get(Field::priority);
      !value.empty() && word_of(part, "priority", value).empty())
    count_unknown("priority", value, counts);
  return id;
}

} // namespace helpdesk::backend::table
