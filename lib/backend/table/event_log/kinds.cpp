#include "backend/table/event_log/kinds.hpp"

#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace helpdesk::backend::table::event_log {
namespace {

constexpr std::size_t k_longest_value = 64; // of a field; see fields() in sync/derive.cpp
constexpr std::size_t k_most_actions = 10;  // their order by key is that of their digits

bool is_written(const Action& action) {
  return action.kind == Action::Kind::reply || action.kind == Action::Kind::note ||
         action.kind == Action::Kind::ask;
}

// What a pull keeps as a text of its own.
constexpr Field k_texts[] = {Field::subject, Field::url, Field::merged_into, Field::author_name};

constexpr Field k_always[] = {Field::event,    Field::status,     Field::priority, Field::role,
                              Field::channel,  Field::queue,      Field::assignee, Field::tags,
                              Field::language, Field::merged_into};

} // namespace

std::string address_of(std::string_view id) {
  std::size_t at = id.find('@');
  if (at == id.npos) return std::string(id);
  return std::string(id.substr(0, at)) + ascii_lower(id.substr(at));
}

std::optional<Plan> Plan::of(const Mapping& mapping, bool needs_subjects, bool keeps_records) {
  if (mapping.parts.size() != 1 || mapping.needs_parent()) return std::nullopt;
  const Part& part = mapping.parts.front();
  if (part.rows != Rows::event || !part.has(Field::ticket) || !part.times.empty() ||
      part.has(Field::requester_name) || part.column(Field::ticket).starts_with('=') ||
      part.column(Field::time).starts_with('='))
    return std::nullopt;
  if (keeps_records &&
      std::any_of(std::begin(k_texts), std::end(k_texts), [&](Field field) { return part.has(field); }))
    return std::nullopt;
  Plan plan;
  plan.keeps_records = keeps_records;
  plan.mapping = &mapping;
  plan.part = &part;
  for (const auto& [name, actions] : part.events) {
    if (std::count_if(actions.begin(), actions.end(), is_written) > 1 || actions.size() > k_most_actions)
      return std::nullopt;
    for (const Action& action : actions) {
      plan.writes = plan.writes || is_written(action);
      plan.reads_from_to = plan.reads_from_to || action.kind == Action::Kind::event;
    }
  }
  if (part.has(Field::subject) && (plan.writes || needs_subjects)) return std::nullopt;
  if (part.has(Field::text) && plan.writes) return std::nullopt;
  return plan;
}

void Plan::add_fields(const Columns& columns) {
  std::set<std::string> all(fields.begin(), fields.end());
  for (const auto& [key, column] : columns.custom())
    if (!key.empty()) all.insert(key);
  fields.assign(all.begin(), all.end());
}

std::vector<std::pair<std::size_t, std::size_t>> Plan::runs(const Columns& columns) const {
  std::set<std::size_t> needed;
  auto need = [&](int column) {
    if (column >= 0) needed.insert(static_cast<std::size_t>(column));
  };
  for (Field field : k_always) need(columns.of(field));
  if (reads_from_to)
    for (Field field : {Field::from, Field::to}) need(columns.of(field));
  for (const auto& [key, column] : columns.custom()) need(column);
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t column : needed) {
    if (!runs.empty() && runs.back().second + 1 == column)
      runs.back().second = column;
    else
      runs.emplace_back(column, column);
  }
  return runs;
}

KindAction Kinds::action_of(const Action& action, const Row& row) const {
  KindAction known{action.kind, action.event};
  if (action.kind != Action::Kind::event) return known;
  const Part& part = *row.part;
  std::string_view to = action.value.empty() ? row.get(Field::to) : std::string_view(action.value);
  known.from = term_(row.get(Field::from));
  known.to = term_(to);
  known.status = status_of(part, to).value_or(model::Status::open);
  known.priority = priority_of(part, to).value_or(model::Priority::normal);
  if (action.event == model::EventKind::assign) known.to = term_(address_of(to));
  if (action.event == model::EventKind::worklog || action.event == model::EventKind::call) {
    std::string spent(to);
    if (auto seconds = seconds_of(to)) spent = std::to_string(seconds->count() / 1'000'000);
    known.to = term_(spent);
    if (action.event == model::EventKind::worklog)
      std::from_chars(spent.data(), spent.data() + spent.size(), known.seconds);
  }
  return known;
}

RowKind Kinds::kind_of(const Row& row) const {
  const Part& part = *row.part;
  RowKind kind;
  std::string_view name = row.get(Field::event);
  if (name.empty()) name = row.get(Field::status);
  if (name.empty()) return kind;
  kind.name = term_(name);
  auto named = part.events.find(name);
  if (named == part.events.end()) named = part.events.find(lower(name));
  if (named != part.events.end())
    for (const Action& action : named->second) kind.actions.push_back(action_of(action, row));
  auto role = role_of(part, row.get(Field::role));
  kind.source = role == model::Role::bot      ? model::Source::bot
                : role == model::Role::system ? model::Source::api
                                              : model::Source::human;
  if (std::string_view value = row.get(Field::status); !value.empty()) {
    std::string_view word = word_of(part, "status", value);
    kind.says_deleted = word == "deleted";
    kind.says_spam = word == "spam";
    if (word.empty()) kind.unknown_status = value;
    if (plan_.keeps_records) kind.status_text = value;
    kind.status = model::parse<model::Status>(word).value_or(model::Status::open);
  }
  if (std::string_view value = row.get(Field::priority); !value.empty()) {
    if (word_of(part, "priority", value).empty()) kind.unknown_priority = value;
    if (plan_.keeps_records) kind.priority_text = value;
    kind.priority = priority_of(part, value).value_or(model::Priority::normal);
  }
  kind.channel = channel_of(part, row.get(Field::channel));
  kind.queue = term_(row.get(Field::queue));
  kind.assignee = term_(address_of(row.get(Field::assignee)));
  kind.language = term_(row.get(Field::language));
  kind.merged = !row.get(Field::merged_into).empty();
  if (std::string_view value = row.get(Field::tags); !value.empty()) {
    kind.tags.emplace();
    for (const std::string& tag : read_tags(value)) kind.tags->push_back(term_(tag));
  }
  for (const auto& [key, column] : row.columns->custom()) {
    std::string_view value = row.at(column);
    if (value.empty() || key.empty()) continue;
    auto field = std::lower_bound(plan_.fields.begin(), plan_.fields.end(), key) - plan_.fields.begin();
    kind.fields.push_back({static_cast<std::uint32_t>(field),
                           value.size() > k_longest_value ? RowKind::k_too_long : term_(value),
                           plan_.keeps_records ? std::string(value) : std::string()});
  }
  return kind;
}

std::uint32_t Kinds::add(std::string_view signature, const Row& row, std::uint64_t place) {
  std::lock_guard lock(mutex_);
  auto found = known_.find(std::string(signature));
  if (found == known_.end()) {
    RowKind kind = kind_of(row);
    kind.place = place;
    const bool is_of_use = kind.name != 0;
    found = known_.emplace(signature, is_of_use ? static_cast<std::uint32_t>(kinds_.size()) : k_no_use).first;
    if (is_of_use) kinds_.push_back(std::move(kind));
  }
  RowKind& kind = kinds_[found->second];
  kind.place = std::min(kind.place, place);
  return found->second;
}

} // namespace helpdesk::backend::table::event_log
